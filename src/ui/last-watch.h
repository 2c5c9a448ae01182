/* The watch that a person chose last, kept from one start of the program to the next. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_ADDRESS_VIRTUAL "virtual:"

typedef struct {
    char *address; /* "ble:AA:BB:CC:DD:EE:FF" */
    char *name;    /* as it said of itself, any UTF-8; NULL: not known */
} WgLastWatch;

/* `name` may be NULL. Owner: caller. */
WgLastWatch *wg_last_watch_new(const char *address, const char *name);
/* NULL: none was chosen yet, or what was kept cannot be read. Owner: caller. */
WgLastWatch *wg_last_watch_load(void);
/* Whether it is one that no search finds: the virtual one, or a terminal that is there. */
gboolean wg_last_watch_is_there(const WgLastWatch *self);
/* Failing is no more than a pity: it is said in the log. */
void wg_last_watch_store(const char *address, const char *name);
/* Puts it first in the array (of WgLastWatch), once; those used longest ago fall out. */
void wg_last_watch_note(GPtrArray *recent, const char *address, const char *name);
void wg_last_watch_free(WgLastWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgLastWatch, wg_last_watch_free)

G_END_DECLS
