/* A few takes of a project file from outside, for its picture: nothing is ever written, and nothing
 * in the file is trusted. */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

/* At most `n_labels` gestures, in the order of their first takes, with at most `n_takes` takes
 * each, one gesture's after another's; those of guests are not among them. What a program that has
 * it open has not yet written back from its log is not seen. Array of WgRecording, transfer full.
 * WG_ERROR_INPUT: it is damaged, no project, or what it asks for takes longer than two seconds. Any
 * thread. */
GPtrArray *wg_glance_read(const char *path, int n_labels, int n_takes, GError **error);

G_END_DECLS
