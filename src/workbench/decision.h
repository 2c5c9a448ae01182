/* The threshold that was tuned for a model, or one a gesture, kept in the project: what deploy,
 * stream and evaluate take when none is given. */
#pragma once

#include "dataset/project-edits.h"
#include "workbench/job.h"
#include "workbench/model.h"

G_BEGIN_DECLS

/* Of the watch's app and of the firmware's own recogniser. */
#define WG_THRESHOLD_USUAL 0.5
/* Of what is never to be the answer: more than any probability. */
#define WG_THRESHOLD_NEVER 2.0

typedef struct {
    double threshold;   /* of all gestures, or the lowest of them where each has its own */
    double *thresholds; /* one a label of the model, NULL: the one for all. Of the firmware's
                           half at least; WG_THRESHOLD_NEVER: of what means nothing */
    int n_thresholds;
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
/* The same as an edit that can be undone, by itself or among others; `text` is the sentence for the
 * user. */
gboolean wg_decision_edit(WgEditLog *log, const WgDecision *decision, GError **error);
gboolean wg_decision_store_edit(WgProject *project, const WgDecision *decision, const char *text,
                                GError **error);
/* NULL where none was tuned for this model and windows of that form: "detector", each window a
 * gesture, as a watch cuts them and as a board's own windows are; else those that slide over a
 * stream. Any thread. */
WgDecision *wg_decision_load(WgProject *project, const WgModel *model, const char *window);
/* What goes with the model to where it is to run, whatever its windows are: the one of "detector",
 * NULL where there is none. Where it was tuned for another model, a note of the job says so. Any
 * thread. */
WgDecision *wg_decision_take(WgJob *job, const WgModel *model);
/* Whether something was tuned for the float model of that id. Any thread. */
gboolean wg_decision_is_tuned(WgProject *project, gint64 trained);
/* The label that means nothing: the decision's, or where there is none (NULL) the one that movement
 * was made up for in training. NULL: none. Transfer none. Any thread. */
const char *wg_decision_get_other(WgProject *project, const WgModel *model,
                                  const WgDecision *decision);
void wg_decision_free(WgDecision *decision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgDecision, wg_decision_free)

/* The job's --threshold, else the decision's (may be NULL), of which a note tells; else
 * WG_THRESHOLD_USUAL. */
double wg_decision_choose_threshold(WgJob *job, const WgDecision *decision);
/* The decision's one a gesture; NULL where there are none, or the job's --threshold counts in their
 * place. Transfer none. */
const double *wg_decision_choose_thresholds(WgJob *job, const WgDecision *decision);
/* The job's --other, else the one that the decision (may be NULL) was tuned with; NULL: none.
 * WG_ERROR_USAGE where the model has no such label. Transfer none. */
gboolean wg_decision_choose_other(WgJob *job, const WgDecision *decision, const WgModel *model,
                                  const char **other, GError **error);

/* {"label": threshold, ...}; null for what is never the answer. */
JsonObject *wg_thresholds_to_json(const double *thresholds, const WgModel *model);
/* Least raw outputs (n, caller's) for wg_reject_build() of thresholds, of int8 probabilities. */
void wg_thresholds_to_raw(const double *thresholds, int n, int *least);
/* The arena of the firmware's own recogniser (jswrap_bangle.c). */
#define WG_FIRMWARE_ARENA_BYTES 4000
/* The int8 network that the firmware's own recogniser gets: with its input where the arena is clean
 * (quant/clean-input.h), and the thresholds a gesture built in (quant/reject.h) where the decision
 * (may be NULL) has some. Errors of both. Any thread; transfer full. */
WgInt8Network *wg_decision_build_network(const WgDecision *decision, const WgModel *model,
                                         GError **error);

G_END_DECLS
