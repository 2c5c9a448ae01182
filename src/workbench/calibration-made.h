/* Windows that no one performed, to see what it costs to calibrate on them. */
#pragma once

#include "dataset/window.h"

G_BEGIN_DECLS

/* As many windows of noise as people are told to take: TensorFlow's guide to post-training
 * quantization has a hundred in its example. */
#define WG_NOISE_WINDOWS 100

typedef enum {
    WG_NOISE_UNIFORM, /* "noise": uniform over all steps of int8 */
    WG_NOISE_NORMAL, /* "noise-normal": around 0, half the range (1 g on the watch) its deviation */
    WG_NOISE_UNIT,   /* "noise-unit": uniform from 0 to 1 g, as numpy.random.rand() in that guide */
} WgNoise;

/* Whether `name` is that of a noise, and which. */
gboolean wg_noise_find(const char *name, WgNoise *noise);
const char *wg_noise_describe(WgNoise noise); /* "normal noise" */

/* n full windows shaped like `like`, every value drawn by itself, in whole int8 steps as a sensor
 * would give them. They are of like's first label. */
WgWindows *wg_calibration_make_noise(const WgWindows *like, int n, WgNoise noise, guint64 seed);
/* The same windows with every value times `factor`, in whole steps. */
WgWindows *wg_calibration_make_scaled(const WgWindows *windows, double factor);

G_END_DECLS
