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
    /* The same on the widget's own window, from what was drawn before; NULL: as `paint`. */
    void (*show)(WgChart *self, cairo_t *cr, const WgTheme *theme, double width, double height);
    /* What a person who cannot see it is told; transfer full. */
    char *(*describe)(WgChart *self);
    /* How many lines of the theme's text it must at least be high, so that large text does not
     * overlap; NULL: as its size request says. */
    double (*count_lines)(WgChart *self);
    /* How high it is where there is room, in pixels; 0: no higher than it must be. */
    int natural_height;
    /* What it shows as rows of a table: a line of column names, then one a row, values between
     * commas (wg_chart_append_text, wg_chart_append_number). NULL: there are none. Transfer full.
     */
    char *(*dup_values)(WgChart *self);
};

/* An action of the window (string) that says in a sentence what went wrong with a chart. */
#define WG_CHART_TELL_FAILURE "tell-failure"

/* The data have changed: draws and describes anew. */
void wg_chart_changed(WgChart *self);
/* For dup_values: numbers as every program reads them, with so many digits behind the point at
 * most; text in quotation marks where it needs them. */
void wg_chart_append_number(GString *text, double number, int n_digits);
void wg_chart_append_text(GString *text, const char *word);
/* A row's end: the word, and n numbers behind commas. */
void wg_chart_append_row(GString *text, const char *word, const double *numbers, int n,
                         int n_digits);
/* A row a moment: the word (NULL: no such column), seconds, and the first n_shown of the
 * n_channels values of each. */
void wg_chart_append_series(GString *text, const char *word, const float *values, int n,
                            int n_channels, int n_shown, double rate_hz);
/* The values as that table; NULL: it has none. */
char *wg_chart_dup_values(WgChart *self);
/* Writes the picture as it is shown; .svg or .png by the name. */
gboolean wg_chart_save(WgChart *self, const char *path, GError **error);

G_END_DECLS
