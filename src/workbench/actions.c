/* Reads actions from options, keeps them in the project, and hands them to a deployment. */
#include "workbench/actions.h"

#include "base/error.h"
#include "base/file.h"
#include "base/sentences.h"
#include "device/watch-actions.h"
#include "workbench/json.h"
#include "workbench/stream-source.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEBOUNCE_MAX 1000

GHashTable *
wg_actions_load(WgProject *project)
{
    GHashTable *actions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *text = project ? wg_project_dup_fact(project, WG_ACTIONS_FACT) : NULL;
    g_autoptr(JsonObject) object = text ? wg_json_parse_object(text, WG_ACTIONS_FACT, NULL) : NULL;
    g_autoptr(GList) labels = object ? json_object_get_members(object) : NULL;

    for (GList *i = labels; i; i = i->next) {
        const char *action = wg_json_get_text(object, i->data, "");

        if (wg_watch_action_check(action, NULL))
            g_hash_table_insert(actions, g_strdup(i->data), g_strdup(action));
    }
    return actions;
}

char *
wg_actions_to_text(GHashTable *actions)
{
    g_autoptr(JsonObject) object = json_object_new();
    g_autoptr(GList) labels = g_list_sort(g_hash_table_get_keys(actions), (GCompareFunc)strcmp);

    for (GList *i = labels; i; i = i->next) {
        const char *action = g_hash_table_lookup(actions, i->data);

        if (!g_str_equal(action, "none"))
            json_object_set_string_member(object, i->data, action);
    }
    return json_object_get_size(object) > 0 ? wg_json_to_text(object) : NULL;
}

gboolean
wg_actions_store(WgProject *project, GHashTable *actions, GError **error)
{
    g_autofree char *text = wg_actions_to_text(actions);

    return wg_project_set_fact(project, WG_ACTIONS_FACT, text, error);
}

static gboolean
choose(const WgDeployment *d, GHashTable *actions, const char *label, const char *action,
       GError **error)
{
    if (!g_strv_contains((const char *const *)d->names, label)) {
        g_autofree char *names = g_strjoinv(", ", d->names);

        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("the model knows no gesture “%s” to act upon: it knows %s"), label, names);
        return FALSE;
    }
    if (!wg_watch_action_check(action, error)) {
        wg_error_prefix(error, _("at the gesture “%s”"), label);
        return FALSE;
    }
    g_hash_table_insert(actions, g_strdup(label), g_strdup(action));
    return TRUE;
}

static gboolean
read_file(const WgDeployment *d, GHashTable *actions, const char *path, GError **error)
{
    gsize length = 0;
    g_autofree char *content = wg_file_read(path, &length, error);
    g_autoptr(JsonObject) object = content ? wg_json_parse_object(content, path, error) : NULL;
    g_autoptr(GList) labels = object ? json_object_get_members(object) : NULL;

    for (GList *i = labels; i; i = i->next) {
        JsonNode *node = json_object_get_member(object, i->data);
        const char *action =
            JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING
                ? json_node_get_string(node)
                : NULL;

        if (!action) {
            g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                        _("%s: the action of “%s” is no text as \"media:next\""), path,
                        (const char *)i->data);
            return FALSE;
        }
        if (!choose(d, actions, i->data, action, error)) {
            g_prefix_error(error, "%s: ", path);
            return FALSE;
        }
    }
    return object != NULL;
}

/* One LABEL=ACTION; a label may hold an equals sign, the text of a script as well. */
static gboolean
read_option(const WgDeployment *d, GHashTable *actions, const char *text, GError **error)
{
    for (int i = 0; d->names[i]; i++) {
        const gsize n = strlen(d->names[i]);

        if (strncmp(text, d->names[i], n) == 0 && text[n] == '=')
            return choose(d, actions, d->names[i], text + n + 1, error);
    }
    if (!strchr(text, '=')) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--action takes a gesture and what it does, as circle=media:next; not “%s”",
                    text);
        return FALSE;
    }
    g_autofree char *label = g_strndup(text, (gsize)(strchr(text, '=') - text));
    return choose(d, actions, label, strchr(text, '=') + 1, error);
}

static gboolean
read_given(WgJob *job, const WgDeployment *d, GHashTable *actions, GError **error)
{
    const char *path = wg_job_get_string(job, "actions");
    const char *list = wg_job_get_string(job, "action");
    g_auto(GStrv) given = g_strsplit(list ? list : "", WG_OPTION_LIST_SEPARATOR, -1);

    if (path && !read_file(d, actions, path, error))
        return FALSE;
    for (int i = 0; given[i]; i++) {
        if (!read_option(d, actions, given[i], error))
            return FALSE;
    }
    return TRUE;
}

