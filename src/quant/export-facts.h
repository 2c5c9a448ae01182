/* What every export says of a model: its windows, names, thresholds, and where it comes from.
 * Inside quant/ only. */
#pragma once

#include "quant/export-template.h"

G_BEGIN_DECLS

/* Fills in keys (LENGTH, CHANNELS, RATE_HZ, UNITS_PER_G, N_INPUTS, NAMES, NAME_LIST, THRESHOLDS,
 * OTHER, PROJECT, DATE, ...) and flags (IS_WATCH, HAS_GYROSCOPE, INT8_OUTPUT). WG_ERROR_INPUT:
 * there are not as many names as outputs. */
gboolean wg_export_set_facts(const WgExportSource *source, WgTemplate *template, GError **error);

G_END_DECLS
