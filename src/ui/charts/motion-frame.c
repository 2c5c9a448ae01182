/* The axes of a take over time, in the unit of what is shown: acceleration, velocity or position.
 */
#include "ui/charts/motion-frame.h"

#include <glib/gi18n.h>
#include <math.h>

#define MARK_SCALE 0.85
#define LEAST_RANGE_G 2 /* of the watch: so that a still take looks still */
#define LEAST_RANGE 0.05

static const double steps[] = {1, 2, 5};

const char *
wg_motion_get_unit(WgMotion what)
{
    return what == WG_MOTION_ACCELERATION ? _("g") : what == WG_MOTION_VELOCITY ? _("m/s") : _("m");
}

const char *
wg_motion_get_name(WgMotion what)
{
    return what == WG_MOTION_ACCELERATION ? _("Acceleration")
           : what == WG_MOTION_VELOCITY   ? _("Velocity")
                                          : _("Position");
}

double
wg_motion_get_largest(const float *values, int n)
{
    double largest = 0;

    for (int i = 0; i < n; i++)
        largest = fmax(largest, fabs((double)values[i]));
    return largest;
}

/* Two levels, or the one that fits, to either side of 0. */
static double
get_level_step(double range)
{
    return wg_axes_round_up(range / 2.5, steps, G_N_ELEMENTS(steps));
}

static char *
format_level(double level, double step)
{
    const int digits = step >= 1 ? 0 : (int)ceil(-log10(step) - 1e-9);
    const char *sign = level > step / 2 ? "+" : level < -step / 2 ? "−" : "";

    /* the sign before it, mirrored or not */
    return g_strdup_printf("\u200e%s%.*f", sign, fabs(level) < step / 2 ? 0 : digits, fabs(level));
}

void
wg_motion_frame_init(WgMotionFrame *self, const WgTheme *theme, double width, double height,
                     double seconds, double largest, WgMotion what)
{
    const double least = what == WG_MOTION_ACCELERATION ? LEAST_RANGE_G : LEAST_RANGE;
    const double range = what == WG_MOTION_ACCELERATION ? ceil(fmax(largest, least) * 2) / 2
                                                        : fmax(largest, least) * 1.05;
    const double step = get_level_step(range);
    g_autofree char *widest = format_level(-step * floor(range / step), step);
    double margin, line, end;

    wg_theme_measure(theme, widest, MARK_SCALE, &margin, &line);
    wg_theme_measure(theme, "x", 1, &end, NULL);
    self->axes = (WgAxesFrame){margin + 12, line / 2 + 2, width - margin - 12 - end - 12,
                               height - 2 * line - 6, range};
    self->seconds = MAX(seconds, 0.1);
    self->what = what;
}

double
wg_motion_frame_x(const WgMotionFrame *self, double seconds)
{
    return self->axes.x + self->axes.width * CLAMP(seconds / self->seconds, 0, 1);
}

static void
draw_levels(const WgMotionFrame *self, cairo_t *cr, const WgTheme *theme)
{
    const WgAxesFrame *axes = &self->axes;
    const double step = get_level_step(axes->range_g);
    const int n = (int)floor(axes->range_g / step + 1e-9);

    for (int i = -n; i <= n; i++) {
        g_autofree char *text = format_level(i * step, step);

        wg_axes_draw_level(cr, theme, axes->x, wg_axes_y(axes, i * step), axes->width, text,
                           i == 0);
    }
    wg_theme_text(theme, cr, wg_motion_get_unit(self->what), axes->x + 4, axes->y, 0, 0, MARK_SCALE,
                  0, &theme->dim);
}

static void
draw_seconds(const WgMotionFrame *self, cairo_t *cr, const WgTheme *theme)
{
    double room, step;

    wg_theme_measure(theme, "0.0 s 0.0 s", MARK_SCALE, &room, NULL);
    step = wg_axes_round_up(fmax(self->seconds * room / fmax(self->axes.width, 1), 0.1), steps,
                            G_N_ELEMENTS(steps));
    for (int i = 0; i * step <= self->seconds + 1e-9; i++) {
        g_autofree char *text = g_strdup_printf(_("%.*f s"), step < 1 && i ? 1 : 0, i * step);
        const gboolean is_last = (i + 0.25) * step > self->seconds;

        wg_theme_text(theme, cr, text, wg_motion_frame_x(self, i * step),
                      self->axes.y + self->axes.height + 3,
                      i == 0    ? 0
                      : is_last ? 1
                                : 0.5,
                      0, MARK_SCALE, 0, &theme->dim);
    }
}

void
wg_motion_frame_draw(const WgMotionFrame *self, cairo_t *cr, const WgTheme *theme)
{
    cairo_save(cr);
    draw_levels(self, cr, theme);
    draw_seconds(self, cr, theme);
    cairo_restore(cr);
}

void
wg_motion_frame_shade(const WgMotionFrame *self, cairo_t *cr, double start, double end,
                      const GdkRGBA *colour, double alpha)
{
    const double x = wg_motion_frame_x(self, start);

    cairo_set_source_rgba(cr, colour->red, colour->green, colour->blue, alpha);
    cairo_rectangle(cr, x, self->axes.y, wg_motion_frame_x(self, end) - x, self->axes.height);
    cairo_fill(cr);
}
