/* Named networks with the settings that suit them: one file a preset. */
#pragma once

#include "dataset/windowing.h"
#include "train/trainer.h"

G_BEGIN_DECLS

typedef struct {
    const char *name;
    const char *title; /* N_(), in lists: its name and what it is; NULL: one that a project keeps */
    const WgLayerSpec *layers; /* the last is dense with units 0: as many as there are classes */
    int n_layers;
    int n_segments; /* of time: what a max pool of size 0 pools into; 0: one, the whole */
    float input_scale;
    WgTrainOptions options;
    gboolean has_window;    /* else it is for those that the watch hands over */
    WgWindowOptions window; /* what it was found with: rate, length, channels; the rest as usual */
} WgPreset;

extern const WgPreset *const wg_presets[]; /* NULL-terminated; the first is the default */

/* A line each, for --help; owner: caller. */
char *wg_preset_dup_help(void);
/* NULL with WG_ERROR_USAGE naming all. */
const WgPreset *wg_preset_find(const char *name, GError **error);
WgNetwork *wg_preset_build(const WgPreset *preset, int length, int channels, int n_classes,
                           guint64 seed, GError **error);
/* A preset with memory of its own. `preset`: its layers end in a dense one of units 0. */
WgPreset *wg_preset_copy(const WgPreset *preset);
void wg_preset_free(WgPreset *preset); /* only what is copied or read, never one of wg_presets */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgPreset, wg_preset_free)

G_END_DECLS
