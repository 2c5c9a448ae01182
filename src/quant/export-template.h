/* The texts of exports (data/export), with what is the model's filled in. Inside quant/ only. */
#pragma once

#include "quant/exporter.h"

G_BEGIN_DECLS

typedef struct _WgTemplate WgTemplate; /* what goes into the places of a text */

WgTemplate *wg_template_new(void);
void wg_template_free(WgTemplate *self);
/* What stands for @KEY@, as printf; lines of it are put in as they are. */
void wg_template_set(WgTemplate *self, const char *key, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* The number for @KEY@ ("64"), in every locale with a point, with so many digits as read back as
 * the same float; and for @KEY_C@ as a float of C ("64.0f"). */
void wg_template_set_number(WgTemplate *self, const char *key, double value);
/* What "@if KEY" asks. */
void wg_template_set_flag(WgTemplate *self, const char *key, gboolean is_set);
/* The text of data/export of that name ("c/waggle_model.c") with "@KEY@" replaced, and lines
 * between "@if KEY" and "@end" (or "@else") only where that flag is set. Owner: caller. */
char *wg_template_fill(const WgTemplate *self, const char *name);
/* The same as a file of an export. */
void wg_template_add(const WgTemplate *self, const char *name, GPtrArray *files, const char *path);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgTemplate, wg_template_free)

/* A text as a C string literal in quotes, plain ASCII; owner: caller. */
char *wg_template_quote(const char *text);
/* A line of text for a README: without line ends and what Markdown would take for a form of its
 * own. Owner: caller. */
char *wg_template_plain(const char *text);

G_END_DECLS
