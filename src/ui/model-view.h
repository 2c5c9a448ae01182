/* A .tflite from anywhere: what it is, whether the watch can run it, and the way onto the watch. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

#define WG_TYPE_MODEL_VIEW (wg_model_view_get_type())
G_DECLARE_FINAL_TYPE(WgModelView, wg_model_view, WG, MODEL_VIEW, GtkDialog)

/* Inspects the file in the background; then shows it over the window, or says in the window why it
 * is refused. */
void wg_model_view_open(WgWindow *window, const char *path);

G_END_DECLS
