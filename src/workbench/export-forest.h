/* Trees in place of a network: grown for an export from the takes that the network was trained on.
 */
#pragma once

#include "quant/exporter.h"
#include "workbench/job.h"
#include "workbench/model.h"

G_BEGIN_DECLS

typedef struct {
    WgForest *forest;
    WgForestOptions options; /* as chosen */
    double cross_validated;  /* accuracy over five folds of the training part, of these options */
    int n_validation;
    double validation, network_validation; /* accuracy on the validation part, of both */
} WgGrownForest;

/* Whether the form of such a forest fits a board, with the reason why not. */
typedef gboolean (*WgForestFitsFunc)(const WgForest *forest, gpointer user_data, GError **error);

/* Grows trees on the training part of the model's split, over the features that the MicroPython
 * form has (wg_micropython_mask_features). Depth (where the options' is 0) and takes a leaf are
 * those with the least errors in five folds of that part, of equals those of smaller trees, and of
 * these the best that `fits`; neither validation nor test takes part in the choice. Same seed, same
 * forest. WG_ERROR_MISSING: there is no such part. Any thread. */
WgGrownForest *wg_grown_forest_new(WgModel *model, WgProject *project,
                                   const WgForestOptions *options, WgForestFitsFunc fits,
                                   gpointer user_data, WgProgress *progress,
                                   GCancellable *cancellable, GError **error);
void wg_grown_forest_free(WgGrownForest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgGrownForest, wg_grown_forest_free)

/* n x labels of those windows by that forest. */
void wg_grown_forest_predict(const WgGrownForest *self, const WgWindows *windows,
                             float *probabilities);

/* The job "export" with a form of trees: the files, and what is to be said of the forest as members
 * of `result`. */
gboolean wg_export_forest(WgJob *job, const WgExporter *exporter, GPtrArray *files,
                          JsonObject *result, GError **error);

/* The job's options for it. */
#define WG_EXPORT_FOREST_OPTIONS                                                                     \
    {"trees", WG_OPTION_INT, "N", "of a random forest (micropython-forest)", "10", 1, 200},          \
        {"depth", WG_OPTION_INT, "N", "questions in a row at most, 0: chosen in five folds", "0", 0, \
         100},                                                                                       \
    {                                                                                                \
        "seed", WG_OPTION_INT, "N", "of a random forest", "1", 0, 0                                  \
    }

G_END_DECLS
