/* Takes over one another: what they have in common and which is unlike the others. */
#include "ui/charts/overlay.h"

#include "dataset/window.h"
#include "ui/charts/axes.h"

#include <glib/gi18n.h>

#define N_DRAWN_AT_MOST 60
#define N_SHOWN_AT_LEAST 20

struct _WgOverlay {
    WgChart parent_instance;
    GPtrArray *takes;
};

G_DEFINE_FINAL_TYPE(WgOverlay, wg_overlay, WG_TYPE_CHART)

/* The network's window as a band, and its length in seconds at the end. */
static void
draw_window(const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme, double n_shown,
            double rate_hz)
{
    const double end = MIN(1.0, (WG_WINDOW_LENGTH - 1) / MAX(n_shown - 1, 1));
    const double seconds = n_shown / rate_hz;

    cairo_set_source_rgba(cr, theme->accent.red, theme->accent.green, theme->accent.blue, 0.07);
    cairo_rectangle(cr, frame->x, frame->y, frame->width * end, frame->height);
    cairo_fill(cr);
    for (int second = 0; second <= (int)seconds; second++) {
        g_autofree char *text = g_strdup_printf("%d s", second);

        wg_theme_text(theme, cr, text, frame->x + frame->width * second / seconds,
                      frame->y + frame->height + 3, second ? 0.5 : 0, 0, 0.85, 0, &theme->dim);
    }
}

static void
wg_overlay_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgOverlay *self = WG_OVERLAY(chart);
    const int n = self->takes ? (int)MIN(self->takes->len, N_DRAWN_AT_MOST) : 0;
    int n_shown = N_SHOWN_AT_LEAST;
    float ends[3] = {0};
    double margin, line, alpha;
    WgAxesFrame frame;

    wg_theme_measure(theme, "+2", 0.85, &margin, &line);
    frame = (WgAxesFrame){margin + 12, line / 2 + 2, width - margin - 36, height - 2 * line - 6, 2};
    if (frame.width <= 0 || frame.height <= 0)
        return;
    for (int i = 0; i < n; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(self->takes, i));

        n_shown = MAX(n_shown, spec->n_samples);
        frame.range_g = MAX(
            frame.range_g, wg_axes_fit_range(spec->samples, spec->n_samples * spec->n_channels, 2));
    }
    if (n == 0) {
        wg_theme_text(theme, cr, _("Choose takes to see them over one another"), width / 2,
                      height / 2, 0.5, 0.5, 1, width - 12, &theme->dim);
        return;
    }
    draw_window(&frame, cr, theme, n_shown,
                wg_recording_get(g_ptr_array_index(self->takes, 0))->rate_hz);
    wg_axes_draw_ground(&frame, cr, theme, TRUE);
    alpha = n == 1 ? 1 : CLAMP(2.5 / n, 0.12, 0.6);
    for (int i = 0; i < n; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(self->takes, i));

        wg_axes_draw_lines(&frame, cr, theme, spec->samples, spec->n_samples, spec->n_channels, 0,
                           n_shown - 1, n == 1 ? 2 : 1.5, alpha);
        for (int axis = 0; axis < 3; axis++)
            ends[axis] +=
                spec->samples[(gsize)(spec->n_samples - 1) * spec->n_channels + axis] / (float)n;
    }
    if (n == 1) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(self->takes, 0));
        WgAxesFrame ended = frame;

        ended.width = frame.width * (spec->n_samples - 1) / (n_shown - 1);
        wg_axes_draw_labels(&ended, cr, theme,
                            spec->samples + (gsize)(spec->n_samples - 1) * spec->n_channels);
    } else {
        wg_axes_draw_labels(&frame, cr, theme, ends);
    }
}

static char *
wg_overlay_describe(WgChart *chart)
{
    WgOverlay *self = WG_OVERLAY(chart);
    const guint n = self->takes ? self->takes->len : 0;

    if (n == 0)
        return g_strdup(_("No take is chosen"));
    return g_strdup_printf(ngettext("Acceleration of %u take, x, y and z in g",
                                    "Acceleration of %u takes over one another, x, y and z in g",
                                    n),
                           n);
}

static double
wg_overlay_count_lines(WgChart *chart)
{
    return 8;
}

static void
wg_overlay_finalize(GObject *object)
{
    g_clear_pointer(&WG_OVERLAY(object)->takes, g_ptr_array_unref);
    G_OBJECT_CLASS(wg_overlay_parent_class)->finalize(object);
}

static void
wg_overlay_class_init(WgOverlayClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_overlay_finalize;
    WG_CHART_CLASS(klass)->paint = wg_overlay_paint;
    WG_CHART_CLASS(klass)->describe = wg_overlay_describe;
    WG_CHART_CLASS(klass)->count_lines = wg_overlay_count_lines;
}

static void
wg_overlay_init(WgOverlay *self)
{
}

void
wg_overlay_set_takes(WgOverlay *self, GPtrArray *takes)
{
    if (takes)
        g_ptr_array_ref(takes);
    g_clear_pointer(&self->takes, g_ptr_array_unref);
    self->takes = takes;
    wg_chart_changed(WG_CHART(self));
}
