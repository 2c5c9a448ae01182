/* Takes over one another: their mean and the band that holds most of them. */
#include "ui/charts/overlay.h"

#include "base/sentences.h"
#include "dataset/envelope.h"
#include "dataset/window-features.h"
#include "ui/charts/motion-frame.h"

#include <glib/gi18n.h>

/* Of more takes so many are summed up: quick enough for the main thread, and enough for a tenth. */
#define N_SUMMED_AT_MOST 250
#define N_LINES_AT_MOST 12
#define SECONDS_AT_LEAST 1.6

struct _WgOverlay {
    WgChart parent_instance;
    WgWindows *windows; /* of the takes summed up; NULL: none */
    GPtrArray *lines;   /* of float *, one a window, where there are few */
    WgEnvelope *envelope;
    guint n_takes;
    WgWindowOptions window;
    WgWindows *highlight; /* NULL: none */
    float *line;          /* of it */
    WgMotion what;
};

G_DEFINE_FINAL_TYPE(WgOverlay, wg_overlay, WG_TYPE_CHART)

static void
update(WgOverlay *self)
{
    g_clear_pointer(&self->envelope, wg_envelope_free);
    g_ptr_array_set_size(self->lines, 0);
    if (self->windows && self->windows->n > 0)
        self->envelope = wg_envelope_new(self->windows, self->what);
    g_clear_pointer(&self->line, g_free);
    if (self->highlight)
        self->line = wg_motion_new(self->highlight->x, wg_window_get_n_samples(self->highlight, 0),
                                   self->highlight->channels, self->highlight->rate_hz, self->what);
    for (int i = 0; self->windows && self->windows->n <= N_LINES_AT_MOST && i < self->windows->n;
         i++) {
        const WgWindows *w = self->windows;
        const gsize size = (gsize)w->length * (gsize)w->channels;

        g_ptr_array_add(self->lines,
                        wg_motion_new(w->x + (gsize)i * size, wg_window_get_n_samples(w, i),
                                      w->channels, w->rate_hz, self->what));
    }
    wg_chart_changed(WG_CHART(self));
}

static double
find_largest(WgOverlay *self)
{
    const WgEnvelope *envelope = self->envelope;
    double largest = MAX(wg_motion_get_largest(envelope->low, envelope->length * 3),
                         wg_motion_get_largest(envelope->high, envelope->length * 3));

    for (guint i = 0; i < self->lines->len; i++)
        largest =
            MAX(largest, wg_motion_get_largest(g_ptr_array_index(self->lines, i),
                                               3 * wg_window_get_n_samples(self->windows, (int)i)));
    if (self->line)
        largest =
            MAX(largest,
                wg_motion_get_largest(self->line, 3 * wg_window_get_n_samples(self->highlight, 0)));
    return largest;
}

/* The one over the others, or without one the mean. */
static void
draw_main(WgOverlay *self, const WgMotionFrame *frame, cairo_t *cr, const WgTheme *theme)
{
    const WgEnvelope *envelope = self->envelope;
    const float *line = self->line ? self->line : envelope->mean;
    const int n = self->line ? wg_window_get_n_samples(self->highlight, 0) : envelope->length;
    const double steps = frame->seconds * envelope->rate_hz;
    WgAxesFrame ended = frame->axes;

    if (n == 0)
        return;
    wg_axes_draw_lines(&frame->axes, cr, theme, line, n, 3, 0, steps, 2, 1);
    ended.width = frame->axes.width * MIN(1, (n - 1) / steps);
    wg_axes_draw_labels(&ended, cr, theme, line + 3 * (n - 1));
}

static void
draw_band(const WgMotionFrame *frame, cairo_t *cr, const WgTheme *theme, const WgEnvelope *envelope,
          int axis)
{
    const GdkRGBA *colour = &theme->axis[axis];

    cairo_new_path(cr);
    for (int i = 0; i < envelope->length; i++)
        cairo_line_to(cr, wg_motion_frame_x(frame, i / envelope->rate_hz),
                      wg_axes_y(&frame->axes, (double)envelope->high[3 * i + axis]));
    for (int i = envelope->length - 1; i >= 0; i--)
        cairo_line_to(cr, wg_motion_frame_x(frame, i / envelope->rate_hz),
                      wg_axes_y(&frame->axes, (double)envelope->low[3 * i + axis]));
    cairo_close_path(cr);
    cairo_set_source_rgba(cr, colour->red, colour->green, colour->blue, 0.16);
    cairo_fill(cr);
}

static void
wg_overlay_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgOverlay *self = WG_OVERLAY(chart);
    const WgEnvelope *envelope = self->envelope;
    WgMotionFrame frame;
    int longest;
    double steps;

    if (!envelope || envelope->length == 0) {
        wg_theme_text(theme, cr, _("Choose takes to see them over one another"), width / 2,
                      height / 2, 0.5, 0.5, 1, width - 12, &theme->dim);
        return;
    }
    longest =
        MAX(envelope->length, self->highlight ? wg_window_get_n_samples(self->highlight, 0) : 0);
    wg_motion_frame_init(&frame, theme, width, height,
                         MAX(SECONDS_AT_LEAST, (longest - 1) / envelope->rate_hz),
                         find_largest(self), self->what);
    if (frame.axes.width <= 0 || frame.axes.height <= 0)
        return;
    steps = frame.seconds * envelope->rate_hz;
    wg_motion_frame_shade(&frame, cr, 0, (self->windows->length - 1) / envelope->rate_hz,
                          &theme->accent, 0.07);
    wg_motion_frame_draw(&frame, cr, theme);
    for (int axis = 0; axis < 3; axis++)
        draw_band(&frame, cr, theme, envelope, axis);
    for (guint i = 0; i < self->lines->len; i++)
        wg_axes_draw_lines(&frame.axes, cr, theme, g_ptr_array_index(self->lines, i),
                           wg_window_get_n_samples(self->windows, (int)i), 3, 0, steps, 1, 0.35);
    draw_main(self, &frame, cr, theme);
}

