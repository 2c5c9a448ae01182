/* How often a project's test takes were looked at, and what was changed after. */
#include "workbench/test-opening.h"

#include "workbench/json.h"
#include "workbench/patience.h"
#include "workbench/takes-state.h"

#include <glib/gi18n.h>

#define FACT_OPENED "test-opened"
#define FACT_STATE "test-first-opening"

gboolean
wg_test_count_opening(WgJob *job, gint64 *n_opened, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    g_autofree char *before = wg_project_dup_fact(project, FACT_OPENED);
    g_autofree char *after = NULL;

    *n_opened = (before ? g_ascii_strtoll(before, NULL, 10) : 0) + 1;
    if (wg_project_is_read_only(project))
        return TRUE;
    after = g_strdup_printf("%" G_GINT64_FORMAT, *n_opened);
    return wg_patience_wait(job, error) && wg_project_set_fact(project, FACT_OPENED, after, error);
}

static char *
digest_bytes(GBytes *bytes)
{
    return bytes ? g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes) : g_strdup("");
}

/* How it was trained, without how that went. */
static char *
digest_settings(const WgModelRecord *record, JsonObject *meta)
{
    JsonNode *settings = wg_json_find(meta, "train.settings");
    JsonNode *window = wg_json_find(meta, "window");
    g_autofree char *first = settings ? json_to_string(settings, FALSE) : g_strdup("");
    g_autofree char *second = window ? json_to_string(window, FALSE) : g_strdup("");
    g_autofree char *all = g_strjoin("\n", record->preset, first, second, NULL);

    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, all, -1);
}

/* The state of all that the test's figure depends on; transfer full. */
static JsonObject *
new_state(WgProject *project, GPtrArray *recordings, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(WgModelRecord) record = wg_project_load_model(project, "float", &why);
    g_autoptr(JsonObject) meta = NULL;
    g_autofree char *model = NULL, *settings = NULL;
    JsonObject *state;

    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return NULL;
    }
    meta = record ? wg_json_parse_object(record->meta, "the model's description", error)
                  : json_object_new();
    if (!meta)
        return NULL;
    model = digest_bytes(record ? record->data : NULL);
    settings = record ? digest_settings(record, meta) : g_strdup("");
    state = json_object_new();
    json_object_set_object_member(state, "takes", wg_takes_state_new(recordings));
    json_object_set_string_member(state, "model", model);
    json_object_set_string_member(state, "settings", settings);
    return state;
}

static gboolean
is_other(JsonObject *before, JsonObject *now, const char *name)
{
    return g_strcmp0(wg_json_get_text(before, name, ""), wg_json_get_text(now, name, "")) != 0;
}

/* "the model was trained anew, with other settings, 2 takes were relabelled"; NULL: nothing. */
static char *
compare(JsonObject *before, JsonObject *now, GPtrArray *recordings, JsonArray *changed)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_auto(GStrv) parts = NULL;
    g_autofree char *words = NULL;
    WgTakesChange change;

    if (is_other(before, now, "settings"))
        g_strv_builder_add(builder, _("the model was trained with other settings"));
    else if (is_other(before, now, "model"))
        g_strv_builder_add(builder, _("the model was trained anew"));
    if (is_other(before, now, "model"))
        json_array_add_string_element(changed, "model");
    if (is_other(before, now, "settings"))
        json_array_add_string_element(changed, "settings");
    if (wg_takes_state_compare(
            json_object_has_member(before, "takes") ? wg_json_get_object(before, "takes") : NULL,
            recordings, &change)) {
        words = wg_takes_change_describe(&change);
        g_strv_builder_add(builder, words);
        if (change.n_added || change.n_removed || change.is_other)
            json_array_add_string_element(changed, "takes");
        if (change.n_relabelled)
            json_array_add_string_element(changed, "labels");
    }
    parts = g_strv_builder_end(builder);
    return parts[0] ? g_strjoinv(C_("between parts of a sentence", ", "), parts) : NULL;
}

static char *
describe(gint64 n_opened, const char *changes, gboolean is_known)
{
    g_autofree char *times =
        g_strdup_printf(ngettext("The test split was opened %d time.",
                                 "The test split was opened %d times.", (gulong)n_opened),
                        (int)n_opened);

    if (n_opened == 1)
        return g_steal_pointer(&times);
    if (!is_known)
        return g_strdup_printf(_("%s What was so the first time is not known."), times);
    if (!changes)
        return g_strdup_printf(_("%s Nothing was changed since the first."), times);
    return g_strdup_printf(_("%s Since the first, %s: what it says is no longer about takes "
                             "that nobody had seen."),
                           times, changes);
}

gboolean
wg_test_open(WgJob *job, JsonObject *result, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    g_autofree char *kept = wg_project_dup_fact(project, FACT_STATE);
    g_autoptr(JsonObject) before =
        kept ? wg_json_parse_object(kept, "the test's first opening", error) : NULL;
    g_autoptr(GPtrArray) recordings = NULL;
    g_autoptr(JsonObject) now = NULL;
    g_autoptr(JsonArray) changed = json_array_new();
    g_autofree char *changes = NULL, *note = NULL, *text = NULL;
    gint64 n_opened = 0;

    if (kept && !before)
        return FALSE;
    recordings = wg_project_load_recordings(project, error);
    now = recordings ? new_state(project, recordings, error) : NULL;
    if (!now || !wg_test_count_opening(job, &n_opened, error))
        return FALSE;
    text = wg_json_to_text(now);
    if (!before && !wg_project_is_read_only(project) &&
        !wg_project_set_fact(project, FACT_STATE, text, error))
        return FALSE;
    changes = before ? compare(before, now, recordings, changed) : NULL;
    note = describe(n_opened, changes, before != NULL);
    json_object_set_int_member(result, "test_opened", n_opened);
    json_object_set_array_member(result, "test_changed", g_steal_pointer(&changed));
    json_object_set_string_member(result, "test_note", note);
    return TRUE;
}
