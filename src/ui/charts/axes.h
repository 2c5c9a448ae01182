/* How axes are drawn, the same in every chart: three of acceleration, and levels of amounts. */
#pragma once

#include "ui/charts/theme.h"

G_BEGIN_DECLS

/* Of angular rate where all is shown at one scale: a quick turn of the wrist. */
#define WG_AXES_RANGE_DPS 500.0

/* Where values fall: time left to right, `range_g` up to the top and down to the bottom. */
typedef struct {
    double x, y, width, height; /* pixels */
    double range_g;             /* or of another unit */
    const char *unit;           /* NULL: g */
} WgAxesFrame;

double wg_axes_y(const WgAxesFrame *frame, double value_g);
/* A thin zero line and, where `with_units`, marks at whole g with the unit at the upper end. */
void wg_axes_draw_ground(const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme,
                         gboolean with_units);
/* The level lines alone, as wg_axes_draw_ground with units has them: at each mark, and at zero. */
void wg_axes_draw_levels(const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme);
/* Their numbers and the unit. */
void wg_axes_draw_marks(const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme);
/* How the line of that axis (0 .. 2) is drawn: through, in long dashes, in dots; the dashes begin
 * so many pixels along the line. */
void wg_axes_set_style(cairo_t *cr, int axis, double line_width, double along);
/* n samples of n_channels values (the first three are x, y, z) at `first` + i steps, `n_shown`
 * steps wide. alpha 1: full colour. */
void wg_axes_draw_lines(const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme,
                        const float *samples, int n, int n_channels, double first, double n_shown,
                        double line_width, double alpha);
/* x, y and z at the right end of lines that end at these values, moved apart where they touch. */
void wg_axes_draw_labels(const WgAxesFrame *frame, cairo_t *cr, const WgTheme *theme,
                         const float values_g[3]);
/* A range that holds all values, from 1 g up in halves. */
double wg_axes_fit_range(const float *samples, int n_values, double at_least_g);

/* A level line of a chart of amounts from x on, at height y (pixels), and `text` before it; the
 * ground, where amounts begin, is the clearest. */
void wg_axes_draw_level(cairo_t *cr, const WgTheme *theme, double x, double y, double width,
                        const char *text, gboolean is_ground);
/* The smallest of the steps (ascending, 1 to 10) times a power of ten that `value` (above 0) does
 * not exceed. */
double wg_axes_round_up(double value, const double *steps, int n_steps);

G_END_DECLS
