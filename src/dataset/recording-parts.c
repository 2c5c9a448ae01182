/* The values of a recording, packed: as it is kept in memory and in the project file. */
#include "dataset/recording-parts.h"

#include "dataset/packed-samples.h"

void
wg_parts_compute_original(const WgRecordingSpec *spec, float *original)
{
    const gsize n_values = (gsize)spec->n_samples * spec->n_channels;

    for (gsize i = 0; i < n_values; i++)
        original[i] = (i % (gsize)spec->n_channels < 3)
                          ? (float)(spec->samples[i] * spec->original_units_per_g)
                          : spec->samples[i];
}

void
wg_parts_pack(const WgRecordingSpec *spec, GByteArray *bytes, WgPackedParts *parts)
{
    const gsize n_values = (gsize)spec->n_samples * spec->n_channels;
    float few[2 * WG_VALUES_ON_STACK];
    g_autofree float *many = n_values > WG_VALUES_ON_STACK ? g_new(float, 2 * n_values) : NULL;
    float *room = many ? many : few, *computed = room + n_values;
    const float *original = spec->original ? spec->original : computed;

    if (!spec->original)
        wg_parts_compute_original(spec, computed);
    g_byte_array_set_size(bytes, (guint)(2 * WG_PACKED_BYTES_MAX(n_values)));
    parts->original = bytes->data;
    parts->n_original = wg_packed_samples_write(original, n_values, bytes->data);
    parts->rule = wg_samples_rule_find(spec->samples, original, (gsize)spec->n_samples,
                                       spec->n_channels, spec->original_units_per_g, room);
    parts->samples = bytes->data + parts->n_original;
    parts->n_samples =
        parts->rule == WG_SAMPLES_OWN
            ? wg_packed_samples_write(spec->samples, n_values, bytes->data + parts->n_original)
            : 0;
}

/* FALSE: the bytes are damaged. */
static gboolean
unpack_samples(const WgRecordingSpec *spec, const WgPackedParts *parts, const float *original,
               float *samples)
{
    const gsize n_values = (gsize)spec->n_samples * spec->n_channels;

    if (parts->rule == WG_SAMPLES_OWN)
        return wg_packed_samples_read(parts->samples, parts->n_samples, n_values, samples);
    wg_samples_rule_apply(parts->rule, original, (gsize)spec->n_samples, spec->n_channels,
                          spec->original_units_per_g, samples);
    return TRUE;
}

gboolean
wg_parts_unpack(const WgRecordingSpec *spec, const WgPackedParts *parts, float *original,
                float *samples)
{
    return wg_packed_samples_read(parts->original, parts->n_original,
                                  (gsize)spec->n_samples * spec->n_channels, original) &&
           unpack_samples(spec, parts, original, samples);
}

gboolean
wg_parts_check(const WgRecordingSpec *spec, const WgPackedParts *parts)
{
    const gsize n_values = (gsize)spec->n_samples * spec->n_channels;

    return wg_packed_samples_check(parts->original, parts->n_original, n_values) &&
           (parts->rule != WG_SAMPLES_OWN ||
            wg_packed_samples_check(parts->samples, parts->n_samples, n_values));
}

void
wg_parts_bind(const WgPackedParts *parts, sqlite3_stmt *statement, int rule, int samples,
              int original)
{
    sqlite3_bind_int(statement, rule, (int)parts->rule);
    if (parts->rule == WG_SAMPLES_OWN)
        sqlite3_bind_blob64(statement, samples, parts->samples, parts->n_samples, SQLITE_STATIC);
    else
        sqlite3_bind_null(statement, samples);
    sqlite3_bind_blob64(statement, original, parts->original, parts->n_original, SQLITE_STATIC);
}
