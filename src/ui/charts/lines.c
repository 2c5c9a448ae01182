/* Shares or numbers over some amount: lines with their names at the end and their spread. */
#include "ui/charts/lines.h"

#include "ui/charts/axes.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_DOTS 20 /* more points than these make a line of their own */
#define N_MARKS 7 /* at most so many on the x axis */

typedef struct {
    char *name;
    WgLinePoint *points;
    int n;
    gboolean is_guess;
} Line;

struct _WgLines {
    WgChart parent_instance;
    GPtrArray *lines; /* of Line */
    char *unit, *empty;
    gboolean is_count;
};

G_DEFINE_FINAL_TYPE(WgLines, wg_lines, WG_TYPE_CHART)

typedef struct {
    double x, y, width, height;      /* pixels */
    double left, right, bottom, top; /* values at the sides */
} Frame;

static void
line_free(gpointer data)
{
    Line *line = data;

    g_free(line->name);
    g_free(line->points);
    g_free(line);
}

static double
to_x(const Frame *frame, double x)
{
    return frame->x +
           frame->width * (x - frame->left) / MAX(frame->right - frame->left, G_MINDOUBLE);
}

static double
to_y(const Frame *frame, double y)
{
    return frame->y + frame->height * (1 - (CLAMP(y, frame->bottom, frame->top) - frame->bottom) /
                                               (frame->top - frame->bottom));
}

/* The smallest of 1, 2, 5 times a power of ten by which at most N_MARKS marks fill the range. */
static double
choose_step(double range)
{
    static const double steps[] = {1, 2, 5, 10};

    return wg_axes_round_up(MAX(range, G_MINDOUBLE) / (N_MARKS - 1), steps, G_N_ELEMENTS(steps));
}

/* The range of what is shown; shares from a whole tenth up to 1. */
static void
fit(WgLines *self, Frame *frame)
{
    double lowest = 0.9, highest = 1;

    frame->left = G_MAXDOUBLE;
    frame->right = -G_MAXDOUBLE;
    for (guint i = 0; i < self->lines->len; i++) {
        const Line *line = g_ptr_array_index(self->lines, i);

        for (int k = 0; k < line->n; k++) {
            frame->left = MIN(frame->left, line->points[k].x);
            frame->right = MAX(frame->right, line->points[k].x);
            lowest = MIN(lowest, line->points[k].y - line->points[k].spread);
            highest = MAX(highest, line->points[k].y);
        }
    }
    frame->bottom = self->is_count ? 0 : CLAMP(floor(lowest * 10 + 1e-9) / 10, 0, 0.9);
    frame->top = self->is_count ? ceil(highest / choose_step(highest)) * choose_step(highest) : 1;
}

static void
draw_values(WgLines *self, const Frame *frame, cairo_t *cr, const WgTheme *theme)
{
    const double range = frame->top - frame->bottom;
    const int n = self->is_count          ? (int)(range / choose_step(range) + 0.5)
                  : frame->bottom >= 0.79 ? (int)(range * 20 + 0.5)
                                          : 4;

    for (int i = 0; i <= n; i++) {
        const double value = frame->bottom + range * i / n;
        g_autofree char *text = self->is_count ? g_strdup_printf("%.6g", value)
                                               : g_strdup_printf(_("%.4g %%"), 100 * value);

        wg_axes_draw_level(cr, theme, frame->x, to_y(frame, value), frame->width, text, i == 0);
    }
}

static void
draw_amounts(WgLines *self, const Frame *frame, cairo_t *cr, const WgTheme *theme)
{
    const double y = frame->y + frame->height + 3;
    const double step = choose_step(frame->right - frame->left);
    const int first = (int)ceil(frame->left / step - 1e-9);
    const int last = (int)floor(frame->right / step + 1e-9);
    double line;

    wg_theme_measure(theme, "0", 0.85, NULL, &line);
    for (int i = first; i <= last; i++) {
        const double value = i * step;
        g_autofree char *text = g_strdup_printf("%.6g", value);

        wg_theme_text(theme, cr, text, to_x(frame, value), y, 0.5, 0, 0.85, 0, &theme->dim);
    }
    wg_theme_text(theme, cr, self->unit, frame->x + frame->width / 2, y + line, 0.5, 0, 0.85, 0,
                  &theme->dim);
}

