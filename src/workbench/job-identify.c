/* The job "identify": the watch buzzes and shows a word. */
#include "device/identify.h"
#include "workbench/job.h"

static void
on_identified(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgJob) job = user_data;
    WgWatch *watch = WG_WATCH(source);
    GError *error = NULL;
    gboolean has_buzzed = FALSE, has_shown = FALSE;

    if (wg_identify_finish(watch, result, &has_buzzed, &has_shown, &error)) {
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "address", wg_watch_get_address(watch));
        json_object_set_string_member(object, "name", wg_watch_get_name(watch));
        json_object_set_string_member(object, "word", wg_job_get_string(job, "word"));
        json_object_set_boolean_member(object, "buzzed", has_buzzed);
        json_object_set_boolean_member(object, "shown", has_shown);
        wg_job_take_result(job, object);
    }
    wg_job_return(job, error);
}

static void
on_connected(WgJob *job, WgWatch *watch)
{
    wg_identify_async(watch, wg_job_get_string(job, "word"), wg_job_get_cancellable(job),
                      on_identified, g_object_ref(job));
}

static void
start(WgJob *job)
{
    wg_job_with_watch(job, on_connected);
}

static const WgJobOption options_table[] = {
    {"watch", WG_OPTION_STRING, "ADDRESS", "where the watch is", NULL, 0, 0},
    {"word", WG_OPTION_STRING, "TEXT", "what it shows", "Here I am", 0, 0},
    {NULL},
};

const WgJobKind wg_job_kind_identify = {
    "identify",
    "has a watch buzz and show a word",
    "",
    options_table,
    NULL,
    start,
    NULL,
    "To tell which of several watches an address is. It buzzes twice and shows the word for 8 s;\n"
    "nothing is stored on the watch.",
    TRUE,
};
