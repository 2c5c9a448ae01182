/* What an import refused, line by line: counted, and as many of them kept as a person reads. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many are kept; of a file of nothing else there would be as many as it has lines. */
#define WG_REFUSALS_KEPT 1000

typedef struct {
    GPtrArray *lines; /* of char *: "file:line: why", the first ones */
    guint n;          /* in all */
} WgRefusals;

WgRefusals *wg_refusals_new(void);
void wg_refusals_free(WgRefusals *self);
/* Another one; transfer full. */
void wg_refusals_take(WgRefusals *self, char *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgRefusals, wg_refusals_free)

G_END_DECLS
