/* WAV of accelerations: channels x, y, z (and angular rates) instead of loudspeakers. */
#include "dataset/wav.h"

#include "base/error.h"
#include "dataset/axis-unit.h"
#include "dataset/export-values.h"
#include "dataset/file-reading.h"
#include "dataset/time-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* WAVEFORMATEXTENSIBLE */
#define FORMAT_EXTENSIBLE 0xfffe
#define SUBFORMAT_AT 24
/* Whole numbers are read as steps of 16 bits; where nothing rests in them, full scale is 16 g. */
#define STEPS_PER_G_UNKNOWN 2048.0
/* Full scale of angular rates in whole numbers. */
#define DPS_FULL_SCALE 2000.0
#define STEPS_FULL_SCALE 32768.0
typedef struct {
    const char *name;
    const guint8 *data; /* of the chunk "data", NULL: none yet */
    gsize n_bytes;
    int format, n_channels, rate_hz, frame_bytes, bits;
    char *label, *person, *device, *comment; /* of the list INFO */
} Wav;

static void
wav_clear(Wav *self)
{
    g_free(self->label);
    g_free(self->person);
    g_free(self->device);
    g_free(self->comment);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Wav, wav_clear)

static guint32
get_u32(const guint8 *at)
{
    return at[0] | (guint32)at[1] << 8 | (guint32)at[2] << 16 | (guint32)at[3] << 24;
}

static int
get_u16(const guint8 *at)
{
    return at[0] | at[1] << 8;
}

static gboolean
fail(const Wav *wav, GError **error, const char *why)
{
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, "%s: %s", wav->name, why);
    return FALSE;
}

static void
read_format(Wav *wav, const guint8 *chunk, gsize length)
{
    if (length < WG_WAV_FORMAT_BYTES)
        return;
    wav->format = get_u16(chunk);
    wav->n_channels = get_u16(chunk + 2);
    wav->rate_hz = (int)MIN(get_u32(chunk + 4), (guint32)G_MAXINT);
    wav->frame_bytes = get_u16(chunk + 12);
    wav->bits = get_u16(chunk + 14);
    if (wav->format == FORMAT_EXTENSIBLE && length >= SUBFORMAT_AT + 2)
        wav->format = get_u16(chunk + SUBFORMAT_AT);
}

/* A text of the list INFO, as far as it is text. */
static void
read_info(Wav *wav, const guint8 *chunk, gsize length)
{
    for (gsize at = 4; at + WG_WAV_CHUNK_HEADER <= length;) {
        const gsize n = MIN(get_u32(chunk + at + 4), length - at - WG_WAV_CHUNK_HEADER);
        const char *id = (const char *)chunk + at;
        char **place = memcmp(id, "INAM", 4) == 0   ? &wav->label
                       : memcmp(id, "IART", 4) == 0 ? &wav->person
                       : memcmp(id, "ISRC", 4) == 0 ? &wav->device
                       : memcmp(id, "ICMT", 4) == 0 ? &wav->comment
                                                    : NULL;
        g_autofree char *text = g_strndup((const char *)chunk + at + WG_WAV_CHUNK_HEADER, n);

        if (place && !*place && *text && g_utf8_validate(text, -1, NULL))
            *place = g_steal_pointer(&text);
        at += WG_WAV_CHUNK_HEADER + n + n % 2;
    }
}

static void
read_chunks(Wav *wav, const guint8 *content, gsize length)
{
    for (gsize at = WG_WAV_RIFF_HEADER; at + WG_WAV_CHUNK_HEADER <= length;) {
        const guint8 *chunk = content + at + WG_WAV_CHUNK_HEADER;
        /* a recorder that was cut off leaves a size that is too large */
        const gsize n = MIN(get_u32(content + at + 4), length - at - WG_WAV_CHUNK_HEADER);

        if (memcmp(content + at, "fmt ", 4) == 0) {
            read_format(wav, chunk, n);
        } else if (memcmp(content + at, "data", 4) == 0 && !wav->data) {
            wav->data = chunk;
            wav->n_bytes = n;
        } else if (memcmp(content + at, "LIST", 4) == 0 && n >= 4 &&
                   memcmp(chunk, "INFO", 4) == 0) {
            read_info(wav, chunk, n);
        }
        at += WG_WAV_CHUNK_HEADER + n + n % 2;
    }
}

static gboolean
check(const Wav *wav, GError **error)
{
    const gboolean is_whole =
        wav->format == WG_WAV_FORMAT_PCM && wav->bits >= 16 && wav->bits <= 32;

    if (wav->format == 0)
        return fail(wav, error, _("it has no chunk “fmt ”: it is no whole WAV"));
    if (wav->n_channels != 3 && wav->n_channels != 6) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    ngettext("%s: it has %d channel: accelerations are in 3, with angular rates "
                             "in 6",
                             "%s: it has %d channels: accelerations are in 3, with angular rates "
                             "in 6",
                             (gulong)wav->n_channels),
                    wav->name, wav->n_channels);
        return FALSE;
    }
    if (!(is_whole && wav->bits % 8 == 0) &&
        !(wav->format == WG_WAV_FORMAT_FLOAT && wav->bits == 32)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s: its samples have form %d with %d bits: PCM of 16, 24 and 32 bits, and "
                      "float of 32, are read"),
                    wav->name, wav->format, wav->bits);
        return FALSE;
    }
    if (wav->frame_bytes != wav->n_channels * wav->bits / 8)
        return fail(wav, error, _("its “fmt ” contradicts itself: it is no whole WAV"));
    if (!wav->data || wav->n_bytes < (gsize)wav->frame_bytes)
        return fail(wav, error, _("there are no samples in it"));
    return TRUE;
}

