/* Recordings of a file or folder to calibrate on: none of them may be a test take. */
#include "base/error.h"
#include "base/file.h"
#include "dataset/import.h"
#include "workbench/calibration.h"
#include "workbench/json.h"
#include "workbench/units-option.h"

#include <glib/gi18n.h>

/* The samples in the steps of the watch's history: a take keeps them through any format and unit
 * that it is written in. Caller frees. */
static char *
dup_content(WgRecording *recording)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);
    g_autofree gint8 *history = wg_recording_dup_history(recording);

    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)history,
                                       (gsize)spec->n_samples * 3);
}

typedef struct {
    GHashTable *recordings; /* content, and digest -> WgRecording of the project */
    GHashTable *tests;      /* set of its test takes, which the other owns */
} Known;

/* The project's take that this one is by its samples, in its own units or in the watch's; NULL. */
static WgRecording *
find_same(const Known *known, WgRecording *recording)
{
    g_autofree char *content = dup_content(recording);
    WgRecording *same = g_hash_table_lookup(known->recordings, content);

    return same ? same : g_hash_table_lookup(known->recordings, wg_recording_get_digest(recording));
}

static gboolean
load_known(WgProject *project, WgModel *model, Known *known, GError **error)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(project, error);
    JsonObject *split = json_object_has_member(model->meta, "split")
                            ? wg_json_get_object(model->meta, "split")
                            : NULL;
    g_autoptr(GArray) ids = split ? wg_json_dup_ids(split, "test") : NULL;
    g_autoptr(GHashTable) tests = g_hash_table_new(g_int64_hash, g_int64_equal);

    if (!all)
        return FALSE;
    for (guint i = 0; ids && i < ids->len; i++)
        g_hash_table_add(tests, &g_array_index(ids, gint64, i));
    for (guint i = 0; i < all->len; i++) {
        WgRecording *recording = g_ptr_array_index(all, i);

        if (g_hash_table_contains(tests, &wg_recording_get(recording)->id))
            g_hash_table_add(known->tests, recording);
        g_hash_table_insert(known->recordings, dup_content(recording), wg_recording_ref(recording));
        g_hash_table_insert(known->recordings, g_strdup(wg_recording_get_digest(recording)),
                            wg_recording_ref(recording));
    }
    return TRUE;
}

static gboolean
check_no_test(GPtrArray *recordings, const Known *known, const char *path, GError **error)
{
    guint n = 0;

    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *same = find_same(known, g_ptr_array_index(recordings, i));

        n += same && g_hash_table_contains(known->tests, same);
    }
    if (n == 0)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                ngettext("%u of the %u takes in %s is a test take of this project, and calibration "
                         "never uses the test part: leave it out, or use validation",
                         "%u of the %u takes in %s are test takes of this project, and calibration "
                         "never uses the test part: leave them out, or use validation",
                         (gulong)n),
                n, recordings->len, path);
    return FALSE;
}

/* A take that the project knows was performed by whom the project says. */
static void
add_persons(GPtrArray *recordings, const Known *known)
{
    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);
        WgRecordingSpec spec = *wg_recording_get(recording);
        WgRecording *same = find_same(known, recording);

        if (spec.person || !same)
            continue;
        spec.person = wg_recording_get(same)->person;
        g_ptr_array_index(recordings, i) = wg_recording_new(&spec);
        wg_recording_unref(recording);
    }
}

static WgImport *
read_recordings(WgJob *job, WgModel *model, const char *path, GError **error)
{
    const char *const paths[] = {path, NULL};
    WgImportOptions options = {.rate_hz = wg_job_get_number(job, "rate")};
    g_autoptr(WgImport) import = NULL;

    if (!wg_file_check_reachable(path, error))
        return NULL;
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--calibration takes validation, train, noise or a file or folder of "
                    "recordings, and there is no “%s”",
                    path);
        return NULL;
    }
    if (g_str_has_suffix(path, ".waggle")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "%s is a project, and --calibration takes recordings: give the files or the "
                    "folder that its takes were imported from",
                    path);
        return NULL;
    }
    if (!wg_units_option_read(job, &options.units_per_g, error))
        return NULL;
    import = wg_import_read(paths, &options, (const char *const *)model->labels,
                            wg_job_get_progress(job), wg_job_get_cancellable(job), error);
    if (!import)
        return NULL;
    for (guint i = 0; i < import->messages->len; i++)
        wg_job_note(job, "%s", (const char *)g_ptr_array_index(import->messages, i));
    if (import->refused->n > 0)
        wg_job_note(
            job,
            ngettext("%s (%u line left out)", "%s (%u lines left out in all)", import->refused->n),
            (const char *)g_ptr_array_index(import->refused->lines, 0), import->refused->n);
    if (import->recordings->len > 0)
        return g_steal_pointer(&import);
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("there is no take to calibrate on in %s: %s"),
                path, (const char *)g_ptr_array_index(import->refused->lines, 0));
    return NULL;
}

WgDataset *
wg_calibration_read_file(WgJob *job, WgModel *model, const char *path, GError **error)
{
    g_autoptr(WgImport) import = read_recordings(job, model, path, error);
    g_autoptr(GHashTable) recordings =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wg_recording_unref);
    g_autoptr(GHashTable) tests = g_hash_table_new(NULL, NULL);
    Known known = {recordings, tests};
    g_autoptr(WgDataset) dataset = NULL;

    if (!import || !load_known(wg_job_get_project(job), model, &known, error) ||
        !check_no_test(import->recordings, &known, path, error))
        return NULL;
    add_persons(import->recordings, &known);
    dataset = wg_dataset_new_for_windows(import->recordings, NULL, &model->window, error);
    if (!dataset || wg_dataset_get_n(dataset) > 0)
        return g_steal_pointer(&dataset);
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("there is no window to calibrate on in %s"),
                path);
    return NULL;
}
