/* The live plot: the last seconds of a watch's accelerometer, with what its detector cut marked. */
#include "ui/charts/trace.h"

#include "ui/charts/strip.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* the watch's 12.5 Hz (jswrap_bangle.c, DEFAULT_ACCEL_POLL_INTERVAL 80 ms) */
#define RATE_HZ 12.5
#define SECONDS 12
#define RANGE_G 2.0 /* what the watch's history can hold */
#define REST_G 0.05f
#define REST_DPS 5.0f
#define N_MARKS 16

typedef struct {
    gint64 begin, end; /* in samples since the start */
    gboolean is_good;
} Mark;

struct _WgTrace {
    WgChart parent_instance;
    int n_channels, n_shown, n_ring;
    double rate_hz;
    float *ring; /* n_ring x n_channels, sample i at i % n_ring */
    gint64 n;    /* so many came */
    int last_number, n_missing;
    Mark marks[N_MARKS]; /* ring */
    int n_marks;
    int n_at_rest; /* of the newest samples */
    char *hint, *banner;
    WgStrip *strip;
};

G_DEFINE_FINAL_TYPE(WgTrace, wg_trace, WG_TYPE_CHART)

static void
draw_seconds(WgTrace *self, const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme)
{
    const int n_seconds = (int)(self->n_shown / self->rate_hz);
    double line;

    wg_theme_measure(theme, "0", 0.85, NULL, &line);
    for (int second = 0; second <= n_seconds; second += 2) {
        const double x = frame->x + frame->width * (1 - second * self->rate_hz / self->n_shown);
        g_autofree char *text = second ? g_strdup_printf(_("−%d s"), second)
                                       : g_strdup(C_("time of the live plot", "now"));

        wg_theme_text(theme, cr, text, x, frame->y + frame->height + 0.5 * line, second ? 0.5 : 0.8,
                      0, 0.85, 0, &theme->dim);
    }
}

static void
draw_mark(WgTrace *self, const Mark *mark, const WgAxesFrame *frame, cairo_t *cr,
          const WgTheme *theme)
{
    const double step = frame->width / (self->n_shown - 1);
    const double right = frame->x + frame->width;
    const double begin = right - (double)(self->n - 1 - mark->begin) * step;
    const double end = right - (double)(self->n - 1 - mark->end) * step;
    const GdkRGBA *colour = mark->is_good ? &theme->accent : &theme->warning;

    if (end <= frame->x)
        return;
    cairo_set_source_rgba(cr, colour->red, colour->green, colour->blue, 0.16);
    cairo_rectangle(cr, MAX(begin, frame->x), frame->y, end - MAX(begin, frame->x), frame->height);
    cairo_fill(cr);
    if (end - MAX(begin, frame->x) > 30)
        wg_theme_text(theme, cr, mark->is_good ? C_("mark on the plot", "take") : _("clipped"),
                      end - 4, frame->y + 2, 1, 0, 0.85, end - MAX(begin, frame->x) - 6,
                      &theme->foreground);
}

static void
draw_empty(WgTrace *self, const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme)
{
    if (self->hint)
        wg_theme_text(theme, cr, self->hint, frame->x + frame->width / 2,
                      frame->y + frame->height * 0.3, 0.5, 0.5, 1, frame->width, &theme->dim);
}

/* FALSE: there is no room. */
static gboolean
lay_out(WgTrace *self, const WgTheme *theme, double width, double height, WgStripForm *form)
{
    const gboolean is_six = self->n_channels > 3;
    double margin, line, band;

    wg_theme_measure(theme, is_six ? "+500" : "+2", 0.85, &margin, &line);
    band = height - 2 * line - 6;
    if (is_six)
        band = (band - line) / 2;
    *form = (WgStripForm){.n_channels = self->n_channels,
                          .n_shown = self->n_shown,
                          .line_width = 2,
                          .bands = {{floor(margin) + 12, line / 2 + 2, floor(width - margin) - 36,
                                     band, RANGE_G, NULL}}};
    form->bands[1] = form->bands[0];
    if (is_six)
        form->bands[1] = (WgAxesFrame){form->bands[0].x,     form->bands[0].y + band + line,
                                       form->bands[0].width, band,
                                       WG_AXES_RANGE_DPS,    _("°/s")};
    return form->bands[0].width > 0 && band > 0;
}

/* What stands over the lines; below them are the levels. */
static void
draw_words(WgTrace *self, cairo_t *cr, const WgTheme *theme, const WgStripForm *form)
{
    const WgAxesFrame *top = &form->bands[0];
    const float *last = self->ring + (self->n - 1) % self->n_ring * self->n_channels;

    for (int i = 0; i < MIN(self->n_marks, N_MARKS); i++)
        draw_mark(self, &self->marks[i], top, cr, theme);
    for (int band = 0; band < (self->n_channels > 3 ? 2 : 1); band++) {
        wg_axes_draw_marks(&form->bands[band], cr, theme);
        if (self->n > 0)
            wg_axes_draw_labels(&form->bands[band], cr, theme, last + 3 * band);
    }
    draw_seconds(self, self->n_channels > 3 ? &form->bands[1] : top, cr, theme);
    if (self->n == 0)
        draw_empty(self, top, cr, theme);
    if (self->banner)
        wg_theme_text(theme, cr, self->banner, top->x + top->width / 2, top->y + top->height / 2,
                      0.5, 0.5, 5, 0, &theme->foreground);
}

/* On the screen, where only what is new is drawn. */
static void
wg_trace_show(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgTrace *self = WG_TRACE(chart);
    WgStripForm form;

    if (!lay_out(self, theme, width, height, &form))
        return;
    wg_strip_show(self->strip, cr, gtk_widget_get_window(GTK_WIDGET(self)), theme, &form,
                  self->ring, self->n_ring, self->n);
    draw_words(self, cr, theme, &form);
}

