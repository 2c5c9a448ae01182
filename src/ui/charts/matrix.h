/* The confusion matrix: true gestures down, answers across, every cell can be chosen. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_MATRIX (wg_matrix_get_type())
G_DECLARE_FINAL_TYPE(WgMatrix, wg_matrix, WG, MATRIX, WgChart)

/* `counts`: n x n, rows true, columns predicted; n = number of labels. Signal "cell-chosen" (int
 * row, int column) when one is clicked or Enter is pressed on it; arrow keys move, Home and End go
 * to the row's ends, Page Down and Page Up to the next and the last cell with mistakes. */
void wg_matrix_set(WgMatrix *self, const char *const *labels, const int *counts);
/* With a last column of takes that were not answered: n x (n + 1), `silence` is its label. */
void wg_matrix_set_with_silence(WgMatrix *self, const char *const *labels, const char *silence,
                                const int *counts);
/* As the difference `counts` - `before`, signed. */
void wg_matrix_set_difference(WgMatrix *self, const char *const *labels, const int *counts,
                              const int *before);
/* n x n, of what is shown: how many takes each cell has more than before a training, told in its
 * corner where it is not 0. NULL: nothing. wg_matrix_set() takes them away. */
void wg_matrix_mark(WgMatrix *self, const int *marks);
/* Shares of the row are the large figures in the cells, and not the counts. */
void wg_matrix_set_shares(WgMatrix *self, gboolean has_shares);
void wg_matrix_clear(WgMatrix *self);
/* -1, -1: none */
void wg_matrix_get_chosen(WgMatrix *self, int *row, int *column);
/* Without a signal; -1, -1: none. */
void wg_matrix_choose(WgMatrix *self, int row, int column);

G_END_DECLS
