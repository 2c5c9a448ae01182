/* The table of boards that are known by their USB ids. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_ANY_PRODUCT (-1)
#define WG_DEFAULT_BAUD 115200

typedef struct {
    guint16 vendor;
    int product;      /* or WG_ANY_PRODUCT, where no row of that vendor before it fits */
    const char *name; /* as shown */
    const char *kind; /* id of WgWatchKind, or NULL: the board says it itself */
    int baud;         /* that its usual programs set; of no matter where there is no real line */
} WgKnownBoard;

/* Ends with a row whose vendor is 0. */
extern const WgKnownBoard wg_known_boards[];

/* NULL where neither the board nor its vendor is known. */
const WgKnownBoard *wg_known_board_find(guint16 vendor, guint16 product);

G_END_DECLS
