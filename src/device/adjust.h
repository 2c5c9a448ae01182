/* Changes when the app on a watch answers, without a deployment. */
#pragma once

#include "device/watch.h"

G_BEGIN_DECLS

typedef enum {
    WG_ADJUSTED_THRESHOLD, /* the app there knows no debounce */
    WG_ADJUSTED_BOTH,
} WgAdjusted;

/* One threshold, 0..1, for all gestures of the model in use, and so many answers within so many ms
 * that make one (0: each counts). In the records that the app reads when it starts, one of which is
 * whole at any time; what runs now keeps to what it began with. WG_ERROR_MISSING: no app of ours is
 * in use there; WG_ERROR_VERIFY: it came damaged. */
void wg_adjust_async(WgWatch *watch, double threshold, int n_debounce, double debounce_ms,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_adjust_finish(WgWatch *watch, GAsyncResult *result, WgAdjusted *adjusted,
                          GError **error);

G_END_DECLS
