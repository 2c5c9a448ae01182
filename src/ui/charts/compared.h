/* One take over those it is compared with: these faint, itself clear. */
#pragma once

#include "dataset/recording.h"
#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_COMPARED (wg_compared_get_type())
G_DECLARE_FINAL_TYPE(WgCompared, wg_compared, WG, COMPARED, WgChart)

/* `title`: what the others are; `take` NULL: they alone; `others`: GPtrArray of WgRecording, NULL:
 * it is empty. */
void wg_compared_set(WgCompared *self, const char *title, WgRecording *take, GPtrArray *others);

G_END_DECLS
