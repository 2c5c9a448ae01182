/* A threshold a gesture, from takes that the model was not trained on. */
#pragma once

#include "workbench/stream-source.h"

G_BEGIN_DECLS

/* What "tune-threshold --per-gesture" is about, in its own fact beside the decision: the result of
 * wg_reject_tune() as JSON, with its curves. */
#define WG_REJECT_FACT "reject-curves"

#define WG_REJECT_OPTIONS                                                                          \
    {"per-gesture", WG_OPTION_FLAG, NULL,                                                          \
     "a threshold for each gesture, so that what is none of them is ignored", NULL},               \
    {                                                                                              \
        "false-rejects", WG_OPTION_NUMBER, "F", "share of gestures that may go unanswered (0.03)", \
            NULL, 0.001, 0.5                                                                       \
    }

/* Asks the stored model of validation takes, or with the job's --folds models like it of what they
 * were trained without; chooses a threshold a gesture, stores the decision and the curves unless
 * --only-tell, and gives the job its result. `source`: without a stream; its label that means
 * nothing is that of training where the job names none. Errors of training and of storing. Worker
 * thread. */
gboolean wg_reject_tune(WgJob *job, WgStreamSource *source, GError **error);

G_END_DECLS
