/* Has the virtual watch perform gestures: of the project, or of the sample recordings. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

/* A sample gesture: the file that holds takes of that label alone. */
typedef struct {
    char *label, *file;
} WgSampleGesture;

void wg_sample_gesture_free(WgSampleGesture *sample);
/* Folder of one person's sample recordings; transfer full. */
char *wg_samples_dup_folder(const char *name);
/* The file with takes of movement that is no gesture; transfer full. */
char *wg_samples_dup_ordinary(void);
/* GPtrArray of WgSampleGesture, sorted by label; read once in the background. */
void wg_samples_list_async(GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wg_samples_list_finish(GAsyncResult *result, GError **error);

/* The session's virtual watch plays the next take of `what`, a label of the project or a file; at
 * once: without the hand's slow way there, which the detector needs. Done once it performs nothing
 * any more and what it noticed of it has come. Ends by itself when the watch is disconnected. */
void wg_perform_async(WgDesk *desk, const char *what, gboolean is_at_once,
                      GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_perform_finish(WgDesk *desk, GAsyncResult *result, GError **error);
/* A finger presses the session's virtual watch's button, once. */
void wg_press_button(WgDesk *desk);

G_END_DECLS
