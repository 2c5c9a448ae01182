/* What the window says about the newest model: its sizes, its settings, its age. */
#pragma once

#include "ui/desk.h"
#include "workbench/device-figures.h"

G_BEGIN_DECLS

/* Of the newest int8 model on the connected watch (else a Bangle.js 2), as "inspect" gives it, or
 * what the firmware's own recogniser would get of it; NULL when there is none. */
JsonObject *wg_model_facts_inspect(WgDesk *desk, gboolean is_builtin);
/* Of the same model on the same watch; NULL when there is none. Owner: caller. */
WgDeviceFigures *wg_model_facts_new_figures(WgDesk *desk);
/* "2.1 kB" */
char *wg_model_facts_format_bytes(gint64 bytes);
/* The gestures of the newest int8 model, with commas between, where the file at `path` is that
 * model byte for byte; transfer full, NULL: it is another. */
char *wg_model_facts_dup_names_of(WgDesk *desk, const char *path);
/* "Answers from: upup 82 %, clap2 85 %; random means nothing." NULL: nothing was tuned. */
char *wg_model_facts_dup_thresholds(WgDesk *desk);
/* The labels of the int8 model's outputs; NULL: none. */
char **wg_model_facts_dup_labels(WgDesk *desk);
/* The kind of the connected watch, else a Bangle.js 2's. */
const char *wg_model_facts_get_kind(WgDesk *desk);

/* Preset and epochs of the newest model, as options of a job that trains alike (transfer full;
 * epochs NULL: as the preset says);
 * FALSE: there is none. */
gboolean wg_model_facts_read_training(WgDesk *desk, char **preset, char **epochs);

/* How well the newest model answers as it was trained, for which a watch's model may be missing: a
 * sentence or two; NULL: there is none. */
char *wg_model_facts_dup_trained(WgDesk *desk);

/* Changes with the newest model and with the takes, and with nothing else. */
char *wg_model_facts_dup_state(WgDesk *desk);
/* A sentence where the takes are others than those it was trained on, NULL: they are the same, or
 * there is no model. */
char *wg_model_facts_dup_age(WgDesk *desk);

G_END_DECLS
