/* How axes are drawn, the same in every chart: three of acceleration, and levels of amounts. */
#include "ui/charts/axes.h"

#include <math.h>

/* Size of marks beside labels of the theme's size. */
#define LABEL_SCALE 0.85

static const char *const axis_names[3] = {"x", "y", "z"};

double
wg_axes_y(const WgAxesFrame *frame, double value_g)
{
    const double inside = CLAMP(value_g, -frame->range_g, frame->range_g);

    return frame->y + frame->height / 2 * (1 - inside / frame->range_g);
}

/* On whole pixels, so that it is as sharp as it is thin. */
static double
draw_line(cairo_t *cr, double x, double y, double width)
{
    const double sharp = floor(y) + 0.5;

    cairo_new_path(cr);
    cairo_move_to(cr, x, sharp);
    cairo_line_to(cr, x + width, sharp);
    cairo_stroke(cr);
    return sharp;
}

static void
draw_level(const WgAxesFrame *frame, cairo_t *cr, double value_g)
{
    draw_line(cr, frame->x, wg_axes_y(frame, value_g), frame->width);
}

/* Between two marks: every g, else the round number that makes at most four marks a side. */
static double
get_mark(const WgAxesFrame *frame)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};

    return frame->range_g <= 5 ? 1 : wg_axes_round_up(frame->range_g / 4, steps, 5);
}

static int
count_marks(const WgAxesFrame *frame)
{
    return (int)(frame->range_g / get_mark(frame) + 1e-9);
}

void
wg_axes_draw_levels(const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme)
{
    const double mark = get_mark(frame);
    const int n = count_marks(frame);
    GdkRGBA zero_line;

    cairo_save(cr);
    cairo_set_line_width(cr, 1);
    gdk_cairo_set_source_rgba(cr, &theme->faint);
    for (int level = -n; level <= n; level++) {
        if (level != 0 && fabs(level * mark) < frame->range_g - 1e-9)
            draw_level(frame, cr, level * mark);
    }
    wg_theme_mix(&theme->background, &theme->foreground, 0.4, &zero_line);
    gdk_cairo_set_source_rgba(cr, &zero_line);
    draw_level(frame, cr, 0);
    cairo_restore(cr);
}

void
wg_axes_draw_marks(const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme)
{
    const int n = count_marks(frame);
    double line;
    int every;

    wg_theme_measure(theme, "0", LABEL_SCALE, NULL, &line);
    every = MAX(1, (int)ceil(line * frame->range_g * 2 / (get_mark(frame) * frame->height) - 0.1));
    for (int level = -n; level <= n; level++) {
        if (level % every != 0) /* large text would lie upon itself */
            continue;
        g_autofree char *text =
            g_strdup_printf("\u200e%s%g", /* the sign before it, mirrored or not */
                            level > 0   ? "+"
                            : level < 0 ? "−"
                                        : "",
                            fabs(level * get_mark(frame)));

        wg_theme_text(theme, cr, text, frame->x - 6, wg_axes_y(frame, level * get_mark(frame)), 1,
                      0.5, LABEL_SCALE, 0, &theme->dim);
    }
    wg_theme_text(theme, cr, frame->unit ? frame->unit : "g", frame->x + 4, frame->y, 0, 0,
                  LABEL_SCALE, 0, &theme->dim);
}

void
wg_axes_draw_ground(const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme,
                    gboolean with_units)
{
    GdkRGBA zero_line;

    if (with_units) {
        wg_axes_draw_levels(frame, cr, theme);
        wg_axes_draw_marks(frame, cr, theme);
        return;
    }
    cairo_save(cr);
    cairo_set_line_width(cr, 1);
    wg_theme_mix(&theme->background, &theme->foreground, 0.2, &zero_line);
    gdk_cairo_set_source_rgba(cr, &zero_line);
    draw_level(frame, cr, 0);
    cairo_restore(cr);
}

void
wg_axes_set_style(cairo_t *cr, int axis, double line_width, double along)
{
    const double dashes[] = {5 * line_width, 1.5 * line_width};
    const double dots[] = {1.6 * line_width, 1.4 * line_width};

    cairo_set_line_width(cr, line_width);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    if (axis == 0)
        cairo_set_dash(cr, NULL, 0, 0);
    else
        cairo_set_dash(cr, axis == 1 ? dashes : dots, 2, along);
}

void
wg_axes_draw_lines(const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme,
                   const float *samples, int n, int n_channels, double first, double n_shown,
                   double line_width, double alpha)
{
    const double step = frame->width / MAX(n_shown, 1);

    cairo_save(cr);
    for (int axis = 0; axis < 3; axis++) {
        const GdkRGBA *colour = &theme->axis[axis];

        cairo_new_path(cr);
        wg_axes_set_style(cr, axis, line_width, 0);
        cairo_set_source_rgba(cr, colour->red, colour->green, colour->blue, alpha);
        for (int i = 0; i < n; i++)
            cairo_line_to(cr, frame->x + (first + i) * step,
                          wg_axes_y(frame, samples[(gsize)i * n_channels + axis]));
        cairo_stroke(cr);
    }
    cairo_restore(cr);
}

void
wg_axes_draw_labels(const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme,
                    const float values_g[3])
{
    int order[3] = {0, 1, 2};
    double y[3], height, lowest = frame->y;

    wg_theme_measure(theme, "x", 1, NULL, &height);
    height *= 0.8;
    for (int i = 0; i < 3; i++) {
        for (int j = i + 1; j < 3; j++) {
            if (values_g[order[j]] > values_g[order[i]]) {
                const int swapped = order[i];

                order[i] = order[j];
                order[j] = swapped;
            }
        }
        y[i] = MAX(wg_axes_y(frame, values_g[order[i]]), lowest);
        lowest = y[i] + height;
    }
    for (int i = 2; i >= 0; i--) {
        const double limit = i == 2 ? frame->y + frame->height : y[i + 1] - height;

        y[i] = MIN(y[i], limit);
        wg_theme_text(theme, cr, axis_names[order[i]], frame->x + frame->width + 6, y[i], 0, 0.5, 1,
                      0, &theme->axis_text[order[i]]);
    }
}

double
wg_axes_fit_range(const float *samples, int n_values, double at_least_g)
{
    double largest = at_least_g;

    for (int i = 0; i < n_values; i++)
        largest = MAX(largest, fabs((double)samples[i]));
    return ceil(largest * 2) / 2;
}

void
wg_axes_draw_level(cairo_t *cr, const WgTheme *theme, double x, double y, double width,
                   const char *text, gboolean is_ground)
{
    double line_y;

    cairo_set_line_width(cr, 1);
    gdk_cairo_set_source_rgba(cr, is_ground ? &theme->dim : &theme->faint);
    line_y = draw_line(cr, x, y, width);
    wg_theme_text(theme, cr, text, x - 6, line_y, 1, 0.5, LABEL_SCALE, 0, &theme->dim);
}

double
wg_axes_round_up(double value, const double *steps, int n_steps)
{
    const double power = pow(10, floor(log10(value)));

    for (int i = 0; i < n_steps; i++) {
        if (steps[i] * power >= value)
            return steps[i] * power;
    }
    return 10 * power;
}
