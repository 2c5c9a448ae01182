/* Windows: what the network sees of recordings, as the watch would hand them over. */
#pragma once

#include "dataset/dataset.h"

G_BEGIN_DECLS

#define WG_WINDOW_LENGTH 50 /* samples the watch keeps (ACCEL_HISTORY_LEN, jswrap_bangle.c) */
#define WG_WINDOW_CHANNELS 3
#define WG_WINDOW_RATE_HZ 12.5 /* 80 ms a sample */
#define WG_UNITS_PER_G 64      /* of the watch's history: raw >> 7 of 8192 per g */

/* n windows of length x channels, in g (angular rate: the g that is as many int8 steps),
 * left-aligned with a zero tail unless their options say otherwise. Reference counted; frozen once
 * made. */
typedef struct {
    gint ref_count;
    int n, length, channels, n_labels;
    double rate_hz;     /* WG_WINDOW_RATE_HZ on the watch */
    double units_per_g; /* int8 steps of 1 g: WG_UNITS_PER_G on the watch */
    float *x;           /* n x length x channels */
    int *labels;        /* n, index into label_names */
    int *recordings;    /* n, index into the dataset it came from, -1: none */
    char **label_names; /* n_labels, NULL-terminated */
} WgWindows;

/* Every recording of `indices` (NULL: all) becomes one window as the dataset's options say. A
 * recording of another rate is resampled (wg_resample); of a longer one the window holds the part
 * that the options' event position chooses; a shorter one has zeros behind it (first, start), on
 * both sides (centre) or before it (end). Values are those the watch or board would hold:
 * round(value * 128 / range) * range / 128, clipped to int8; angular rate is told in g, as
 * dps * range_g / range_dps, so that the whole input has one scale. Never fails: what cannot
 * become a window is refused by wg_dataset_new_for_windows. */
WgWindows *wg_windows_new(WgDataset *dataset, const int *indices, int n_indices);
/* An empty set of that shape, of the watch's rate and units, for callers that fill it themselves.
 */
WgWindows *wg_windows_alloc(int n, int length, int channels, const char *const *label_names);
/* An empty set of n windows of the shape, rate, units and labels of another. */
WgWindows *wg_windows_alloc_like(const WgWindows *other, int n);
WgWindows *wg_windows_ref(WgWindows *self);
void wg_windows_unref(WgWindows *self);
/* Window i as int8 steps, the watch's history; length x channels values into `history`. */
void wg_windows_get_history(const WgWindows *self, int i, gint8 *history);
/* Samples of one window x, length x channels, up to the last that is not all zero. */
int wg_window_count_samples(const float *x, int length, int channels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgWindows, wg_windows_unref)

G_END_DECLS
