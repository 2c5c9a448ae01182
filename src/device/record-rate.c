/* Which rates a watch can be recorded at. */
#include "device/record-rate.h"

#include "base/error.h"

#include <glib/gi18n.h>

gboolean
wg_record_rate_check(WgWatch *watch, double rate_hz, GError **error)
{
    static const double rates[] = {WG_RECORD_RATE_HZ, 25, 50, 100};
    const char *kind = wg_watch_get_kind(watch);
    gboolean is_known = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(rates); i++)
        is_known |= rate_hz == rates[i]; /* whole steps that a user types: nothing was computed */
    if (!is_known) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("a watch measures 12.5, 25, 50 or 100 times a second, not %g"), rate_hz);
        return FALSE;
    }
    if (rate_hz > WG_RECORD_RATE_HZ && g_strcmp0(kind, "bangle1") != 0 &&
        g_strcmp0(kind, "bangle2") != 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s has no sensor whose rate is known how to set: record at 12.5 Hz"),
                    wg_watch_get_name(watch));
        return FALSE;
    }
    return TRUE;
}
