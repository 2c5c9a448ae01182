/* The job "import": adds recordings from files and folders to the project. */
#include "base/error.h"
#include "dataset/import.h"
#include "dataset/project-addition.h"
#include "dataset/project-loading.h"
#include "dataset/time-unit.h"
#include "workbench/guest.h"
#include "workbench/import-look.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/patience.h"
#include "workbench/units-option.h"

#include <glib/gi18n.h>
#include <string.h>

/* `project` NULL: none. */
static char **
dup_known_labels(WgProject *project, GError **error)
{
    g_autoptr(GArray) counts = project ? wg_project_count_labels(project, error)
                                       : g_array_new(FALSE, FALSE, sizeof(WgLabelCount));
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();

    for (guint i = 0; counts && i < counts->len; i++)
        g_strv_builder_add(builder, g_array_index(counts, WgLabelCount, i).label);
    return counts ? g_strv_builder_end(builder) : NULL;
}

/* What was read so far, and where it goes. */
typedef struct {
    WgJob *job;
    WgProjectAddition *addition;
    JsonObject *labels, *spans;
    gint64 n_continuous;
} Import;

static void
import_clear(Import *import)
{
    json_object_unref(import->labels);
    json_object_unref(import->spans);
    g_clear_pointer(&import->addition, wg_project_addition_cancel);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Import, import_clear)

static void
count(Import *import, GPtrArray *recordings)
{
    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *facts = wg_recording_get_facts(g_ptr_array_index(recordings, i));

        wg_json_count_labels(import->labels, import->spans, facts);
        import->n_continuous += facts->n_spans > 0;
    }
}

static gboolean
take(GPtrArray *recordings, gpointer user_data, GError **error)
{
    Import *import = user_data;
    g_autoptr(GPtrArray) owned = recordings;

    if (wg_job_has(import->job, "guest"))
        wg_guest_mark(recordings);
    count(import, recordings);
    for (guint i = 0; i < recordings->len; i++) /* here, while the project's thread writes others */
        wg_recording_get_digest(g_ptr_array_index(recordings, i));
    if (!import->addition) {
        if (!wg_patience_wait(import->job, error))
            return FALSE;
        import->addition = wg_project_addition_new(wg_job_get_project(import->job), error);
    }
    return import->addition &&
           (wg_project_addition_push(import->addition, g_steal_pointer(&owned)) ||
            wg_project_addition_finish(g_steal_pointer(&import->addition), NULL, NULL, error));
}

/* Adds the count of one name to that of another. */
static void
rename_count(JsonObject *counts, const char *from, const char *to)
{
    const gint64 n = json_object_get_int_member_with_default(counts, from, 0);

    if (n == 0)
        return;
    json_object_set_int_member(counts, to,
                               json_object_get_int_member_with_default(counts, to, 0) + n);
    json_object_remove_member(counts, from);
}

static JsonObject *
make_result(const Import *import, const WgImport *read, int n_added)
{
    JsonObject *result = json_object_new();
    GHashTableIter iter;
    gpointer from, to;

    g_hash_table_iter_init(&iter, read->renamed);
    while (g_hash_table_iter_next(&iter, &from, &to)) {
        rename_count(import->labels, from, to);
        rename_count(import->spans, from, to);
    }
    json_object_set_int_member(result, "added", n_added);
    json_object_set_int_member(result, "known", read->n - n_added);
    json_object_set_object_member(result, "labels", json_object_ref(import->labels));
    json_object_set_object_member(result, "spans", json_object_ref(import->spans));
    json_object_set_int_member(result, "continuous", import->n_continuous);
    json_object_set_int_member(result, "clipped", read->n_clipped);
    wg_json_set_string_array(result, "messages", read->messages);
    wg_json_set_string_array(result, "refused", read->refused->lines);
    json_object_set_int_member(result, "n_refused", read->refused->n);
    return result;
}

static gboolean
check_any(const WgImport *read, GError **error)
{
    if (read->n > 0 || read->refused->n == 0)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                _("nothing was added: %s (%u refused in all; mend the file, or say what it lacks "
                  "with an option)"),
                (char *)g_ptr_array_index(read->refused->lines, 0), read->refused->n);
    return FALSE;
}

/* What would be added, and as what. */
static gboolean
look(Import *import, const WgImportOptions *options, const char *const *known, GError **error)
{
    WgJob *job = import->job;
    g_autoptr(WgImport) read =
        wg_import_read(wg_job_get_arguments(job), options, known, wg_job_get_progress(job),
                       wg_job_get_cancellable(job), error);
    JsonObject *result;

    if (!read || !check_any(read, error))
        return FALSE;
    count(import, read->recordings);
    result = make_result(import, read, 0);
    json_object_set_array_member(result, "groups",
                                 wg_import_look_describe(read->recordings, options->format));
    wg_job_take_result(job, result);
    return TRUE;
}

static gboolean
run(WgJob *job, GError **error)
{
    WgImportOptions options = {
        .format = wg_job_get_string(job, "format"),
        .label = wg_job_get_string(job, "label"),
        .person = wg_job_get_string(job, "person"),
        .rate_hz = wg_job_get_number(job, "rate"),
        .axes = wg_job_get_string(job, "axes"),
        .key = wg_job_get_string(job, "key"),
    };
    g_auto(Import) import = {job, NULL, json_object_new(), json_object_new(), 0};
    g_auto(GStrv) known = NULL;
    g_autoptr(WgImport) read = NULL;
    g_autoptr(WgProgress) reading = wg_progress_split(wg_job_get_progress(job), 0, 0.95);
    int n_added = 0;

    if (!wg_guest_check(job, error) || !wg_units_option_read(job, &options.units_per_g, error))
        return FALSE;
    known = dup_known_labels(wg_job_get_project(job), error);
    if (!known)
        return FALSE;
    if (wg_job_has(job, "look"))
        return look(&import, &options, (const char *const *)known, error);
    read = wg_import_read_on(wg_job_get_arguments(job), &options, (const char *const *)known, take,
                             &import, reading, wg_job_get_cancellable(job), error);
    if (!read || !check_any(read, error))
        return FALSE;
    if (import.addition && !wg_project_addition_finish(g_steal_pointer(&import.addition),
                                                       read->renamed, &n_added, error))
        return FALSE;
    wg_job_take_result(job, make_result(&import, read, n_added));
    return TRUE;
}

static char *
dup_formats(void)
{
    return wg_file_format_dup_help(FALSE);
}

static const WgJobOption options_table[] = {
    {"format", WG_OPTION_STRING, "F", "one of the formats below; found by content", NULL},
    {"label", WG_OPTION_NAME, "L", "gesture of all of them", NULL},
    {"person", WG_OPTION_NAME, "P", "who performed them", NULL},
    WG_GUEST_OPTION,
    {"units-per-g", WG_OPTION_STRING, "auto|N", "scale of the values", "auto"},
    {"rate", WG_OPTION_NUMBER, "HZ", "samples a second", NULL, WG_RATE_HZ_MIN, WG_RATE_HZ_MAX},
    {"look", WG_OPTION_FLAG, NULL, "tells what would be read, and how, and adds nothing", NULL},
    {"axes", WG_OPTION_STRING, "x,-z,y", "which of the file's axes become x, y and z", NULL},
    {"key", WG_OPTION_STRING, "HMAC-KEY", "checks the signatures of signed files", NULL},
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
    .dup_more = dup_formats,
};
