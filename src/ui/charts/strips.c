/* One layer for one take as strips: the float network's values, the watch's, and their difference.
 */
#include "ui/charts/strips.h"

#include <glib/gi18n.h>
#include <math.h>

#define FULL_STEPS                                                                                 \
    4.0 /* a difference of so many has the full colour, or the largest where it is more */
#define SHADE_POWER 0.6 /* so that faint values are seen beside strong ones */
#define N_STRIPS 3

struct _WgStrips {
    WgChart parent_instance;
    int number, length, channels;
    char *op, *mark;
    float *int8, *floats; /* floats NULL: none */
    double scale, largest, mean, low, high;
    int n_saturated;
};

G_DEFINE_FINAL_TYPE(WgStrips, wg_strips, WG_TYPE_CHART)

/* Share of the full colour: of the input the size of a value, of a layer its place between the
 * lowest and the highest. */
static double
shade(const WgStrips *self, int strip, int i)
{
    const double value = (double)(strip == 0 ? self->floats : self->int8)[i];
    const double range = self->high - self->low, size = fmax(self->high, -self->low);

    if (strip == 2)
        return fabs((double)self->int8[i] - (double)self->floats[i]) / self->scale /
               fmax(FULL_STEPS, self->largest);
    if (range <= 0 || size <= 0)
        return 0;
    return pow(self->number == 0 ? fabs(value) / size : (value - self->low) / range, SHADE_POWER);
}

/* Time runs across and channels down; one moment alone has its channels across. */
static void
draw_strip(const WgStrips *self, int strip, cairo_t *cr, const WgTheme *theme, double x, double y,
           double width, double height)
{
    const gboolean is_moment = self->length == 1;
    const int n_across = is_moment ? self->channels : self->length;
    const int n_down = is_moment ? 1 : self->channels;

    for (int i = 0; i < n_across * n_down; i++) {
        const int across = is_moment ? i : i / self->channels;
        const int down = is_moment ? 0 : i % self->channels;
        const double left = x + width * across / n_across, top = y + height * down / n_down;
        GdkRGBA colour;

        wg_theme_mix(&theme->background, &theme->accent, CLAMP(shade(self, strip, i), 0, 1),
                     &colour);
        gdk_cairo_set_source_rgba(cr, &colour);
        /* neighbours overlap a little, or lines of the ground would show between them */
        cairo_rectangle(cr, left, top, width / n_across + 0.6, height / n_down + 0.6);
        cairo_fill(cr);
    }
    cairo_set_line_width(cr, 1);
    gdk_cairo_set_source_rgba(cr, &theme->faint);
    cairo_rectangle(cr, floor(x) + 0.5, floor(y) + 0.5, floor(width), floor(height));
    cairo_stroke(cr);
}

static char *
dup_title(const WgStrips *self)
{
    return self->number == 0 ? g_strdup_printf(_("Input, %d × %d"), self->length, self->channels)
                             : g_strdup_printf(_("Layer %d, %s, %d × %d"), self->number, self->op,
                                               self->length, self->channels);
}

static char *
dup_differences(const WgStrips *self)
{
    g_autofree char *steps = NULL;

    if (!self->floats)
        return g_strdup(_("no counterpart"));
    steps =
        g_strdup_printf(_("at most %.1f steps apart, %.2f on average"), self->largest, self->mean);
    if (self->n_saturated == 0)
        return g_steal_pointer(&steps);
    return g_strdup_printf(
        ngettext("%s; %d value is cut off", "%s; %d values are cut off", (gulong)self->n_saturated),
        steps, self->n_saturated);
}

