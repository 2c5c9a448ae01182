/* The three steps of a deployment: which one goes on, and what each has proved. */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define WG_TYPE_DEPLOY_STEPS (wg_deploy_steps_get_type())
G_DECLARE_FINAL_TYPE(WgDeploySteps, wg_deploy_steps, WG, DEPLOY_STEPS, GtkBox)

/* Shown from now on; the first one goes on. */
void wg_deploy_steps_begin(WgDeploySteps *self);
/* How far the job "deploy" is, 0..1. */
void wg_deploy_steps_tell(WgDeploySteps *self, double fraction);
/* Its result, also of one that then failed; TRUE: all three passed. */
gboolean wg_deploy_steps_prove(WgDeploySteps *self, JsonObject *result);

G_END_DECLS
