/* The job "watches": what is near, and what keeps it from being used. */
#include "device/finder.h"
#include "workbench/job.h"
#include "workbench/json.h"

#include <glib/gi18n.h>

#define SETTLE_MS 200   /* what is plugged in has told itself by then */
#define AIR_SECONDS 4.0 /* what advertises is heard by then, as a rule */

typedef struct {
    WgJob *job;
    WgFinder *finder;
    guint timeout_id, end_id;
    gulong cancelled_id;
    double seconds;
    int elapsed_ms;
} Looking;

static void
set_trouble(JsonObject *row, const WgTrouble *trouble)
{
    wg_json_set_optional(row, "trouble", trouble ? trouble->text : NULL);
    wg_json_set_optional(row, "command", trouble ? trouble->command : NULL);
}

static JsonArray *
list_watches(WgFinder *finder)
{
    g_autoptr(GPtrArray) found = wg_finder_list(finder);
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
        set_trouble(row, watch->trouble);
        json_array_add_object_element(rows, row);
    }
    return rows;
}

static JsonArray *
list_troubles(WgFinder *finder)
{
    g_autoptr(GPtrArray) schemes = wg_finder_list_troubles(finder);
    JsonArray *rows = json_array_new();

    for (guint i = 0; i < schemes->len; i++) {
        const char *scheme = g_ptr_array_index(schemes, i);
        JsonObject *row = json_object_new();

        json_object_set_string_member(row, "kind", scheme);
        set_trouble(row, wg_finder_get_trouble(finder, scheme));
        json_array_add_object_element(rows, row);
    }
    return rows;
}

static gboolean
end(gpointer user_data)
{
    Looking *l = user_data;
    g_autoptr(WgJob) job = l->job;
    JsonObject *result = json_object_new();

    json_object_set_array_member(result, "watches", list_watches(l->finder));
    json_object_set_array_member(result, "troubles", list_troubles(l->finder));
    wg_finder_stop(l->finder);
    g_clear_handle_id(&l->timeout_id, g_source_remove);
    g_cancellable_disconnect(wg_job_get_cancellable(job), l->cancelled_id);
    g_object_unref(l->finder);
    g_free(l);
    wg_job_take_result(job, result);
    wg_job_return(job, NULL);
    return G_SOURCE_REMOVE;
}

static void
on_cancelled(GCancellable *cancellable, gpointer user_data)
{
    Looking *l = user_data;

    /* not at once: a handler must not be disconnected from within itself */
    if (!l->end_id)
        l->end_id = g_idle_add(end, l);
}

/* Where nothing is heard over the air there is nothing to wait for, unless a time was asked. */
static gboolean
on_tick(gpointer user_data)
{
    Looking *l = user_data;
    const double air_s = wg_finder_is_searching(l->finder) ? AIR_SECONDS : 0;
    const double seconds = l->seconds > 0 ? l->seconds : air_s;

    l->elapsed_ms += SETTLE_MS;
    if (seconds > 0)
        wg_progress_tell(wg_job_get_progress(l->job), MIN(l->elapsed_ms / (seconds * 1000), 1),
                         _("looking for watches"));
    if (l->elapsed_ms < seconds * 1000)
        return G_SOURCE_CONTINUE;
    l->timeout_id = 0;
    if (!l->end_id)
        l->end_id = g_idle_add(end, l);
    return G_SOURCE_REMOVE;
}

static void
start(WgJob *job)
{
    Looking *l = g_new0(Looking, 1);

    l->job = g_object_ref(job);
    l->seconds = wg_job_get_number(job, "seconds");
    l->finder = wg_finder_new();
    wg_finder_start(l->finder);
    l->timeout_id = g_timeout_add(SETTLE_MS, on_tick, l);
    l->cancelled_id =
        g_cancellable_connect(wg_job_get_cancellable(job), G_CALLBACK(on_cancelled), l, NULL);
}

static const WgJobOption options_table[] = {
    {"seconds", WG_OPTION_NUMBER, "S",
     "how long to look; else as long as it takes, with Bluetooth 4 s", NULL, 0, 3600},
    {NULL},
};

const WgJobKind wg_job_kind_watches = {
    "watches", "lists the watches that are near", "", options_table, NULL, start,
};