static void
wg_strips_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgStrips *self = WG_STRIPS(chart);
    const char *names[N_STRIPS] = {_("computer"), _("watch"), _("difference")};
    g_autofree char *title = dup_title(self), *differences = dup_differences(self);
    double left = 0, line, title_width, strip;

    wg_theme_measure(theme, title, 1, &title_width, &line);
    for (int i = 0; i < N_STRIPS; i++) {
        double name_width;

        wg_theme_measure(theme, names[i], 0.85, &name_width, NULL);
        left = fmax(left, name_width + 12);
    }
    strip = (height - 1.3 * line) / N_STRIPS;
    if (width < left + 20 || strip < 4)
        return;
    wg_theme_text(theme, cr, title, 0, 0, 0, 0, 1, 0, &theme->foreground);
    wg_theme_text(theme, cr, self->mark ? self->mark : differences, width, 0, 1, 0, 0.85,
                  width - title_width - 18, self->mark ? &theme->warning : &theme->dim);
    for (int i = 0; i < N_STRIPS; i++) {
        const double y = 1.3 * line + i * strip;

        wg_theme_text(theme, cr, names[i], left - 12, y + strip / 2, 1, 0.5, 0.85, 0, &theme->dim);
        if (i == 1 || self->floats)
            draw_strip(self, i, cr, theme, left, y, width - left - 1, strip - 4);
    }
}

static char *
wg_strips_describe(WgChart *chart)
{
    WgStrips *self = WG_STRIPS(chart);
    g_autofree char *title = dup_title(self), *differences = dup_differences(self);

    return g_strjoin(". ", title, differences, self->mark, NULL);
}

static char *
wg_strips_dup_values(WgChart *chart)
{
    WgStrips *self = WG_STRIPS(chart);
    GString *text = g_string_new("moment,channel,watch,computer\n");

    for (int i = 0; i < self->length * self->channels; i++) {
        g_autofree char *moment = g_strdup_printf("%d", i / self->channels + 1);
        const double row[] = {i % self->channels + 1, (double)self->int8[i],
                              self->floats ? (double)self->floats[i] : NAN};

        wg_chart_append_row(text, moment, row, 3, 6);
    }
    return g_string_free(text, FALSE);
}

static double
wg_strips_count_lines(WgChart *chart)
{
    const WgStrips *self = WG_STRIPS(chart);
    const int n_down = self->length == 1 ? 1 : self->channels;

    return 1.3 + N_STRIPS * (n_down <= 4 ? 1.2 : n_down <= 12 ? 1.8 : 2.6);
}

static void
wg_strips_finalize(GObject *object)
{
    WgStrips *self = WG_STRIPS(object);

    g_free(self->op);
    g_free(self->mark);
    g_free(self->int8);
    g_free(self->floats);
    G_OBJECT_CLASS(wg_strips_parent_class)->finalize(object);
}

static void
wg_strips_class_init(WgStripsClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_strips_finalize;
    WG_CHART_CLASS(klass)->paint = wg_strips_paint;
    WG_CHART_CLASS(klass)->describe = wg_strips_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_strips_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_strips_count_lines;
}

static void
wg_strips_init(WgStrips *self)
{
}

static void
widen(WgStrips *self, const float *values, int n)
{
    for (int i = 0; values && i < n; i++) {
        self->low = fmin(self->low, (double)values[i]);
        self->high = fmax(self->high, (double)values[i]);
    }
}

GtkWidget *
wg_strips_new(const WgStripsLayer *layer)
{
    WgStrips *self = g_object_new(WG_TYPE_STRIPS, "visible", TRUE, "hexpand", TRUE, NULL);
    const int n = layer->length * layer->channels;
    g_autofree char *title = NULL;

    self->number = layer->number;
    self->op = g_strdup(layer->op);
    self->mark = g_strdup(layer->mark);
    self->length = layer->length;
    self->channels = layer->channels;
    self->int8 = g_memdup2(layer->int8, sizeof(float) * (gsize)n);
    self->floats = layer->floats ? g_memdup2(layer->floats, sizeof(float) * (gsize)n) : NULL;
    self->scale = layer->scale;
    self->largest = layer->largest;
    self->mean = layer->mean;
    self->n_saturated = layer->n_saturated;
    self->low = INFINITY;
    self->high = -INFINITY;
    widen(self, self->int8, n);
    widen(self, self->floats, n);
    title = dup_title(self);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), title);
    wg_chart_changed(WG_CHART(self));
    return GTK_WIDGET(self);
}
