/* Figures of a window that do not need a network: how far, how fast, how long it moved. */
#pragma once

#include "dataset/window.h"

G_BEGIN_DECLS

/* Of each of x, y, z and magnitude (44): mean, standard deviation, least, most, range, energy (mean
 * square), share of steps that cross 0, share of steps that cross the mean, mean size of a step
 * between samples, and where the least and the most are (0 the first sample, 1 the last). Of each
 * axis (9): mean of its first, middle and last third, which know the order that the others forget.
 * Correlations xy, xz and yz (3; 0 where an axis rests), and the number of samples (1). They are
 * those customary for recognising activities by accelerometers (Bao and Intille 2004, "Activity
 * recognition from user-annotated acceleration data"; Ravi et al. 2005). */
#define WG_N_WINDOW_FEATURES 57

/* Samples of window i up to the last that is not all zero: its gesture, without the tail. */
int wg_window_get_n_samples(const WgWindows *windows, int i);
/* windows->n x WG_N_WINDOW_FEATURES, over each gesture without its tail; of an empty window all are
 * 0. Windows need 3 channels at least, the first three are x, y, z in g. Owner: caller. */
float *wg_windows_dup_features(const WgWindows *windows);
/* "x mean", "xy correlation", "samples". Owner: caller. */
char *wg_window_feature_dup_name(int feature);

G_END_DECLS
