/* A gesture as the window shows it: its name, how many takes, how they are, its colour and letter.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WG_TYPE_GESTURE (wg_gesture_get_type())
G_DECLARE_FINAL_TYPE(WgGesture, wg_gesture, WG, GESTURE, GObject)

/* From so many takes on a gesture is enough for a first training. */
#define WG_TAKES_ENOUGH 10

/* Properties "n-takes" and "n-clipped" notify. */
WgGesture *wg_gesture_new(const char *label, int index);
const char *wg_gesture_get_label(WgGesture *self);
int wg_gesture_get_index(WgGesture *self); /* colour */
int wg_gesture_get_n_takes(WgGesture *self);
int wg_gesture_get_n_clipped(WgGesture *self);
/* Takes that take part: not those that are left out or held back. */
int wg_gesture_get_n_taking_part(WgGesture *self);
/* Whether there are takes, and none of them takes part. */
gboolean wg_gesture_is_left_out(WgGesture *self);
/* `n_left_out` of the takes take no part. */
void wg_gesture_set_counts(WgGesture *self, int n_takes, int n_clipped, int n_left_out);
/* "A".."Z", then "A1"..; transfer full. */
char *wg_gesture_dup_letter(WgGesture *self);

/* Brings a GListStore of WgGesture up to date with recordings (GPtrArray of WgRecording), in the
 * order in which gestures first appear, so that each keeps its colour; `extra` (NULL: none) is one
 * that has no takes yet. */
void wg_gestures_update(GListStore *gestures, GPtrArray *recordings, const char *extra);
/* The same with the counts alone (GArray of WgLabelCount), while the recordings are being read. */
void wg_gestures_update_counts(GListStore *gestures, GArray *label_counts, const char *extra);
/* Transfer none, NULL when there is none of that name. */
WgGesture *wg_gestures_find(GListModel *gestures, const char *label);

G_END_DECLS
