/* Searches networks and training settings under a watch's budget, by successive halving. */
#pragma once

#include "base/progress.h"
#include "dataset/dataset.h"
#include "dataset/stream.h"
#include "train/baseline.h"
#include "workbench/search-space.h"

G_BEGIN_DECLS

#define WG_SEARCH_ROUNDS 3
#define WG_SEARCH_FOLDS 5
#define WG_SEARCH_BEFORE_STREAM 0.85 /* of the time, where a recording is asked at the end */

/* How a network that was trained on all takes did in a long recording. */
typedef struct {
    gboolean is_asked;
    int n_hits, n_misses, n_wrong, n_doubles, n_false_alarms;
} WgSearchStream;

/* A network with its settings, or a method without one to hold it against, and how it did on
 * windows of the rate, length and channels that its dataset says. */
typedef struct {
    char *name;
    char *layers;           /* as wg_preset_layers_to_text(), or what the method is, in words */
    WgMethod method;        /* a network, a tree or a forest */
    gboolean runs_on_watch; /* else it is there to compare with: never on the front */
    WgPreset *preset;       /* of a network, else NULL */
    WgForestOptions forest; /* of a tree or forest */
    gboolean is_reference;  /* a built-in preset */
    WgDataset *dataset;     /* the search's own, shared by those of the same windows */
    WgSearchNeed need;
    int round;                        /* the last that it finished, from 1; 0: none */
    int n_folds, epochs, n, n_errors; /* epochs: 0 where there are none */
    double accuracy, spread; /* of the int8 form; spread: standard deviation over folds, 0 of one */
    double seconds;          /* its training and asking took in that round */
    WgSearchStream stream; /* of the last round's, with the watch's windows, where one was given */
    gboolean is_front;     /* none that finished as many rounds is better in every way; with a
                              recording none that was asked it, fewer mistakes being better */
} WgSearchTrial;

typedef struct {
    char *name, *layers, *reason;
} WgSearchRefusal;

/* From the worker threads, as each trial finishes a round. */
typedef void (*WgSearchFunc)(const WgSearchTrial *trial, gpointer user_data);

typedef struct {
    const WgWatchKind *kind;
    double rate_hz; /* at which samples come; an inference is to fit between two. Of trials with
                       windows of their own, theirs; 0: it need not */
    GPtrArray *recordings; /* of WgRecording that the dataset was made of; NULL where no windows */
    GArray *windows;       /* of WgWindowOptions that are drawn besides the dataset's; NULL: none */
    int n_trials;          /* networks drawn that fit, besides the references; 1 at least */
    double seconds; /* stops between trainings so that it takes about as long at most; 0: no limit,
                       and then the result is the same bits at any number of threads */
    int epochs;     /* at most so many, in the last round and of what is found; 0: as each says */
    guint64 seed;   /* of what is drawn */
    int n_threads;  /* 0: one a core */
    const WgStream *stream; /* at the watch's rate, by which finalists are ranked; NULL: none */
    const char *other;      /* the gesture that means nothing in it, NULL: none */
    WgSearchFunc func;
    gpointer user_data;
} WgSearchOptions;

typedef struct {
    GHashTable *datasets; /* of each of the windows that were drawn */
    GPtrArray *trials; /* of WgSearchTrial that finished a round; later rounds first, then best: by
                          mistakes in the recording where one was asked, then by accuracy */
    GPtrArray
        *refused; /* of WgSearchRefusal, never trained but for those whose training diverged */
    int n_drawn;  /* networks drawn, no two the same, besides the references */
    gboolean is_complete; /* all rounds to their end */
    double seconds;
} WgSearch;

/* Draws networks (network k from stream k of the seed) and the windows that they see, measures each
 * without training, and of those that fit cross-validates all on one fold and few epochs, the
 * survivors on two folds and more, and theirs on five folds and all epochs, in int8; see
 * wg_pareto_halve. The built-in presets take part, the default one to the end; trees and forests of
 * some sizes are asked on five folds at once: no watch here runs them. Those of the last round are
 * then asked the recording, where there is one (wg_search_ask_stream). With `seconds` the set of
 * trials that finish depends on time, each one's own result does not. Cancelled, it gives what was
 * finished, or G_IO_ERROR_CANCELLED where nothing was. Other errors: WG_ERROR_UNSUPPORTED where
 * nothing fits, those of training. In the calling thread and workers of its own. */
WgSearch *wg_search_new(WgDataset *dataset, const WgSearchOptions *options, WgProgress *progress,
                        GCancellable *cancellable, GError **error);
void wg_search_free(WgSearch *self);
/* Misses, wrong answers, doubles and false alarms together. */
int wg_search_stream_count_errors(const WgSearchStream *self);
/* What to make of it, a sentence or two; owner: caller. */
char *wg_search_dup_advice(const WgSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgSearch, wg_search_free)

G_END_DECLS
