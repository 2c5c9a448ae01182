/* The job "search": networks and training settings under a watch's budget, as a Pareto table.
 * Event "trial": a row of the table for each network that finished a round. */
#include "base/error.h"
#include "base/workers.h"
#include "workbench/json.h"
#include "workbench/kept-preset.h"
#include "workbench/patience.h"
#include "workbench/search-stream.h"
#include "workbench/search-windows.h"
#include "workbench/search.h"
#include "workbench/training.h"

#include <glib/gi18n.h>

#define TRIALS_USUAL 27    /* 3 to the power of the rounds */
#define TRIALS_MAX 2000    /* that a budget of time draws */
#define REFUSED_LISTED 100 /* of those refused; the others are counted */
#define FACT "search"      /* of the project: the last table */

/* A number that only networks have. */
static void
set_need(JsonObject *row, const char *name, const WgSearchTrial *trial, gint64 value)
{
    if (trial->preset)
        json_object_set_int_member(row, name, value);
    else
        json_object_set_null_member(row, name);
}

static void
set_windows(JsonObject *row, const WgWindowOptions *window)
{
    g_autofree char *channels = wg_channels_to_text(window->channels);

    json_object_set_double_member(row, "rate_hz", window->rate_hz);
    json_object_set_int_member(row, "window", window->length);
    json_object_set_string_member(row, "channels", channels);
}

/* Null where it was not asked. */
static void
set_stream(JsonObject *row, const WgSearchStream *stream)
{
    JsonObject *object;

    if (!stream->is_asked) {
        json_object_set_null_member(row, "stream");
        return;
    }
    object = json_object_new();
    json_object_set_int_member(object, "hits", stream->n_hits);
    json_object_set_int_member(object, "misses", stream->n_misses);
    json_object_set_int_member(object, "wrong", stream->n_wrong);
    json_object_set_int_member(object, "doubles", stream->n_doubles);
    json_object_set_int_member(object, "false_alarms", stream->n_false_alarms);
    json_object_set_object_member(row, "stream", object);
}

static JsonObject *
make_row(const WgSearchTrial *trial)
{
    JsonObject *row = json_object_new();
    g_autofree char *text = trial->preset ? wg_preset_to_text(trial->preset) : NULL;

    json_object_set_string_member(row, "name", trial->name);
    json_object_set_string_member(row, "method", wg_method_get_name(trial->method));
    json_object_set_boolean_member(row, "runs_on_watch", trial->runs_on_watch);
    json_object_set_string_member(row, "layers", trial->layers);
    wg_json_set_optional(row, "preset", text);
    set_windows(row, wg_dataset_get_window(trial->dataset));
    json_object_set_double_member(row, "accuracy", trial->accuracy);
    json_object_set_double_member(row, "spread", trial->spread);
    json_object_set_int_member(row, "n", trial->n);
    json_object_set_int_member(row, "errors", trial->n_errors);
    set_need(row, "bytes", trial, (gint64)trial->need.bytes);
    set_need(row, "arena_bytes", trial, (gint64)trial->need.arena_bytes);
    set_need(row, "operations", trial, trial->need.operations);
    set_need(row, "parameters", trial, trial->need.n_parameters);
    set_need(row, "epochs", trial, trial->epochs);
    if (trial->need.inference_s > 0)
        json_object_set_double_member(row, "inference_ms", 1000 * trial->need.inference_s);
    else
        json_object_set_null_member(row, "inference_ms");
    set_stream(row, &trial->stream);
    json_object_set_int_member(row, "folds", trial->n_folds);
    json_object_set_int_member(row, "round", trial->round);
    json_object_set_boolean_member(row, "is_reference", trial->is_reference);
    json_object_set_boolean_member(row, "is_pareto", trial->is_front);
    return row;
}

static void
on_trial(const WgSearchTrial *trial, gpointer user_data)
{
    wg_job_tell(user_data, "trial", make_row(trial));
}

static JsonObject *
make_result(const WgSearch *search, const WgSearchOptions *options, WgDataset *dataset)
{
    JsonObject *result = json_object_new();
    JsonArray *refused = json_array_new();
    JsonArray *table = json_array_new();
    g_autofree char *advice = wg_search_dup_advice(search);

    for (guint i = 0; i < MIN(search->refused->len, REFUSED_LISTED); i++) {
        const WgSearchRefusal *refusal = g_ptr_array_index(search->refused, i);
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "name", refusal->name);
        json_object_set_string_member(object, "layers", refusal->layers);
        json_object_set_string_member(object, "reason", refusal->reason);
        json_array_add_object_element(refused, object);
    }
    for (guint i = 0; i < search->trials->len; i++)
        json_array_add_object_element(table, make_row(g_ptr_array_index(search->trials, i)));
    json_object_set_string_member(result, "for", options->kind->id);
    json_object_set_int_member(result, "takes", wg_dataset_get_n(dataset));
    json_object_set_int_member(result, "drawn", search->n_drawn);
    json_object_set_int_member(result, "trials", search->trials->len);
    json_object_set_int_member(result, "rounds", WG_SEARCH_ROUNDS);
    json_object_set_array_member(result, "refused", refused);
    json_object_set_int_member(result, "n_refused", search->refused->len);
    json_object_set_array_member(result, "table", table);
    json_object_set_object_member(result, "best", make_row(g_ptr_array_index(search->trials, 0)));
    json_object_set_boolean_member(result, "complete", search->is_complete);
    json_object_set_string_member(result, "advice", advice);
    json_object_set_double_member(result, "seconds", search->seconds);
    return result;
}

