/* Windows: what the network sees of recordings, as the watch would hand them over. */
#pragma once

#include "dataset/dataset.h"

G_BEGIN_DECLS

#define WG_WINDOW_LENGTH 50 /* samples the watch keeps (ACCEL_HISTORY_LEN, jswrap_bangle.c) */
#define WG_WINDOW_CHANNELS 3
#define WG_UNITS_PER_G 64 /* of the watch's history: raw >> 7 of 8192 per g */

/* n windows of length x channels, in g, left-aligned with a zero tail. Reference counted; frozen
 * once made. */
typedef struct {
    gint ref_count;
    int n, length, channels, n_labels;
    float *x;           /* n x length x channels */
    int *labels;        /* n, index into label_names */
    int *recordings;    /* n, index into the dataset it came from, -1: none */
    char **label_names; /* n_labels, NULL-terminated */
} WgWindows;

/* Every recording of `indices` (NULL: all) becomes one window; longer ones keep their first
 * `length` samples. Values are those the watch would hold: round(g * 64) / 64 clipped to -2 ..
 * 127/64. */
WgWindows *wg_windows_new(WgDataset *dataset, const int *indices, int n_indices);
/* An empty set of that shape for callers that fill it themselves. */
WgWindows *wg_windows_alloc(int n, int length, int channels, const char *const *label_names);
WgWindows *wg_windows_ref(WgWindows *self);
void wg_windows_unref(WgWindows *self);
/* Window i as the watch's int8 history, length x channels values into `history`. */
void wg_windows_get_history(const WgWindows *self, int i, gint8 *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgWindows, wg_windows_unref)

G_END_DECLS