static void
wg_trace_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgTrace *self = WG_TRACE(chart);
    const int n = (int)MIN(self->n, self->n_shown);
    g_autofree float *ordered = g_new(float, (gsize)self->n_shown *(gsize)self->n_channels);
    WgStripForm form;

    if (!lay_out(self, theme, width, height, &form))
        return;
    for (int i = 0; i < n; i++)
        memcpy(ordered + i * self->n_channels,
               self->ring + (self->n - n + i) % self->n_ring * self->n_channels,
               (gsize)self->n_channels * sizeof(float));
    for (int band = 0; band < (self->n_channels > 3 ? 2 : 1); band++) {
        wg_axes_draw_levels(&form.bands[band], cr, theme);
        wg_axes_draw_lines(&form.bands[band], cr, theme, ordered + 3 * band, n, self->n_channels,
                           self->n_shown - n, self->n_shown - 1, 2, 1);
    }
    draw_words(self, cr, theme, &form);
}

static char *
wg_trace_dup_values(WgChart *chart)
{
    WgTrace *self = WG_TRACE(chart);
    const gint64 n = MIN(self->n, self->n_shown);
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_append(text, self->n_channels > 3 ? "seconds,x,y,z,gx,gy,gz\n" : "seconds,x,y,z\n");
    for (gint64 i = self->n - n; i < self->n; i++) {
        wg_chart_append_number(text, (double)(i + 1 - self->n) / self->rate_hz, 3);
        for (int channel = 0; channel < self->n_channels; channel++) {
            g_string_append_c(text, ',');
            wg_chart_append_number(text, self->ring[i % self->n_ring * self->n_channels + channel],
                                   4);
        }
        g_string_append_c(text, '\n');
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
wg_trace_describe(WgChart *chart)
{
    WgTrace *self = WG_TRACE(chart);

    if (self->n == 0)
        return g_strdup(self->hint ? self->hint : "");
    return g_strdup_printf(ngettext("Live acceleration, x, y and z in g. %d take was cut.",
                                    "Live acceleration, x, y and z in g. %d takes were cut.",
                                    (gulong)self->n_marks),
                           self->n_marks);
}

static double
wg_trace_count_lines(WgChart *chart)
{
    return WG_TRACE(chart)->n_channels > 3 ? 8 : 4.5;
}

static void
wg_trace_finalize(GObject *object)
{
    WgTrace *self = WG_TRACE(object);

    g_free(self->hint);
    g_free(self->banner);
    g_free(self->ring);
    wg_strip_free(self->strip);
    G_OBJECT_CLASS(wg_trace_parent_class)->finalize(object);
}

static void
wg_trace_class_init(WgTraceClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_trace_finalize;
    WG_CHART_CLASS(klass)->paint = wg_trace_paint;
    WG_CHART_CLASS(klass)->show = wg_trace_show;
    WG_CHART_CLASS(klass)->describe = wg_trace_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_trace_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_trace_count_lines;
    WG_CHART_CLASS(klass)->natural_height = 170;
}

static void
wg_trace_init(WgTrace *self)
{
    self->strip = wg_strip_new();
    wg_trace_set_stream(self, 3, RATE_HZ, SECONDS);
}

void
wg_trace_set_stream(WgTrace *self, int n_channels, double rate_hz, double seconds)
{
    self->n_channels = n_channels > 3 ? WG_TRACE_CHANNELS : 3;
    self->rate_hz = rate_hz;
    self->n_shown = MAX((int)lround(rate_hz * seconds), 2);
    self->n_ring = self->n_shown + 64; /* those whose lines reach in from the left */
    g_free(self->ring);
    self->ring = g_new0(float, (gsize)self->n_ring *(gsize)self->n_channels);
    wg_trace_clear(self);
}

/* Whether a sample is as the one before, but for a sensor's noise. */
static gboolean
is_at_rest(WgTrace *self, const float *values)
{
    const float *last = self->ring + (self->n - 1) % self->n_ring * self->n_channels;

    for (int i = 0; i < self->n_channels; i++) {
        if (fabsf(values[i] - last[i]) > (i < 3 ? REST_G : REST_DPS))
            return FALSE;
    }
    return TRUE;
}

/* Samples from one frame to the next: a watch that lies there is drawn less often, and hardly where
 * nothing but that is in view, so that the window rests, too. */
static int
get_pause(const WgTrace *self)
{
    return self->n_at_rest == 0 ? 1 : self->n_at_rest <= self->n_shown ? 2 : 8;
}

void
wg_trace_add_sample(WgTrace *self, int number, const float *values)
{
    gboolean is_shown;

    self->n_at_rest = self->n > 0 && is_at_rest(self, values) ? self->n_at_rest + 1 : 0;
    is_shown = self->n % get_pause(self) == 0;
    memcpy(self->ring + self->n % self->n_ring * self->n_channels, values,
           (gsize)self->n_channels * sizeof(float));
    if (self->last_number >= 0 && number > self->last_number + 1)
        self->n_missing += number - self->last_number - 1;
    self->last_number = number;
    if (self->n++ == 0)
        wg_chart_changed(WG_CHART(self));
    else if (is_shown)
        gtk_widget_queue_draw(GTK_WIDGET(self));
}

void
wg_trace_add(WgTrace *self, int number, double x, double y, double z)
{
    const float values[WG_TRACE_CHANNELS] = {(float)x, (float)y, (float)z};

    wg_trace_add_sample(self, number, values);
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
    self->n_marks = self->n_at_rest = 0;
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