static void
draw_spread(const Line *line, const Frame *frame, cairo_t *cr, const GdkRGBA *colour)
{
    cairo_new_path(cr);
    for (int k = 0; k < line->n; k++)
        cairo_line_to(cr, to_x(frame, line->points[k].x),
                      to_y(frame, line->points[k].y + line->points[k].spread));
    for (int k = line->n - 1; k >= 0; k--)
        cairo_line_to(cr, to_x(frame, line->points[k].x),
                      to_y(frame, line->points[k].y - line->points[k].spread));
    cairo_close_path(cr);
    cairo_set_source_rgba(cr, colour->red, colour->green, colour->blue, 0.15);
    cairo_fill(cr);
}

static void
draw_line(const Line *line, int index, const Frame *frame, cairo_t *cr, const GdkRGBA *colour)
{
    static const double guess[] = {6, 4}, dashes[][2] = {{1, 0}, {14, 3}, {3, 3}};

    draw_spread(line, frame, cr, colour);
    cairo_save(cr);
    cairo_set_line_width(cr, 2);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(cr, line->is_guess ? guess : dashes[index % (int)G_N_ELEMENTS(dashes)], 2, 0);
    gdk_cairo_set_source_rgba(cr, colour);
    cairo_new_path(cr);
    for (int k = 0; k < line->n; k++)
        cairo_line_to(cr, to_x(frame, line->points[k].x), to_y(frame, line->points[k].y));
    cairo_stroke(cr);
    cairo_restore(cr);
    gdk_cairo_set_source_rgba(cr, colour);
    for (int k = 0; k < line->n && line->n <= N_DOTS && !line->is_guess; k++) {
        cairo_new_path(cr);
        cairo_arc(cr, to_x(frame, line->points[k].x), to_y(frame, line->points[k].y), 3, 0,
                  2 * G_PI);
        cairo_fill(cr);
    }
}

static int
compare_ends(gconstpointer a, gconstpointer b)
{
    const Line *one = *(const Line *const *)a, *other = *(const Line *const *)b;
    const double y = one->points[one->n - 1].y, z = other->points[other->n - 1].y;

    return (y < z) - (y > z);
}

/* Names at the right end, from the highest down, moved apart where they touch. */
static void
draw_names(WgLines *self, const Frame *frame, cairo_t *cr, const WgTheme *theme)
{
    g_autoptr(GPtrArray) ordered = g_ptr_array_new();
    double height, y = frame->y - 1000;

    for (guint i = 0; i < self->lines->len; i++)
        g_ptr_array_add(ordered, g_ptr_array_index(self->lines, i));
    g_ptr_array_sort(ordered, compare_ends);
    wg_theme_measure(theme, "x", 0.85, NULL, &height);
    for (guint i = 0; i < ordered->len; i++) {
        const Line *line = g_ptr_array_index(ordered, i);
        GdkRGBA colour;
        guint index = 0;

        g_ptr_array_find(self->lines, line, &index);
        wg_theme_gesture_colour((int)index, &colour);
        wg_theme_readable(theme, &colour, &colour);
        if (line->points[line->n - 1].x < frame->right) { /* ends within the plot: beneath it */
            wg_theme_text(theme, cr, line->name, to_x(frame, line->points[line->n - 1].x),
                          to_y(frame, line->points[line->n - 1].y) + 6, 0, 0, 0.85, 0, &colour);
            continue;
        }
        y = MAX(to_y(frame, line->points[line->n - 1].y), y + height);
        wg_theme_text(theme, cr, line->name, frame->x + frame->width + 9, y, 0, 0.5, 0.85, 0,
                      &colour);
    }
}

