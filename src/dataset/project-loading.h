/* All recordings of a large project, read a block after another while others may ask it too. */
#pragma once

#include "dataset/project.h"

G_BEGIN_DECLS

typedef struct {
    char *label;
    int n;
} WgLabelCount;

/* Labels in the order of their first recordings, and how many each has, without reading any:
 * GArray of WgLabelCount, freed with it. Those of guests are among them. Any thread; NULL on error.
 */
GArray *wg_project_count_labels(WgProject *self, GError **error);

/* n recordings of n_all are there; in the context that the loading was begun in. */
typedef void (*WgLoadingTold)(int n, int n_all, gpointer user_data);

/* As wg_project_reload_recordings(); `before` (NULL: nothing yet) must not change meanwhile. What
 * is changed meanwhile is read by the next such call after it, which is to be made before anything
 * else shows it. `told` gets `user_data` and is not called once it is cancelled. */
void wg_project_load_packed_async(WgProject *self, GPtrArray *before, gint64 version,
                                  GCancellable *cancellable, WgLoadingTold told,
                                  GAsyncReadyCallback callback, gpointer user_data);
/* Transfer full. */
GPtrArray *wg_project_load_packed_finish(WgProject *self, GAsyncResult *result, gint64 *version,
                                         GError **error);
/* How many recordings, or a few more, were changed through this project since they were last read
 * by one of the two, or since it was opened. Any thread, at once. */
int wg_project_count_changed(WgProject *self);

G_END_DECLS
