/* Where the tiles of a grid of takes lie, of which only some rows are in view. */
#include "ui/take-layout.h"

#include <math.h>

int
wg_take_layout_get_n_columns(const WgTakeLayout *self)
{
    return MAX(1, (self->width + WG_TILE_GAP) / (WG_TILE_WIDTH + WG_TILE_GAP));
}

int
wg_take_layout_get_tile_width(const WgTakeLayout *self)
{
    const int n_columns = wg_take_layout_get_n_columns(self);

    return MAX((self->width - (n_columns - 1) * WG_TILE_GAP) / n_columns, 1);
}

double
wg_take_layout_get_total_height(const WgTakeLayout *self)
{
    const guint n_columns = (guint)wg_take_layout_get_n_columns(self);
    const guint n_rows = (self->n + n_columns - 1) / n_columns;

    return MAX((double)n_rows * WG_TILE_ROW - WG_TILE_GAP, 0);
}

guint
wg_take_layout_get_shown(const WgTakeLayout *self, guint *n)
{
    const guint n_columns = (guint)wg_take_layout_get_n_columns(self);
    const guint first_row = (guint)((self->scroll + WG_TILE_GAP) / WG_TILE_ROW);
    const guint end_row = (guint)ceil((self->scroll + self->height) / WG_TILE_ROW);
    const guint first = MIN(first_row * n_columns, self->n);

    *n = MAX(MIN(end_row * n_columns, self->n), first) - first;
    return first;
}

/* Rows are read as the language is. */
static int
mirror(const WgTakeLayout *self, int column)
{
    return self->is_rtl ? wg_take_layout_get_n_columns(self) - 1 - column : column;
}

void
wg_take_layout_get_place(const WgTakeLayout *self, guint index, GdkRectangle *place)
{
    const guint n_columns = (guint)wg_take_layout_get_n_columns(self);
    const int width = wg_take_layout_get_tile_width(self);
    const guint row = index / n_columns;
    const double y = (double)row * WG_TILE_ROW - self->scroll;

    *place = (GdkRectangle){.x = mirror(self, (int)(index % n_columns)) * (width + WG_TILE_GAP),
                            .y = (int)CLAMP(y, -G_MAXINT16, G_MAXINT16),
                            .width = width,
                            .height = WG_TILE_HEIGHT};
}

gboolean
wg_take_layout_find(const WgTakeLayout *self, double x, double y, guint *index)
{
    const int n_columns = wg_take_layout_get_n_columns(self);
    const int column = (int)(x / (wg_take_layout_get_tile_width(self) + WG_TILE_GAP));
    const double row = floor((y + self->scroll) / WG_TILE_ROW);
    GdkRectangle place;

    if (x < 0 || row < 0 || column >= n_columns || row * n_columns >= self->n)
        return FALSE;
    *index = (guint)row * (guint)n_columns + (guint)mirror(self, column);
    if (*index >= self->n)
        return FALSE;
    wg_take_layout_get_place(self, *index, &place);
    return x < place.x + place.width && y < place.y + place.height;
}

double
wg_take_layout_reveal(const WgTakeLayout *self, guint index)
{
    const guint row = index / (guint)wg_take_layout_get_n_columns(self);
    const double top = (double)row * WG_TILE_ROW, bottom = top + WG_TILE_HEIGHT;

    if (self->height < WG_TILE_HEIGHT || top < self->scroll)
        return top;
    return MAX(self->scroll, bottom - self->height);
}
