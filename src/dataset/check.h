/* Quality checks over recordings: what a person should look at first. */
#pragma once

#include <gio/gio.h>

#include "base/progress.h"
#include "dataset/dataset.h"

G_BEGIN_DECLS

typedef struct {
    gint64 id;     /* recording */
    char *kind;    /* "label" "clipping" "length" "still" "gaps" "scale" "axes" */
    double score;  /* higher: more suspect; comparable within a kind */
    char *message; /* one sentence, for the user */
} WgFinding;

/* GPtrArray of WgFinding (freed with it), most suspect first; `kind` NULL: all. "label": nearest
 * neighbours (leave one out) carry another label. Deterministic. */
GPtrArray *wg_check_run(WgDataset *dataset, const char *kind, WgProgress *progress,
                        GCancellable *cancellable, GError **error);
void wg_finding_free(WgFinding *finding);

G_END_DECLS
