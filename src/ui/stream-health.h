/* The health of the stream that is recorded: one coloured light, and words. */
#pragma once

#include <gtk/gtk.h>

#include "workbench/job.h"

G_BEGIN_DECLS

typedef struct {
    GtkLabel *light, *words; /* not owned */
    JsonObject *newest;      /* event "health" of the job "record" */
    WgJob *job;              /* that records, NULL: none does */
    gint64 heard_us;         /* when the newest sample came, else since when one is awaited */
    double away_s;           /* for so long the watch was out of reach, and nothing was had */
    gboolean is_lost;
    gulong event_id;
    guint second_id;
} WgHealthLight;

/* Both are hidden until something is recorded. Main thread. */
void wg_health_light_init(WgHealthLight *self, GtkLabel *light, GtkLabel *words);
/* Shows the job "record" from its beginning: the health that it tells, that its watch is out of
 * reach, or that no sample has come for some seconds. */
void wg_health_light_follow(WgHealthLight *self, WgJob *job);
/* Nothing is recorded any more. */
void wg_health_light_stop(WgHealthLight *self);
/* Before its labels go. */
void wg_health_light_clear(WgHealthLight *self);

G_END_DECLS
