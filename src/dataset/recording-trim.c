/* A take that is a part of its recording: the samples, spans and gaps that are left of it. */
#include "dataset/recording-private.h"

#include <math.h>
#include <stdlib.h>

static int
compare_falling(gconstpointer a, gconstpointer b)
{
    const float left = *(const float *)a, right = *(const float *)b;

    return (left < right) - (left > right);
}

/* The recording tells how many values were at or beyond the ends of the range, not which: those are
 * as many of the largest of its acceleration. */
static int
count_clipped(const WgRecordingSpec *whole, int first, int n)
{
    g_autofree float *sizes = NULL;
    const int n_clipped = MIN(whole->n_clipped, 3 * whole->n_samples);
    int n_found = 0;

    if (n_clipped <= 0)
        return 0;
    sizes = g_new(float, 3 * (gsize)whole->n_samples);
    for (int i = 0; i < whole->n_samples; i++) {
        for (int axis = 0; axis < 3; axis++)
            sizes[3 * i + axis] = fabsf(whole->original[i * whole->n_channels + axis]);
    }
    qsort(sizes, 3 * (gsize)whole->n_samples, sizeof(float), compare_falling);
    for (int i = first; i < first + n; i++) {
        for (int axis = 0; axis < 3; axis++)
            n_found += fabsf(whole->original[i * whole->n_channels + axis]) >= sizes[n_clipped - 1];
    }
    return MIN(n_found, n_clipped);
}

static GArray *
cut_spans(const WgRecordingSpec *whole, int first, int n)
{
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(WgLabelSpan));

    for (int i = 0; i < whole->n_spans; i++) {
        WgLabelSpan span = whole->spans[i];
        const int end = MIN(span.first + span.n_samples, first + n);

        span.first = MAX(span.first, first);
        span.n_samples = end - span.first;
        span.first -= first;
        if (span.n_samples > 0)
            g_array_append_val(spans, span);
    }
    return spans;
}

/* What is missing before the first sample that is left is missing outside. */
static GArray *
cut_gaps(const WgRecordingSpec *whole, int first, int n)
{
    GArray *gaps = g_array_new(FALSE, FALSE, sizeof(WgGap));

    for (int i = 0; i < whole->n_gaps; i++) {
        const WgGap gap = {whole->gaps[i].first - first, whole->gaps[i].n_missing};

        if (gap.first > 0 && gap.first < n)
            g_array_append_val(gaps, gap);
    }
    return gaps;
}

WgRecording *
wg_recording_new_part(const WgRecordingSpec *whole, const char *digest, int first, int n)
{
    g_autoptr(GArray) spans = cut_spans(whole, first, n), gaps = cut_gaps(whole, first, n);
    const gsize at = (gsize)first * (gsize)whole->n_channels;
    WgRecordingSpec part = *whole;

    part.samples += at;
    part.original += at;
    part.n_samples = n;
    part.n_clipped = count_clipped(whole, first, n);
    part.spans = (const WgLabelSpan *)(gpointer)spans->data;
    part.n_spans = (int)spans->len;
    part.gaps = (const WgGap *)(gpointer)gaps->data;
    part.n_gaps = (int)gaps->len;
    part.trim_first = first;
    part.n_whole = whole->n_samples;
    return wg_recording_new_stored(&part, digest);
}

WgRecording *
wg_recording_cut_out(const WgRecording *self, int first, int n, const char *label)
{
    g_autoptr(WgRecording) part = wg_recording_new_part(wg_recording_get(self), NULL, first, n);
    WgRecordingSpec spec = *wg_recording_get(part);

    spec.id = 0;
    spec.label = label;
    spec.spans = NULL;
    spec.n_spans = 0;
    spec.trim_first = spec.n_whole = 0;
    return wg_recording_new(&spec);
}
