/* A link: the byte stream to one watch, on the main loop. One file a kind. */
#pragma once

#include "device/finder.h"
#include "device/wire-trace.h"

G_BEGIN_DECLS

#define WG_TYPE_LINK (wg_link_get_type())
G_DECLARE_DERIVABLE_TYPE(WgLink, wg_link, WG, LINK, GObject)

struct _WgLinkClass {
    GObjectClass parent_class;
    void (*open_async)(WgLink *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data);
    gboolean (*open_finish)(WgLink *self, GAsyncResult *result, GError **error);
    /* Queues bytes; never blocks. */
    void (*send)(WgLink *self, GBytes *bytes);
    void (*close)(WgLink *self);
    gsize (*get_queued)(WgLink *self); /* bytes sent but not yet given to the system */
};

/* Signals, in the main context: "received" (GBytes), "closed" (GError or NULL when asked for),
 * "drained" (all queued bytes were handed to the system), "back" (it is not open, and the device
 * that it leads to has just appeared; kinds that cannot know this never say it). */

/* By address, as in the command line's "Addresses": the part before ':' finds the kind.
 * WG_ERROR_USAGE for a malformed or unknown address (lists the kinds). Does not open. */
WgLink *wg_link_new(const char *address, GError **error);
const char *wg_link_get_address(WgLink *self);
void wg_link_open_async(WgLink *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
gboolean wg_link_open_finish(WgLink *self, GAsyncResult *result, GError **error);
void wg_link_send(WgLink *self, GBytes *bytes);
gsize wg_link_get_queued(WgLink *self);
gboolean wg_link_is_open(WgLink *self);
void wg_link_close(WgLink *self);

/* From now on what goes over it is written there as well; takes the writer. */
void wg_link_take_trace(WgLink *self, WgWireWriter *writer);

/* For the kinds themselves. */
void wg_link_emit_received(WgLink *self, gconstpointer data, gsize n);
void wg_link_emit_drained(WgLink *self);
/* It may be worth while to open it now; of a link that is open it does nothing. */
void wg_link_emit_back(WgLink *self);
/* Marks it as not open; a second call does nothing. */
void wg_link_emit_closed(WgLink *self, const GError *error);

typedef struct {
    const char *scheme; /* "serial" */
    const char *form;   /* "serial:/dev/ttyACM0[?baud=115200]" */
    /* `rest` is the address after the first ':'. */
    WgLink *(*create)(const char *address, const char *rest, GError **error);
    /* Looks for watches of this kind and tells the finder what comes and goes, until
     * `stop_finding` takes what this gave. It cannot look: both NULL; it looks only once: no stop.
     */
    gpointer (*start_finding)(WgFinder *finder);
    void (*stop_finding)(gpointer search);
    /* Does what the button of the trouble at `address` (NULL: of the kind) says; returns a boolean
     * to the task, which it takes. NULL: no trouble of this kind has a button. */
    void (*help)(gpointer search, const char *address, GTask *task);
} WgLinkKind;

extern const WgLinkKind *const wg_link_kinds[];

G_END_DECLS
