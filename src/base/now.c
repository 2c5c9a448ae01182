/* The date and time as files and watches keep it. */
#include "base/now.h"

char *
wg_format_now(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();

    return g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
}
