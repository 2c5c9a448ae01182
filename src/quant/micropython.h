/* The int8 network as Python for boards that run MicroPython: what deploying needs of the form. */
#pragma once

#include "quant/exporter.h"

G_BEGIN_DECLS

/* waggle_model.py, the same bytes for the same source. `memory_bytes` (may be NULL) gets what it
 * takes of a board once it is imported, about. WG_ERROR_UNSUPPORTED: what of the network has no
 * form there, or it is larger than the watch kind "micropython" takes. Owner: caller. Any thread.
 */
GBytes *wg_micropython_module_new(const WgExportSource *source, gsize *memory_bytes,
                                  GError **error);
/* Of n x WG_N_WINDOW_FEATURES those become 0 that the forms with trees do not have: the standard
 * deviations, correlations, and sums of magnitudes, which boards with floats of 32 bits would not
 * round as this machine does. */
void wg_micropython_mask_features(float *features, int n);
/* n outputs as wg_int8_network_run_history() gives them become what infer() of the module gives: of
 * a network that ends in floats the int8 values that they were made of. */
gboolean wg_micropython_map_outputs(const WgInt8Network *network, float *outputs, int n,
                                    GError **error);
/* main.py, which reads the board's accelerometer and prints gestures. Owner: caller. */
GBytes *wg_micropython_example_new(const WgExportSource *source);

G_END_DECLS
