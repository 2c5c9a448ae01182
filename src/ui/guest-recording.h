/* A guest performs every gesture of the model in turn, and it is recorded. */
#pragma once

#include "ui/activity.h"
#include "ui/perform-bar.h"

G_BEGIN_DECLS

typedef struct _WgGuestRecording WgGuestRecording;

/* `done` when all are performed, it was stopped, or it failed, which is said. What it is given must
 * outlive it. The widget `owner` has it from then on and frees it. */
WgGuestRecording *wg_guest_recording_new(WgDesk *desk, WgActivity *activity, WgPerformBar *bar,
                                         gpointer owner, void (*done)(gpointer owner));
/* So many takes of each gesture; says why where it cannot begin. A virtual watch that performs by
 * itself leaves out gestures of which there are no samples. */
void wg_guest_recording_start(WgGuestRecording *self, const char *person, int n_each);
gboolean wg_guest_recording_is_running(WgGuestRecording *self);

G_END_DECLS
