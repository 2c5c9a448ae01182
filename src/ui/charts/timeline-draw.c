/* How a timeline is drawn: extremes a column, spans above, the whole recording below. */
#include "ui/charts/timeline-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define MARK_SCALE 0.85
#define HANDLE_WIDTH 10
#define HANDLE_HEIGHT 32
#define ALL_HEIGHT 36

char *
wg_timeline_format_time(double seconds)
{
    if (seconds < 60)
        return g_strdup_printf(_("%g s"), round(seconds * 10) / 10);
    return g_strdup_printf("%d:%02d", (int)seconds / 60, (int)seconds % 60);
}

void
wg_timeline_frame_init(WgTimelineFrame *self, const WgTimelineScene *scene, const WgTheme *theme,
                       double width, double height)
{
    double margin, line, end;

    wg_theme_measure(theme, "+2", MARK_SCALE, &margin, &line);
    wg_theme_measure(theme, "x", 1, &end, NULL);
    self->names_y = 2;
    self->names_height = line + 8;
    self->all_height = ALL_HEIGHT;
    self->all_y = height - ALL_HEIGHT - 2;
    self->plot.x = margin + 12;
    self->plot.y = self->names_y + self->names_height + 4 + line / 2;
    self->plot.width = width - margin - 24 - end - 6;
    self->plot.height = self->all_y - line - 10 - self->plot.y;
    self->plot.range_g = ceil(MAX(scene->peak_g, 2) * 2) / 2;
}

double
wg_timeline_x(const WgTimelineFrame *self, const WgTimelineScene *scene, double sample)
{
    return self->plot.x + self->plot.width * (sample - scene->view_first) / MAX(scene->view_n, 1);
}

double
wg_timeline_sample(const WgTimelineFrame *self, const WgTimelineScene *scene, double x)
{
    return scene->view_first + (x - self->plot.x) / MAX(self->plot.width, 1) * scene->view_n;
}

/* Columns of extremes of samples first .. first + n, joined into one shape an axis. */
static void
draw_columns(const WgAxesFrame *frame, const WgTimelineScene *scene, cairo_t *cr,
             const WgTheme *theme, double first, double n, double alpha)
{
    const int n_columns = MAX(1, (int)frame->width);
    g_autofree float *min = g_new(float, n_columns), *max = g_new(float, n_columns);

    for (int axis = 0; axis < 3; axis++) {
        const GdkRGBA *colour = &theme->axis[axis];

        wg_pyramid_get_columns(scene->pyramid, axis, first, n / n_columns, n_columns, min, max);
        cairo_new_path(cr);
        for (int i = 0; i < n_columns; i++) {
            double top, bottom;

            if (isnan(min[i]))
                continue;
            /* to where the column before ended, so that a slope has no holes */
            if (i > 0 && !isnan(min[i - 1])) {
                max[i] = fmaxf(max[i], min[i - 1]);
                min[i] = fminf(min[i], max[i - 1]);
            }
            top = wg_axes_y(frame, (double)max[i]);
            bottom = wg_axes_y(frame, (double)min[i]);
            cairo_rectangle(cr, frame->x + i, top - 0.75, 1, MAX(1.5, bottom - top + 1.5));
        }
        cairo_set_source_rgba(cr, colour->red, colour->green, colour->blue, alpha);
        cairo_fill(cr);
    }
}

static void
draw_lines(const WgTimelineFrame *self, const WgTimelineScene *scene, cairo_t *cr,
           const WgTheme *theme)
{
    const int first = MAX(0, (int)floor(scene->view_first) - 1);
    const int end = MIN(scene->n_samples, (int)ceil(scene->view_first + scene->view_n) + 2);
    g_autofree float *samples = g_new(float, 3 * (gsize)MAX(1, end - first));

    for (int i = first; i < end; i++) {
        const float *sample = wg_pyramid_get_sample(scene->pyramid, i);

        for (int axis = 0; axis < 3; axis++)
            samples[3 * (i - first) + axis] = sample[axis];
    }
    wg_axes_draw_lines(&self->plot, cr, theme, samples, end - first, 3, first - scene->view_first,
                       scene->view_n, 2, 1);
}

