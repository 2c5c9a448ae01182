/* Windows that no one performed, to see what it costs to calibrate on them. */
#pragma once

#include "dataset/window.h"

G_BEGIN_DECLS

/* As many windows of noise as people are told to take: TensorFlow's guide to post-training
 * quantization has a hundred in its example. */
#define WG_NOISE_WINDOWS 100

/* n full windows shaped like `like`, every value drawn by itself, in whole int8 steps as a sensor
 * would give them: uniform over all steps, or normal around 0 with half the range (1 g on the
 * watch) as its standard deviation. They are of like's first label. */
WgWindows *wg_calibration_make_noise(const WgWindows *like, int n, gboolean is_normal,
                                     guint64 seed);
/* The same windows with every value times `factor`, in whole steps. */
WgWindows *wg_calibration_make_scaled(const WgWindows *windows, double factor);

G_END_DECLS
