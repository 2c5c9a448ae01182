/* A stream replayed through windows and a network: what it made of each window. */
#pragma once

#include "base/progress.h"
#include "dataset/debounce.h"
#include "dataset/stream-match.h"
#include "dataset/stream-window.h"
#include "workbench/model.h"

G_BEGIN_DECLS

/* How windows come about. */
typedef struct {
    gboolean slides;           /* else the watch's detector cuts them */
    double window_ms, step_ms; /* of sliding ones */
} WgReplayWindow;

/* "detector" or "MS,STEP"; WG_ERROR_USAGE in words. */
gboolean wg_replay_window_parse(const char *text, WgReplayWindow *window, GError **error);
char *wg_replay_window_dup_text(const WgReplayWindow *window); /* the same form */

/* n inferences, in time's order. */
typedef struct {
    int n, n_samples, n_labels;
    double rate_hz;
    double step_ms; /* between inferences, 0: as gestures come */
    WgStreamWindows *windows;
    int *best;          /* n: label with the largest output, the first of equals */
    double *confidence; /* n: its probability as the watch judges it (recognise.js) */
} WgReplay;

/* What answers are made by. */
typedef struct {
    double threshold;
    const double *thresholds; /* one a label, NULL: the one for all; not owned */
    int n_debounce;           /* 0: each inference is an answer, as in the watch's app */
    double span_ms;           /* of the debounce */
    int other;                /* the label that means nothing, -1: none */
} WgStreamRule;

/* Whether that confidence is enough for an answer of that label. */
gboolean wg_stream_rule_is_sure(const WgStreamRule *rule, int label, double confidence);

/* What was said when, by a rule. */
typedef struct {
    int n;
    WgSpan *spans;      /* of detected windows the whole gesture; of sliding ones from the first
                           inference that counted to the answer */
    double *confidence; /* of the last inference */
} WgStreamAnswers;

/* Runs in the calling thread and workers of its own; the same bits at any number of them.
 * WG_ERROR_UNSUPPORTED where the stream's rate, or the window's length, is not the model's. */
WgReplay *wg_replay_new(const WgModel *model, const WgStream *stream, const WgReplayWindow *window,
                        WgProgress *progress, GCancellable *cancellable, GError **error);
void wg_replay_free(WgReplay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgReplay, wg_replay_free)

WgStreamAnswers *wg_replay_answer(const WgReplay *self, const WgStreamRule *rule);
void wg_stream_answers_free(WgStreamAnswers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgStreamAnswers, wg_stream_answers_free)

G_END_DECLS
