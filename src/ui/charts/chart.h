/* The base of all charts: a focusable picture with a spoken summary that can be saved. */
#pragma once

#include "ui/charts/theme.h"

G_BEGIN_DECLS

#define WG_TYPE_CHART (wg_chart_get_type())
G_DECLARE_DERIVABLE_TYPE(WgChart, wg_chart, WG, CHART, GtkDrawingArea)

struct _WgChartClass {
    GtkDrawingAreaClass parent_class;
    /* Draws on any surface of width x height pixels; never changes the chart. */
    void (*paint)(WgChart *self, cairo_t *cr, const WgTheme *theme, double width, double height);
    /* What a person who cannot see it is told; transfer full. */
    char *(*describe)(WgChart *self);
    /* How many lines of the theme's text it must at least be high, so that large text does not
     * overlap; NULL: as its size request says. */
    double (*count_lines)(WgChart *self);
};

/* The data have changed: draws and describes anew. */
void wg_chart_changed(WgChart *self);
/* Writes the picture as it is shown; .svg or .png by the name. */
gboolean wg_chart_save(WgChart *self, const char *path, GError **error);

G_END_DECLS
