/* The path of takes in space, to be turned: positions by integration, relative to the watch. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_PATH (wg_path_get_type())
G_DECLARE_FINAL_TYPE(WgPath, wg_path, WG, PATH, WgChart)

/* So many of the takes are drawn at most, evenly taken. */
#define WG_PATH_TAKES_AT_MOST 12

/* GPtrArray of WgRecording; NULL or empty: none. */
void wg_path_set_takes(WgPath *self, GPtrArray *takes);

G_END_DECLS