static gboolean
keep(WgJob *job, const WgPreset *preset, JsonObject *row, JsonObject *result, GError **error)
{
    const char *name = wg_job_get_string(job, "keep");
    g_autofree char *note = g_strdup_printf(
        _("search for %s: %d of %d takes wrong in cross-validation"),
        json_object_get_string_member(result, "for"),
        (int)json_object_get_int_member(row, "errors"), (int)json_object_get_int_member(row, "n"));

    if (!wg_kept_preset_add(wg_job_get_project(job), name, preset, note, error))
        return FALSE;
    json_object_set_string_member(result, "kept", name);
    return TRUE;
}

/* Whether it has all that a table is printed of; facts are file bytes. */
static gboolean
is_row(JsonNode *node)
{
    static const char *const texts[] = {"name", "layers", "preset"};
    static const char *const numbers[] = {"errors",     "n",          "bytes", "arena_bytes",
                                          "operations", "parameters", "epochs"};
    JsonObject *row = JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    gboolean is_whole = row != NULL;

    for (gsize i = 0; is_whole && i < G_N_ELEMENTS(texts); i++)
        is_whole = wg_json_get_text(row, texts[i], NULL) != NULL;
    for (gsize i = 0; is_whole && i < G_N_ELEMENTS(numbers); i++)
        is_whole = wg_json_get_int(row, numbers[i], -1) >= 0;
    return is_whole;
}

/* Keeps a network of the last search, whose table the project remembers. */
static gboolean
keep_of_last(WgJob *job, GError **error)
{
    const char *wanted = wg_job_get_string(job, "of");
    g_autofree char *text = wg_project_dup_fact(wg_job_get_project(job), FACT);
    g_autoptr(JsonObject) last = text ? wg_json_parse_object(text, "the last search", error) : NULL;
    g_autoptr(WgPreset) preset = NULL;
    g_autoptr(JsonObject) result = json_object_new();
    JsonNode *rows = last ? json_object_get_member(last, "table") : NULL;
    JsonArray *table = rows && JSON_NODE_HOLDS_ARRAY(rows) ? json_node_get_array(rows) : NULL;
    JsonObject *row = NULL;

    if (text && !last)
        return FALSE;
    for (guint i = 0; table && i < json_array_get_length(table) && !row; i++) {
        JsonNode *node = json_array_get_element(table, i);

        if (is_row(node) &&
            g_str_equal(json_object_get_string_member(json_node_get_object(node), "name"), wanted))
            row = json_node_get_object(node);
    }
    if (!row) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_MISSING,
            _("the project remembers no network “%s” of a search: search first, then take a "
              "name of its table"),
            wanted);
        return FALSE;
    }
    preset = wg_preset_from_text(wanted, json_object_get_string_member(row, "preset"), error);
    if (!preset)
        return FALSE;
    json_object_set_string_member(result, "for", wg_json_get_text(last, "for", ""));
    json_object_set_object_member(result, "best", json_object_ref(row));
    if (!keep(job, preset, row, result, error))
        return FALSE;
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static int
get_n_trials(WgJob *job, int n_threads)
{
    if (wg_job_has(job, "trials"))
        return (int)wg_job_get_int(job, "trials");
    if (!wg_job_has(job, "seconds"))
        return TRIALS_USUAL;
    return (int)CLAMP(wg_job_get_number(job, "seconds") * n_threads, TRIALS_USUAL, TRIALS_MAX);
}

/* For a later `--keep NAME --of`; what was found is told whether or not it can be remembered. */
static void
remember(WgJob *job, JsonObject *result)
{
    WgProject *project = wg_job_get_project(job);
    g_autofree char *text = wg_json_to_text(result);
    g_autoptr(GError) error = NULL;

    /* one that was stopped does not take the place of one that was not */
    if (g_cancellable_is_cancelled(wg_job_get_cancellable(job)))
        return;
    if (!wg_project_is_read_only(project) &&
        (!wg_patience_wait(job, &error) || !wg_project_set_fact(project, FACT, text, &error)))
        wg_job_note(job, _("the table is not remembered: %s"), error->message);
}

/* TRUE: there is none to load, or it is. */
static gboolean
load_stream(WgJob *job, WgDataset *dataset, WgStream **stream, GError **error)
{
    const char *path = wg_job_get_string(job, "recording"),
               *other = wg_job_get_string(job, "other");
    g_autofree char *note = NULL;

    if (other && (!path || !g_strv_contains(wg_dataset_get_labels(dataset), other))) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    path ? "--other takes a gesture of the project, and “%s” is none"
                         : "--other %s is for the recording: give --recording FILE too",
                    other);
        return FALSE;
    }
    if (!path)
        return TRUE;
    *stream = wg_search_load_stream(path, dataset, &note, error);
    if (note)
        wg_job_note(job, "%s", note);
    return *stream != NULL;
}

