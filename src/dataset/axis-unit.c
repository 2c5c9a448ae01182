/* Units of acceleration and of angular rate, as the headers of files name them. */
#include "dataset/axis-unit.h"

#include <math.h>

typedef struct {
    const char *word;
    double value;
} Unit;

/* The first of a value is how it is written. */
static const Unit accelerations[] = {
    {"g", 1},
    {"m/s2", WG_MS2_PER_G},
    {"mg", 1000},
    {"gs", 1},
    {"g's", 1},
    {"gforce", 1},
    {"gravity", 1},
    {"m/s^2", WG_MS2_PER_G},
    {"m/s²", WG_MS2_PER_G},
    {"m/s/s", WG_MS2_PER_G},
    {"ms2", WG_MS2_PER_G},
    {"ms-2", WG_MS2_PER_G},
    {"mps2", WG_MS2_PER_G},
    {"milli-g", 1000},
};
static const Unit angular_rates[] = {
    {"dps", 1},     {"deg/s", 1},          {"°/s", 1},           {"degrees/s", 1},    {"degs", 1},
    {"mdps", 1e-3}, {"rad/s", 180 / G_PI}, {"rads", 180 / G_PI}, {"rps", 180 / G_PI},
};
static const Unit times[] = {
    {"s", 1}, {"sec", 1}, {"seconds", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"µs", 1e-6}, {"ns", 1e-9},
};

static double
find(const Unit *units, guint n, const char *word)
{
    for (guint i = 0; i < n; i++) {
        if (g_ascii_strcasecmp(units[i].word, word) == 0)
            return units[i].value;
    }
    return 0;
}

double
wg_axis_unit_find(const char *word)
{
    return find(accelerations, G_N_ELEMENTS(accelerations), word);
}

const char *
wg_axis_unit_get_name(double units_per_g)
{
    for (guint i = 0; i < G_N_ELEMENTS(accelerations); i++) {
        if (fabs(accelerations[i].value - units_per_g) < 1e-9 * units_per_g)
            return accelerations[i].word;
    }
    return NULL;
}

double
wg_axis_unit_find_dps(const char *word)
{
    return find(angular_rates, G_N_ELEMENTS(angular_rates), word);
}

double
wg_axis_unit_find_seconds(const char *word)
{
    return find(times, G_N_ELEMENTS(times), word);
}
