/* The option --units-per-g of the jobs that read foreign files. */
#include "workbench/units-option.h"

#include "base/error.h"

gboolean
wg_units_option_read(WgJob *job, double *units_per_g, GError **error)
{
    const char *text = wg_job_get_string(job, "units-per-g");
    char *end = NULL;

    *units_per_g = 0;
    if (g_str_equal(text, "auto"))
        return TRUE;
    *units_per_g = g_ascii_strtod(text, &end);
    if (end == text || *end || !(*units_per_g > 0) || *units_per_g > 1e6) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--units-per-g takes auto or a number above 0, not “%s”", text);
        return FALSE;
    }
    return TRUE;
}
