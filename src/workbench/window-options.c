/* The options that say what windows a model sees, and how they are kept with it. */
#include "workbench/window-options.h"

#include "base/error.h"
#include "workbench/json.h"

#include <glib/gi18n.h>
#include <math.h>

/* "50" samples or "1.5s" seconds at that rate. */
static gboolean
read_length(const char *option, const char *text, double rate_hz, int *n, GError **error)
{
    char *end = NULL;
    double number = g_ascii_strtod(text, &end);
    const gboolean is_time = end != text && end[0] == 's' && end[1] == '\0';

    if (is_time)
        number = round(number * rate_hz);
    if (end == text || (*end && !is_time) || !(number >= 1) || number > G_MAXINT16 ||
        number != floor(number)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--%s takes a number of samples (50) or seconds (1s), not “%s”", option, text);
        return FALSE;
    }
    *n = (int)number;
    return TRUE;
}

gboolean
wg_window_options_get(WgJob *job, const WgPreset *preset, WgWindowOptions *options, GError **error)
{
    const char *step = wg_job_get_string(job, "step");
    const gboolean has_own = preset && preset->has_window;

    *options = has_own ? preset->window : wg_window_options_watch;
    if (!has_own || wg_job_is_given(job, "rate"))
        options->rate_hz = wg_job_get_number(job, "rate");
    options->range_g = wg_job_get_number(job, "range");
    options->range_dps = wg_job_get_number(job, "gyro-range");
    options->standardise = wg_job_has(job, "standardise");
    if (wg_job_has(job, "shift"))
        options->shift = (int)wg_job_get_int(job, "shift");
    if (!has_own || wg_job_is_given(job, "channels"))
        options->channels = wg_channels_parse(wg_job_get_string(job, "channels"), error);
    if (options->channels == 0 ||
        !wg_event_position_parse(wg_job_get_string(job, "event"), &options->event, error))
        return FALSE;
    if ((!has_own || wg_job_is_given(job, "window")) &&
        !read_length("window", wg_job_get_string(job, "window"), options->rate_hz, &options->length,
                     error))
        return FALSE;
    options->step = MAX(1, options->length / 2);
    return (!step || read_length("step", step, options->rate_hz, &options->step, error)) &&
           wg_window_options_check(options, error);
}

void
wg_window_options_tell(WgJob *job, WgDataset *dataset)
{
    const WgWindowOptions *window = wg_dataset_get_window(dataset);
    g_autofree char *words = wg_window_options_describe(window);
    const int n = wg_dataset_get_n(dataset), n_left_out = wg_dataset_get_n_left_out(dataset);
    double lowest_hz = INFINITY, highest_hz = 0;
    int n_other = 0, n_slices = 0;

    for (int i = 0; i < n; i++) {
        WgRecording *source = wg_dataset_get_source(dataset, i);
        const double rate_hz = wg_recording_get(source)->rate_hz;

        n_slices += source != wg_dataset_get(dataset, i);
        if (fabs(rate_hz - window->rate_hz) < 0.01)
            continue;
        n_other++;
        lowest_hz = fmin(lowest_hz, rate_hz);
        highest_hz = fmax(highest_hz, rate_hz);
    }
    if (n_other > 0 && lowest_hz == highest_hz)
        wg_job_note(job,
                    ngettext("%d of %d takes has %g Hz: resampled, a window is %s",
                             "%d of %d takes have %g Hz: resampled, a window is %s",
                             (gulong)n_other),
                    n_other, n, lowest_hz, words);
    else if (n_other > 0)
        wg_job_note(job,
                    _("%d of %d takes have other rates (%g to %g Hz): resampled, a window is %s"),
                    n_other, n, lowest_hz, highest_hz, words);
    if (n_slices + n_left_out > 0)
        wg_job_note(job,
                    ngettext("continuous recordings give %d window; left out as "
                             "unlabelled or shared by two gestures: %d",
                             "continuous recordings give %d windows; left out as "
                             "unlabelled or shared by two gestures: %d",
                             (gulong)n_slices),
                    n_slices, n_left_out);
}

