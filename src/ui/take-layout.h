/* Where the tiles of a grid of takes lie, of which only some rows are in view. */
#pragma once

#include "ui/charts/thumbnail.h"

G_BEGIN_DECLS

#define WG_TILE_PADDING 3 /* of a tile around its picture */
#define WG_TILE_GAP 6
#define WG_TILE_HEIGHT (WG_THUMBNAIL_HEIGHT + 2 * WG_TILE_PADDING)
#define WG_TILE_WIDTH (WG_THUMBNAIL_WIDTH + 2 * WG_TILE_PADDING) /* at least: they fill the row */
#define WG_TILE_ROW (WG_TILE_HEIGHT + WG_TILE_GAP)

typedef struct {
    guint n;           /* takes */
    int width, height; /* pixels in view */
    double scroll;     /* whole pixels above the view */
    gboolean is_rtl;   /* rows begin at the right */
} WgTakeLayout;

int wg_take_layout_get_n_columns(const WgTakeLayout *self);
int wg_take_layout_get_tile_width(const WgTakeLayout *self);
double wg_take_layout_get_total_height(const WgTakeLayout *self);
/* The first take of those in view, at least in part, and how many are. */
guint wg_take_layout_get_shown(const WgTakeLayout *self, guint *n);
/* In pixels of the view; also outside of it, where it is no further away than a picture can be. */
void wg_take_layout_get_place(const WgTakeLayout *self, guint index, GdkRectangle *place);
/* The tile at that place of the view; FALSE: none. */
gboolean wg_take_layout_find(const WgTakeLayout *self, double x, double y, guint *index);
/* How far to scroll so that all of that tile is in view, no further than needed. */
double wg_take_layout_reveal(const WgTakeLayout *self, guint index);

G_END_DECLS
