/* An exporter: one file each, which writes an int8 network for somewhere else. */
#pragma once

#include "dataset/windowing.h"
#include "quant/int8-network.h"
#include "train/forest.h"

G_BEGIN_DECLS

/* What is exported. The exporter copies what it keeps. */
typedef struct {
    const WgInt8Network *network;
    const char *const *labels; /* in the order of the outputs, NULL-terminated */
    const WgWindowOptions *window;
    const char *project_name, *made, *date; /* ISO 8601 in UTC; made: when the model was */
    double threshold;                       /* least probability of an answer */
    const double *thresholds;               /* one a label in place of it, above 1: never an answer;
                                               NULL: none */
    const char *other;                      /* of the labels: means nothing; NULL: none */
    int n_debounce;                         /* answers that make one; 0: each counts */
    double debounce_ms;                     /* within this time */
    /* the app on the watch: what it does at each (device/watch-actions.h), NULL: nothing; its own
     * debounce as above; and whether it also recognises while the clock is shown */
    const char *const *actions;
    int n_app_debounce;
    double app_debounce_ms;
    gboolean in_background;
    /* takes to prove it with: n_tests x n_inputs history units, n_tests x n_outputs raw outputs */
    int n_tests, n_inputs, n_outputs;
    const gint8 *test_inputs;
    const float *test_outputs;
    const WgForest *forest; /* of forms with trees in place of a network; NULL: none */
} WgExportSource;

/* Files of an export, in order; reference counted bytes. */
typedef struct {
    char *path; /* relative, with slashes */
    GBytes *content;
} WgExportFile;

typedef struct {
    const char *name;        /* as after --to: "tflite" */
    const char *title;       /* N_(), for a menu */
    const char *summary;     /* N_(), one line: what it is for */
    const char *main_suffix; /* of the first file, where that one is of use alone: ".tflite" */
    /* Adds files; WG_ERROR_UNSUPPORTED says what of the network has no form there. Any thread. */
    gboolean (*write)(const WgExportSource *source, GPtrArray *files, GError **error);
    int n_trees; /* 0: of the int8 network; else of a forest that is grown for it, of so many */
} WgExporter;

/* Least probability of an answer of that label; above 1: it never is one. */
double wg_export_get_threshold(const WgExportSource *source, int label);

GPtrArray *wg_export_files_new(void); /* of WgExportFile, freed with it */
void wg_export_add(GPtrArray *files, const char *path, GBytes *content);
/* Takes the text. */
void wg_export_take_text(GPtrArray *files, const char *path, char *text);

G_END_DECLS
