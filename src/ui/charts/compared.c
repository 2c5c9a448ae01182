/* One take over those it is compared with: these faint, itself clear. */
#include "ui/charts/compared.h"

#include "dataset/window.h"
#include "ui/charts/axes.h"

#include <glib/gi18n.h>

#define N_SHOWN_AT_LEAST 20

struct _WgCompared {
    WgChart parent_instance;
    char *title;
    WgRecording *take;
    GPtrArray *others;
};

G_DEFINE_FINAL_TYPE(WgCompared, wg_compared, WG_TYPE_CHART)

static void
widen(const WgRecording *recording, WgAxesFrame *frame, int *n_shown)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);

    *n_shown = MAX(*n_shown, MIN(spec->n_samples, WG_WINDOW_LENGTH));
    frame->range_g =
        wg_axes_fit_range(spec->samples, spec->n_samples * spec->n_channels, frame->range_g);
}

static void
draw_take(const WgRecording *recording, const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme,
          int n_shown, double width, double alpha)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);

    wg_axes_draw_lines(frame, cr, theme, spec->samples, MIN(spec->n_samples, n_shown),
                       spec->n_channels, 0, n_shown - 1, width, alpha);
}

/* x, y and z where the clear lines end. */
static void
draw_names(WgCompared *self, const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme,
           int n_shown)
{
    const WgRecordingSpec *spec = wg_recording_get(self->take);
    const int last = MIN(spec->n_samples, n_shown) - 1;
    WgAxesFrame ended = *frame;

    ended.width = frame->width * last / (n_shown - 1);
    wg_axes_draw_labels(&ended, cr, theme, spec->samples + (gsize)last * spec->n_channels);
}

static void
wg_compared_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgCompared *self = WG_COMPARED(chart);
    const guint n = self->others ? self->others->len : 0;
    int n_shown = N_SHOWN_AT_LEAST;
    double line, margin;
    WgAxesFrame frame;

    wg_theme_measure(theme, "+2", 0.85, &margin, &line);
    frame = (WgAxesFrame){margin + 6, 1.4 * line, width - margin - 24, height - 1.8 * line, 1};
    if (frame.width <= 0 || frame.height <= 0)
        return;
    wg_theme_text(theme, cr, self->title ? self->title : "", 2, 0, 0, 0, 0.85, width - 2,
                  &theme->foreground);
    if (n == 0 && !self->take)
        return;
    for (guint i = 0; i < n; i++)
        widen(g_ptr_array_index(self->others, i), &frame, &n_shown);
    if (self->take)
        widen(self->take, &frame, &n_shown);
    wg_axes_draw_ground(&frame, cr, theme, TRUE);
    for (guint i = 0; i < n; i++)
        draw_take(g_ptr_array_index(self->others, i), &frame, cr, theme, n_shown, 1, 0.3);
    if (!self->take)
        return;
    draw_take(self->take, &frame, cr, theme, n_shown, 2, 1);
    draw_names(self, &frame, cr, theme, n_shown);
}

static char *
wg_compared_describe(WgChart *chart)
{
    WgCompared *self = WG_COMPARED(chart);
    const guint n = self->others ? self->others->len : 0;

    return g_strdup_printf(ngettext("%s: the chosen take over the %u take most like it",
                                    "%s: the chosen take over the %u takes most like it", n),
                           self->title ? self->title : "", n);
}

static void
append_take(GString *text, const WgRecording *take)
{
    const WgRecordingSpec *spec = wg_recording_get(take);
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, spec->id);

    wg_chart_append_series(text, id, spec->samples, spec->n_samples, spec->n_channels, 3,
                           spec->rate_hz);
}

static char *
wg_compared_dup_values(WgChart *chart)
{
    WgCompared *self = WG_COMPARED(chart);
    GString *text = g_string_new("take,seconds,x,y,z\n");

    if (self->take)
        append_take(text, self->take);
    for (guint i = 0; self->others && i < self->others->len; i++)
        append_take(text, g_ptr_array_index(self->others, i));
    return g_string_free(text, FALSE);
}

static double
wg_compared_count_lines(WgChart *chart)
{
    return 5;
}

static void
clear(WgCompared *self)
{
    g_clear_pointer(&self->title, g_free);
    g_clear_pointer(&self->take, wg_recording_unref);
    g_clear_pointer(&self->others, g_ptr_array_unref);
}

static void
wg_compared_finalize(GObject *object)
{
    clear(WG_COMPARED(object));
    G_OBJECT_CLASS(wg_compared_parent_class)->finalize(object);
}

static void
wg_compared_class_init(WgComparedClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_compared_finalize;
    WG_CHART_CLASS(klass)->paint = wg_compared_paint;
    WG_CHART_CLASS(klass)->describe = wg_compared_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_compared_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_compared_count_lines;
}

static void
wg_compared_init(WgCompared *self)
{
}

void
wg_compared_set(WgCompared *self, const char *title, WgRecording *take, GPtrArray *others)
{
    if (take)
        wg_recording_ref(take);
    if (others)
        g_ptr_array_ref(others);
    clear(self);
    self->title = g_strdup(title);
    self->take = take;
    self->others = others;
    wg_chart_changed(WG_CHART(self));
}