static char *
wg_overlay_describe(WgChart *chart)
{
    WgOverlay *self = WG_OVERLAY(chart);
    g_autoptr(GString) text = g_string_new(NULL);

    if (!self->envelope)
        return g_strdup(_("No take is chosen"));
    wg_append_sentence(
        text,
        ngettext("%s of %u take in %s: the mean of x, y and z over %.1f s, and the band that "
                 "holds 80 of 100 takes.",
                 "%s of %u takes in %s: the mean of x, y and z over %.1f s, and the band that "
                 "holds 80 of 100 takes.",
                 self->n_takes),
        wg_motion_get_name(self->what), self->n_takes, wg_motion_get_unit(self->what),
        self->envelope->length / self->envelope->rate_hz);
    if ((guint)self->envelope->n_takes < self->n_takes)
        wg_append_sentence(text,
                           ngettext("Drawn of %d of them.", "Drawn of %d of them.",
                                    (gulong)self->envelope->n_takes),
                           self->envelope->n_takes);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
wg_overlay_dup_values(WgChart *chart)
{
    const WgEnvelope *envelope = WG_OVERLAY(chart)->envelope;
    GString *text = g_string_new("line,seconds,x,y,z\n");

    if (!envelope)
        return g_string_free(text, FALSE);
    wg_chart_append_series(text, _("mean"), envelope->mean, envelope->length, 3, 3,
                           envelope->rate_hz);
    wg_chart_append_series(text, _("10 of 100 below"), envelope->low, envelope->length, 3, 3,
                           envelope->rate_hz);
    wg_chart_append_series(text, _("10 of 100 above"), envelope->high, envelope->length, 3, 3,
                           envelope->rate_hz);
    return g_string_free(text, FALSE);
}

static double
wg_overlay_count_lines(WgChart *chart)
{
    return 5;
}

static void
wg_overlay_finalize(GObject *object)
{
    WgOverlay *self = WG_OVERLAY(object);

    g_clear_pointer(&self->windows, wg_windows_unref);
    g_clear_pointer(&self->highlight, wg_windows_unref);
    g_free(self->line);
    g_clear_pointer(&self->envelope, wg_envelope_free);
    g_clear_pointer(&self->lines, g_ptr_array_unref);
    G_OBJECT_CLASS(wg_overlay_parent_class)->finalize(object);
}

static void
wg_overlay_class_init(WgOverlayClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_overlay_finalize;
    WG_CHART_CLASS(klass)->paint = wg_overlay_paint;
    WG_CHART_CLASS(klass)->describe = wg_overlay_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_overlay_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_overlay_count_lines;
    WG_CHART_CLASS(klass)->natural_height = 190;
}

static void
wg_overlay_init(WgOverlay *self)
{
    self->lines = g_ptr_array_new_with_free_func(g_free);
}

/* Those that are drawn, evenly taken; disabled ones too, as a person may choose these. */
static WgWindows *
dup_windows(GPtrArray *takes, const WgWindowOptions *window)
{
    g_autoptr(GPtrArray) some = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(WgDataset) dataset = NULL;
    const guint n = MIN(takes->len, N_SUMMED_AT_MOST);

    for (guint i = 0; i < n; i++) {
        WgRecording *take = g_ptr_array_index(takes, (guint)((guint64)i * takes->len / n));
        WgRecordingSpec spec = *wg_recording_get(take);

        spec.disabled = FALSE;
        spec.label = "";
        spec.spans = NULL;
        spec.n_spans = 0;
        g_ptr_array_add(some, wg_recording_new(&spec));
    }
    dataset = wg_dataset_new_for_windows(some, NULL, window, NULL);
    return dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
}

void
wg_overlay_set_takes(WgOverlay *self, GPtrArray *takes, const WgWindowOptions *window)
{
    g_clear_pointer(&self->windows, wg_windows_unref);
    g_clear_pointer(&self->highlight, wg_windows_unref);
    self->window = *window;
    self->n_takes = takes ? takes->len : 0;
    if (self->n_takes > 0)
        self->windows = dup_windows(takes, window);
    update(self);
}

void
wg_overlay_set_highlight(WgOverlay *self, WgRecording *take)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new();

    g_clear_pointer(&self->highlight, wg_windows_unref);
    if (take) {
        g_ptr_array_add(takes, take);
        self->highlight = dup_windows(takes, &self->window);
    }
    update(self);
}

guint
wg_overlay_get_n_drawn(WgOverlay *self)
{
    return self->envelope ? (guint)self->envelope->n_takes : 0;
}

void
wg_overlay_set_motion(WgOverlay *self, WgMotion what)
{
    self->what = what;
    update(self);
}
