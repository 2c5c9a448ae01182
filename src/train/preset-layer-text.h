/* One layer as a word of a preset's text, and the numbers in such words. */
#pragma once

#include "train/network.h"

G_BEGIN_DECLS

/* In a form of its own where the layer has one (preset-text.h), else as "NAME" or
 * "NAME:setting=value,...", settings named as in WgLayerSpec. `n_segments` is the preset's. */
void wg_layer_append_text(GString *text, const WgLayerSpec *layer, int n_segments);
/* The other way, safe on any bytes; FALSE where it is no layer. `n_segments`: in and out, of all
 * layers so far, 0: none said. */
gboolean wg_layer_take_text(const char *word, WgLayerSpec *layer, int *n_segments);

/* The shortest of two forms that reads back as the same float. */
void wg_text_append_float(GString *text, float value);
/* What is at `*at`, which moves past it; FALSE where it is not that. A number is whole and at most
 * what wg_network_new() takes; a real one is finite, in decimal and without a sign. */
gboolean wg_text_take_prefix(const char **at, const char *prefix);
gboolean wg_text_take_number(const char **at, int *number);
gboolean wg_text_take_real(const char **at, double *value);

G_END_DECLS
