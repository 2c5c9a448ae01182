/* The networks and settings that a search draws from, and what a network needs of a watch. */
#pragma once

#include "base/random.h"
#include "base/watch-kind.h"
#include "dataset/window.h"
#include "train/preset-text.h"

G_BEGIN_DECLS

/* A chain of 1 to 3 blocks (convolution of 4 to 48 filters of 3, 5 or 7 samples, stride or dilation
 * 2 or neither, padded or not, batch-norm, relu, maybe a pool of 2), then a pool over all, over
 * segments or none, maybe a hidden dense layer, and the answers: each op is one of the nine that
 * the watch has. Settings: 100, 200 or 300 epochs, batch, rate, label smoothing and how much is
 * augmented, else as the preset waggle. `length`: samples of a window. */
WgPreset *wg_search_space_draw(const char *name, int length, WgRandom *random);

/* What an int8 network needs; it does not depend on its weights. */
typedef struct {
    gsize bytes, arena_bytes;
    gint64 operations; /* multiply-adds of an inference */
    int n_parameters;
    double inference_s; /* on that kind of watch, an estimate; 0: unknown */
} WgSearchNeed;

/* Builds the preset with random weights, quantizes it over the windows (a few do: the sizes are
 * those of any) and asks the verdict of the kind; then whether an inference fits into a sampling
 * period of `rate_hz`. Gives NULL where it fits, else why not, in one sentence; owner: caller. */
char *wg_search_measure(const WgPreset *preset, WgWindows *windows, const WgWatchKind *kind,
                        double rate_hz, WgSearchNeed *need);

G_END_DECLS
