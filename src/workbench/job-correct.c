/* The job "correct": a gesture that a watch mistook becomes a take with its right name. */
#include "base/error.h"
#include "dataset/window.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/patience.h"

#include <glib/gi18n.h>
#include <string.h>

/* A movement has more than one. */
#define SAMPLES_LEAST 2

/* The decoder passes over what is no base64. */
static gboolean
is_base64(const char *text)
{
    const gsize n =
        strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    return text[n + strspn(text + n, "=")] == '\0';
}

/* As the watch cut it: n x 3 int8 in base64. NULL with the error. */
static WgRecording *
read_take(WgJob *job, GError **error)
{
    const char *label = wg_job_get_string(job, "label");
    const char *input = wg_job_get_string(job, "input");
    gsize length = 0;
    g_autofree guchar *history = input && is_base64(input) ? g_base64_decode(input, &length) : NULL;
    g_autofree float *samples = NULL;
    WgRecordingSpec spec = {.label = label,
                            .person = wg_job_get_string(job, "person"),
                            .device = wg_job_get_string(job, "device"),
                            .rate_hz = WG_WINDOW_RATE_HZ,
                            .n_channels = WG_WINDOW_CHANNELS,
                            .original_units_per_g = WG_UNITS_PER_G};

    if (!label || !*label || length < (gsize)SAMPLES_LEAST * WG_WINDOW_CHANNELS ||
        length % WG_WINDOW_CHANNELS != 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--label takes what it was, --input what “listen” told of it: %zu bytes are "
                    "no whole samples of x, y and z",
                    length);
        return NULL;
    }
    samples = g_new(float, length);
    for (gsize i = 0; i < length; i++)
        samples[i] = (float)(gint8)history[i] / WG_UNITS_PER_G;
    spec.samples = samples;
    spec.n_samples = (int)length / WG_WINDOW_CHANNELS;
    return wg_recording_new(&spec);
}

static gboolean
run(WgJob *job, GError **error)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    WgRecording *take = read_take(job, error);
    g_autoptr(WgRecording) kept = NULL;
    g_autoptr(GError) why = NULL;
    JsonObject *result;
    gint64 id = 0;
    int n_added = 0;

    if (!take)
        return FALSE;
    g_ptr_array_add(takes, take);
    if (!wg_patience_wait(job, error) ||
        !wg_project_add_recordings(wg_job_get_project(job), takes, &id, &n_added, error))
        return FALSE;
    kept = wg_project_load_recording(wg_job_get_project(job), id, &why);
    if (!kept) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                    _("take %d is this gesture and is not here any more (%s): take its deletion "
                      "back"),
                    (int)id, why->message);
        return FALSE;
    }
    result = json_object_new();
    json_object_set_int_member(result, "id", id);
    json_object_set_boolean_member(result, "known", n_added == 0);
    /* one that was here before keeps its name */
    json_object_set_string_member(result, "label", wg_recording_get_facts(kept)->label);
    json_object_set_string_member(result, "wanted", wg_job_get_string(job, "label"));
    wg_job_take_result(job, result);
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"label", WG_OPTION_NAME, "LABEL", "what it was", NULL},
    {"input", WG_OPTION_STRING, "BASE64", "its samples, as “listen” tells them", NULL},
    {"person", WG_OPTION_NAME, "NAME", "who did it", NULL},
    {"device", WG_OPTION_STRING, "NAME", "the watch that it was done with", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_correct = {
    "correct", "keeps a gesture that the watch mistook as a take", "PROJECT", options_table, run,
    NULL,
};
