/* The weights of a layer: how many of each size, and the scales of its channels. */
#include "ui/charts/weights.h"

#include <glib/gi18n.h>
#include <math.h>

struct _WgWeights {
    WgChart parent_instance;
    int n, n_channels, n_at_ends, n_bins;
    int *bins;
    double smallest_scale, largest_scale;
};

G_DEFINE_FINAL_TYPE(WgWeights, wg_weights, WG_TYPE_CHART)

static void
wg_weights_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgWeights *self = WG_WEIGHTS(chart);
    g_autofree char *title =
        g_strdup_printf(ngettext("%d weight", "%d weights", (gulong)self->n), self->n);
    double line, top, bottom, bar = width / self->n_bins;
    int most = 1;

    wg_theme_measure(theme, "x", 0.85, NULL, &line);
    top = 1.4 * line;
    bottom = height - 1.3 * line;
    if (bottom - top < 4)
        return;
    for (int i = 0; i < self->n_bins; i++)
        most = MAX(most, self->bins[i]);
    gdk_cairo_set_source_rgba(cr, &theme->accent);
    for (int i = 0; i < self->n_bins; i++) {
        const double share = (double)self->bins[i] / most;

        cairo_rectangle(cr, i * bar, bottom - share * (bottom - top), MAX(1, bar - 1),
                        share * (bottom - top));
    }
    cairo_fill(cr);
    cairo_set_line_width(cr, 1);
    gdk_cairo_set_source_rgba(cr, &theme->dim);
    cairo_move_to(cr, 0, floor(bottom) + 0.5);
    cairo_line_to(cr, width, floor(bottom) + 0.5);
    cairo_stroke(cr);
    wg_theme_text(theme, cr, title, 0, 0, 0, 0, 0.85, width, &theme->dim);
    wg_theme_text(theme, cr, "−127", 0, height, 0, 1, 0.85, 0, &theme->dim);
    wg_theme_text(theme, cr, "0", width / 2, height, 0.5, 1, 0.85, 0, &theme->dim);
    wg_theme_text(theme, cr, "127", width, height, 1, 1, 0.85, 0, &theme->dim);
}

static char *
wg_weights_describe(WgChart *chart)
{
    WgWeights *self = WG_WEIGHTS(chart);

    if (self->smallest_scale == self->largest_scale)
        return g_strdup_printf(
            _("%d weights, %d of them at the ends of their range; a step of them "
              "is %.2g."),
            self->n, self->n_at_ends, self->largest_scale);
    return g_strdup_printf(_("%d weights of %d channels, %d of them at the ends of their range; a "
                             "step of them is %.2g to %.2g, each channel with its own."),
                           self->n, self->n_channels, self->n_at_ends, self->smallest_scale,
                           self->largest_scale);
}

static char *
wg_weights_dup_values(WgChart *chart)
{
    WgWeights *self = WG_WEIGHTS(chart);
    GString *text = g_string_new("from,to,weights\n");

    for (int i = 0; i < self->n_bins; i++) {
        const double width = 254.0 / self->n_bins;
        const double row[] = {-127 + width * (i + 1), self->bins[i]};

        wg_chart_append_number(text, -127 + width * i, 2);
        wg_chart_append_row(text, "", row, 2, 2);
    }
    return g_string_free(text, FALSE);
}

static double
wg_weights_count_lines(WgChart *chart)
{
    return 4;
}

static void
wg_weights_finalize(GObject *object)
{
    g_free(WG_WEIGHTS(object)->bins);
    G_OBJECT_CLASS(wg_weights_parent_class)->finalize(object);
}

static void
wg_weights_class_init(WgWeightsClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_weights_finalize;
    WG_CHART_CLASS(klass)->paint = wg_weights_paint;
    WG_CHART_CLASS(klass)->describe = wg_weights_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_weights_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_weights_count_lines;
}

static void
wg_weights_init(WgWeights *self)
{
    gtk_widget_set_size_request(GTK_WIDGET(self), WG_WEIGHTS_WIDTH, -1);
}

GtkWidget *
wg_weights_new(const char *name, const WgWeightsLayer *layer)
{
    WgWeights *self = g_object_new(WG_TYPE_WEIGHTS, "visible", TRUE, NULL);
    g_autofree char *spoken = g_strdup_printf(_("Weights of %s"), name);
    g_autofree char *told = NULL;

    self->n = layer->n;
    self->n_channels = layer->n_channels;
    self->n_at_ends = layer->n_at_ends;
    self->bins = g_memdup2(layer->bins, sizeof(int) * (gsize)layer->n_bins);
    self->n_bins = layer->n_bins;
    self->smallest_scale = layer->smallest_scale;
    self->largest_scale = layer->largest_scale;
    told = wg_weights_describe(WG_CHART(self));
    gtk_widget_set_tooltip_text(GTK_WIDGET(self), told);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), spoken);
    wg_chart_changed(WG_CHART(self));
    return GTK_WIDGET(self);
}
