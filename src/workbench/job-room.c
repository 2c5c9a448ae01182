/* The job "room": what attendees handed in, in a folder or on a stick, and who is where. */
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/room.h"

static GHashTable *
dup_digests(const WgPack *pack)
{
    GHashTable *digests = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < pack->takes->len; i++) {
        const WgPackTake *take = g_ptr_array_index(pack->takes, i);

        g_hash_table_add(digests, g_strdup(wg_recording_get_digest(take->recording)));
    }
    return digests;
}

static void
free_digests(gpointer digests)
{
    if (digests)
        g_hash_table_unref(digests);
}

/* With the takes that a pool would have, and how many rows are in each state. */
static JsonObject *
make_result(JsonArray *rows)
{
    JsonObject *result = json_object_new(), *states = json_object_new();
    gint64 n_takes = 0;

    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonObject *row = json_array_get_object_element(rows, i);
        const char *state = json_object_get_string_member(row, "state");

        wg_json_count(states, state);
        if (!g_str_equal(state, "damaged") && !g_str_equal(state, "same"))
            n_takes += json_object_get_int_member(row, "takes");
    }
    json_object_set_int_member(result, "takes", n_takes);
    json_object_set_object_member(result, "states", states);
    json_object_set_array_member(result, "rows", rows);
    return result;
}

static gboolean
run(WgJob *job, GError **error)
{
    GCancellable *cancellable = wg_job_get_cancellable(job);
    g_autoptr(GPtrArray) paths = wg_room_find(wg_job_get_arguments(job)[0], cancellable, error);
    g_autoptr(GPtrArray) digests = g_ptr_array_new_with_free_func(free_digests);
    g_autoptr(JsonArray) rows = json_array_new();

    for (guint i = 0; paths && i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        g_autoptr(GError) why = NULL;
        g_autoptr(WgPack) pack = NULL;

        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        if (g_strcmp0(path, wg_job_get_string(job, "except")) == 0)
            continue;
        pack = wg_pack_read(path, cancellable, &why);
        if (g_error_matches(why, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
            g_propagate_error(error, g_steal_pointer(&why));
            return FALSE;
        }
        json_array_add_object_element(rows, wg_room_describe(path, pack, why));
        g_ptr_array_add(digests, pack ? dup_digests(pack) : NULL);
        wg_progress_tell(wg_job_get_progress(job), (i + 1.0) / paths->len, NULL);
    }
    if (!paths)
        return FALSE;
    wg_room_judge(rows, digests);
    wg_job_take_result(job, make_result(g_steal_pointer(&rows)));
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"except", WG_OPTION_STRING, "PATH", "leaves that file out, as the pool of the others", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_room = {
    "room",
    "what was handed in, in a folder or on a stick, and who is where",
    "FOLDER",
    options_table,
    run,
    NULL,
    .details = "Lists the packs (.wagglepack) and projects (.waggle) in the folder and two folders "
               "deep; nothing in it is written.",
};
