/* A recording: the frozen samples of one gesture or of a longer stretch, and where they came from.
 */
#include "dataset/recording.h"

#include "dataset/window.h"

#include <math.h>
#include <string.h>

struct _WgRecording {
    gint ref_count;
    WgRecordingSpec spec;
    char *digest;
};

G_DEFINE_BOXED_TYPE(WgRecording, wg_recording, wg_recording_ref, wg_recording_unref)

static char *
compute_digest(const WgRecordingSpec *spec)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA1);
    const gsize n_bytes = (gsize)spec->n_samples * spec->n_channels * sizeof(float);
    const gint32 channels = GINT32_TO_LE(spec->n_channels);
    const gint64 rate_mhz = GINT64_TO_LE((gint64)llround(spec->rate_hz * 1000));

    g_checksum_update(checksum, (const guchar *)&channels, sizeof channels);
    g_checksum_update(checksum, (const guchar *)&rate_mhz, sizeof rate_mhz);
    g_checksum_update(checksum, (const guchar *)spec->original, (gssize)n_bytes);
    return g_strdup(g_checksum_get_string(checksum));
}

static const WgLabelSpan *
copy_spans(const WgRecordingSpec *spec)
{
    WgLabelSpan *spans = g_memdup2(spec->spans, sizeof(WgLabelSpan) * (gsize)spec->n_spans);

    for (int i = 0; i < spec->n_spans; i++)
        spans[i].label = g_strdup(spans[i].label);
    return spans;
}

WgRecording *
wg_recording_new(const WgRecordingSpec *spec)
{
    const gsize n_values = (gsize)spec->n_samples * spec->n_channels;
    WgRecording *self = g_new0(WgRecording, 1);
    float *original;

    self->ref_count = 1;
    self->spec = *spec;
    self->spec.label = g_strdup(spec->label);
    self->spec.person = g_strdup(spec->person);
    self->spec.device = g_strdup(spec->device);
    self->spec.file = g_strdup(spec->file);
    self->spec.samples = g_memdup2(spec->samples, n_values * sizeof(float));
    if (spec->original) {
        self->spec.original = g_memdup2(spec->original, n_values * sizeof(float));
    } else {
        original = g_new(float, n_values);
        for (gsize i = 0; i < n_values; i++)
            original[i] = (i % (gsize)spec->n_channels < 3)
                              ? (float)(spec->samples[i] * spec->original_units_per_g)
                              : spec->samples[i];
        self->spec.original = original;
    }
    self->spec.spans = copy_spans(spec);
    self->spec.gaps = g_memdup2(spec->gaps, sizeof(WgGap) * (gsize)spec->n_gaps);
    self->spec.held_back = g_strdup(spec->held_back);
    self->digest = compute_digest(&self->spec);
    return self;
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
    g_free((gpointer)self->spec.label);
    g_free((gpointer)self->spec.person);
    g_free((gpointer)self->spec.device);
    g_free((gpointer)self->spec.file);
    g_free((gpointer)self->spec.samples);
    g_free((gpointer)self->spec.original);
    for (int i = 0; i < self->spec.n_spans; i++)
        g_free((gpointer)self->spec.spans[i].label);
    g_free((gpointer)self->spec.spans);
    g_free((gpointer)self->spec.gaps);
    g_free((gpointer)self->spec.held_back);
    g_free(self->digest);
    g_free(self);
}

const WgRecordingSpec *
wg_recording_get(const WgRecording *self)
{
    return &self->spec;
}

const char *
wg_recording_get_digest(const WgRecording *self)
{
    return self->digest;
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

WgRecording *
wg_recording_new_piece(const WgRecording *self, int first, int n)
{
    WgRecordingSpec spec = self->spec;
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
    const int n = self->spec.n_samples;
    gint8 *history = g_new(gint8, (gsize)n * 3);

    for (int i = 0; i < n; i++) {
        for (int axis = 0; axis < 3; axis++) {
            const float g = self->spec.samples[i * self->spec.n_channels + axis];

            history[i * 3 + axis] = (gint8)CLAMP(lrintf(g * WG_UNITS_PER_G), -128, 127);
        }
    }
    return history;
}