static double
get_value(const Wav *wav, const guint8 *at)
{
    const int n_bytes = wav->bits / 8;
    guint32 bits = 0;
    float value;

    for (int i = 0; i < n_bytes; i++)
        bits |= (guint32)at[i] << (8 * (4 - n_bytes + i));
    if (wav->format == WG_WAV_FORMAT_PCM)
        return (gint32)bits / 65536.0; /* steps of 16 bits, finer ones as a fraction */
    memcpy(&value, &bits, sizeof value);
    return (double)value;
}

/* A word of Waggle's comment, NULL: there is none. Caller frees. */
static char *
get_comment(const Wav *wav, const char *word)
{
    const char *at = wav->comment && g_str_has_prefix(wav->comment, WG_WAV_COMMENT)
                         ? strstr(wav->comment, word)
                         : NULL;

    return at ? g_strndup(at + strlen(word), strcspn(at + strlen(word), " ")) : NULL;
}

static double
choose_rate(const Wav *wav, const WgImportOptions *options, GError **error)
{
    g_autofree char *exact = get_comment(wav, WG_WAV_COMMENT_RATE);
    const double told = exact ? g_ascii_strtod(exact, NULL) : 0;
    const double rate_hz = options->rate_hz > 0 ? options->rate_hz : told > 0 ? told : wav->rate_hz;

    if (rate_hz >= WG_RATE_HZ_MIN && rate_hz <= WG_RATE_HZ_MAX)
        return rate_hz;
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                _("%s: its header says %g Hz, and rates of %g to %g Hz are read: give --rate"),
                wav->name, rate_hz, WG_RATE_HZ_MIN, WG_RATE_HZ_MAX);
    return 0;
}

/* n_samples x n_channels values in the file's unit, NULL with an error. */
static float *
read_values(const Wav *wav, int n_samples, GError **error)
{
    const gsize n = (gsize)n_samples * (gsize)wav->n_channels;
    g_autofree float *values = g_new(float, n);

    for (gsize i = 0; i < n; i++) {
        double value = get_value(wav, wav->data + i * (gsize)(wav->bits / 8));

        if (wav->format == WG_WAV_FORMAT_PCM && i % (gsize)wav->n_channels >= 3)
            value *= DPS_FULL_SCALE / STEPS_FULL_SCALE;
        if (!isfinite(value) || fabs(value) >= WG_VALUE_MAX) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("%s: sample %zu holds no number below %g"), wav->name,
                        i / (gsize)wav->n_channels, WG_VALUE_MAX);
            return NULL;
        }
        values[i] = (float)value;
    }
    return g_steal_pointer(&values);
}

/* What one g is in the file, 0: it does not tell. */
static double
choose_units(const Wav *wav, float *values, int n_samples, const WgImportOptions *options)
{
    g_autofree char *unit = get_comment(wav, WG_WAV_COMMENT_UNIT);
    g_autofree char *original = get_comment(wav, WG_WAV_COMMENT_ORIGINAL);
    const double factor = original ? g_ascii_strtod(original, NULL) : 0;
    const double units = unit ? wg_axis_unit_find(unit) : 0;

    if (options->units_per_g <= 0 && fabs(units - 1) < 1e-9 &&
        wg_export_values_restore(values, n_samples, wav->n_channels, factor))
        return factor;
    return units;
}

static gboolean
is_wav(const char *content, gsize length)
{
    return length >= WG_WAV_RIFF_HEADER && memcmp(content, "RIFF", 4) == 0 &&
           memcmp(content + 8, "WAVE", 4) == 0;
}

static gboolean
read_wav(const char *name, const char *content, gsize length, const WgImportOptions *options,
         WgFileContent *found, GError **error)
{
    g_auto(Wav) wav = {.name = name};
    g_autofree float *values = NULL;
    g_autofree char *label = NULL;
    double rate_hz;
    int n_samples;

    if (!is_wav(content, length))
        return fail(&wav, error, _("it does not begin as a WAV does"));
    read_chunks(&wav, (const guint8 *)content, length);
    if (!check(&wav, error))
        return FALSE;
    rate_hz = choose_rate(&wav, options, error);
    if (rate_hz <= 0)
        return FALSE;
    n_samples = (int)(wav.n_bytes / (gsize)wav.frame_bytes);
    values = read_values(&wav, n_samples, error);
    label = options->label ? g_strdup(options->label)
            : wav.label    ? g_strdup(wav.label)
                           : wg_file_dup_label(name, options, error);
    if (values && label) {
        const WgRecordingSpec spec = {
            .label = label,
            .person = options->person ? options->person : wav.person,
            .device = wav.device,
            .file = name,
            .rate_hz = rate_hz,
            .n_samples = n_samples,
            .n_channels = wav.n_channels,
            .original_units_per_g = choose_units(&wav, values, n_samples, options),
            .samples = values,
            .original = values,
        };

        found->unknown_units = wav.format == WG_WAV_FORMAT_PCM ? STEPS_PER_G_UNKNOWN : 0;
        g_ptr_array_add(found->takes, wg_recording_new(&spec));
    }
    return values && label;
}

static int
matches(const char *name, const char *content, gsize length)
{
    return is_wav(content, length) ? 100 : 0;
}

const WgFileFormat wg_file_format_wav = {
    "wav",
    N_("WAV with x, y and z (and angular rates) as its channels, a folder with a file a take"),
    matches,
    read_wav,
    .write = wg_wav_write,
    .holds = WG_HOLDS_ALL,
};