static void
wg_lines_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgLines *self = WG_LINES(chart);
    double margin, line, name, names = 0;
    Frame frame;

    wg_theme_measure(theme, "92.5 %", 0.85, &margin, &line);
    for (guint i = 0; i < self->lines->len; i++) {
        wg_theme_measure(theme, ((Line *)g_ptr_array_index(self->lines, i))->name, 0.85, &name,
                         NULL);
        names = MAX(names, name);
    }
    frame = (Frame){.x = margin + 12,
                    .y = line / 2 + 2,
                    .width = width - margin - names - 33,
                    .height = height - 3 * line - 6};
    if (frame.width <= 0 || frame.height <= 0)
        return;
    if (self->lines->len == 0) {
        wg_theme_text(theme, cr, self->empty ? self->empty : "", width / 2, height / 2, 0.5, 0.5, 1,
                      width, &theme->dim);
        return;
    }
    fit(self, &frame);
    draw_values(self, &frame, cr, theme);
    draw_amounts(self, &frame, cr, theme);
    for (guint i = 0; i < self->lines->len; i++) {
        GdkRGBA colour;

        wg_theme_gesture_colour((int)i, &colour);
        draw_line(g_ptr_array_index(self->lines, i), (int)i, &frame, cr, &colour);
    }
    draw_names(self, &frame, cr, theme);
}

static char *
wg_lines_describe(WgChart *chart)
{
    WgLines *self = WG_LINES(chart);
    g_autoptr(GString) text = g_string_new(NULL);
    const double factor = self->is_count ? 1 : 100;

    if (self->lines->len == 0)
        return g_strdup(self->empty ? self->empty : "");
    for (guint i = 0; i < self->lines->len; i++) {
        const Line *line = g_ptr_array_index(self->lines, i);
        const WgLinePoint *first = &line->points[0], *last = &line->points[line->n - 1];

        g_string_append_printf(text,
                               self->is_count ? _("%s%s: %.6g at %.6g, %.6g at %.6g")
                                              : _("%s%s: %.1f %% at %.6g, %.1f %% at %.6g"),
                               i ? C_("between parts of a sentence", "; ") : "", line->name,
                               factor * first->y, first->x, factor * last->y, last->x);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
wg_lines_dup_values(WgChart *chart)
{
    WgLines *self = WG_LINES(chart);
    GString *text = g_string_new("line,x,y,spread\n");

    for (guint i = 0; i < self->lines->len; i++) {
        const Line *line = g_ptr_array_index(self->lines, i);

        for (int k = 0; k < line->n; k++) {
            wg_chart_append_text(text, line->name);
            g_string_append_c(text, ',');
            wg_chart_append_number(text, line->points[k].x, 6);
            g_string_append_c(text, ',');
            wg_chart_append_number(text, line->points[k].y, 6);
            g_string_append_c(text, ',');
            wg_chart_append_number(text, line->points[k].spread, 6);
            g_string_append_c(text, '\n');
        }
    }
    return g_string_free(text, FALSE);
}

static double
wg_lines_count_lines(WgChart *chart)
{
    return MAX(9, WG_LINES(chart)->lines->len + 3);
}

static void
wg_lines_finalize(GObject *object)
{
    WgLines *self = WG_LINES(object);

    g_ptr_array_unref(self->lines);
    g_free(self->unit);
    g_free(self->empty);
    G_OBJECT_CLASS(wg_lines_parent_class)->finalize(object);
}

static void
wg_lines_class_init(WgLinesClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_lines_finalize;
    WG_CHART_CLASS(klass)->paint = wg_lines_paint;
    WG_CHART_CLASS(klass)->describe = wg_lines_describe;
    WG_CHART_CLASS(klass)->count_lines = wg_lines_count_lines;
    WG_CHART_CLASS(klass)->dup_values = wg_lines_dup_values;
}

static void
wg_lines_init(WgLines *self)
{
    self->lines = g_ptr_array_new_with_free_func(line_free);
}

void
wg_lines_clear(WgLines *self, const char *unit, const char *empty)
{
    g_ptr_array_set_size(self->lines, 0);
    g_free(self->unit);
    self->unit = g_strdup(unit);
    g_free(self->empty);
    self->empty = g_strdup(empty);
    self->is_count = FALSE;
    wg_chart_changed(WG_CHART(self));
}

void
wg_lines_count(WgLines *self)
{
    self->is_count = TRUE;
}

void
wg_lines_add(WgLines *self, const char *name, const WgLinePoint *points, int n, gboolean is_guess)
{
    Line *line;

    if (n == 0)
        return;
    line = g_new0(Line, 1);
    line->name = g_strdup(name);
    line->points = g_memdup2(points, (gsize)n * sizeof *points);
    line->n = n;
    line->is_guess = is_guess;
    g_ptr_array_add(self->lines, line);
    wg_chart_changed(WG_CHART(self));
}
