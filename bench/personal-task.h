/* Few-shot tasks for bench/personalise: which takes to learn from, which to be asked. */
#pragma once

#include <gio/gio.h>

#include "dataset/window.h"

G_BEGIN_DECLS

typedef struct {
    const char *name;
    const char *const *labels;   /* to tell apart, NULL-terminated */
    const char *folder;          /* only of folders beginning so; NULL: all */
    const char *const *left_out; /* labels that its base must not have seen, NULL-terminated */
    gboolean is_foreign;         /* of the other folder of recordings, 6 channels at their rate */
} WgPersonalTask;

/* On which the method was chosen, and those opened after. NULL-terminated names. */
extern const WgPersonalTask personal_development[3], personal_test[2];

/* The recordings under `folder`, GPtrArray of WgRecording; foreign ones with acceleration only,
 * resampled to the watch's rate. */
GPtrArray *personal_load(const char *folder, gboolean is_foreign, GError **error);
/* Those of the task, and those that its base may be trained on. */
WgDataset *personal_task_dup_dataset(const WgPersonalTask *task, GPtrArray *recordings,
                                     GError **error);
WgDataset *personal_task_dup_base_dataset(const WgPersonalTask *task, GPtrArray *recordings,
                                          GError **error);
/* Draw number `draw`: n_takes of each gesture into `learned`, all others into `asked` (GArray of
 * int). */
void personal_draw(WgDataset *dataset, int n_takes, guint64 draw, GArray *learned, GArray *asked);

G_END_DECLS
