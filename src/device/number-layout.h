/* Which column of a board's lines is what. */
#pragma once

#include "device/number-line.h"

G_BEGIN_DECLS

#define WG_LAYOUT_LINES 64

/* The lines that it is learnt from, all with as many cells. */
typedef struct {
    int n_lines, n_cells;
    WgLineCell cells[WG_LAYOUT_LINES][WG_LINE_CELLS];
    gint64 arrivals_us[WG_LAYOUT_LINES];
    /* of a header, where one came; n_names is 0 or n_cells */
    int n_names;
    WgLineCell names[WG_LINE_CELLS];
} WgLayoutLines;

typedef struct {
    int axes[3];
    int time;           /* column, -1: none */
    double time_unit_s; /* what 1 in that column is */
    int counter;        /* column, -1: none */
} WgNumberLayout;

/* By the names before the numbers, else those of the header, else by what the columns do: a first
 * column that only grows is a time or a counter, the next three are x, y and z. The unit of time is
 * the one that is named, else the one in which it runs as fast as the lines arrive. FALSE: no three
 * columns can be x, y and z. */
gboolean wg_number_layout_find(const WgLayoutLines *lines, WgNumberLayout *layout);

G_END_DECLS
