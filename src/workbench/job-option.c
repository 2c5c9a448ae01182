/* The options of a job: found by name, their values checked. */
#include "workbench/job-option.h"

#include "base/error.h"

const WgJobKind *
wg_job_kind_find(const char *name)
{
    for (int i = 0; wg_job_kinds[i]; i++) {
        if (g_str_equal(wg_job_kinds[i]->name, name))
            return wg_job_kinds[i];
    }
    return NULL;
}

const WgJobOption *
wg_job_option_find(const WgJobKind *kind, const char *name)
{
    for (const WgJobOption *option = kind->options; option && option->name; option++) {
        if (g_str_equal(option->name, name))
            return option;
    }
    return NULL;
}

gboolean
wg_job_option_check(const WgJobOption *option, const char *value, GError **error)
{
    char *end = NULL;
    double number;

    if (option->type != WG_OPTION_INT && option->type != WG_OPTION_NUMBER)
        return TRUE;
    number = g_ascii_strtod(value, &end);
    if (end == value || *end || number != number ||
        (option->type == WG_OPTION_INT && (double)(gint64)number != number)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--%s takes a %s, not “%s”", option->name,
                    option->type == WG_OPTION_INT ? "whole number" : "number", value);
        return FALSE;
    }
    if ((option->minimum != 0 || option->maximum != 0) &&
        (number < option->minimum || number > option->maximum)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--%s takes %g to %g, not %s", option->name,
                    option->minimum, option->maximum, value);
        return FALSE;
    }
    return TRUE;
}
