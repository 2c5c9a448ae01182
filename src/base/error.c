/* The one domain of errors. */
#include "base/error.h"

G_DEFINE_QUARK(wg - error - quark, wg_error)

gboolean
wg_error_propagate_first(GError **errors, int n, GError **error)
{
    gboolean is_good = TRUE;

    for (int i = 0; i < n; i++) {
        if (!errors[i])
            continue;
        if (is_good)
            g_propagate_error(error, g_steal_pointer(&errors[i]));
        g_clear_error(&errors[i]);
        is_good = FALSE;
    }
    return is_good;
}
