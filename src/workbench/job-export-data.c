/* The job "export-data": the recordings as files of another tool's format. */
#include "base/error.h"
#include "dataset/data-writer.h"
#include "dataset/export-losses.h"
#include "workbench/job.h"
#include "workbench/json.h"

#include <glib/gi18n.h>

static JsonObject *
make_result(const WgFileFormat *format, const char *path, GPtrArray *takes, WgDataWriter *out)
{
    JsonObject *result = json_object_new(), *labels = json_object_new();

    for (guint i = 0; i < takes->len; i++)
        wg_json_count(labels, wg_recording_get_facts(g_ptr_array_index(takes, i))->label);
    json_object_set_string_member(result, "format", format->name);
    json_object_set_string_member(result, "file", path);
    json_object_set_int_member(result, "takes", takes->len);
    json_object_set_object_member(result, "labels", labels);
    json_object_set_int_member(result, "files", wg_data_writer_get_n_files(out));
    json_object_set_int_member(result, "bytes", wg_data_writer_get_n_bytes(out));
    wg_json_set_string_array(result, "messages", wg_data_writer_get_messages(out));
    return result;
}

/* All takes that take part, NULL with an error. */
static GPtrArray *
load_takes(WgJob *job, GPtrArray *messages, GError **error)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(wg_job_get_project(job), error);
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    guint n_disabled = 0;

    for (guint i = 0; all && i < all->len; i++) {
        WgRecording *take = g_ptr_array_index(all, i);

        if (wg_recording_get_facts(take)->disabled)
            n_disabled++;
        else
            g_ptr_array_add(takes, wg_recording_ref(take));
    }
    if (!all)
        return NULL;
    if (takes->len == 0) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            _("there are no takes to export yet: record or import some first"));
        return NULL;
    }
    if (n_disabled > 0)
        g_ptr_array_add(
            messages,
            g_strdup_printf(ngettext("%u take that is out of use stays out of the export",
                                     "%u takes that are out of use stay out of the export",
                                     n_disabled),
                            n_disabled));
    return g_steal_pointer(&takes);
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *path = wg_job_get_arguments(job)[0];
    const WgExportDataOptions options = {.key = wg_job_get_string(job, "key")};
    const char *name = wg_job_get_string(job, "format");
    const WgFileFormat *format = name ? wg_file_format_find(name, TRUE, error) : NULL;
    g_autoptr(WgDataWriter) out = NULL;
    g_autoptr(GPtrArray) takes = NULL;

    if (!name)
        g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                            _("which format? Give --format F; --help lists them"));
    if (!format)
        return FALSE;
    if (options.key && !format->has_key) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("files of “%s” are not signed: leave --key"),
                    format->name);
        return FALSE;
    }
    out = wg_data_writer_new(path, format->ending, wg_job_get_progress(job),
                             wg_job_get_cancellable(job), error);
    takes = out ? load_takes(job, wg_data_writer_get_messages(out), error) : NULL;
    if (!takes)
        return FALSE;
    wg_export_losses_describe(format, takes, wg_data_writer_get_messages(out));
    if (!format->write(takes, &options, out, error) || !wg_data_writer_finish(out, error))
        return FALSE;
    wg_job_take_result(job, make_result(format, path, takes, out));
    return TRUE;
}

static char *
dup_formats(void)
{
    return wg_file_format_dup_help(TRUE);
}

static const WgJobOption options_table[] = {
    {"format", WG_OPTION_STRING, "F", "one of the formats below", NULL},
    {"key", WG_OPTION_STRING, "HMAC-KEY", "signs the files, in a format that is signed", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_export_data = {
    "export-data",
    "writes the recordings for somewhere else",
    "PROJECT OUT",
    options_table,
    run,
    NULL,
    "nothing was written",
    "OUT is a folder to be made, or a file where the format is one; nothing that is there is "
    "replaced. What a format has no place for is said.",
    .dup_more = dup_formats,
};
