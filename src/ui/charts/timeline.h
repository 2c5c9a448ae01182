/* A long recording along its time, with labelled stretches that can be marked and moved. */
#pragma once

#include "dataset/recording.h"
#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_TIMELINE (wg_timeline_get_type())
G_DECLARE_FINAL_TYPE(WgTimeline, wg_timeline, WG, TIMELINE, WgChart)

/* Signals: "marked": another stretch is marked, or another span chosen, or none; "spans-changed":
 * the end of a span was let go elsewhere; "delete": the Delete key.
 *
 * NULL: none. What is looked at stays where it is the same recording. */
void wg_timeline_set_recording(WgTimeline *self, WgRecording *recording);
/* GListModel of WgGesture, whose colours and letters the spans have. */
void wg_timeline_set_gestures(WgTimeline *self, GListModel *gestures);
/* GArray of WgLabelSpan as they stand now; transfer none. */
GArray *wg_timeline_get_spans(WgTimeline *self);
/* Until the recording is set anew, which then has them. */
void wg_timeline_set_spans(WgTimeline *self, GArray *spans);
/* The chosen span, -1: none. */
int wg_timeline_get_chosen(WgTimeline *self);
void wg_timeline_choose(WgTimeline *self, int span);
/* The stretch that is marked and no span yet. FALSE: none. */
gboolean wg_timeline_get_mark(WgTimeline *self, int *first, int *n);
/* In the picture: 1 all of it, 2 half, ...; about what is chosen, or the middle. */
void wg_timeline_zoom(WgTimeline *self, double factor);

G_END_DECLS
