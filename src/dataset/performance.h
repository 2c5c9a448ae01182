/* A stored take as raw samples that make the watch's detector cut it as it was recorded. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Samples for which a performance holds a take's first and its last sample, so that nothing is left
 * of the movement before and the gesture ends. */
#define WG_PERFORMANCE_HOLD_SAMPLES 8

typedef struct {
    char *label;
    int n_samples;
    gint8 *history;   /* n_samples x 3, 64 per g, as the watch reports it */
    gint16 *raw;      /* instead: n_samples x 3 raw samples, played as they are; or NULL */
    double period_ms; /* of those; 80 unless set otherwise */
} WgTake;

WgTake *wg_take_new(const char *label, const gint8 *history, int n_samples);
WgTake *wg_take_new_raw(const gint16 *raw, int n_samples);
void wg_take_free(WgTake *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgTake, wg_take_free)

/* Raw samples (GArray of gint16[3], 8192 per g, every 80 ms) that lead from `from` to the take
 * without a step the detector would notice, play it, and hold its last sample until the gesture has
 * ended.
 *
 * The detector keeps raw >> 7, so each history value stands for 128 raw ones. Its rules (begins
 * when a step exceeds 800 raw, ends at the 4th step in a row below 2000 raw; jswrap_bangle.c) look
 * at the bits that were lost. Of the raw samples that a take can stand for, these are ones with
 * which the detector reports the take exactly, where there are any; else (or with `plain`) history
 * << 7. */
GArray *wg_performance_build(const WgTake *take, const gint16 from[3], gboolean plain);
/* Slow steps from `from` to the resting position. */
GArray *wg_performance_build_rest(const gint16 from[3]);

G_END_DECLS
