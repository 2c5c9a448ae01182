/* The live trace while nothing is recorded: streams the watch's accelerometer into a plot. */
#pragma once

#include "device/watch.h"
#include "ui/charts/trace.h"
#include "ui/stream-health.h"

G_BEGIN_DECLS

#define WG_TYPE_PREVIEW (wg_preview_get_type())
G_DECLARE_FINAL_TYPE(WgPreview, wg_preview, WG, PREVIEW, GObject)

/* The stream's health is shown by `light`. */
WgPreview *wg_preview_new(WgTrace *trace, WgHealthLight *light);
/* Nothing when it streams already. */
void wg_preview_start(WgPreview *self, WgWatch *watch);
/* Frees the watch for another program; `stopped` (may be NULL) is called then, at once when nothing
 * streams. */
void wg_preview_stop(WgPreview *self, void (*stopped)(gpointer user_data), gpointer user_data);

G_END_DECLS
