/* Continuous recordings, labelled in spans, as windows by a sliding step. */
#include "dataset/slices.h"

#include "dataset/resample.h"

#include <math.h>
#include <string.h>

/* Share of a window's samples that one label must have. */
#define SHARE_MIN 0.75

/* A span in samples of the window's rate. */
typedef struct {
    int first, end;
    const char *label;
} Stretch;

/* Sample i of the new rate belongs to a span when the time it stands for lies in it. Samples are
 * counted from sample `first` of the recording. */
static Stretch *
convert_spans(const WgRecordingSpec *spec, int first, double rate_hz)
{
    Stretch *stretches = g_new(Stretch, spec->n_spans);
    const double ratio = rate_hz / spec->rate_hz;

    for (int i = 0; i < spec->n_spans; i++) {
        const WgLabelSpan *span = &spec->spans[i];

        stretches[i].first = (int)ceil((span->first - first) * ratio - 1e-9);
        stretches[i].end = (int)ceil((span->first - first + span->n_samples) * ratio - 1e-9);
        stretches[i].label = span->label;
    }
    return stretches;
}

static int
count_label(const Stretch *stretches, int n, const char *label, int start, int end)
{
    int n_samples = 0;

    for (int i = 0; i < n; i++) {
        if (g_str_equal(stretches[i].label, label))
            n_samples += MAX(0, MIN(end, stretches[i].end) - MAX(start, stretches[i].first));
    }
    return n_samples;
}

/* The label of the window from start to end, NULL: it is ambiguous or has none. `stretches` are
 * those that touch it. */
static const char *
judge(const Stretch *stretches, int n, int start, int end)
{
    gboolean has_whole = FALSE, is_alone = TRUE;

    for (int i = 0; i < n; i++) {
        const char *label = stretches[i].label;

        if (count_label(stretches, n, label, start, end) >= SHARE_MIN * (end - start))
            return label;
        has_whole = has_whole || (stretches[i].first >= start && stretches[i].end <= end &&
                                  stretches[i].end > stretches[i].first);
        is_alone = is_alone && g_str_equal(label, stretches[0].label);
    }
    return has_whole && is_alone ? stretches[0].label : NULL;
}

typedef struct {
    GPtrArray *entries, *sources;
    const WgWindowOptions *options;
    int n_left_out;
} Slicing;

static void
add_slice(Slicing *slicing, WgRecording *recording, const float *samples, int start, double begin_s,
          const char *label)
{
    const WgRecordingSpec *whole = wg_recording_get(recording);
    const WgRecordingSpec spec = {
        .id = whole->id,
        .label = label,
        .person = whole->person,
        .device = whole->device,
        .file = whole->file,
        .line = whole->line,
        .rate_hz = slicing->options->rate_hz,
        .n_samples = slicing->options->length,
        .n_channels = whole->n_channels,
        .samples = samples + (gsize)start * (gsize)whole->n_channels,
        .original_units_per_g = 1,
        .start_s = begin_s + start / slicing->options->rate_hz,
    };

    g_ptr_array_add(slicing->entries, wg_recording_new(&spec));
    g_ptr_array_add(slicing->sources, recording);
}

/* When a sample was measured, in s from the recording's beginning: what is missing took its time.
 */
static double
get_time_s(const WgRecordingSpec *spec, int sample)
{
    int place = sample;

    for (int i = 0; i < spec->n_gaps && spec->gaps[i].first <= sample; i++)
        place += spec->gaps[i].n_missing;
    return place / spec->rate_hz;
}

/* The windows of the samples from `begin` to `end`, which no gap interrupts. */
static gboolean
slice(Slicing *slicing, WgRecording *recording, int begin, int end_of_piece, GError **error)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);
    const WgWindowOptions *options = slicing->options;
    int n = 0, first = 0;
    g_autofree float *samples =
        wg_resample(spec->samples + (gsize)begin * (gsize)spec->n_channels, end_of_piece - begin,
                    spec->n_channels, spec->rate_hz, options->rate_hz, &n, error);
    g_autofree Stretch *stretches = convert_spans(spec, begin, options->rate_hz);

    if (!samples) {
        g_prefix_error(error, "%s: ", spec->file ? spec->file : spec->label);
        return FALSE;
    }
    for (int start = 0; start + options->length <= n; start += options->step) {
        const int end = start + options->length;
        const char *label;
        int last;

        while (first < spec->n_spans && stretches[first].end <= start)
            first++;
        for (last = first; last < spec->n_spans && stretches[last].first < end;)
            last++;
        label = judge(stretches + first, last - first, start, end);
        if (label)
            add_slice(slicing, recording, samples, start, get_time_s(spec, begin), label);
        else
            slicing->n_left_out++;
    }
    return TRUE;
}

GPtrArray *
wg_slices_new(GPtrArray *recordings, const WgWindowOptions *options, GPtrArray *sources,
              int *n_left_out, GError **error)
{
    g_autoptr(GPtrArray) entries =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    Slicing slicing = {entries, sources, options, 0};

    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);
        const WgRecordingSpec *spec = wg_recording_get(recording);

        if (spec->n_spans == 0 || spec->disabled) {
            g_ptr_array_add(entries, wg_recording_ref(recording));
            g_ptr_array_add(sources, recording);
            continue;
        }
        for (int begin = 0; begin < spec->n_samples;) {
            const int end = wg_recording_get_piece_end(recording, begin);

            if (!slice(&slicing, recording, begin, end, error))
                return NULL;
            begin = end;
        }
    }
    *n_left_out = slicing.n_left_out;
    return g_steal_pointer(&entries);
}
