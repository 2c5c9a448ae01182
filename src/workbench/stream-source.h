/* Where a job's stream comes from: a file, a stored recording, or takes put together. */
#pragma once

#include "dataset/stream.h"
#include "workbench/decision.h"
#include "workbench/replay.h"

G_BEGIN_DECLS

/* A gesture's end is marked so late, or found so late, at most. */
#define WG_STREAM_TOLERANCE_MS 500.0

/* The options of jobs that replay a stream; a job lists them first in its table. */
#define WG_STREAM_OPTIONS                                                                           \
    {"model", WG_OPTION_STRING, "float|int8", "which form answers", "int8"},                        \
        {"window", WG_OPTION_STRING, "detector|MS,STEP",                                            \
         "cut as the watch does, or so many ms each STEP ms", NULL},                                \
        {"debounce", WG_OPTION_STRING, "N,MS",                                                      \
         "an answer is the most frequent of N inferences within MS ms; 0: each inference is one",   \
         NULL},                                                                                     \
        {"other", WG_OPTION_STRING, "LABEL", "the gesture that means nothing", NULL},               \
        {"tolerance", WG_OPTION_NUMBER,                                                             \
         "MS",        "an answer may come so long after its gesture",                               \
         NULL,        0,                                                                            \
         60000},                                                                                    \
        {"units-per-g",                                                                             \
         WG_OPTION_NUMBER,                                                                          \
         "N",                                                                                       \
         "of the recording, else as it says",                                                       \
         NULL,                                                                                      \
         1e-3,                                                                                      \
         1e6},                                                                                      \
        {"rate", WG_OPTION_NUMBER, "HZ", "of the recording, else as it says", NULL, 1, 2000},       \
        {"synthesise", WG_OPTION_NUMBER, "S", "takes are put together to so many seconds", NULL, 1, \
         360000},                                                                                   \
    {                                                                                               \
        "seed", WG_OPTION_INT, "N", "of the order, pauses and movement put together", "1", 0, 9e15  \
    }

typedef struct {
    WgModel *model;
    WgStream *stream;
    char *part;        /* of the split it was put together from, NULL: it is a real recording */
    char *description; /* one sentence on what it is */
    WgReplayWindow window;
    char *window_text;    /* "detector" or "MS,STEP" */
    WgDecision *decision; /* what was tuned for the model, NULL: nothing */
    WgStreamRule rule;    /* debounce as given, as tuned, or as usual; threshold as usual */
    double tolerance_ms;
} WgStreamSource;

/* Reads model, options and the recording `what`: "split:PART", a file (docs/stream-format.md) or
 * a stored recording's id; NULL: no stream yet. `takes_tuned`: where the options are silent, what
 * was tuned for the model counts. Errors name the option or the file. Worker thread.
 */
WgStreamSource *wg_stream_source_new(WgJob *job, const char *what, gboolean takes_tuned,
                                     GError **error);
/* A stream of the dataset's takes, whose labels are the model's, put together by the job's options
 * (dataset/stream-synthesis.h); movement is what means nothing: takes of --other among them, and
 * those of the project whose label the model was never shown. */
WgStream *wg_stream_source_perform(const WgStreamSource *self, WgJob *job, WgDataset *dataset,
                                   WgProgress *progress, GError **error);
void wg_stream_source_free(WgStreamSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgStreamSource, wg_stream_source_free)

/* "N,MS", or "0" for none; NULL: for the detector none, else the most that fit of the article's 9
 * in 450 ms. WG_ERROR_USAGE where so many inferences do not come in that time. */
gboolean wg_stream_rule_set_debounce(WgStreamRule *rule, const char *text, double step_ms,
                                     GError **error);

G_END_DECLS
