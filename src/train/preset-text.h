/* Presets as text: how a project keeps them, one writer and one reader. */
#pragma once

#include "train/preset.h"

G_BEGIN_DECLS

/* The layers as words: "c16k5s1 bn relu max fcb" is 16 filters of 5 samples at stride 1 ("d2"
 * dilated, "v" without padding, "b" with biases), batch-norm, relu, a global max pool ("max2": of 2
 * samples; "max/2": into 2 segments; "avg" averages) and a dense layer with biases of as many units
 * as there are gestures
 * ("fc32b": of 32); "flat" and "drop0.2" are flatten and dropout. Any other operation of the table
 * stands by its name, with its settings where it has any: "NAME:rate=0.2,units=3". Owner: caller.
 */
char *wg_preset_layers_to_text(const WgPreset *preset);
/* Layers, "/", and settings that are not 0: "... / epochs=200 batch=32 rate=0.003 ...", of one with
 * windows of its own then "hz=25 samples=50 channels=x,y,z". The seed and the threads are none of a
 * preset's. Owner: caller. */
char *wg_preset_to_text(const WgPreset *preset);
/* The other way, exact; safe on any bytes. WG_ERROR_INPUT naming the word that is none, or what is
 * out of range. Whether the layers fit a window is for wg_preset_build to say. */
WgPreset *wg_preset_from_text(const char *name, const char *text, GError **error);

G_END_DECLS
