/* A filter of the first layer: its shape, and the stretch of a take that it responds to most. */
#include "ui/charts/filter-picture.h"

#include "ui/charts/axes.h"

#include <glib/gi18n.h>
#include <math.h>

#define WIDTH 200
#define PICTURE_LINES 3.2
#define TEXT_LINES 2.2

struct _WgFilterPicture {
    WgChart parent_instance;
    int number, kernel, channels, dilation, n_stretch, at;
    float *weights, *stretch;
    char *label;
    gint64 take;
    double response;
};

G_DEFINE_FINAL_TYPE(WgFilterPicture, wg_filter_picture, WG_TYPE_CHART)

static double
find_range(const float *values, int n)
{
    double range = 1e-6;

    for (int i = 0; i < n; i++)
        range = fmax(range, fabs((double)values[i]));
    return 1.1 * range;
}

/* Lines of the channels with a dot at each value, in the colours of the axes. */
static void
draw_lines(cairo_t *cr, const WgTheme *theme, const WgAxesFrame *frame, const float *values, int n,
           int n_channels, int spacing, int n_shown)
{
    wg_axes_draw_ground(frame, cr, theme, FALSE);
    if (spacing == 1)
        wg_axes_draw_lines(frame, cr, theme, values, n, n_channels, 0, n_shown - 1, 1.6, 1);
    for (int i = 0; spacing > 1 && i < n * MIN(n_channels, 3); i++) {
        const int axis = i % MIN(n_channels, 3), tap = i / MIN(n_channels, 3);
        const double x = frame->x + frame->width * tap * spacing / MAX(1, n_shown - 1);
        const double y = wg_axes_y(frame, (double)values[tap * n_channels + axis]);

        gdk_cairo_set_source_rgba(cr, &theme->axis[axis]);
        cairo_arc(cr, x, y, 2.5, 0, 2 * G_PI);
        cairo_fill(cr);
    }
}

static void
wg_filter_picture_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width,
                        double height)
{
    WgFilterPicture *self = WG_FILTER_PICTURE(chart);
    const int reach = (self->kernel - 1) * self->dilation + 1;
    g_autofree char *name = g_strdup_printf(_("filter %d"), self->number + 1);
    g_autofree char *where = g_strdup_printf(_("%s, take %d"), self->label, (int)self->take);
    double line, half = (width - 30) / 2, picture;

    wg_theme_measure(theme, "x", 0.85, NULL, &line);
    picture = height - TEXT_LINES * line - 8;
    if (half < 10 || picture < 10)
        return;
    const WgAxesFrame shape = {6, line + 2, half, picture,
                               find_range(self->weights, self->kernel * self->channels)};
    const WgAxesFrame stretch = {half + 24, line + 2, half, picture,
                                 find_range(self->stretch, self->n_stretch * self->channels)};

    draw_lines(cr, theme, &shape, self->weights, self->kernel, self->channels, self->dilation,
               reach);
    draw_lines(cr, theme, &stretch, self->stretch, self->n_stretch, self->channels, 1,
               MAX(reach, self->n_stretch));
    wg_theme_text(theme, cr, name, 6, 0, 0, 0, 0.85, half, &theme->dim);
    wg_theme_text(theme, cr, _("likes best"), half + 24, 0, 0, 0, 0.85, half, &theme->dim);
    wg_theme_text(theme, cr, where, 6, height - line - 2, 0, 0, 0.85, width - 12,
                  &theme->foreground);
}

static char *
wg_filter_picture_describe(WgChart *chart)
{
    WgFilterPicture *self = WG_FILTER_PICTURE(chart);

    return g_strdup_printf(_("It responds most to take %d of %s from sample %d on: %.2f."),
                           (int)self->take, self->label, self->at, self->response);
}

static char *
wg_filter_picture_dup_values(WgChart *chart)
{
    WgFilterPicture *self = WG_FILTER_PICTURE(chart);
    GString *text = g_string_new("part,sample");

    for (int channel = 0; channel < self->channels; channel++)
        g_string_append_printf(text, ",%d", channel + 1);
    g_string_append_c(text, '\n');
    wg_chart_append_series(text, _("filter"), self->weights, self->kernel, self->channels,
                           self->channels, 1.0 / self->dilation);
    wg_chart_append_series(text, _("likes best"), self->stretch, self->n_stretch, self->channels,
                           self->channels, 1);
    return g_string_free(text, FALSE);
}

static double
wg_filter_picture_count_lines(WgChart *chart)
{
    return PICTURE_LINES + TEXT_LINES;
}

static void
wg_filter_picture_finalize(GObject *object)
{
    WgFilterPicture *self = WG_FILTER_PICTURE(object);

    g_free(self->weights);
    g_free(self->stretch);
    g_free(self->label);
    G_OBJECT_CLASS(wg_filter_picture_parent_class)->finalize(object);
}

static void
wg_filter_picture_class_init(WgFilterPictureClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_filter_picture_finalize;
    WG_CHART_CLASS(klass)->paint = wg_filter_picture_paint;
    WG_CHART_CLASS(klass)->describe = wg_filter_picture_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_filter_picture_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_filter_picture_count_lines;
    gtk_widget_class_set_accessible_role(GTK_WIDGET_CLASS(klass), ATK_ROLE_IMAGE);
}

static void
wg_filter_picture_init(WgFilterPicture *self)
{
    gtk_widget_set_size_request(GTK_WIDGET(self), WIDTH, -1);
}

GtkWidget *
wg_filter_picture_new(const WgFilterShape *shape)
{
    WgFilterPicture *self = g_object_new(WG_TYPE_FILTER_PICTURE, "visible", TRUE, NULL);
    g_autofree char *name = g_strdup_printf(_("Filter %d"), shape->number + 1);

    self->number = shape->number;
    self->kernel = shape->kernel;
    self->channels = shape->channels;
    self->dilation = shape->dilation;
    self->n_stretch = shape->n_stretch;
    self->at = shape->at;
    self->weights =
        g_memdup2(shape->weights, sizeof(float) * (gsize)(shape->kernel * shape->channels));
    self->stretch =
        g_memdup2(shape->stretch, sizeof(float) * (gsize)(shape->n_stretch * shape->channels));
    self->label = g_strdup(shape->label);
    self->take = shape->take;
    self->response = shape->response;
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), name);
    wg_chart_changed(WG_CHART(self));
    return GTK_WIDGET(self);
}
