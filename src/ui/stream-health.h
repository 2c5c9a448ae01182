/* The health of the watch's stream as one light: a coloured sign and a word; a popover says why, by
 * figures, and what to do. */
#pragma once

#include <gtk/gtk.h>

#include "workbench/job.h"

G_BEGIN_DECLS

#define WG_TYPE_HEALTH_LIGHT (wg_health_light_get_type())
G_DECLARE_FINAL_TYPE(WgHealthLight, wg_health_light, WG, HEALTH_LIGHT, GtkMenuButton)

/* Hidden until samples are awaited. Signal "changed": its trouble may be another. Main thread. */

/* A sentence on what is wrong and what to do, NULL: it is good. Until it changes. */
const char *wg_health_light_get_trouble(WgHealthLight *self);

/* Samples are awaited from now on, of a new stream: nothing is known of it. */
void wg_health_light_begin(WgHealthLight *self);
/* A sample has come. */
void wg_health_light_hear(WgHealthLight *self);
/* The stream as the event "health" of the job "record" describes it. */
void wg_health_light_tell(WgHealthLight *self, JsonObject *health);
/* Shows the job "record" from its beginning: the health that it tells, that its watch is out of
 * reach, or that no sample has come for some seconds. */
void wg_health_light_follow(WgHealthLight *self, WgJob *job);
/* No samples are awaited any more. */
void wg_health_light_stop(WgHealthLight *self);

G_END_DECLS
