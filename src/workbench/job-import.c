/* The job "import": adds recordings from files and folders to the project. */
#include "base/error.h"
#include "dataset/import.h"
#include "dataset/time-unit.h"
#include "workbench/guest.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/patience.h"
#include "workbench/units-option.h"

#include <glib/gi18n.h>
#include <string.h>

static char **
dup_known_labels(GPtrArray *recordings)
{
    g_autoptr(GHashTable) labels = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();

    for (guint i = 0; i < recordings->len; i++) {
        const char *label = wg_recording_get(g_ptr_array_index(recordings, i))->label;

        if (g_hash_table_add(labels, (gpointer)label))
            g_strv_builder_add(builder, label);
    }
    return g_strv_builder_end(builder);
}

static JsonObject *
make_result(WgImport *import, int n_added)
{
    JsonObject *result = json_object_new();
    JsonObject *labels = json_object_new();
    JsonObject *spans = json_object_new();
    int n_continuous = 0;

    for (guint i = 0; i < import->recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(import->recordings, i));

        wg_json_count_labels(labels, spans, spec);
        n_continuous += spec->n_spans > 0;
    }
    json_object_set_int_member(result, "added", n_added);
    json_object_set_int_member(result, "known", (gint64)import->recordings->len - n_added);
    json_object_set_object_member(result, "labels", labels);
    json_object_set_object_member(result, "spans", spans);
    json_object_set_int_member(result, "continuous", n_continuous);
    json_object_set_int_member(result, "clipped", import->n_clipped);
    wg_json_set_string_array(result, "messages", import->messages);
    wg_json_set_string_array(result, "refused", import->refused);
    return result;
}

static gboolean
run(WgJob *job, GError **error)
{
    WgImportOptions options = {
        .format = wg_job_get_string(job, "format"),
        .label = wg_job_get_string(job, "label"),
        .person = wg_job_get_string(job, "person"),
        .rate_hz = wg_job_get_number(job, "rate"),
    };
    g_autoptr(GPtrArray) before = NULL;
    g_auto(GStrv) known = NULL;
    g_autoptr(WgImport) import = NULL;
    g_autoptr(WgProgress) reading = wg_progress_split(wg_job_get_progress(job), 0, 0.8);
    int n_added = 0;

    if (!wg_guest_check(job, error) || !wg_units_option_read(job, &options.units_per_g, error))
        return FALSE;
    before = wg_project_load_recordings(wg_job_get_project(job), error);
    if (!before)
        return FALSE;
    known = dup_known_labels(before);
    import = wg_import_read(wg_job_get_arguments(job), &options, (const char *const *)known,
                            reading, wg_job_get_cancellable(job), error);
    if (!import)
        return FALSE;
    if (import->recordings->len == 0 && import->refused->len > 0) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_INPUT,
            _("nothing was added: %s (%u refused in all; mend the file, or say what it lacks "
              "with an option)"),
            (char *)g_ptr_array_index(import->refused, 0), import->refused->len);
        return FALSE;
    }
    if (wg_job_has(job, "guest"))
        wg_guest_mark(import->recordings);
    if (!wg_patience_wait(job, error) ||
        !wg_project_add_recordings(wg_job_get_project(job), import->recordings, NULL, &n_added,
                                   error))
        return FALSE;
    wg_job_take_result(job, make_result(import, n_added));
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"format", WG_OPTION_STRING, "F", "seed-text or accelerometer-csv; found by content", NULL},
    {"label", WG_OPTION_STRING, "L", "gesture of all of them", NULL},
    {"person", WG_OPTION_STRING, "P", "who performed them", NULL},
    WG_GUEST_OPTION,
    {"units-per-g", WG_OPTION_STRING, "auto|N", "scale of the values", "auto"},
    {"rate", WG_OPTION_NUMBER, "HZ", "samples a second", NULL, WG_RATE_HZ_MIN, WG_RATE_HZ_MAX},
    {NULL},
};

const WgJobKind wg_job_kind_import = {
    "import",
    "adds recordings from files and folders",
    "PROJECT PATH...",
    options_table,
    run,
    NULL,
    "nothing was added",
};
