/* The live plot: the last seconds of a watch's accelerometer, with what its detector cut marked. */
#include "ui/charts/trace.h"

#include "ui/charts/axes.h"

#include <glib/gi18n.h>
#include <math.h>

/* 12 s at the watch's 12.5 Hz (jswrap_bangle.c, DEFAULT_ACCEL_POLL_INTERVAL 80 ms) */
#define N_SHOWN 150
#define SAMPLES_PER_SECOND 12.5
#define RANGE_G 2.0 /* what the watch's history can hold */
#define N_MARKS 16

typedef struct {
    gint64 begin, end; /* in samples since the start */
    gboolean is_good;
} Mark;

struct _WgTrace {
    WgChart parent_instance;
    float samples[N_SHOWN * 3]; /* ring */
    gint64 n;                   /* so many came */
    int last_number, n_missing;
    Mark marks[N_MARKS]; /* ring */
    int n_marks;
    char *hint, *banner;
};

G_DEFINE_FINAL_TYPE(WgTrace, wg_trace, WG_TYPE_CHART)

static void
draw_seconds(const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme)
{
    const int n_seconds = (int)(N_SHOWN / SAMPLES_PER_SECOND);

    for (int second = 0; second <= n_seconds; second += 2) {
        const double x = frame->x + frame->width * (1 - second * SAMPLES_PER_SECOND / N_SHOWN);
        g_autofree char *text = second ? g_strdup_printf("−%d s", second)
                                       : g_strdup(C_("time of the live plot", "now"));

        wg_theme_text(theme, cr, text, x, frame->y + frame->height + 3, second ? 0.5 : 0.8, 0, 0.85,
                      0, &theme->dim);
    }
}

static void
draw_mark(WgTrace *self, const Mark *mark, const WgAxesFrame *frame, cairo_t *cr,
          const WgTheme *theme)
{
    const double step = frame->width / (N_SHOWN - 1);
    const double begin = frame->x + (N_SHOWN - 1 - (double)(self->n - 1 - mark->begin)) * step;
    const double end = frame->x + (N_SHOWN - 1 - (double)(self->n - 1 - mark->end)) * step;
    const GdkRGBA *colour = mark->is_good ? &theme->accent : &theme->warning;

    if (end <= frame->x)
        return;
    cairo_set_source_rgba(cr, colour->red, colour->green, colour->blue, 0.16);
    cairo_rectangle(cr, MAX(begin, frame->x), frame->y, end - MAX(begin, frame->x), frame->height);
    cairo_fill(cr);
    if (end - MAX(begin, frame->x) > 30)
        wg_theme_text(theme, cr, mark->is_good ? _("take") : _("clipped"), end - 4, frame->y + 2, 1,
                      0, 0.85, end - MAX(begin, frame->x) - 6, &theme->dim);
}

static void
draw_empty(WgTrace *self, const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme)
{
    if (self->hint)
        wg_theme_text(theme, cr, self->hint, frame->x + frame->width / 2,
                      frame->y + frame->height * 0.3, 0.5, 0.5, 1, frame->width, &theme->dim);
}

static void
wg_trace_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgTrace *self = WG_TRACE(chart);
    const int n = (int)MIN(self->n, N_SHOWN);
    g_autofree float *ordered = g_new(float, N_SHOWN * 3);
    double margin, line;
    WgAxesFrame frame;

    wg_theme_measure(theme, "+2", 0.85, &margin, &line);
    frame = (WgAxesFrame){margin + 12, line / 2 + 2, width - margin - 36, height - 2 * line - 6,
                          RANGE_G};
    if (frame.width <= 0 || frame.height <= 0)
        return;
    for (int i = 0; i < MIN(self->n_marks, N_MARKS); i++)
        draw_mark(self, &self->marks[i], &frame, cr, theme);
    wg_axes_draw_ground(&frame, cr, theme, TRUE);
    draw_seconds(&frame, cr, theme);
    for (int i = 0; i < n; i++) {
        const float *sample = self->samples + (self->n - n + i) % N_SHOWN * 3;

        for (int axis = 0; axis < 3; axis++)
            ordered[3 * i + axis] = sample[axis];
    }
    wg_axes_draw_lines(&frame, cr, theme, ordered, n, 3, N_SHOWN - n, N_SHOWN - 1, 2, 1);
    if (n > 0)
        wg_axes_draw_labels(&frame, cr, theme, ordered + 3 * (n - 1));
    else
        draw_empty(self, &frame, cr, theme);
    if (self->banner)
        wg_theme_text(theme, cr, self->banner, frame.x + frame.width / 2,
                      frame.y + frame.height / 2, 0.5, 0.5, 5, 0, &theme->foreground);
}

static char *
wg_trace_describe(WgChart *chart)
{
    WgTrace *self = WG_TRACE(chart);

    if (self->n == 0)
        return g_strdup(self->hint ? self->hint : "");
    return g_strdup_printf(ngettext("Live acceleration, x, y and z in g. One take was cut.",
                                    "Live acceleration, x, y and z in g. %d takes were cut.",
                                    (gulong)self->n_marks),
                           self->n_marks);
}

static double
wg_trace_count_lines(WgChart *chart)
{
    return 7;
}

static void
wg_trace_finalize(GObject *object)
{
    WgTrace *self = WG_TRACE(object);

    g_free(self->hint);
    g_free(self->banner);
    G_OBJECT_CLASS(wg_trace_parent_class)->finalize(object);
}

static void
wg_trace_class_init(WgTraceClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_trace_finalize;
    WG_CHART_CLASS(klass)->paint = wg_trace_paint;
    WG_CHART_CLASS(klass)->describe = wg_trace_describe;
    WG_CHART_CLASS(klass)->count_lines = wg_trace_count_lines;
}

static void
wg_trace_init(WgTrace *self)
{
    self->last_number = -1;
}

void
wg_trace_add(WgTrace *self, int number, double x, double y, double z)
{
    float *sample = self->samples + self->n % N_SHOWN * 3;

    sample[0] = (float)x;
    sample[1] = (float)y;
    sample[2] = (float)z;
    if (self->last_number >= 0 && number > self->last_number + 1)
        self->n_missing += number - self->last_number - 1;
    self->last_number = number;
    if (self->n++ == 0)
        wg_chart_changed(WG_CHART(self));
    else
        gtk_widget_queue_draw(GTK_WIDGET(self));
}

void
wg_trace_mark(WgTrace *self, int n_samples, gboolean is_good)
{
    self->marks[self->n_marks++ % N_MARKS] = (Mark){self->n - n_samples, self->n - 1, is_good};
    wg_chart_changed(WG_CHART(self));
}

void
wg_trace_clear(WgTrace *self)
{
    self->n = 0;
    self->n_marks = 0;
    self->n_missing = 0;
    self->last_number = -1;
    wg_chart_changed(WG_CHART(self));
}

void
wg_trace_set_hint(WgTrace *self, const char *hint)
{
    g_free(self->hint);
    self->hint = g_strdup(hint);
    wg_chart_changed(WG_CHART(self));
}

void
wg_trace_set_banner(WgTrace *self, const char *banner)
{
    g_free(self->banner);
    self->banner = g_strdup(banner);
    gtk_widget_queue_draw(GTK_WIDGET(self));
}

int
wg_trace_get_n_missing(WgTrace *self)
{
    return self->n_missing;
}
