/* The confusion matrix: true gestures down, answers across, every cell can be chosen. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_MATRIX (wg_matrix_get_type())
G_DECLARE_FINAL_TYPE(WgMatrix, wg_matrix, WG, MATRIX, WgChart)

/* `counts`: n x n, rows true, columns predicted; n = number of labels. Signal "cell-chosen" (int
 * row, int column) when one is clicked or Enter is pressed on it; arrow keys move. */
void wg_matrix_set(WgMatrix *self, const char *const *labels, const int *counts);
void wg_matrix_clear(WgMatrix *self);
/* -1, -1: none */
void wg_matrix_get_chosen(WgMatrix *self, int *row, int *column);

G_END_DECLS
