/* A recording: the frozen samples of one gesture or of a longer stretch, and where they came from.
 */
#include "dataset/recording.h"

#include "base/error.h"
#include "dataset/packed-samples.h"
#include "dataset/recording-private.h"
#include "dataset/window.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

struct _WgRecording {
    gint ref_count;
    WgRecordingSpec spec;
    char *digest; /* NULL: nobody has asked yet */
    float peak_g;
    WgSamplesRule rule;
    guint8 *packed; /* NULL: not; else the original values and, of WG_SAMPLES_OWN, the samples */
    gsize n_original, n_packed;
};

G_DEFINE_BOXED_TYPE(WgRecording, wg_recording, wg_recording_ref, wg_recording_unref)

/* `original`: those of the spec. */
static char *
compute_digest(const WgRecordingSpec *spec, const float *original)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA1);
    const gsize n_bytes = (gsize)spec->n_samples * spec->n_channels * sizeof(float);
    const gint32 channels = GINT32_TO_LE(spec->n_channels);
    const gint64 rate_mhz = GINT64_TO_LE((gint64)llround(spec->rate_hz * 1000));

    g_checksum_update(checksum, (const guchar *)&channels, sizeof channels);
    g_checksum_update(checksum, (const guchar *)&rate_mhz, sizeof rate_mhz);
    g_checksum_update(checksum, (const guchar *)original, (gssize)n_bytes);
    return g_strdup(g_checksum_get_string(checksum));
}

static float
compute_peak(const WgRecordingSpec *spec)
{
    float peak = 0;

    for (int i = 0; i < spec->n_samples; i++) {
        for (int axis = 0; axis < 3; axis++)
            peak = fmaxf(peak, fabsf(spec->samples[(gsize)i * spec->n_channels + axis]));
    }
    return peak;
}

/* Many takes have the same few. They stay for the program's life: GLib's counted strings are not
 * safe where one thread lets the last go while another asks for it. */
static const char *
intern(const char *text)
{
    return g_intern_string(text);
}

static const WgLabelSpan *
copy_spans(const WgRecordingSpec *spec)
{
    WgLabelSpan *spans = g_memdup2(spec->spans, sizeof(WgLabelSpan) * (gsize)spec->n_spans);

    for (int i = 0; i < spec->n_spans; i++)
        spans[i].label = g_strdup(spans[i].label);
    return spans;
}

/* All but samples, original and digest. */
static WgRecording *
copy_facts(const WgRecordingSpec *spec)
{
    WgRecording *self = g_new0(WgRecording, 1);

    self->ref_count = 1;
    self->spec = *spec;
    self->spec.label = intern(spec->label);
    self->spec.person = intern(spec->person);
    self->spec.device = intern(spec->device);
    self->spec.file = intern(spec->file);
    self->spec.held_back = intern(spec->held_back);
    self->spec.spans = copy_spans(spec);
    self->spec.gaps = g_memdup2(spec->gaps, sizeof(WgGap) * (gsize)spec->n_gaps);
    self->spec.samples = self->spec.original = NULL;
    self->peak_g = compute_peak(spec);
    return self;
}

WgRecording *
wg_recording_new_stored(const WgRecordingSpec *spec, const char *digest)
{
    const gsize n_values = (gsize)spec->n_samples * spec->n_channels;
    WgRecording *self = copy_facts(spec);

    self->spec.samples = g_memdup2(spec->samples, n_values * sizeof(float));
    if (spec->original == spec->samples) { /* as a file had them */
        self->spec.original = self->spec.samples;
    } else if (spec->original) {
        self->spec.original = g_memdup2(spec->original, n_values * sizeof(float));
    } else {
        float *original = g_new(float, n_values);

        wg_parts_compute_original(spec, original);
        self->spec.original = original;
    }
    self->digest = g_strdup(digest);
    return self;
}

WgRecording *
wg_recording_new(const WgRecordingSpec *spec)
{
    return wg_recording_new_stored(spec, NULL);
}

void
wg_recording_get_parts(const WgRecording *self, GByteArray *room, WgPackedParts *parts)
{
    if (!self->packed) {
        wg_parts_pack(&self->spec, room, parts);
        return;
    }
    *parts = (WgPackedParts){self->rule, self->packed, self->n_original,
                             self->packed + self->n_original, self->n_packed - self->n_original};
}

