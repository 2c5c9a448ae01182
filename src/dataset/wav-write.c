/* Writes takes as WAV: 32-bit float in their unit, label, person and exact rate in the list INFO.
 */
#include "dataset/wav.h"

#include "dataset/export-values.h"

#include <math.h>
#include <string.h>

#define BYTES_PER_VALUE 4

static void
append_u32(GByteArray *bytes, guint32 value)
{
    const guint32 little = GUINT32_TO_LE(value);

    g_byte_array_append(bytes, (const guint8 *)&little, sizeof little);
}

static void
append_u16(GByteArray *bytes, guint16 value)
{
    const guint16 little = GUINT16_TO_LE(value);

    g_byte_array_append(bytes, (const guint8 *)&little, sizeof little);
}

/* A chunk begins; gives where its size is to be put. */
static guint
begin_chunk(GByteArray *bytes, const char *id)
{
    g_byte_array_append(bytes, (const guint8 *)id, 4);
    append_u32(bytes, 0);
    return bytes->len;
}

static void
end_chunk(GByteArray *bytes, guint start)
{
    const guint32 size = GUINT32_TO_LE(bytes->len - start);

    memcpy(bytes->data + start - 4, &size, sizeof size);
    if (bytes->len % 2 > 0)
        g_byte_array_append(bytes, (const guint8 *)"", 1);
}

/* RIFF's texts end with a zero byte. */
static void
append_text(GByteArray *bytes, const char *id, const char *text)
{
    guint start;

    if (!text)
        return;
    start = begin_chunk(bytes, id);
    g_byte_array_append(bytes, (const guint8 *)text, (guint)strlen(text) + 1);
    end_chunk(bytes, start);
}

static void
append_info(GByteArray *bytes, const WgRecordingSpec *spec, const WgExportValues *values)
{
    g_autoptr(GString) comment = g_string_new(WG_WAV_COMMENT WG_WAV_COMMENT_RATE);
    guint start;

    wg_append_double(comment, spec->rate_hz);
    g_string_append_printf(comment, " %s%s", WG_WAV_COMMENT_UNIT, values->unit);
    if (values->factor > 1) {
        g_string_append(comment, " " WG_WAV_COMMENT_ORIGINAL);
        wg_append_double(comment, values->factor);
    }
    start = begin_chunk(bytes, "LIST");
    g_byte_array_append(bytes, (const guint8 *)"INFO", 4);
    append_text(bytes, "INAM", spec->label);
    append_text(bytes, "IART", spec->person);
    append_text(bytes, "ISRC", spec->device);
    append_text(bytes, "ISFT", "Waggle");
    append_text(bytes, "ICMT", comment->str);
    end_chunk(bytes, start);
}

static void
append_format(GByteArray *bytes, const WgRecordingSpec *spec)
{
    const guint start = begin_chunk(bytes, "fmt ");
    const guint32 rate_hz = (guint32)fmax(1, rint(spec->rate_hz));
    const guint16 frame_bytes = (guint16)(spec->n_channels * BYTES_PER_VALUE);

    append_u16(bytes, WG_WAV_FORMAT_FLOAT);
    append_u16(bytes, (guint16)spec->n_channels);
    append_u32(bytes, rate_hz);
    append_u32(bytes, rate_hz * frame_bytes);
    append_u16(bytes, frame_bytes);
    append_u16(bytes, BYTES_PER_VALUE * 8);
    end_chunk(bytes, start);
}

/* Other forms than PCM tell how many frames there are. */
static void
append_fact(GByteArray *bytes, const WgRecordingSpec *spec)
{
    const guint start = begin_chunk(bytes, "fact");

    append_u32(bytes, (guint32)spec->n_samples);
    end_chunk(bytes, start);
}

static GByteArray *
make_file(const WgRecordingSpec *spec)
{
    GByteArray *bytes = g_byte_array_new();
    const guint riff = begin_chunk(bytes, "RIFF");
    g_auto(WgExportValues) values = {0};
    guint start;

    wg_export_values_init(&values, spec);
    g_byte_array_append(bytes, (const guint8 *)"WAVE", 4);
    append_format(bytes, spec);
    append_fact(bytes, spec);
    append_info(bytes, spec, &values);
    start = begin_chunk(bytes, "data");
    for (int i = 0; i < spec->n_samples * spec->n_channels; i++) {
        guint32 bits;

        memcpy(&bits, &values.values[i], sizeof bits);
        append_u32(bytes, bits);
    }
    end_chunk(bytes, start);
    end_chunk(bytes, riff);
    return bytes;
}

gboolean
wg_wav_write(GPtrArray *recordings, const WgExportDataOptions *options, WgDataWriter *out,
             GError **error)
{
    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(recordings, i));
        g_autofree char *path = wg_data_writer_dup_name(out, NULL, spec->label, ".wav");
        g_autoptr(GByteArray) bytes = make_file(spec);

        if (!wg_data_writer_tick(out, i, recordings->len, error) ||
            !wg_data_writer_add(out, path, bytes->data, bytes->len, error) ||
            !wg_data_writer_add_spans(out, path, spec, error))
            return FALSE;
    }
    return TRUE;
}
