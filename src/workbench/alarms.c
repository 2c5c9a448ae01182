/* What ordinary movement sets off: every answer in such a recording is a false alarm. */
#include "workbench/alarms.h"

#include "workbench/poisson.h"

#include <glib/gi18n.h>
#include <math.h>

#define HOUR_S 3600.0
#define AXES 3

/* Within the stream: a window may begin before it. */
static WgSpan
clip(const WgStreamSource *source, const WgSpan *span)
{
    WgSpan clipped = *span;

    clipped.start = CLAMP(span->start, 0, source->stream->n_samples - 1);
    clipped.end = CLAMP(span->end, clipped.start + 1, source->stream->n_samples);
    return clipped;
}

static JsonArray *
list_samples(const WgStream *stream, const WgSpan *span)
{
    JsonArray *samples = json_array_new();

    for (int t = span->start; t < span->end; t++) {
        JsonArray *sample = json_array_new();

        for (int axis = 0; axis < AXES; axis++)
            json_array_add_double_element(sample, (double)stream->samples[t * AXES + axis]);
        json_array_add_array_element(samples, sample);
    }
    return samples;
}

/* Rounded, as so few say no more. */
static char *
describe(int n, double seconds, double low, double high)
{
    const int at_least = (int)floor(low), at_most = (int)ceil(high);

    if (n == 0)
        return g_strdup_printf(
            ngettext("No false alarm in %.0f second: fewer than %d an hour, as far as so short a "
                     "time tells.",
                     "No false alarm in %.0f seconds: fewer than %d an hour, as far as so short a "
                     "time tells.",
                     (gulong)seconds),
            seconds, at_most);
    return g_strdup_printf(
        ngettext("%d false alarm in %.0f seconds: about %.0f an hour, and anything from %d to %d "
                 "would fit.",
                 "%d false alarms in %.0f seconds: about %.0f an hour, and anything from %d to %d "
                 "would fit.",
                 (gulong)n),
        n, seconds, n / seconds * HOUR_S, at_least, at_most);
}

JsonObject *
wg_alarms_new(const WgStreamSource *source, const WgReplay *replay)
{
    g_autoptr(WgStreamAnswers) answers = wg_replay_answer(replay, &source->rule);
    const double seconds = source->stream->duration_s, rate_hz = source->stream->rate_hz;
    JsonArray *list = json_array_new();
    JsonObject *result = json_object_new();
    g_autofree char *verdict = NULL;
    double low, high;

    for (int i = 0; i < answers->n; i++) {
        const WgSpan span = clip(source, &answers->spans[i]);
        JsonObject *answer = json_object_new();

        json_object_set_string_member(answer, "label", source->model->labels[span.label]);
        json_object_set_double_member(answer, "confidence", answers->confidence[i]);
        json_object_set_double_member(answer, "start_s", span.start / rate_hz);
        json_object_set_double_member(answer, "end_s", span.end / rate_hz);
        json_object_set_array_member(answer, "samples", list_samples(source->stream, &span));
        json_array_add_object_element(list, answer);
    }
    wg_poisson_find_interval(answers->n, WG_ALARMS_LEVEL, &low, &high);
    low *= HOUR_S / seconds;
    high *= HOUR_S / seconds;
    verdict = describe(answers->n, seconds, low, high);
    json_object_set_double_member(result, "seconds", seconds);
    json_object_set_int_member(result, "alarms", answers->n);
    json_object_set_double_member(result, "per_hour", answers->n / seconds * HOUR_S);
    json_object_set_double_member(result, "low", low);
    json_object_set_double_member(result, "high", high);
    json_object_set_double_member(result, "threshold", source->rule.threshold);
    json_object_set_double_member(result, "rate_hz", rate_hz);
    json_object_set_array_member(result, "answers", list);
    json_object_set_string_member(result, "verdict", verdict);
    return result;
}

GPtrArray *
wg_alarms_cut(const WgStreamSource *source, const WgReplay *replay, const char *label)
{
    g_autoptr(WgStreamAnswers) answers = wg_replay_answer(replay, &source->rule);
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (int i = 0; i < answers->n; i++) {
        const WgSpan span = clip(source, &answers->spans[i]);
        const WgRecordingSpec spec = {
            .label = label,
            .rate_hz = source->stream->rate_hz,
            .n_samples = span.end - span.start,
            .n_channels = AXES,
            .samples = source->stream->samples + (gsize)span.start * AXES,
            .original_units_per_g = 1,
        };

        g_ptr_array_add(takes, wg_recording_new(&spec));
    }
    return takes;
}
