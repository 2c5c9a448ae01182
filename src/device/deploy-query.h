/* Asks a watch to carry out what must not be carried out damaged. */
#pragma once

#include "device/watch.h"

G_BEGIN_DECLS

#define WG_DAMAGED "\"damaged\"" /* the answer where the text came otherwise than it was sent */

/* As wg_watch_eval_async, but the watch looks at the expression's CRC-32 first: a byte that the way
 * there changed cannot erase another file. `deadline_ms`: for its answer. */
void wg_deploy_query_async(WgWatch *watch, const char *expression, guint deadline_ms,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
/* Transfer full; may be WG_DAMAGED. */
char *wg_deploy_query_finish(WgWatch *watch, GAsyncResult *result, GError **error);

G_END_DECLS
