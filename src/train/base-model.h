/* The base of personal models: a network whose features serve gestures that it never saw. */
#pragma once

#include <gio/gio.h>

#include "train/network.h"
#include "train/trainer.h"

G_BEGIN_DECLS

typedef struct {
    int n_turns; /* gestures that one becomes, 0: as many as the shipped base has */
    int epochs;  /* 0: as many as the shipped base has */
    guint64 seed;
    int n_threads; /* 0: one a core; the result is the same bits */
} WgBaseOptions;

/* The task that a base learns: each gesture of each folder of recordings (of which persons wear
 * their watch in other ways), but "random", becomes `n_turns` gestures: as it is, and turned about
 * a random axis by a random angle, every second one mirrored too. So that features must tell where
 * a movement goes and when, whatever the watch's pose, and not only what tells the recorded ones
 * apart (gestures made by transformations as labels of their own: Lee, Hwang and Shin 2020).
 * Windows in g; at most 100 takes of each gesture and folder. WG_ERROR_MISSING with nothing left.
 */
WgWindows *wg_base_windows_new(WgDataset *dataset, const WgBaseOptions *options, GError **error);
/* Trains the default preset on that task with wide augmentation. Its head is cut to two idle
 * classes, as nobody asks it. Errors as wg_train. In the calling thread and workers of its own. */
WgNetwork *wg_base_train(WgDataset *dataset, const WgBaseOptions *options,
                         GCancellable *cancellable, GError **error);

G_END_DECLS
