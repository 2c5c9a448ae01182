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

/* Where more takes than that take part, a sample of so many is looked at unless all are asked for:
 * the check "label" compares each with each, which for so many is a minute of one processor. */
#define WG_CHECK_SAMPLE_TAKES 20000
/* Where there are more, the check "label" compares each take with a seeded sample of so many, as
 * many of each gesture. */
#define WG_CHECK_LABEL_MAX_TAKES 20000

/* GPtrArray of WgFinding (freed with it), most suspect first; `kind` NULL: all. "label": the take
 * most like it (leave one out, dynamic time warping) carries another label. Deterministic, in the
 * calling thread and workers of its own. Never changes a recording. */
GPtrArray *wg_check_run(WgDataset *dataset, const char *kind, WgProgress *progress,
                        GCancellable *cancellable, GError **error);
void wg_finding_free(WgFinding *finding);

G_END_DECLS
