/* An hour at 100 Hz over a pseudo-terminal, its clock the samples' own: as fast as they are taken.
 */
#include "scripted-watch.h"

#include "workbench/job.h"

#include <glib/gstdio.h>
#include <math.h>

#define HOUR_SAMPLES 360000
#define UNITS_PER_G 4096 /* of the sensor at +-8 g */

typedef struct {
    JsonObject *result;
    GError *error;
    gboolean is_done;
} Answer;

static void
on_done(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Answer *answer = user_data;

    answer->result = wg_job_run_finish(WG_JOB(source), result, &answer->error);
    answer->is_done = TRUE;
}

static JsonObject *
record(WgSession *session, const char *address)
{
    const char *const options[] = {"watch", address,   "label",      "hour", "rate",
                                   "100",   "trigger", "continuous", NULL};
    g_autoptr(WgJob) job = wg_job_new(session, "record", NULL);
    Answer answer = {0};

    for (int i = 0; options[i]; i += 2)
        g_assert_true(wg_job_set(job, options[i], options[i + 1], NULL));
    wg_job_run_async(job, on_done, &answer);
    while (!answer.is_done)
        g_main_context_iteration(NULL, TRUE);
    g_assert_no_error(answer.error);
    return answer.result;
}

/* Which samples should be there, and where some are missing: what the watch's end knows. */
static void
expect(const ScriptedWatch *watch, GArray *numbers, GArray *gaps)
{
    guint next_lost = 0;
    int n_missing = 0;

    for (int first = 0; first < watch->n_samples; first += SCRIPTED_BLOCK) {
        if (next_lost < watch->lost->len && g_array_index(watch->lost, int, next_lost) == first) {
            next_lost++;
            n_missing += SCRIPTED_BLOCK;
            continue;
        }
        if (n_missing > 0) {
            const WgGap gap = {(int)numbers->len, n_missing};

            g_array_append_val(gaps, gap);
            n_missing = 0;
        }
        for (int k = first; k < first + SCRIPTED_BLOCK; k++)
            g_array_append_val(numbers, k);
    }
}

static int
count_wrong(const WgRecordingSpec *spec, GArray *numbers)
{
    int n_wrong = 0;

    for (int i = 0; i < spec->n_samples; i++) {
        gboolean is_equal = TRUE;
        int raw[3];

        scripted_watch_get_sample(g_array_index(numbers, int, i), raw);
        for (int axis = 0; axis < 3; axis++) {
            /* whole numbers below 2^24 are exact in both, and so is their 4096th part */
            is_equal &= spec->original[3 * i + axis] == (float)raw[axis];
            is_equal &= spec->samples[3 * i + axis] == (float)raw[axis] / UNITS_PER_G;
        }
        n_wrong += !is_equal;
    }
    return n_wrong;
}

static void
test_hour(gconstpointer data)
{
    const int per_mille = GPOINTER_TO_INT(data);
    g_autofree char *folder = g_dir_make_tmp("waggle-hour-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "p.waggle", NULL);
    g_autoptr(ScriptedWatch) watch = scripted_watch_new(HOUR_SAMPLES, per_mille, 11);
    g_autoptr(WgSession) session = wg_session_new();
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(WgGap));
    g_autoptr(GPtrArray) recordings = NULL;
    g_autoptr(JsonObject) result = NULL;
    const WgRecordingSpec *spec;
    const gint64 start_us = g_get_monotonic_time();
    int n_wrong;

    g_assert_true(wg_session_create_project(session, path, NULL));
    result = record(session, watch->address);
    recordings = wg_project_load_recordings(wg_session_get_project(session), NULL);
    g_assert_cmpuint(recordings->len, ==, 1);
    spec = wg_recording_get(g_ptr_array_index(recordings, 0));
    expect(watch, numbers, gaps);
    n_wrong = count_wrong(spec, numbers);
    g_test_message(
        "%d samples in, %u lines of them dropped or damaged; %d stored, %d wrong, %d gaps "
        "with %d samples stored, told alive %d times; %.1f s, at most %.0f ms from "
        "arrival to the file",
        watch->n_sent, watch->lost->len, spec->n_samples, n_wrong, spec->n_gaps,
        wg_recording_get_n_missing(g_ptr_array_index(recordings, 0)), watch->n_alive,
        (double)(g_get_monotonic_time() - start_us) / G_USEC_PER_SEC,
        json_object_get_double_member(result, "longest_ms"));
    g_assert_cmpint(spec->n_samples, ==, (int)numbers->len);
    g_assert_cmpint(spec->n_samples + wg_recording_get_n_missing(g_ptr_array_index(recordings, 0)),
                    ==, HOUR_SAMPLES);
    g_assert_cmpint(n_wrong, ==, 0);
    g_assert_cmpint(spec->n_gaps, ==, (int)gaps->len);
    g_assert_cmpmem(spec->gaps, sizeof(WgGap) * (gsize)spec->n_gaps, gaps->data,
                    sizeof(WgGap) * gaps->len);
    g_assert_cmpfloat_with_epsilon(spec->rate_hz, 100,
                                   1e-9); /* the nominal rate, exact in binary */
    g_assert_cmpfloat_with_epsilon(spec->original_units_per_g, UNITS_PER_G, 1e-9);
    g_assert_cmpint(spec->n_gaps > 0, ==, per_mille > 0);
    wg_session_drop_watch(session);
    wg_session_close_project(session);
    g_unlink(path);
    g_rmdir(folder);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_data_func("/workbench/record-hour/stores-every-sample", GINT_TO_POINTER(0),
                         test_hour);
    g_test_add_data_func("/workbench/record-hour/stores-every-gap-as-a-gap", GINT_TO_POINTER(20),
                         test_hour);
    return g_test_run();
}