WgDataset *
wg_window_options_load(WgJob *job, const WgPreset *preset, GPtrArray *recordings,
                       const char *const *labels, GError **error)
{
    WgWindowOptions options;
    WgDataset *dataset;

    if (!wg_window_options_get(job, preset, &options, error))
        return NULL;
    dataset = wg_dataset_new_for_windows(recordings, labels, &options, error);
    if (dataset)
        wg_window_options_tell(job, dataset);
    return dataset;
}

JsonObject *
wg_window_options_to_json(const WgWindowOptions *options)
{
    JsonObject *object = json_object_new();
    g_autofree char *channels = wg_channels_to_text(options->channels);

    json_object_set_double_member(object, "rate_hz", options->rate_hz);
    json_object_set_int_member(object, "length", options->length);
    json_object_set_string_member(object, "channels", channels);
    json_object_set_string_member(object, "event", wg_event_position_to_text(options->event));
    json_object_set_int_member(object, "step", options->step);
    json_object_set_double_member(object, "range_g", options->range_g);
    json_object_set_double_member(object, "range_dps", options->range_dps);
    json_object_set_int_member(object, "shift", options->shift);
    json_object_set_boolean_member(object, "standardise", options->standardise);
    return object;
}

gboolean
wg_window_options_from_json(JsonObject *object, WgWindowOptions *options, GError **error)
{
    const WgWindowOptions *watch = &wg_window_options_watch;
    gint64 length, step;

    *options = *watch;
    if (!object)
        return TRUE;
    options->rate_hz = wg_json_get_double(object, "rate_hz", watch->rate_hz);
    options->range_g = wg_json_get_double(object, "range_g", watch->range_g);
    options->range_dps = wg_json_get_double(object, "range_dps", watch->range_dps);
    length = wg_json_get_int(object, "length", watch->length);
    step = wg_json_get_int(object, "step", watch->step);
    /* what a hand-made file says is checked below, not wrapped around */
    options->length = (int)CLAMP(length, 0, G_MAXINT);
    options->step = (int)CLAMP(step, 0, G_MAXINT);
    options->shift = (int)CLAMP(wg_json_get_int(object, "shift", -1), -1, G_MAXINT);
    options->standardise = wg_json_get_boolean(object, "standardise", FALSE);
    options->channels = wg_channels_parse(wg_json_get_text(object, "channels", "x,y,z"), error);
    return options->channels != 0 &&
           wg_event_position_parse(wg_json_get_text(object, "event", "first"), &options->event,
                                   error) &&
           wg_window_options_check(options, error);
}

/* A board's program has to know what to hand over; the watch's does. It stands in the model's file,
 * whose bytes are the same in every language and with every decimal separator. */
char *
wg_window_options_dup_description(const WgWindowOptions *window)
{
    g_autofree char *channels = wg_channels_to_text(window->channels);
    char rate[G_ASCII_DTOSTR_BUF_SIZE], g[G_ASCII_DTOSTR_BUF_SIZE], dps[G_ASCII_DTOSTR_BUF_SIZE];
    gboolean is_usual_range;

    if (wg_window_options_is_watch(window))
        return g_strdup("Waggle");
    is_usual_range = window->range_g == wg_window_options_watch.range_g;
    g_ascii_formatd(rate, sizeof rate, "%g", window->rate_hz);
    g_ascii_formatd(g, sizeof g, "%g", window->range_g);
    g_ascii_formatd(dps, sizeof dps, "%g", window->range_dps);
    return g_strdup_printf("Waggle: %d samples of %s at %s Hz%s%s%s; %s degrees per second are as "
                           "many steps as %s g",
                           window->length, channels, rate, is_usual_range ? "" : " and ",
                           is_usual_range ? "" : g, is_usual_range ? "" : " g", dps, g);
}
