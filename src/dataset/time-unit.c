/* Judges by their steps in which unit a file's timestamps are, and so its rate. */
#include "dataset/time-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* Whole steps up to this are an index, not milliseconds: nothing records at 300 Hz. */
#define INDEX_STEP_MAX 3.0
#define STEPS_MAX 1000 /* tell the rate */

static const struct {
    const char *name;
    double per_second;
} units[] = {{N_("seconds"), 1},
             {N_("milliseconds"), 1e3},
             {N_("microseconds"), 1e6},
             {N_("nanoseconds"), 1e9}};

enum { MILLISECONDS = 1 };

double
wg_time_median_step(const double *times, int n)
{
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(double));

    for (int i = 1; i < n && i <= STEPS_MAX; i++) {
        const double step = times[i] - times[i - 1];
        guint at = steps->len;

        while (at > 0 && g_array_index(steps, double, at - 1) > step)
            at--;
        g_array_insert_val(steps, at, step);
    }
    return steps->len > 0 ? g_array_index(steps, double, steps->len / 2) : 0;
}

static gboolean
is_imported(double rate_hz)
{
    return rate_hz >= WG_RATE_HZ_MIN && rate_hz <= WG_RATE_HZ_MAX;
}

static double
refuse_step(double step, char **why)
{
    if (step > 0 && step <= INDEX_STEP_MAX && floor(step) == step)
        *why = g_strdup(_("the file does not tell its rate (its timestamps are an index): give "
                          "--rate"));
    else if (step <= 0)
        *why = g_strdup(_("its timestamps do not rise: mend the time column, or give --rate"));
    else
        *why =
            g_strdup_printf(_("its timestamps make %g Hz, and rates of %g to %g Hz are read: "
                              "write the time column in milliseconds, or give --rate"),
                            units[MILLISECONDS].per_second / step, WG_RATE_HZ_MIN, WG_RATE_HZ_MAX);
    return 0;
}

double
wg_time_judge_rate(double step, gboolean is_ms, const char **unit, char **why)
{
    int n_found = 0;
    guint found = 0;

    if (step <= 0 || (step <= INDEX_STEP_MAX && floor(step) == step && !is_ms))
        return refuse_step(step, why);
    for (guint i = G_N_ELEMENTS(units); i-- > 0;) {
        if (!is_imported(units[i].per_second / step) || (is_ms && i != MILLISECONDS))
            continue;
        found = i;
        n_found++;
    }
    if (n_found == 0)
        return refuse_step(step, why);
    *unit = units[found].name;
    if (n_found == 1)
        return units[found].per_second / step;
    *why =
        g_strdup_printf(_("its timestamps step by %g, which is %g Hz in %s and %g Hz in %s: give "
                          "--rate"),
                        step, units[found].per_second / step, _(units[found].name),
                        units[found + 1].per_second / step, _(units[found + 1].name));
    return 0;
}
