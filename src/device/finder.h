/* The finder: what is near, as each kind of link sees it come and go. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WG_TYPE_FINDER (wg_finder_get_type())
G_DECLARE_FINAL_TYPE(WgFinder, wg_finder, WG, FINDER, GObject)

/* What keeps from using it, in a sentence with the remedy; at most one way of help beside it. */
typedef struct {
    char *text;
    char *command; /* a shell command that helps, to be shown and copied, or NULL */
    char *button;  /* what wg_finder_help_async() does, as a button's label, or NULL */
} WgTrouble;

typedef struct {
    char *address;
    char *name;         /* any bytes, as the device says it; then fit to be shown */
    char *kind;         /* id of WgWatchKind, or NULL: unknown */
    int signal_dbm;     /* 0: does not apply */
    WgTrouble *trouble; /* NULL: it can be used */
} WgFoundWatch;

/* Main thread only. Signal "changed": what was found, a trouble, or whether it is searching. */
WgFinder *wg_finder_new(void);
/* Looks until it is stopped; a start while it looks does nothing. What was found before is
 * forgotten at a start and kept at a stop. */
void wg_finder_start(WgFinder *self);
void wg_finder_stop(WgFinder *self);
gboolean wg_finder_is_running(WgFinder *self);
/* A kind that needs seconds (over the air) is at it. */
gboolean wg_finder_is_searching(WgFinder *self);
/* GPtrArray of WgFoundWatch: usable ones first, then in the order of the kinds, strongest first,
 * by name. Owner: caller; the elements live until the next change. */
GPtrArray *wg_finder_list(WgFinder *self);
/* Of a kind as a whole (no Bluetooth adapter); NULL: none. `scheme` as in an address. */
const WgTrouble *wg_finder_get_trouble(WgFinder *self, const char *scheme);
/* The schemes with such a trouble, in the order of the kinds. Owner: caller, of the array only. */
GPtrArray *wg_finder_list_troubles(WgFinder *self);
/* Does what the trouble's button says; of the watch at `address`, or of the kind where it is NULL.
 * Only while it looks. */
void wg_finder_help_async(WgFinder *self, const char *scheme, const char *address,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean wg_finder_help_finish(WgFinder *self, GAsyncResult *result, GError **error);

/* For the kinds: take the struct. A watch with an address that is there replaces that one. */
void wg_finder_put(WgFinder *self, WgFoundWatch *found);
void wg_finder_remove(WgFinder *self, const char *address);
void wg_finder_set_trouble(WgFinder *self, const char *scheme, WgTrouble *trouble);
void wg_finder_set_searching(WgFinder *self, const char *scheme, gboolean is_searching);

/* Each may be NULL. Owner: caller. */
WgTrouble *wg_trouble_new(const char *text, const char *command, const char *button);
void wg_trouble_free(WgTrouble *trouble);
void wg_found_watch_free(WgFoundWatch *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgTrouble, wg_trouble_free)

G_END_DECLS
