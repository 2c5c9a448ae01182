/* What files call their columns: axes of acceleration and angular rate, time, with or without a
 * unit.
 */
#include "dataset/axis-names.h"

#include "dataset/axis-unit.h"

#include <string.h>

#define N_AXES 3
/* Longer is prose. */
#define CELL_MAX 100

/* Before the axis' letter. */
static const char *const accelerations[] = {
    "acc",
    "a",
    "",
    "accel",
    "acceleration",
    "accelerometer",
    "linearacceleration",
    "accelerometeracceleration",
    "gf",
};
static const char *const angular_rates[] = {
    "gyr", "g", "gyro", "gyroscope", "angularvelocity", "rotationrate", "gyrorotation",
};
static const char *const times[] = {"timestamp", "time", "t", "ms", "secondselapsed", "elapsed"};

static gboolean
is_one_of(const char *name, gsize length, const char *const *words, guint n)
{
    for (guint i = 0; i < n; i++) {
        if (strlen(words[i]) == length && strncmp(name, words[i], length) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Takes the unit off the name: "(g)" or "[g]" behind it, or "_g". Owner: caller. */
static char *
split_unit(char *cell)
{
    char *open = strpbrk(cell, "([");
    char *last = strrchr(cell, '_');
    char *unit = NULL;

    if (open && open > cell) {
        unit = g_strdup(open + 1);
        unit[strcspn(unit, ")]")] = '\0';
        *open = '\0';
    } else if (last && last > cell &&
               (wg_axis_unit_find(last + 1) > 0 || wg_axis_unit_find_dps(last + 1) > 0 ||
                wg_axis_unit_find_seconds(last + 1) > 0)) {
        unit = g_strdup(last + 1);
        *last = '\0';
    }
    return unit ? g_strstrip(unit) : NULL;
}

/* Small letters without what is set between words. */
static char *
fold(const char *cell)
{
    GString *name = g_string_new(NULL);

    for (const char *p = cell; *p; p++) {
        if (!strchr(" _-\t", *p))
            g_string_append_c(name, g_ascii_tolower(*p));
    }
    return g_string_free(name, FALSE);
}

void
wg_axis_name_read(WgAxisName *self, const char *cell)
{
    g_autofree char *copy = g_strndup(cell, CELL_MAX), *unit = split_unit(copy);
    char *name = fold(copy);
    const gsize length = strlen(name);
    const char *axis = length > 0 ? strchr("xyz", name[length - 1]) : NULL;

    *self = (WgAxisName){.name = name, .channel = -1, .dps = 1};
    if (axis && is_one_of(name, length - 1, accelerations, G_N_ELEMENTS(accelerations)))
        self->channel = (int)(name[length - 1] - 'x');
    else if (axis && is_one_of(name, length - 1, angular_rates, G_N_ELEMENTS(angular_rates)))
        self->channel = (int)(name[length - 1] - 'x') + N_AXES;
    self->is_time = is_one_of(name, length, times, G_N_ELEMENTS(times));
    if (self->channel >= 0 && self->channel < N_AXES && unit)
        self->units_per_g = wg_axis_unit_find(unit);
    else if (self->channel >= 0 && self->channel < N_AXES && g_str_has_prefix(name, "gf"))
        self->units_per_g = 1;
    if (self->channel >= N_AXES && unit && wg_axis_unit_find_dps(unit) > 0)
        self->dps = wg_axis_unit_find_dps(unit);
    if (self->is_time)
        self->seconds = unit                                  ? wg_axis_unit_find_seconds(unit)
                        : g_str_equal(name, "ms")             ? 1e-3
                        : g_str_equal(name, "secondselapsed") ? 1
                                                              : 0;
}

void
wg_axis_name_clear(WgAxisName *self)
{
    g_clear_pointer(&self->name, g_free);
}
