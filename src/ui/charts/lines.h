/* Shares or numbers over some amount: lines with their names at the end and their spread. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_LINES (wg_lines_get_type())
G_DECLARE_FINAL_TYPE(WgLines, wg_lines, WG, LINES, WgChart)

typedef struct {
    double x;      /* in the unit of the chart */
    double y;      /* share of 1 */
    double spread; /* standard deviation of y; 0: not known */
} WgLinePoint;

/* Takes all lines away. `unit` stands at the end of the x axis; `empty` is said while there is
 * none.
 */
void wg_lines_clear(WgLines *self, const char *unit, const char *empty);
/* y is a number from 0 up instead, until it is cleared. */
void wg_lines_count(WgLines *self);
/* n points with x rising; `is_guess`: dashed, for what was not measured. */
void wg_lines_add(WgLines *self, const char *name, const WgLinePoint *points, int n,
                  gboolean is_guess);

G_END_DECLS
