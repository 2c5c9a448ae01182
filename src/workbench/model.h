/* A stored model with what it was trained on: its network, labels and split. */
#pragma once

#include <json-glib/json-glib.h>

#include "dataset/project.h"
#include "dataset/window.h"
#include "quant/int8-network.h"
#include "train/metrics.h"
#include "train/network.h"

G_BEGIN_DECLS

typedef struct {
    WgModelRecord *record;
    JsonObject *meta;
    char **labels;
    int n_labels;
    WgWindowOptions window; /* what it sees; the watch's where the description says nothing */
    WgNetwork *network;     /* of a float model, else NULL */
    WgInt8Network *int8;    /* of an int8 model, else NULL */
} WgModel;

/* The newest model of that kind, "float" or "int8". WG_ERROR_MISSING says which step makes one. Any
 * thread. */
WgModel *wg_model_load(WgProject *project, const char *kind, GError **error);
void wg_model_free(WgModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgModel, wg_model_free)

/* WG_ERROR_UNSUPPORTED in one sentence unless its windows are those that a Bangle.js hands over. */
gboolean wg_model_check_watch(const WgModel *model, const char *watch, GError **error);

/* The recordings of a part ("train", "validation", "test") of the split it was trained with, as
 * they are labelled now, as its windows see them; those deleted, disabled or of a label it does not
 * know are left out. */
WgDataset *wg_model_load_part(WgModel *model, WgProject *project, const char *part, GError **error);

/* Takes the test part of the newest float model's split out of GPtrArray of WgRecording; where
 * there is none, nothing. */
gboolean wg_model_drop_test(WgProject *project, GPtrArray *recordings, GError **error);

/* Of ids and labels of GPtrArray of WgRecording: "train" notes it beside a model (meta "takes"),
 * and another one means that takes were added, deleted, disabled or relabelled since. */
char *wg_model_dup_takes_digest(GPtrArray *recordings);

/* Probabilities n x n_labels; the largest is the watch's answer (the first of equals). An int8
 * model without softmax has its outputs normalised here. */
void wg_model_predict(const WgModel *model, const WgWindows *windows, float *probabilities);

/* Metrics of predictions, as the object that "evaluate" gives. */
JsonObject *wg_report_new(const WgMetrics *metrics, const char *const *labels);

G_END_DECLS
