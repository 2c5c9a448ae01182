/* The axes of a take over time, in the unit of what is shown: acceleration, velocity or position.
 */
#pragma once

#include "dataset/motion.h"
#include "ui/charts/axes.h"

G_BEGIN_DECLS

typedef struct {
    WgAxesFrame axes; /* its range in the unit of the motion */
    double seconds;   /* across */
    WgMotion what;
} WgMotionFrame;

/* Within width x height pixels, with room for its marks; `largest`: of the values, in the unit. */
void wg_motion_frame_init(WgMotionFrame *self, const WgTheme *theme, double width, double height,
                          double seconds, double largest, WgMotion what);
/* A zero line, levels with the unit at the upper end, seconds below. */
void wg_motion_frame_draw(const WgMotionFrame *self, cairo_t *cr, const WgTheme *theme);
double wg_motion_frame_x(const WgMotionFrame *self, double seconds);
/* The stretch from `start` to `end` seconds in a tint of that colour. */
void wg_motion_frame_shade(const WgMotionFrame *self, cairo_t *cr, double start, double end,
                           const GdkRGBA *colour, double alpha);
/* The largest of n values, whatever its sign. */
double wg_motion_get_largest(const float *values, int n);
/* "g", "m/s", "m"; and for people who hear it. */
const char *wg_motion_get_unit(WgMotion what);
const char *wg_motion_get_name(WgMotion what);

G_END_DECLS
