/* What the parts of a grid of takes know of one another: the grid, its input, its accessible. */
#pragma once

#include "ui/charts/theme.h"
#include "ui/charts/tiles.h"
#include "ui/take-choice.h"
#include "ui/take-grid.h"
#include "ui/take-layout.h"

G_BEGIN_DECLS

/* Where its tiles are now. */
void wg_take_grid_get_layout(WgTakeGrid *self, WgTakeLayout *layout);
/* Transfer none; who changes it says so by wg_take_grid_chosen. */
WgTakeChoice *wg_take_grid_get_choice(WgTakeGrid *self);
/* Draws and tells what is chosen, and scrolls to where the keyboard is. */
void wg_take_grid_chosen(WgTakeGrid *self);
/* The same where only the keyboard went on. */
void wg_take_grid_focus_moved(WgTakeGrid *self);
/* NULL: nothing is doubtful about it; transfer none. */
const char *wg_take_grid_get_doubt(WgTakeGrid *self, guint index);

/* Keys and clicks (take-grid-input.c): its controllers, to be freed with the grid. */
GPtrArray *wg_take_grid_new_input(WgTakeGrid *self);

/* One tile (take-grid-tile.c); `picture` NULL: it is not drawn yet. */
void wg_take_grid_draw_tile(WgTakeGrid *self, cairo_t *cr, const WgTheme *theme, guint index,
                            const GdkRectangle *place, cairo_surface_t *picture, double opacity);
/* One scale for all: as long as the longest, as high as the strongest. */
void wg_take_grid_fit_form(const WgTakeChoice *takes, WgTileForm *form);

/* The accessible (take-grid-accessible.c). The grid calls these after it changed. */
GType wg_take_grid_accessible_get_type(void);
void wg_take_grid_accessible_update(AtkObject *accessible);

G_END_DECLS
