/* How a confusion matrix is laid out and drawn, apart from who may click on it. */
#pragma once

#include "ui/charts/theme.h"

G_BEGIN_DECLS

typedef struct {
    char **labels;
    int n, n_columns; /* of these one more than n: the last is of takes that were not answered */
    int *counts;      /* n x n_columns, rows true, columns answered */
    int *before; /* the same of what this is compared with: shows the signed difference; NULL: none
                  */
    int *marks; /* n x n_columns, how many a cell has more than before the last training; NULL: none
                 */
    gboolean has_shares;           /* shares of the row are the large figures, not counts */
    gboolean is_rtl;               /* the first column is at the right */
    int row, column;               /* under the keyboard's cursor */
    int chosen_row, chosen_column; /* -1: none */
} WgMatrixData;

/* Where it stands, in pixels. */
typedef struct {
    double left, top; /* of all cells */
    double cell_width, cell_height;
    double label_scale, figure_scale;
    gboolean has_small;  /* the other figure has room below */
    gboolean is_slanted; /* the columns' labels: there is no room for them otherwise */
} WgMatrixLayout;

int wg_matrix_data_count_row(const WgMatrixData *self, const int *counts, int row);
/* What stands in a cell: "12", "94 %", "+2"; transfer full, NULL: nothing. */
char *wg_matrix_data_format(const WgMatrixData *self, int row, int column, gboolean as_share);

/* In pixels, with labels, that it is good to read in; 0: there is nothing in it. */
double wg_matrix_data_measure_width(const WgMatrixData *self, const WgTheme *theme);

void wg_matrix_layout_init(WgMatrixLayout *self, const WgMatrixData *data, const WgTheme *theme,
                           double width, double height);
/* The cell at that point; FALSE: there is none. */
gboolean wg_matrix_layout_find(const WgMatrixLayout *self, const WgMatrixData *data, double x,
                               double y, int *row, int *column);
void wg_matrix_layout_get_cell(const WgMatrixLayout *self, const WgMatrixData *data, int row,
                               int column, double *x, double *y);
void wg_matrix_draw(const WgMatrixData *data, const WgMatrixLayout *layout, cairo_t *cr,
                    const WgTheme *theme);

G_END_DECLS
