/* What may stand in the way of a model on a MicroPython board, each said in a sentence. */
#include "device/python-checks.h"

#include "base/error.h"
#include "device/crc32.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#define SPARE_BYTES 8192 /* blocks that are not full, directories */

gboolean
wg_python_check_room(const WgPythonDeployment *deployment, const char *name, const gint64 *facts,
                     gboolean *drops_former, GError **error)
{
    const gint64 memory = facts[WG_PYTHON_FACT_MEMORY], room = facts[WG_PYTHON_FACT_ROOM];
    const gint64 now = MAX(0, facts[WG_PYTHON_FACT_MODEL]);
    const gint64 former = MAX(0, facts[WG_PYTHON_FACT_FORMER]);
    const gint64 needed = (gint64)g_bytes_get_size(deployment->module) + now + SPARE_BYTES +
                          (deployment->example ? (gint64)g_bytes_get_size(deployment->example) : 0);

    *drops_former = FALSE;
    if (memory < (gint64)deployment->memory_bytes) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    _("the model takes about %zu bytes of memory, %s has %" PRId64 " free"),
                    deployment->memory_bytes, name, memory);
        return FALSE;
    }
    if (deployment->example && facts[WG_PYTHON_FACT_MAIN] >= 0 && !deployment->replaces_main) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "%s has a " WG_PYTHON_MAIN_NAME
                    " of its own: --replace-main replaces it, and keeps it "
                    "as " WG_PYTHON_FORMER_MAIN_NAME,
                    name);
        return FALSE;
    }
    if (room < 0 || room >= needed)
        return TRUE;
    *drops_former = former > 0 && room + former >= needed;
    if (*drops_former)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                _("%s has room for %" PRId64 " bytes, the model and a copy of the one "
                  "before need %" PRId64 ": delete something on it"),
                name, room, needed);
    return FALSE;
}

gboolean
wg_python_check_sum(GBytes *content, const char *name, const gint64 *sum, GError **error)
{
    if (sum[0] == (gint64)g_bytes_get_size(content) && sum[1] == (gint64)wg_crc32_bytes(content))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_VERIFY,
                _("%s holds %" PRId64
                  " bytes with the CRC %08x where %zu with %08x were sent: deploy again"),
                name, sum[0], (guint)sum[1], g_bytes_get_size(content), wg_crc32_bytes(content));
    return FALSE;
}

GError *
wg_python_explain(GError *error, const WgPythonDeployment *deployment, const char *name,
                  gint64 memory_free, gsize n_bytes, gboolean is_importing)
{
    GError *better = NULL;

    if (!g_error_matches(error, WG_ERROR, WG_ERROR_INPUT))
        return error;
    if (strstr(error->message, "MemoryError"))
        g_set_error(
            &better, WG_ERROR, WG_ERROR_UNSUPPORTED,
            _("%s has not memory enough for the model, which takes about %zu bytes, %" PRId64
              " were free: the board keeps what it had"),
            name, deployment->memory_bytes, memory_free);
    else if (is_importing && strstr(error->message, "ImportError"))
        g_set_error(&better, WG_ERROR, WG_ERROR_MISSING, _("%s has no model of Waggle's yet"),
                    name);
    else if (strstr(error->message, "ENOSPC") || strstr(error->message, "OSError: 28"))
        g_set_error(&better, WG_ERROR, WG_ERROR_STORAGE,
                    _("the file system of %s is full before %zu bytes are written: the board keeps "
                      "what it had, delete something"),
                    name, n_bytes);
    else
        g_set_error(&better, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s cannot do its part (%s): the board keeps what it had"), name,
                    error->message);
    g_error_free(error);
    return better;
}