/* How the app is to be: debounce and background, as they were the last time. */
static void
load_app(WgProject *project, WgDeployment *d)
{
    g_autofree char *text = project ? wg_project_dup_fact(project, WG_APP_FACT) : NULL;
    g_autoptr(JsonObject) kept = text ? wg_json_parse_object(text, WG_APP_FACT, NULL) : NULL;

    if (!kept)
        return;
    d->n_debounce = CLAMP((int)wg_json_get_int(kept, "debounce_n", 0), 0, DEBOUNCE_MAX);
    d->debounce_ms = wg_json_get_double(kept, "debounce_ms", 0);
    d->in_background = wg_json_get_boolean(kept, "background", FALSE);
}

static char *
app_to_text(const WgDeployment *d)
{
    g_autoptr(JsonObject) object = json_object_new();

    json_object_set_int_member(object, "debounce_n", d->n_debounce);
    json_object_set_double_member(object, "debounce_ms", d->debounce_ms);
    json_object_set_boolean_member(object, "background", d->in_background);
    return wg_json_to_text(object);
}

static gboolean
store_app(WgProject *project, const WgDeployment *d, GError **error)
{
    g_autofree char *text = app_to_text(d);

    return wg_project_set_fact(project, WG_APP_FACT, text, error);
}

gboolean
wg_actions_get_background(WgProject *project)
{
    WgDeployment d = {0};

    load_app(project, &d);
    return d.in_background;
}

gboolean
wg_actions_set_background(WgProject *project, gboolean in_background, GError **error)
{
    WgDeployment d = {0};

    load_app(project, &d);
    d.in_background = in_background;
    return store_app(project, &d, error);
}

char *
wg_actions_dup_app_fact(WgProject *project, int n, double ms)
{
    WgDeployment d = {0};

    load_app(project, &d);
    d.n_debounce = CLAMP(n, 0, DEBOUNCE_MAX);
    d.debounce_ms = ms;
    return app_to_text(&d);
}

void
wg_actions_get_debounce(WgProject *project, int *n, double *ms)
{
    WgDeployment d = {0};

    load_app(project, &d);
    *n = d.n_debounce;
    *ms = d.debounce_ms;
}

/* --debounce and --background over what the project has. */
static gboolean
read_app(WgJob *job, WgProject *project, WgDeployment *d, GError **error)
{
    const char *debounce = wg_job_get_string(job, "debounce");
    const char *background = wg_job_get_string(job, "background");
    WgStreamRule rule = {0};

    if (background && !g_str_equal(background, "on") && !g_str_equal(background, "off")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--background takes on or off, not “%s”",
                    background);
        return FALSE;
    }
    if (debounce && !wg_stream_rule_set_debounce(&rule, debounce, 0, error))
        return FALSE;
    load_app(project, d);
    if (debounce) {
        d->n_debounce = rule.n_debounce;
        d->debounce_ms = rule.span_ms;
    }
    if (background)
        d->in_background = g_str_equal(background, "on");
    return !project || (!debounce && !background) || store_app(project, d, error);
}

static void
set_actions(WgDeployment *d, GHashTable *actions)
{
    d->actions = g_new0(char *, g_strv_length(d->names) + 1);
    for (int i = 0; d->names[i]; i++) {
        const char *action = g_hash_table_lookup(actions, d->names[i]);

        d->actions[i] = g_strdup(action ? action : "none");
    }
}

void
wg_actions_fill(WgProject *project, WgDeployment *d)
{
    g_autoptr(GHashTable) actions = wg_actions_load(project);

    load_app(project, d);
    set_actions(d, actions);
}

gboolean
wg_actions_choose(WgJob *job, WgProject *project, WgDeployment *d, GError **error)
{
    const gboolean is_given = wg_job_has(job, "action") || wg_job_has(job, "actions");
    g_autoptr(GHashTable) actions = wg_actions_load(project);

    if (d->mode != WG_DEPLOY_APP) {
        if (wg_job_is_given(job, "threshold")) {
            g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                        "the firmware's own recogniser has a threshold of its own: deploy the app "
                        "(--mode app) for --threshold");
            return FALSE;
        }
        if (!is_given && !wg_job_has(job, "debounce") && !wg_job_has(job, "background"))
            return TRUE;
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "the firmware's own recogniser does nothing at a gesture: deploy the app "
                    "(--mode app)");
        return FALSE;
    }
    if (!read_given(job, d, actions, error) || !read_app(job, project, d, error) ||
        (is_given && project && !wg_actions_store(project, actions, error)))
        return FALSE;
    set_actions(d, actions);
    return TRUE;
}
