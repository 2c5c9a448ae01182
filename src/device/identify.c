/* Has a watch make itself known in a room of many. */
#include "device/identify.h"

#include "base/error.h"
#include "base/shown.h"
#include "device/espruino-protocol.h"
#include "device/json-line.h"
#include "device/program.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
    gint64 has_buzzed, has_shown;
} Signs;

static void
on_identified(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = user_data;
    GError *error = NULL;
    g_autofree char *value = wg_watch_eval_finish(WG_WATCH(source), result, &error);
    g_autoptr(JsonNode) node = value ? wg_json_line_parse(value, strlen(value)) : NULL;
    Signs signs = {0};
    if (error)
        g_task_return_error(task, error);
    else if (!wg_json_read_int(wg_json_at(node, 0), &signs.has_buzzed) ||
             !wg_json_read_int(wg_json_at(node, 1), &signs.has_shown) ||
             !(signs.has_buzzed || signs.has_shown))
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_UNSUPPORTED,
                                _("this watch can neither buzz nor show a word"));
    else
        g_task_return_pointer(task, g_memdup2(&signs, sizeof signs), g_free);
}

void
wg_identify_async(WgWatch *watch, const char *word, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(watch, cancellable, callback, user_data);
    g_autofree char *shown = wg_dup_shown(word, WG_IDENTIFY_MAX_CHARS);
    g_autofree char *quoted = wg_espruino_quote(shown, -1);
    g_autofree char *call = g_strdup_printf("waggleIdentify(%s)", quoted);
    g_autofree char *program = wg_program_build(call, WG_PROGRAM_IDENTIFY, -1);
    wg_watch_eval_async(watch, program, cancellable, on_identified, task);
}

gboolean
wg_identify_finish(WgWatch *watch, GAsyncResult *result, gboolean *has_buzzed, gboolean *has_shown,
                   GError **error)
{
    g_autofree Signs *signs = g_task_propagate_pointer(G_TASK(result), error);
    if (!signs)
        return FALSE;
    if (has_buzzed)
        *has_buzzed = signs->has_buzzed != 0;
    if (has_shown)
        *has_shown = signs->has_shown != 0;
    return TRUE;
}