static void
draw_seconds(const WgTimelineFrame *self, const WgTimelineScene *scene, cairo_t *cr,
             const WgTheme *theme)
{
    static const double steps[] = {0.1, 0.2, 0.5, 1,   2,   5,    10,  20,
                                   30,  60,  120, 300, 600, 1200, 3600};
    const double start = scene->view_first / scene->rate_hz,
                 seconds = scene->view_n / scene->rate_hz;
    double room, step = steps[G_N_ELEMENTS(steps) - 1];

    wg_theme_measure(theme, "00.0 s   ", MARK_SCALE, &room, NULL);
    for (gsize i = G_N_ELEMENTS(steps); i-- > 0;) {
        if (steps[i] / seconds * self->plot.width >= room)
            step = steps[i];
    }
    for (int i = (int)ceil(start / step); i * step <= start + seconds; i++) {
        const double t = i * step;
        g_autofree char *text = wg_timeline_format_time(t);
        const double x = wg_timeline_x(self, scene, t * scene->rate_hz);
        double width;

        wg_theme_measure(theme, text, MARK_SCALE, &width, NULL);
        wg_theme_text(
            theme, cr, text,
            CLAMP(x, self->plot.x + width / 2, self->plot.x + self->plot.width - width / 2),
            self->plot.y + self->plot.height + 3, 0.5, 0, MARK_SCALE, 0, &theme->dim);
    }
}

static void
find_colour(const WgTimelineScene *scene, const WgTheme *theme, const char *label, GdkRGBA *colour)
{
    WgGesture *gesture = scene->gestures ? wg_gestures_find(scene->gestures, label) : NULL;

    if (gesture)
        wg_theme_gesture_colour(wg_gesture_get_index(gesture), colour);
    else
        *colour = theme->magnitude;
}

static void
draw_span(const WgTimelineFrame *self, const WgTimelineScene *scene, cairo_t *cr,
          const WgTheme *theme, int i)
{
    const WgLabelSpan *span = &g_array_index(scene->spans, WgLabelSpan, i);
    const double x = wg_timeline_x(self, scene, span->first);
    const double width = wg_timeline_x(self, scene, span->first + span->n_samples) - x;
    GdkRGBA colour, ink;

    find_colour(scene, theme, span->label, &colour);
    wg_theme_contrasting(&colour, &ink);
    cairo_set_source_rgba(cr, colour.red, colour.green, colour.blue, 0.16);
    cairo_rectangle(cr, x, self->plot.y, width, self->plot.height);
    cairo_fill(cr);
    gdk_cairo_set_source_rgba(cr, &colour);
    cairo_rectangle(cr, x, self->names_y, MAX(2, width - 1), self->names_height);
    cairo_fill(cr);
    if (width > 24)
        wg_theme_text(theme, cr, span->label, MAX(x, self->plot.x) + 6,
                      self->names_y + self->names_height / 2, 0, 0.5, MARK_SCALE,
                      x + width - MAX(x, self->plot.x) - 12, &ink);
    if (i != scene->chosen)
        return;
    gdk_cairo_set_source_rgba(cr, &theme->accent);
    cairo_set_line_width(cr, 2);
    cairo_rectangle(cr, x, self->names_y, MAX(2, width),
                    self->plot.y + self->plot.height - self->names_y);
    cairo_stroke(cr);
}

