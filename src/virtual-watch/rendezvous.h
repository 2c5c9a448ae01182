/* Where a watch that went out of reach is found again: a socket named by its folder. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WgRendezvous WgRendezvous;

/* Whether the caller takes this connection; the descriptors are the callee's, who closes them. */
typedef gboolean (*WgRendezvousCallback)(gpointer user_data, int input_fd, int output_fd);

/* Waits for programs that are started with the same folder; `callback` is called from the main
 * loop. NULL: somebody else does already. */
WgRendezvous *wg_rendezvous_new(const char *folder, WgRendezvousCallback callback,
                                gpointer user_data);
/* Lets the program whose connection was taken end. */
void wg_rendezvous_let_go(WgRendezvous *self);
void wg_rendezvous_free(WgRendezvous *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgRendezvous, wg_rendezvous_free)

typedef enum { WG_OFFER_ALONE, WG_OFFER_TAKEN, WG_OFFER_REFUSED } WgOffer;

/* For the program that is started: hands its descriptors to the watch that waits for this folder.
 * ALONE: no watch waits. REFUSED: it is out of reach still. TAKEN: it spoke on them, and is done.
 * Blocks until then. */
WgOffer wg_rendezvous_offer(const char *folder, int input_fd, int output_fd);

G_END_DECLS
