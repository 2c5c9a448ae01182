/* Asks a watch to carry out what must not be carried out damaged. */
#include "device/deploy-query.h"

#include "device/crc32.h"
#include "device/watch-private.h"

#include <string.h>

typedef struct {
    char *code;
    guint deadline_ms;
} Query;

static void
query_free(Query *query)
{
    g_free(query->code);
    g_free(query);
}

static void
on_value(WgWatch *self, JsonNode *value, const GError *error, gpointer user_data)
{
    if (error)
        wg_watch_return(self, NULL, NULL, g_error_copy(error));
    else
        wg_watch_return(self, json_to_string(value, FALSE), g_free, NULL);
}

static void
start(WgWatch *self, GTask *task)
{
    const Query *query = g_task_get_task_data(task);
    wg_watch_query(self, query->code, query->deadline_ms, on_value, NULL);
}

void
wg_deploy_query_async(WgWatch *watch, const char *expression, guint deadline_ms,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(watch, cancellable, callback, user_data);
    g_autofree char *quoted = wg_espruino_quote(expression, -1);
    Query *query = g_new0(Query, 1);
    query->deadline_ms = deadline_ms;
    /* both sides as 32 bits with a sign, whichever way the watch holds a large number */
    query->code =
        g_strdup_printf("(function(t){return (E.CRC32(t)^%u)===0?eval(t):" WG_DAMAGED ";})(%s)",
                        wg_crc32((const guint8 *)expression, strlen(expression)), quoted);
    g_task_set_task_data(task, query, (GDestroyNotify)query_free);
    wg_watch_enqueue(watch, task, start);
}

char *
wg_deploy_query_finish(WgWatch *watch, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
