/* What a model will be on a watch, before it is trained. */
#pragma once

#include <json-glib/json-glib.h>

#include "base/watch-kind.h"
#include "dataset/dataset.h"
#include "train/preset.h"

G_BEGIN_DECLS

/* The preset's network with untrained weights, quantized over a few of the dataset's windows and
 * planned as the trained one will be: {"for", "preset", "gestures", "parameters", "bytes",
 * "arena_bytes", "arena_limit_bytes", "operations", "fits", "reasons"}. None of these depends on
 * the weights' values: a .tflite of the same layers has the same number of bytes, and its tensors
 * the same sizes and lifetimes. Errors of wg_preset_build(), wg_standardise() and wg_quantize().
 * Any thread; transfer full. */
JsonObject *wg_foresight_new(const WgPreset *preset, WgDataset *dataset, const WgWatchKind *kind,
                             GError **error);

G_END_DECLS