WgRecording *
wg_recording_new_of_parts(const WgRecordingSpec *spec, const char *digest,
                          const WgPackedParts *parts)
{
    const gsize n_values = (gsize)spec->n_samples * spec->n_channels;
    float few[2 * WG_VALUES_ON_STACK];
    g_autofree float *many = n_values > WG_VALUES_ON_STACK ? g_new(float, 2 * n_values) : NULL;
    float *original = many ? many : few, *samples = original + n_values;
    WgRecordingSpec facts = *spec;
    WgRecording *self;

    if (!wg_parts_unpack(spec, parts, original, samples))
        return NULL;
    facts.samples = samples; /* for the peak */
    self = copy_facts(&facts);
    self->digest = g_strdup(digest);
    self->rule = parts->rule;
    self->n_original = parts->n_original;
    self->n_packed = parts->n_original + parts->n_samples;
    self->packed = g_malloc(self->n_packed);
    memcpy(self->packed, parts->original, parts->n_original);
    if (parts->n_samples > 0)
        memcpy(self->packed + parts->n_original, parts->samples, parts->n_samples);
    return self;
}

WgRecording *
wg_recording_new_by_rule(const WgRecordingSpec *spec, WgSamplesRule rule)
{
    const gsize n_values = (gsize)spec->n_samples * spec->n_channels;
    guint8 few[WG_PACKED_BYTES_MAX(WG_VALUES_ON_STACK)];
    g_autofree guint8 *many =
        n_values > WG_VALUES_ON_STACK ? g_malloc(WG_PACKED_BYTES_MAX(n_values)) : NULL;
    guint8 *bytes = many ? many : few;
    const WgPackedParts parts = {rule, bytes,
                                 wg_packed_samples_write(spec->original, n_values, bytes), NULL, 0};

    return wg_recording_new_of_parts(spec, NULL, &parts);
}

WgRecording *
wg_recording_new_packed(const WgRecordingSpec *spec, const char *digest)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    WgPackedParts parts;

    wg_parts_pack(spec, bytes, &parts);
    return wg_recording_new_of_parts(spec, digest, &parts);
}

/* Threads that do it at once make the same: the first to be done gives it, the others' goes. */
static void
unpack(WgRecording *self)
{
    const gsize n_values = (gsize)self->spec.n_samples * self->spec.n_channels;
    float *samples = g_new(float, n_values + 1), *original = g_new(float, n_values + 1);
    WgPackedParts parts;

    wg_recording_get_parts(self, NULL, &parts);
    wg_parts_unpack(&self->spec, &parts, original, samples);
    if (!g_atomic_pointer_compare_and_exchange(&self->spec.original, NULL, original))
        g_free(original);
    if (!g_atomic_pointer_compare_and_exchange(&self->spec.samples, NULL, samples))
        g_free(samples);
}

WgRecording *
wg_recording_ref(WgRecording *self)
{
    g_atomic_int_inc(&self->ref_count);
    return self;
}

void
wg_recording_unref(WgRecording *self)
{
    if (!g_atomic_int_dec_and_test(&self->ref_count))
        return;
    if (self->spec.original != self->spec.samples)
        g_free((gpointer)self->spec.original);
    g_free((gpointer)self->spec.samples);
    for (int i = 0; i < self->spec.n_spans; i++)
        g_free((gpointer)self->spec.spans[i].label);
    g_free((gpointer)self->spec.spans);
    g_free((gpointer)self->spec.gaps);
    g_free(self->packed);
    g_free(self->digest);
    g_free(self);
}

const WgRecordingSpec *
wg_recording_get(const WgRecording *self)
{
    WgRecording *unpacked = (WgRecording *)self; /* nothing that can be seen changes */

    if (self->packed && !g_atomic_pointer_get(&unpacked->spec.samples))
        unpack(unpacked);
    return &self->spec;
}

const WgRecordingSpec *
wg_recording_get_facts(const WgRecording *self)
{
    return &self->spec;
}

float
wg_recording_get_peak_g(const WgRecording *self)
{
    return self->peak_g;
}

void
wg_recording_copy_samples(const WgRecording *self, float *samples)
{
    const gsize n_values = (gsize)self->spec.n_samples * self->spec.n_channels;
    const float *unpacked = g_atomic_pointer_get(&((WgRecording *)self)->spec.samples);
    g_autofree float *original = NULL;
    WgPackedParts parts;

    if (unpacked) {
        memcpy(samples, unpacked, n_values * sizeof(float));
        return;
    }
    original = g_new(float, n_values + 1);
    wg_recording_get_parts(self, NULL, &parts);
    wg_parts_unpack(&self->spec, &parts, original, samples);
}

