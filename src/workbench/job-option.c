/* The options of a job: found by name, their values checked. */
#include "workbench/job-option.h"

#include "base/error.h"
#include "base/name.h"

#include <math.h>

const WgJobOption wg_job_option_trace = {
    "trace", WG_OPTION_STRING, "FILE", "writes down what goes over the link", NULL, 0, 0};

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
    if (g_str_equal(name, wg_job_option_trace.name) && kind->options &&
        wg_job_option_find(kind, "watch"))
        return &wg_job_option_trace;
    return NULL;
}

/* Labels and names go into the project and out as JSON, which is UTF-8; nothing is named by
 * nothing.
 */
static gboolean
check_text(const WgJobOption *option, const char *value, GError **error)
{
    g_autofree char *stripped = NULL;

    if (!g_utf8_validate(value, -1, NULL)) {
        g_autofree char *shown = g_utf8_make_valid(value, -1);

        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--%s takes UTF-8 text, and “%s” is none",
                    option->name, shown);
        return FALSE;
    }
    stripped = g_strstrip(g_strdup(value));
    if (*stripped)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--%s takes %s, and nothing is given",
                option->name, option->placeholder ? option->placeholder : "a text");
    return FALSE;
}

static gboolean
check_name(const WgJobOption *option, const char *value, GError **error)
{
    g_autoptr(GError) why = NULL;

    if (wg_name_check(value, &why))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--%s %s", option->name, why->message);
    return FALSE;
}

static gboolean
check_range(const WgJobOption *option, double number, const char *value, GError **error)
{
    const gboolean is_whole = option->type == WG_OPTION_INT;
    g_autofree char *least = NULL, *most = NULL;

    if ((option->minimum == 0 && option->maximum == 0) ||
        (number >= option->minimum && number <= option->maximum))
        return TRUE;
    least = g_strdup_printf(is_whole ? "%.0f" : "%g", option->minimum);
    most = g_strdup_printf(is_whole ? "%.0f" : "%g", option->maximum);
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--%s takes %s to %s, not %s", option->name, least,
                most, value);
    return FALSE;
}

gboolean
wg_job_option_check(const WgJobOption *option, const char *value, GError **error)
{
    char *end = NULL;
    double number;

    if (option->type == WG_OPTION_NAME)
        return check_text(option, value, error) && check_name(option, value, error);
    if (option->type == WG_OPTION_STRING || option->type == WG_OPTION_LIST)
        return check_text(option, value, error);
    if (option->type == WG_OPTION_FLAG)
        return TRUE;
    number = g_ascii_strtod(value, &end);
    if (end == value || *end || isnan(number) ||
        (option->type == WG_OPTION_INT && floor(number) != number)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--%s takes a %s, not “%s”", option->name,
                    option->type == WG_OPTION_INT ? "whole number" : "number", value);
        return FALSE;
    }
    return check_range(option, number, value, error);
}
