/* How to train, for those who want to say it: seed, epochs, rare gestures, windows. */
#pragma once

#include <gtk/gtk.h>

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_TRAIN_SETTINGS (wg_train_settings_get_type())
G_DECLARE_FINAL_TYPE(WgTrainSettings, wg_train_settings, WG, TRAIN_SETTINGS, GtkGrid)

/* Signal "changed": windows are to be others. */
void wg_train_settings_set_desk(WgTrainSettings *self, WgDesk *desk);
/* Sets the job's options as they are chosen; WG_ERROR_USAGE where the job refuses one. */
gboolean wg_train_settings_apply(WgTrainSettings *self, WgJob *job, GError **error);

G_END_DECLS
