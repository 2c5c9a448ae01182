/* The job "watches": what is near, and what keeps it from being used. */
#include "workbench/job.h"
#include "workbench/json.h"

static void
start(WgJob *job)
{
    g_autoptr(GPtrArray) found = wg_find_watches();
    JsonObject *result = json_object_new();
    JsonArray *rows = json_array_new();

    for (guint i = 0; i < found->len; i++) {
        const WgFoundWatch *watch = g_ptr_array_index(found, i);
        JsonObject *row = json_object_new();

        json_object_set_string_member(row, "address", watch->address);
        wg_json_set_optional(row, "name", watch->name);
        wg_json_set_optional(row, "kind", watch->kind);
        if (watch->signal_dbm)
            json_object_set_int_member(row, "signal_dbm", watch->signal_dbm);
        else
            json_object_set_null_member(row, "signal_dbm");
        wg_json_set_optional(row, "trouble", watch->trouble);
        json_array_add_object_element(rows, row);
    }
    json_object_set_array_member(result, "watches", rows);
    wg_job_take_result(job, result);
    wg_job_return(job, NULL);
}

static const WgJobOption options_table[] = {
    {"seconds", WG_OPTION_NUMBER, "S", "how long to look", NULL, 0, 3600},
    {NULL},
};

const WgJobKind wg_job_kind_watches = {
    "watches", "lists the watches that are near", "", options_table, NULL, start,
};