static void
draw_handle(const WgTimelineFrame *self, const WgTimelineScene *scene, cairo_t *cr,
            const WgTheme *theme, int sample, gboolean is_chosen)
{
    const double x = wg_timeline_x(self, scene, sample);
    const double y = self->plot.y + self->plot.height / 2, r = HANDLE_WIDTH / 2.0;

    gdk_cairo_set_source_rgba(cr, &theme->accent);
    cairo_new_path(cr);
    cairo_arc(cr, x, y - HANDLE_HEIGHT / 2.0 + r, is_chosen ? r + 1.5 : r, G_PI, 0);
    cairo_arc(cr, x, y + HANDLE_HEIGHT / 2.0 - r, is_chosen ? r + 1.5 : r, 0, G_PI);
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void
draw_mark(const WgTimelineFrame *self, const WgTimelineScene *scene, cairo_t *cr,
          const WgTheme *theme)
{
    const double x = wg_timeline_x(self, scene, scene->mark_first);
    const double width = wg_timeline_x(self, scene, scene->mark_first + scene->mark_n) - x;

    if (scene->mark_n > 0) {
        cairo_set_source_rgba(cr, theme->accent.red, theme->accent.green, theme->accent.blue, 0.25);
        cairo_rectangle(cr, x, self->names_y, width,
                        self->plot.y + self->plot.height - self->names_y);
        cairo_fill_preserve(cr);
        gdk_cairo_set_source_rgba(cr, &theme->accent);
        cairo_set_line_width(cr, 2);
        cairo_stroke(cr);
    } else if (scene->is_focused && scene->chosen < 0) {
        const double sharp = floor(wg_timeline_x(self, scene, scene->cursor)) + 0.5;

        gdk_cairo_set_source_rgba(cr, &theme->accent);
        cairo_set_line_width(cr, 1);
        cairo_move_to(cr, sharp, self->plot.y);
        cairo_line_to(cr, sharp, self->plot.y + self->plot.height);
        cairo_stroke(cr);
    }
}

/* The whole recording, what is looked at framed. */
static void
draw_all(const WgTimelineFrame *self, const WgTimelineScene *scene, cairo_t *cr,
         const WgTheme *theme)
{
    const WgAxesFrame all = {self->plot.x, self->all_y, self->plot.width, self->all_height,
                             self->plot.range_g};
    const double a_sample = all.width / MAX(1, scene->n_samples);

    draw_columns(&all, scene, cr, theme, 0, scene->n_samples, 0.45);
    for (guint i = 0; i < scene->spans->len; i++) {
        const WgLabelSpan *span = &g_array_index(scene->spans, WgLabelSpan, i);
        GdkRGBA colour;

        find_colour(scene, theme, span->label, &colour);
        gdk_cairo_set_source_rgba(cr, &colour);
        cairo_rectangle(cr, all.x + span->first * a_sample, all.y,
                        MAX(2, span->n_samples * a_sample), 5);
        cairo_fill(cr);
    }
    gdk_cairo_set_source_rgba(cr, &theme->dim);
    cairo_set_line_width(cr, 1.5);
    cairo_rectangle(cr, all.x + scene->view_first * a_sample, all.y,
                    MAX(4, scene->view_n * a_sample), all.height);
    cairo_stroke(cr);
}

void
wg_timeline_draw(const WgTimelineFrame *self, const WgTimelineScene *scene, cairo_t *cr,
                 const WgTheme *theme)
{
    const float *last;

    if (self->plot.width <= 0 || self->plot.height <= 0)
        return;
    wg_axes_draw_ground(&self->plot, cr, theme, TRUE);
    draw_seconds(self, scene, cr, theme);
    cairo_save(cr);
    cairo_rectangle(cr, self->plot.x, 0, self->plot.width, self->all_y - 1);
    cairo_clip(cr);
    for (guint i = 0; i < scene->spans->len; i++)
        draw_span(self, scene, cr, theme, (int)i);
    if (scene->view_n > self->plot.width)
        draw_columns(&self->plot, scene, cr, theme, scene->view_first, scene->view_n, 0.8);
    else
        draw_lines(self, scene, cr, theme);
    draw_mark(self, scene, cr, theme);
    cairo_restore(cr);
    if (scene->chosen >= 0) {
        const WgLabelSpan *span = &g_array_index(scene->spans, WgLabelSpan, scene->chosen);

        draw_handle(self, scene, cr, theme, span->first, !scene->is_end);
        draw_handle(self, scene, cr, theme, span->first + span->n_samples, scene->is_end);
    }
    last = wg_pyramid_get_sample(scene->pyramid, CLAMP((int)(scene->view_first + scene->view_n) - 1,
                                                       0, scene->n_samples - 1));
    wg_axes_draw_labels(&self->plot, cr, theme, last);
    draw_all(self, scene, cr, theme);
}
