/* The takes that an int8 model is calibrated on: chosen, and told. */
#pragma once

#include "dataset/time-unit.h"
#include "quant/quantize.h"
#include "workbench/calibration-made.h"
#include "workbench/job.h"
#include "workbench/model.h"

G_BEGIN_DECLS

typedef enum {
    WG_CALIBRATION_PART, /* of the model's split */
    WG_CALIBRATION_FILE, /* recordings that are not the project's */
    WG_CALIBRATION_NOISE,
} WgCalibrationKind;

typedef struct {
    WgCalibrationKind kind;
    char *source;       /* "validation", "train", the noise's name or the path */
    WgNoise noise;      /* where it is that */
    WgDataset *dataset; /* NULL: noise */
    WgWindows *windows; /* those used; ->recordings says which of the dataset, -1: none */
    gboolean is_some;   /* the source had more */
} WgCalibration;

/* What a job that quantizes takes beside WG_RANGE_OPTIONS. */
#define WG_CALIBRATION_OPTIONS                                                                     \
    {"calibration", WG_OPTION_STRING, "validation|train|FILE|noise",                               \
     "representative takes: of the model's split, or a file or folder of others (noise, "          \
     "noise-normal and noise-unit show what it costs)",                                            \
     "validation"},                                                                                \
        {"units-per-g", WG_OPTION_STRING, "auto|N", "scale of the values in FILE", "auto"},        \
        {"rate", WG_OPTION_NUMBER, "HZ",          "samples a second in FILE",                      \
         NULL,   WG_RATE_HZ_MIN,   WG_RATE_HZ_MAX},                                                \
    {                                                                                              \
        "seed", WG_OPTION_INT, "N", "of the noise", "1", 0, 9e15                                   \
    }

/* What the job's options ask for, as the model's windows see it; of --samples N the same takes each
 * time, every gesture in turn (wg_calibration_choose). Where the split has no validation takes
 * it is the training takes, and a note says so. Never the test part:
 * WG_ERROR_USAGE, also where FILE holds takes that by their samples are test takes of the project.
 */
WgCalibration *wg_calibration_load(WgJob *job, WgModel *model, GError **error);
/* A whole part of the model's split. */
WgCalibration *wg_calibration_load_part(WgProject *project, WgModel *model, const char *part,
                                        GError **error);
/* The whole recordings of a file or folder (calibration-file.c); a take that is the project's by
 * its samples has its person. */
WgDataset *wg_calibration_read_file(WgJob *job, WgModel *model, const char *path, GError **error);
void wg_calibration_free(WgCalibration *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgCalibration, wg_calibration_free)

/* Of an int8 model for a watch by the job's WG_RANGE_OPTIONS (one that is not known: the default);
 * `description` must outlive it. */
WgQuantizeOptions wg_calibration_get_options(WgJob *job, const char *description);
/* The int8 bytes by the job's WG_RANGE_OPTIONS, as the watch wants them. */
GBytes *wg_calibration_quantize(const WgCalibration *self, WgJob *job, const WgModel *model,
                                GError **error);
/* "6 of the validation takes", "noise", "the takes in shelf.txt"; caller frees. */
char *wg_calibration_describe(const WgCalibration *self);
/* What is kept with the model and told: the takes, their gestures and persons, every tensor before
 * and after, and the warnings (calibration-warnings.h) with what they cost. `int8` was made of
 * model with the ranges that `ranges_method` names, in whatever way. */
JsonObject *wg_calibration_report(const WgCalibration *self, WgJob *job, WgModel *model,
                                  WgInt8Network *int8, const char *ranges_method, GError **error);

G_END_DECLS
