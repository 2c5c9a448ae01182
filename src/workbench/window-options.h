/* The options that say what windows a model sees, and how they are kept with it. */
#pragma once

#include "dataset/split.h"
#include "train/preset.h"
#include "workbench/job.h"

G_BEGIN_DECLS

/* A job that makes windows of its own choice lists them in its table. */
#define WG_WINDOW_OPTIONS                                                                          \
    {"rate", WG_OPTION_NUMBER, "HZ", "samples a second of the windows", "12.5", 10, 200},          \
        {"window", WG_OPTION_STRING, "N|Ns", "length in samples, or in seconds (1s)", "50"},       \
        {"channels", WG_OPTION_STRING, "x,y,..", "x, y, z, gx, gy, gz, magnitude", "x,y,z"},       \
        {"event", WG_OPTION_STRING, "WHERE",                                                       \
         "in longer takes: first (samples), or the event at start, centre or end", "first"},       \
        {"step", WG_OPTION_STRING, "N|Ns", "between windows of continuous recordings", NULL},      \
        {"range", WG_OPTION_NUMBER, "G", "acceleration that int8 reaches to", "2", 0.5, 32},       \
        {"gyro-range", WG_OPTION_NUMBER, "DPS", "the same of angular rate", "2000", 50, 10000},    \
        {"shift", WG_OPTION_INT, "N", "samples that training moves takes by", NULL, 0, 1000},      \
    {                                                                                              \
        "standardise", WG_OPTION_FLAG, NULL, "brings all channels to the same spread", NULL        \
    }

/* What the job's options ask for, and where they are silent the preset, if it has windows of its
 * own (NULL: none); WG_ERROR_USAGE names what does not fit. */
gboolean wg_window_options_get(WgJob *job, const WgPreset *preset, WgWindowOptions *options,
                               GError **error);
/* The project's recordings as the job's windows see them, by wg_dataset_new_for_windows; a note
 * says where recordings are resampled, and what of continuous ones is left out. */
WgDataset *wg_window_options_load(WgJob *job, const WgPreset *preset, GPtrArray *recordings,
                                  const char *const *labels, GError **error);
/* The notes alone, for who made the dataset itself. */
void wg_window_options_tell(WgJob *job, WgDataset *dataset);

/* As a model keeps them, and from there; without an object they are the watch's. */
JsonObject *wg_window_options_to_json(const WgWindowOptions *options);
gboolean wg_window_options_from_json(JsonObject *object, WgWindowOptions *options, GError **error);
/* What a .tflite with such windows says of itself; owner: caller. */
char *wg_window_options_dup_description(const WgWindowOptions *window);

G_END_DECLS
