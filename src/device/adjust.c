/* Changes when the app on a watch answers, without a deployment. */
#include "device/adjust.h"

#include "base/error.h"
#include "device/deploy-query.h"
#include "device/program.h"

#include <glib/gi18n.h>
#include <string.h>

#define ADJUST_MS 15000 /* it writes the flash twice */

static void
on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = user_data;
    GError *error = NULL;
    g_autofree char *value = wg_deploy_query_finish(WG_WATCH(source), result, &error);
    if (error)
        g_task_return_error(task, error);
    else if (strcmp(value, "1") == 0 || strcmp(value, "2") == 0)
        g_task_return_int(task, value[0] == '2' ? WG_ADJUSTED_BOTH : WG_ADJUSTED_THRESHOLD);
    else if (strcmp(value, "0") == 0)
        g_task_return_new_error(
            task, WG_ERROR, WG_ERROR_MISSING,
            _("there is no app of Waggle in use on this watch: deploy one first"));
    else
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_VERIFY,
                                _("what was sent to the watch came damaged: try again"));
}

void
wg_adjust_async(WgWatch *watch, double threshold, int n_debounce, double debounce_ms,
                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(watch, cancellable, callback, user_data);
    char number[G_ASCII_DTOSTR_BUF_SIZE], span[G_ASCII_DTOSTR_BUF_SIZE];
    /* one answer within 1 ms is each at once, also where the app waits for more by its record */
    g_autofree char *call = g_strdup_printf(
        "waggleAdjust(%s,[%d,%s])", g_ascii_formatd(number, sizeof number, "%.6g", threshold),
        MAX(1, n_debounce),
        g_ascii_formatd(span, sizeof span, "%.6g", n_debounce > 0 ? debounce_ms : 1));
    g_autofree char *code = wg_program_build(call, WG_PROGRAM_FIND, WG_PROGRAM_ADJUST, -1);
    wg_deploy_query_async(watch, code, ADJUST_MS, cancellable, on_answer, task);
}

gboolean
wg_adjust_finish(WgWatch *watch, GAsyncResult *result, WgAdjusted *adjusted, GError **error)
{
    GError *why = NULL;
    const gssize value = g_task_propagate_int(G_TASK(result), &why);
    if (why) {
        g_propagate_error(error, why);
        return FALSE;
    }
    *adjusted = (WgAdjusted)value;
    return TRUE;
}