char *
wg_recording_compute_digest(const WgRecording *self)
{
    const gsize n_values = (gsize)self->spec.n_samples * self->spec.n_channels;
    g_autofree float *unpacked = NULL;
    const float *original = g_atomic_pointer_get(&((WgRecording *)self)->spec.original);

    if (!original) {
        original = unpacked = g_new(float, n_values + 1);
        wg_packed_samples_read(self->packed, self->n_original, n_values, unpacked);
    }
    return compute_digest(&self->spec, original);
}

const char *
wg_recording_get_digest(const WgRecording *self)
{
    WgRecording *computed = (WgRecording *)self; /* nothing that can be seen changes */
    char *digest;

    if (g_atomic_pointer_get(&computed->digest))
        return computed->digest;
    digest = wg_recording_compute_digest(self);
    if (!g_atomic_pointer_compare_and_exchange(&computed->digest, NULL, digest))
        g_free(digest);
    return computed->digest;
}

int
wg_recording_get_n_missing(const WgRecording *self)
{
    int n = 0;

    for (int i = 0; i < self->spec.n_gaps; i++)
        n += self->spec.gaps[i].n_missing;
    return n;
}

int
wg_recording_get_piece_end(const WgRecording *self, int first)
{
    for (int i = 0; i < self->spec.n_gaps; i++) {
        if (self->spec.gaps[i].first > first)
            return self->spec.gaps[i].first;
    }
    return self->spec.n_samples;
}

gboolean
wg_label_spans_check(const WgLabelSpan *spans, int n, int n_samples, GError **error)
{
    int end = 0;

    for (int i = 0; i < n; i++) {
        const WgLabelSpan *span = &spans[i];

        if (span->first < end || span->n_samples <= 0 ||
            span->n_samples > n_samples - span->first || !span->label || !*span->label) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("span %d (%d samples from %d, “%s”) overlaps another, has no label, or "
                          "leaves the recording's %d samples"),
                        i + 1, span->n_samples, span->first, span->label ? span->label : "",
                        n_samples);
            return FALSE;
        }
        end = span->first + span->n_samples;
    }
    return TRUE;
}

static const char *const wrist_names[] = {NULL, "left", "right"};

const char *
wg_wrist_get_name(WgWrist wrist)
{
    return wrist_names[wrist];
}

WgWrist
wg_wrist_find(const char *name)
{
    for (int i = WG_WRIST_LEFT; i <= WG_WRIST_RIGHT; i++) {
        if (g_strcmp0(name, wrist_names[i]) == 0)
            return (WgWrist)i;
    }
    return WG_WRIST_UNKNOWN;
}

WgRecording *
wg_recording_new_piece(const WgRecording *self, int first, int n)
{
    WgRecordingSpec spec = *wg_recording_get(self);
    const gsize at = (gsize)first * (gsize)spec.n_channels;

    spec.samples += at;
    spec.original += at;
    spec.n_samples = n;
    spec.spans = NULL;
    spec.gaps = NULL;
    spec.n_spans = spec.n_gaps = 0;
    spec.start_s += first / spec.rate_hz;
    return wg_recording_new(&spec);
}

WgRecording *
wg_recording_dup_longest_piece(WgRecording *self)
{
    int best = 0, n_best = 0;

    if (self->spec.n_gaps == 0)
        return wg_recording_ref(self);
    for (int first = 0; first < self->spec.n_samples;) {
        const int end = wg_recording_get_piece_end(self, first);

        if (end - first > n_best) {
            best = first;
            n_best = end - first;
        }
        first = end;
    }
    return wg_recording_new_piece(self, best, n_best);
}

gint8 *
wg_recording_dup_history(const WgRecording *self)
{
    const WgRecordingSpec *spec = wg_recording_get(self);
    const int n = spec->n_samples;
    gint8 *history = g_new(gint8, (gsize)n * 3);

    for (int i = 0; i < n; i++) {
        for (int axis = 0; axis < 3; axis++) {
            const float g = spec->samples[i * spec->n_channels + axis];

            history[i * 3 + axis] = (gint8)CLAMP(lrintf(g * WG_UNITS_PER_G), -128, 127);
        }
    }
    return history;
}
