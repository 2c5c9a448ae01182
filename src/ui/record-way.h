/* How a recording is made: how much, what begins a take, how long it is, and the rate; a small
 * popover. */
#pragma once

#include "ui/desk.h"
#include "workbench/record-plan.h"

G_BEGIN_DECLS

#define WG_TYPE_RECORD_WAY (wg_record_way_get_type())
G_DECLARE_FINAL_TYPE(WgRecordWay, wg_record_way, WG, RECORD_WAY, GtkMenuButton)

/* Signal "changed": what it gives now is another. It is kept in the project. Until a person
 * chooses, the watch's detector begins the takes, at its rate. What the watch that is connected
 * cannot do is not offered, and another way taken instead, until one is connected that can. */
void wg_record_way_set_desk(WgRecordWay *self, WgDesk *desk);
/* How long is counted down; may be NULL. */
void wg_record_way_set_settings(WgRecordWay *self, GSettings *settings);
/* In seconds. */
int wg_record_way_get_countdown(WgRecordWay *self);
WgTrigger wg_record_way_get_trigger(WgRecordWay *self);
/* In seconds, of a take by countdown or button. */
double wg_record_way_get_length_s(WgRecordWay *self);
/* How much of the trace, which runs at the detector's rate, is the take of that event "take". */
int wg_record_way_count_shown(WgRecordWay *self, JsonObject *take);
/* Wanted; 0: as many as there come. */
int wg_record_way_get_n_takes(WgRecordWay *self);
/* Gives a job "record" its options --trigger, --length, --rate, --countdown, and --count or
 * --seconds. */
gboolean wg_record_way_give(WgRecordWay *self, WgJob *job, GError **error);

G_END_DECLS
