/* One take as a small picture, to be compared with its neighbours at the same scale. */
#include "ui/charts/thumbnail.h"

#include "dataset/window.h"
#include "ui/charts/axes.h"

#include <glib/gi18n.h>

struct _WgThumbnail {
    WgChart parent_instance;
    WgRecording *recording;
    char *doubt;
    int n_shown;
    double range_g;
};

G_DEFINE_FINAL_TYPE(WgThumbnail, wg_thumbnail, WG_TYPE_CHART)

/* A triangle with a stroke in it: a warning that is not only a colour. */
void
wg_thumbnail_draw_doubt(cairo_t *cr, const WgTheme *theme, double x, double y)
{
    GdkRGBA ink;

    cairo_new_path(cr);
    cairo_move_to(cr, x - 7, y + 12);
    cairo_line_to(cr, x, y);
    cairo_line_to(cr, x + 7, y + 12);
    cairo_close_path(cr);
    gdk_cairo_set_source_rgba(cr, &theme->warning);
    cairo_fill(cr);
    wg_theme_contrasting(&theme->warning, &ink);
    gdk_cairo_set_source_rgba(cr, &ink);
    cairo_rectangle(cr, x - 0.75, y + 4, 1.5, 4);
    cairo_rectangle(cr, x - 0.75, y + 9, 1.5, 1.5);
    cairo_fill(cr);
}

static void
draw_band(cairo_t *cr, const WgTheme *theme, const WgAxesFrame *frame, const WgRecordingSpec *spec,
          const float *samples, int n_shown)
{
    wg_axes_draw_ground(frame, cr, theme, FALSE);
    wg_axes_draw_lines(frame, cr, theme, samples, MIN(spec->n_samples, n_shown + 1),
                       spec->n_channels, 0, n_shown - 1, 1.4, 1);
}

/* Angular rate, where it was measured, below acceleration. */
void
wg_thumbnail_draw(cairo_t *cr, const WgTheme *theme, WgRecording *recording, int n_shown,
                  double range_g, double width, double height)
{
    const WgRecordingSpec *spec = wg_recording_get_facts(recording);
    const int n_bands = spec->n_channels >= 6 ? 2 : 1;
    const double band = (height - 6) / n_bands;
    const WgAxesFrame acceleration = {4, 3, width - 8, band, range_g};
    const WgAxesFrame turning = {4, 3 + band, width - 8, band, WG_AXES_RANGE_DPS};
    g_autofree float *samples = g_new(float, (gsize)spec->n_samples *(gsize)spec->n_channels + 1);

    wg_recording_copy_samples(recording, samples);
    cairo_save(cr);
    cairo_rectangle(cr, 0, 0, width, height);
    cairo_clip(cr);
    draw_band(cr, theme, &acceleration, spec, samples, n_shown);
    if (n_bands > 1)
        draw_band(cr, theme, &turning, spec, samples + 3, n_shown);
    cairo_restore(cr);
}

static void
wg_thumbnail_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgThumbnail *self = WG_THUMBNAIL(chart);

    wg_thumbnail_draw(cr, theme, self->recording, self->n_shown, self->range_g, width, height);
    if (self->doubt)
        wg_thumbnail_draw_doubt(cr, theme, width - 12, 4);
}

static char *
wg_thumbnail_describe(WgChart *chart)
{
    WgThumbnail *self = WG_THUMBNAIL(chart);
    const WgRecordingSpec *spec = wg_recording_get_facts(self->recording);

    return g_strdup_printf(_("%.1f s, %d samples. %s"), spec->n_samples / spec->rate_hz,
                           spec->n_samples, self->doubt ? self->doubt : "");
}

/* Seconds from its beginning, and what was measured. */
static char *
dup_take_values(WgRecording *recording)
{
    const WgRecordingSpec *spec = wg_recording_get_facts(recording);
    g_autofree float *samples = g_new(float, (gsize)spec->n_samples *(gsize)spec->n_channels + 1);
    GString *text =
        g_string_new(spec->n_channels > 3 ? "seconds,x,y,z,gx,gy,gz\n" : "seconds,x,y,z\n");

    wg_recording_copy_samples(recording, samples);
    for (int i = 0; i < spec->n_samples; i++) {
        wg_chart_append_number(text, i / spec->rate_hz, 3);
        for (int channel = 0; channel < MIN(spec->n_channels, 6); channel++) {
            g_string_append_c(text, ',');
            wg_chart_append_number(text, samples[i * spec->n_channels + channel], 6);
        }
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

static char *
wg_thumbnail_dup_values(WgChart *chart)
{
    return dup_take_values(WG_THUMBNAIL(chart)->recording);
}

static void
wg_thumbnail_finalize(GObject *object)
{
    WgThumbnail *self = WG_THUMBNAIL(object);

    g_clear_pointer(&self->recording, wg_recording_unref);
    g_free(self->doubt);
    G_OBJECT_CLASS(wg_thumbnail_parent_class)->finalize(object);
}

static void
wg_thumbnail_class_init(WgThumbnailClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_thumbnail_finalize;
    WG_CHART_CLASS(klass)->paint = wg_thumbnail_paint;
    WG_CHART_CLASS(klass)->describe = wg_thumbnail_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_thumbnail_dup_values;
    gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(klass), "thumbnail");
    gtk_widget_class_set_accessible_role(GTK_WIDGET_CLASS(klass), ATK_ROLE_IMAGE);
}

static void
wg_thumbnail_init(WgThumbnail *self)
{
    self->n_shown = WG_WINDOW_LENGTH;
    self->range_g = 2;
    gtk_widget_set_can_focus(GTK_WIDGET(self), FALSE); /* its place in the grid has the focus */
    gtk_widget_set_size_request(GTK_WIDGET(self), WG_THUMBNAIL_WIDTH, WG_THUMBNAIL_HEIGHT);
}

GtkWidget *
wg_thumbnail_new(WgRecording *recording, const char *doubt)
{
    WgThumbnail *self = g_object_new(WG_TYPE_THUMBNAIL, "visible", TRUE, NULL);

    self->recording = wg_recording_ref(recording);
    wg_thumbnail_set_doubt(self, doubt);
    return GTK_WIDGET(self);
}

WgRecording *
wg_thumbnail_get_recording(WgThumbnail *self)
{
    return self->recording;
}

void
wg_thumbnail_set_scale(WgThumbnail *self, int n_shown, double range_g)
{
    self->n_shown = n_shown;
    self->range_g = range_g;
    gtk_widget_queue_draw(GTK_WIDGET(self));
}

void
wg_thumbnail_set_doubt(WgThumbnail *self, const char *doubt)
{
    const WgRecordingSpec *spec = wg_recording_get_facts(self->recording);
    g_autofree char *name = g_strdup_printf(_("Take of %s"), spec->label);

    g_free(self->doubt);
    self->doubt = g_strdup(doubt);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self), doubt);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), name);
    wg_chart_changed(WG_CHART(self));
}
