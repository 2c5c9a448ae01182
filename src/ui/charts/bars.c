/* Probabilities of each gesture as bars: the watch's and this machine's, one under the other. */
#include "ui/charts/bars.h"

#include "base/sentences.h"

#include <glib/gi18n.h>
#include <math.h>

#define ROW_AT_MOST 44.0

struct _WgBars {
    WgChart parent_instance;
    char **labels;
    int *colours;
    int n;
    double *watch, *desktop, *thresholds; /* NULL: none yet */
};

G_DEFINE_FINAL_TYPE(WgBars, wg_bars, WG_TYPE_CHART)

static void
draw_bar(cairo_t *cr, const GdkRGBA *colour, double x, double y, double width, double height)
{
    gdk_cairo_set_source_rgba(cr, colour);
    cairo_rectangle(cr, x, floor(y), MAX(width, 0), height);
    cairo_fill(cr);
}

static int
find_largest(const double *values, int n)
{
    int best = 0;

    for (int i = 1; i < n; i++) {
        if (values[i] > values[best])
            best = i;
    }
    return best;
}

static void
draw_row(WgBars *self, int i, cairo_t *cr, const WgTheme *theme, double left, double y,
         double width, double row)
{
    const double height = floor(MIN(row * 0.34, 14));
    const double middle = y + row / 2;
    g_autofree char *text = NULL;
    GdkRGBA colour, pale;

    wg_theme_gesture_colour(self->colours[i], &colour);
    wg_theme_mix(&theme->background, &colour, 0.45, &pale);
    wg_theme_text(theme, cr, self->labels[i], left - 12, middle, 1, 0.5, 1, left - 12,
                  &theme->foreground);
    draw_bar(cr, &theme->faint, left, middle - height - 1, width, height);
    draw_bar(cr, &theme->faint, left, middle + 1, width, height);
    if (!self->watch)
        return;
    draw_bar(cr, &colour, left, middle - height - 1, width * self->watch[i], height);
    draw_bar(cr, &pale, left, middle + 1, width * self->desktop[i], height);
    text = g_strdup_printf(_("%.0f %%"), 100 * self->watch[i]);
    wg_theme_text(theme, cr, text, left + width + 8, middle, 0, 0.5, 1, 0,
                  i == find_largest(self->watch, self->n) ? &theme->foreground : &theme->dim);
}

/* Those of gestures that have the same make one line. */
static void
draw_threshold(WgBars *self, int i, cairo_t *cr, const WgTheme *theme, double left, double y,
               double width, double row)
{
    const double x = floor(left + width * self->thresholds[i]) + 0.5;

    if (self->thresholds[i] > 1)
        return;
    cairo_set_line_width(cr, 1);
    gdk_cairo_set_source_rgba(cr, &theme->dim);
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x, y + row);
    cairo_stroke(cr);
}

/* Over the bars, or from further before where it is longer. */
static void
draw_caption(cairo_t *cr, const WgTheme *theme, double left, double width)
{
    const char *text = _("upper bar: the watch · lower bar: this computer");
    double length;

    wg_theme_measure(theme, text, 0.85, &length, NULL);
    left = CLAMP(width - length - 2, 0, left);
    wg_theme_text(theme, cr, text, left, 0, 0, 0, 0.85, width - left, &theme->dim);
}

static void
wg_bars_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgBars *self = WG_BARS(chart);
    double left = 0, right, line, row, bar_width;

    if (self->n == 0)
        return;
    for (int i = 0; i < self->n; i++) {
        double label_width;

        wg_theme_measure(theme, self->labels[i], 1, &label_width, NULL);
        left = MAX(left, label_width);
    }
    left = MIN(left + 24, width * 0.4);
    wg_theme_measure(theme, "100 %", 1, &right, &line);
    row = MIN((height - line) / self->n, ROW_AT_MOST);
    bar_width = width - left - right - 24;
    if (bar_width < 10)
        return;
    for (int i = 0; i < self->n; i++)
        draw_row(self, i, cr, theme, left, line + i * row, bar_width, row);
    draw_caption(cr, theme, left, width);
    for (int i = 0; self->watch && i < self->n; i++)
        draw_threshold(self, i, cr, theme, left, line + i * row, bar_width, row);
}

static char *
wg_bars_describe(WgChart *chart)
{
    WgBars *self = WG_BARS(chart);
    g_autoptr(GString) text = g_string_new(NULL);

    if (!self->watch)
        return g_strdup(_("No gesture has been heard yet"));
    for (int i = 0; i < self->n; i++)
        wg_append_sentence(text, _("%s: watch %.0f %%, this computer %.0f %%."), self->labels[i],
                           100 * self->watch[i], 100 * self->desktop[i]);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
wg_bars_dup_values(WgChart *chart)
{
    WgBars *self = WG_BARS(chart);
    GString *text = g_string_new("gesture,watch,computer,threshold\n");

    for (int i = 0; self->watch && i < self->n; i++) {
        const double row[] = {self->watch[i], self->desktop[i],
                              self->thresholds ? self->thresholds[i] : NAN};

        wg_chart_append_row(text, self->labels[i], row, 3, 4);
    }
    return g_string_free(text, FALSE);
}

static double
wg_bars_count_lines(WgChart *chart)
{
    return 1.2 * (WG_BARS(chart)->n + 1);
}

static void
wg_bars_finalize(GObject *object)
{
    WgBars *self = WG_BARS(object);

    g_strfreev(self->labels);
    g_free(self->colours);
    g_free(self->watch);
    g_free(self->desktop);
    g_free(self->thresholds);
    G_OBJECT_CLASS(wg_bars_parent_class)->finalize(object);
}

static void
wg_bars_class_init(WgBarsClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_bars_finalize;
    WG_CHART_CLASS(klass)->paint = wg_bars_paint;
    WG_CHART_CLASS(klass)->describe = wg_bars_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_bars_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_bars_count_lines;
}

static void
wg_bars_init(WgBars *self)
{
}

void
wg_bars_set_labels(WgBars *self, const char *const *labels, const int *colours)
{
    g_strfreev(self->labels);
    self->labels = g_strdupv((char **)labels);
    self->n = self->labels ? (int)g_strv_length(self->labels) : 0;
    g_free(self->colours);
    self->colours = self->n ? g_memdup2(colours, sizeof(int) * (gsize)self->n) : NULL;
    g_clear_pointer(&self->watch, g_free);
    g_clear_pointer(&self->desktop, g_free);
    g_clear_pointer(&self->thresholds, g_free);
    wg_chart_changed(WG_CHART(self));
    gtk_widget_queue_resize(GTK_WIDGET(self));
}

void
wg_bars_set_values(WgBars *self, const double *watch, const double *desktop,
                   const double *thresholds)
{
    g_free(self->watch);
    g_free(self->desktop);
    g_free(self->thresholds);
    self->watch = watch ? g_memdup2(watch, sizeof(double) * (gsize)self->n) : NULL;
    self->desktop = desktop ? g_memdup2(desktop, sizeof(double) * (gsize)self->n) : NULL;
    self->thresholds = thresholds ? g_memdup2(thresholds, sizeof(double) * (gsize)self->n) : NULL;
    wg_chart_changed(WG_CHART(self));
}
