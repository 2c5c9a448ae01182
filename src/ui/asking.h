/* A question that is asked again whenever what it depends on changes: the newest one wins. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_ASKING (wg_asking_get_type())
G_DECLARE_FINAL_TYPE(WgAsking, wg_asking, WG, ASKING, GObject)

/* The job that asks, its options set; transfer full, NULL: nothing is to be asked now. */
typedef WgJob *(*WgAskingNewFunc)(gpointer owner);
/* One of result and error. A question that a newer one has replaced gets no answer. */
typedef void (*WgAskingDoneFunc)(gpointer owner, JsonObject *result, const GError *error);

/* `owner` must call wg_asking_stop() before it goes. */
WgAsking *wg_asking_new(WgAskingNewFunc new_job, WgAskingDoneFunc done, gpointer owner);
/* In a moment, so that a slider's way asks once; what still runs is cancelled. */
void wg_asking_ask(WgAsking *self);
gboolean wg_asking_is_busy(WgAsking *self);
/* For good: nothing is asked or answered any more. */
void wg_asking_stop(WgAsking *self);

G_END_DECLS
