/* The job "pack": the project's takes and how far they came as one file, to be handed in. */
#include "base/error.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/pack.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

static JsonObject *
make_result(const WgPack *pack, const char *path, gboolean has_model)
{
    JsonObject *result = json_object_new();
    g_auto(GStrv) persons = wg_pack_dup_persons(pack);
    GStatBuf facts;

    json_object_set_string_member(result, "file", path);
    json_object_set_int_member(result, "bytes",
                               g_stat(path, &facts) == 0 ? (gint64)facts.st_size : 0);
    json_object_set_int_member(result, "takes", pack->takes->len);
    json_object_set_object_member(result, "labels", wg_pack_count_labels(pack));
    wg_json_set_strings(result, "persons", (const char *const *)persons);
    json_object_set_string_member(result, "persons_are",
                                  wg_pack_persons_get_name(pack->persons_are));
    json_object_set_string_member(result, "step", pack->step);
    json_object_set_boolean_member(result, "model", has_model);
    return result;
}

/* The int8 model where it is asked for; NULL without error where not. */
static gboolean
load_model(WgJob *job, GBytes **model, GError **error)
{
    g_autoptr(WgModelRecord) record = NULL;
    g_autoptr(GError) why = NULL;

    *model = NULL;
    if (!wg_job_has(job, "with-model"))
        return TRUE;
    record = wg_project_load_model(wg_job_get_project(job), "int8", &why);
    if (record) {
        *model = g_bytes_ref(record->data);
        return TRUE;
    }
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    else
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            _("there is no model to go with the takes: train and quantize first"));
    return FALSE;
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *path = wg_job_get_arguments(job)[0];
    g_autoptr(WgPack) pack = NULL;
    g_autoptr(GBytes) model = NULL;
    WgPackPersons persons;

    if (!wg_pack_persons_find(wg_job_get_string(job, "persons"), &persons, error))
        return FALSE;
    if (!wg_job_has(job, "replace") && g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    _("%s is there already: name another file, or have it replaced by --replace"),
                    path);
        return FALSE;
    }
    if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s is a folder: name a file in it"),
                    path);
        return FALSE;
    }
    pack = wg_pack_new_from_project(wg_job_get_project(job), error);
    if (!pack || !load_model(job, &model, error))
        return FALSE;
    if (pack->takes->len == 0) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            _("there are no takes to hand in yet: record some first"));
        return FALSE;
    }
    wg_pack_set_persons(pack, persons);
    if (g_cancellable_set_error_if_cancelled(wg_job_get_cancellable(job), error) ||
        !wg_pack_write(pack, path, model, error))
        return FALSE;
    wg_job_take_result(job, make_result(pack, path, model != NULL));
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"persons", WG_OPTION_STRING, "HOW", "keep, replace (person 1, ...), letters or drop", "keep"},
    {"with-model", WG_OPTION_FLAG, NULL, "the model for the watch goes along", NULL},
    {"replace", WG_OPTION_FLAG, NULL, "also where OUT is there already", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_pack = {
    "pack",
    "puts the takes into one file (.wagglepack), to be handed in",
    "PROJECT OUT",
    options_table,
    run,
    NULL,
    "nothing was written",
    .details =
        "Takes that were deleted and those of guests stay out. The pack also says how far the "
        "project came: recorded, trained, deployed.",
};
