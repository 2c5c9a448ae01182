/* The threshold that was tuned for a model, kept in the project: what deploy and stream take when
 * none is given. */
#pragma once

#include "workbench/job.h"
#include "workbench/model.h"

G_BEGIN_DECLS

/* Of the watch's app and of the firmware's own recogniser. */
#define WG_THRESHOLD_USUAL 0.5

typedef struct {
    double threshold;
    char *window;   /* "detector" or "MS,STEP" that it was tuned for */
    int n_debounce; /* 0: none */
    double span_ms;
    char *other;    /* the label that means nothing, NULL: none */
    gint64 trained; /* the float model it is for, or is the forerunner of the int8 one */
} WgDecision;

/* The float model's id, of it and of what was quantized from it. */
gint64 wg_decision_get_trained(const WgModel *model);
/* As the project's fact "threshold", or "threshold-window" of sliding windows. Any thread. */
gboolean wg_decision_store(WgProject *project, const WgDecision *decision, GError **error);
/* NULL where none was tuned for this model and windows of that form ("detector", as on a watch).
 * Any thread. */
WgDecision *wg_decision_load(WgProject *project, const WgModel *model, const char *window);
void wg_decision_free(WgDecision *decision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgDecision, wg_decision_free)

/* The job's --threshold, else the decision's (may be NULL), of which a note tells; else
 * WG_THRESHOLD_USUAL. */
double wg_decision_choose_threshold(WgJob *job, const WgDecision *decision);

G_END_DECLS
