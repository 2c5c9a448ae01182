/* The parts of the base of charts: its menu, and the reading of its values by keyboard. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

/* Saving and copying, at the pointer of the event or, where there is none (the Menu key), at the
 * chart. */
void wg_chart_popup(WgChart *self, const GdkEvent *event);
gboolean wg_chart_copy_values(WgChart *self);
/* In the window that it is in, by its action WG_CHART_TELL_FAILURE (a string). */
void wg_chart_tell_failure(WgChart *self, const GError *error);

/* What was read last of the values: a row, -1: none. */
typedef struct {
    int row;
    char *words; /* of that row, NULL: none */
} WgChartReading;

/* TRUE: the key led to a row (or away, by Escape), and the words are of it. */
gboolean wg_chart_reading_move(WgChartReading *self, WgChart *chart, guint keyval);
void wg_chart_reading_clear(WgChartReading *self);
void wg_chart_reading_draw(const WgChartReading *self, cairo_t *cr, const WgTheme *theme,
                           double width, double height);

G_END_DECLS
