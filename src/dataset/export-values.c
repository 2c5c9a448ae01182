/* The values of a recording as a file for others has them: in a unit that has a name. */
#include "dataset/export-values.h"

#include "dataset/axis-unit.h"

#include <math.h>
#include <string.h>

#define AXES 3
/* Digits that tell any float, and any double, from its neighbours. */
#define FLOAT_DIGITS 9
#define DOUBLE_DIGITS 17

/* Then dividing and multiplying by it gives the same value again. */
static gboolean
is_power_of_two(double value)
{
    int exponent;

    return value >= 1 && value <= 1 << 24 && fabs(frexp(value, &exponent) - 0.5) < 1e-15;
}

static void
divide(WgExportValues *self, const WgRecordingSpec *spec, double units)
{
    const gsize n = (gsize)spec->n_samples * spec->n_channels;

    self->values = g_new(float, n + 1);
    for (gsize i = 0; i < n; i++)
        self->values[i] = (int)(i % (gsize)spec->n_channels) < AXES
                              ? (float)(spec->original[i] / units)
                              : spec->original[i];
}

void
wg_export_values_init_g(WgExportValues *self, const WgRecordingSpec *spec)
{
    divide(self, spec, spec->original_units_per_g);
    self->unit = "g";
    self->factor = is_power_of_two(spec->original_units_per_g) ? spec->original_units_per_g : 0;
}

void
wg_export_values_init(WgExportValues *self, const WgRecordingSpec *spec)
{
    const char *unit = wg_axis_unit_get_name(spec->original_units_per_g);

    if (!unit) {
        wg_export_values_init_g(self, spec);
        return;
    }
    divide(self, spec, 1);
    self->unit = unit;
    self->factor = 1;
}

void
wg_export_values_clear(WgExportValues *self)
{
    g_clear_pointer(&self->values, g_free);
}

gboolean
wg_export_values_restore(float *values, int n_samples, int n_channels, double factor)
{
    if (!is_power_of_two(factor))
        return FALSE;
    for (int i = 0; i < n_samples; i++) {
        for (int axis = 0; axis < AXES; axis++)
            values[(gsize)i * n_channels + axis] *= (float)factor;
    }
    return TRUE;
}

void
wg_append_float(GString *text, float value)
{
    char room[G_ASCII_DTOSTR_BUF_SIZE];

    for (int digits = 6; digits <= FLOAT_DIGITS; digits++) {
        const char format[] = {'%', '.', (char)('0' + digits), 'g', '\0'};

        g_ascii_formatd(room, sizeof room, format, value);
        if (digits == FLOAT_DIGITS || (float)g_ascii_strtod(room, NULL) == value)
            break;
    }
    g_string_append(text, room);
    if (g_str_equal(room, "-0"))
        g_string_append(text,
                        ".0"); /* else JSON's reader makes a whole number of it, without sign */
}

void
wg_append_double(GString *text, double value)
{
    char room[G_ASCII_DTOSTR_BUF_SIZE];

    for (int digits = FLOAT_DIGITS; digits <= DOUBLE_DIGITS; digits++) {
        g_autofree char *format = g_strdup_printf("%%.%dg", digits);

        g_ascii_formatd(room, sizeof room, format, value);
        if (digits == DOUBLE_DIGITS || g_ascii_strtod(room, NULL) == value)
            break;
    }
    g_string_append(text, room);
}