static void
note_unasked(WgJob *job, const WgSearch *search)
{
    int n = 0;

    for (guint i = 0; i < search->trials->len; i++) {
        const WgSearchTrial *trial = g_ptr_array_index(search->trials, i);

        n += trial->round == WG_SEARCH_ROUNDS &&
             !wg_window_options_is_watch(wg_dataset_get_window(trial->dataset));
    }
    if (n > 0)
        wg_job_note(job,
                    ngettext("%d network of the last round sees other windows and was not asked: a "
                             "recording is cut at 12.5 Hz only",
                             "%d networks of the last round see other windows and were not asked: "
                             "a recording is cut at 12.5 Hz only",
                             (gulong)n),
                    n);
}

static gboolean
search(WgJob *job, const WgWatchKind *kind, GError **error)
{
    WgSearchOptions options = {
        .kind = kind,
        /* a kind of watch that says nothing of it has the usual one */
        .rate_hz = kind->rate_hz > 0 ? kind->rate_hz : WG_WINDOW_RATE_HZ,
        .seconds = wg_job_get_number(job, "seconds"),
        .epochs = (int)wg_job_get_int(job, "epochs"),
        .seed = (guint64)wg_job_get_int(job, "seed"),
        .n_threads = wg_workers_count((int)wg_job_get_int(job, "threads")),
        .other = wg_job_get_string(job, "other"),
        .func = on_trial,
        .user_data = job,
    };
    g_autoptr(GPtrArray) recordings = NULL;
    g_autoptr(WgDataset) dataset = wg_search_load_takes(job, kind, &recordings, error);
    g_autoptr(GArray) windows = NULL;
    g_autoptr(WgStream) stream = NULL;
    g_autoptr(WgSearch) found = NULL;
    const WgSearchTrial *best;
    JsonObject *result;

    if (!dataset || !load_stream(job, dataset, &stream, error))
        return FALSE;
    options.stream = stream;
    windows = wg_search_list_windows(recordings, kind);
    options.recordings = recordings;
    options.windows = windows;
    options.n_trials = get_n_trials(job, options.n_threads);
    found = wg_search_new(dataset, &options, wg_job_get_progress(job), wg_job_get_cancellable(job),
                          error);
    if (!found)
        return FALSE;
    if (!found->is_complete && options.seconds > 0)
        wg_job_note(job,
                    _("which networks finished depends on the time that was given; how each did "
                      "does not"));
    if (stream)
        note_unasked(job, found);
    result = make_result(found, &options, dataset);
    if (stream)
        json_object_set_string_member(result, "recording", wg_job_get_string(job, "recording"));
    wg_job_take_result(job, result);
    remember(job, result);
    best = g_ptr_array_index(found->trials, 0);
    /* stopped, the best is not known yet */
    return !wg_job_has(job, "keep") || best->round < WG_SEARCH_ROUNDS ||
           g_cancellable_is_cancelled(wg_job_get_cancellable(job)) ||
           keep(job, best->preset, wg_json_get_object(result, "best"), result, error);
}

static gboolean
run(WgJob *job, GError **error)
{
    const WgWatchKind *kind = wg_watch_kind_find(wg_job_get_string(job, "for"), error);
    const char *name = wg_job_get_string(job, "keep");

    if (!kind || (name && !wg_kept_preset_check_new(wg_job_get_project(job), name, error)))
        return FALSE;
    if (!wg_job_has(job, "of"))
        return search(job, kind, error);
    if (name)
        return keep_of_last(job, error);
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--of needs --keep NAME: the name it gets");
    return FALSE;
}

static const WgJobOption options_table[] = {
    {"for", WG_OPTION_STRING, "KIND", "the watch it is to fit", "bangle2"},
    {"trials", WG_OPTION_INT, "N", "networks drawn that fit (27, or as time allows)", NULL, 1,
     10000},
    {"seconds", WG_OPTION_NUMBER, "S", "about as long at most", NULL, 1, 1e6},
    {"keep", WG_OPTION_STRING, "NAME", "keeps the best as a preset of the project", NULL},
    {"of", WG_OPTION_STRING, "NETWORK", "keeps that one of the last search; none is made", NULL},
    {"recording", WG_OPTION_STRING, "FILE",
     "ranks the last by a long labelled recording, as \"stream\" hears it", NULL},
    {"other", WG_OPTION_STRING, "LABEL", "the gesture that means nothing in it", NULL},
    {"epochs", WG_OPTION_INT, "N", "at most, in the last round", NULL, 1, 100000},
    {"seed", WG_OPTION_INT, "N", "of the networks drawn", "1", 0, 9e15},
    {"threads", WG_OPTION_INT, "N", "0: one a core; the result is the same", "0", 0, 256},
    {"labels", WG_OPTION_STRING, "a,b", "only these gestures", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_search = {
    "search",  "networks and settings that fit a watch: the most accurate, the smallest",
    "PROJECT", options_table,
    run,       NULL,
};
