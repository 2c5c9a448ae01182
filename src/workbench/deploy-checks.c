/* All that stands between a model and a watch, check by check, each with what to do about it. */
#include "workbench/deploy-checks.h"

#include "base/sentences.h"
#include "device/crc32.h"
#include "device/deploy-plan.h"
#include "device/deploy-size.h"
#include "device/watch-names.h"
#include "quant/verdict.h"
#include "workbench/actions.h"
#include "workbench/decision.h"
#include "workbench/json.h"

#include <glib/gi18n.h>
#include <string.h>

/* In the place of a date, which is as long. */
#define SOME_DATE "2000-01-01T00:00:00Z"

typedef struct {
    const WgDeployChecks *what;
    JsonObject *result;
    JsonArray *checks;
    gboolean is_ready;
    WgInt8Network *network; /* that goes there; NULL: there is no such form */
    char *refusal;          /* why not */
    WgVerdict *verdict;
    WgDeployment *deployment;
    WgPlan *plan; /* NULL: the watch was not asked */
} Checking;

static double
kilo(gint64 bytes)
{
    return (double)bytes / 1000;
}

/* "3.1 kB", "8.4 MB"; owner: caller. */
static char *
dup_size(gint64 bytes)
{
    return bytes < 1000 * 1000 ? g_strdup_printf(_("%.1f kB"), kilo(bytes))
                               : g_strdup_printf(_("%.1f MB"), kilo(bytes) / 1000);
}

/* Takes text. */
static void
add(Checking *c, const char *name, const char *title, const char *verdict, char *text,
    const char *todo)
{
    JsonObject *check = json_object_new();

    json_object_set_string_member(check, "name", name);
    json_object_set_string_member(check, "title", title);
    json_object_set_string_member(check, "verdict", verdict);
    json_object_set_string_member(check, "text", text);
    json_object_set_string_member(check, "todo", todo ? todo : "");
    json_array_add_object_element(c->checks, check);
    c->is_ready &= !g_str_equal(verdict, "bad");
    g_free(text);
}

static void
check_watch(Checking *c)
{
    const WgDeployChecks *w = c->what;

    if (!w->name) {
        add(c, "watch", _("Watch"), "unknown", g_strdup(_("None is connected.")),
            _("Choose one at the upper right."));
        return;
    }
    if (!w->has_tensorflow && w->kind->nine_ops) {
        add(c, "watch", _("Watch"), "bad",
            g_strdup_printf(_("%s has firmware %s, without TensorFlow."), w->name, w->version),
            _("Update its firmware with the app loader."));
        return;
    }
    add(c, "watch", _("Watch"), "good",
        g_strdup_printf(_("%s has firmware %s."), w->name, w->version), NULL);
}

/* The first reason about that, as a sentence; NULL: none. */
static char *
dup_reason(const Checking *c, WgVerdictAbout about)
{
    for (int i = 0; c->verdict && c->verdict->reasons[i]; i++) {
        if (c->verdict->about[i] == about)
            return wg_dup_sentence(c->verdict->reasons[i]);
    }
    return NULL;
}

static void
check_operations(Checking *c)
{
    const char *title = _("Operations");
    char *reason = c->network ? dup_reason(c, WG_ABOUT_OPERATIONS) : g_strdup(c->refusal);
    const int n = c->network ? wg_int8_network_get_n_ops(c->network) : 0;

    if (!reason) {
        add(c, "operations", title, "good",
            g_strdup_printf(ngettext("It knows the network's %d operation.",
                                     "It knows all %d operations of the network.", (gulong)n),
                            n),
            NULL);
        return;
    }
    add(c, "operations", title, "bad", reason, _("Train a network of another form."));
}

static void
check_arena(Checking *c)
{
    const char *title = _("Room to work in");
    char *reason = dup_reason(c, WG_ABOUT_ARENA);

    if (!reason)
        reason = dup_reason(c, WG_ABOUT_SIZE);
    if (!c->verdict)
        return;
    json_object_set_int_member(c->result, "arena_bytes", (gint64)c->verdict->arena_bytes);
    json_object_set_int_member(c->result, "arena_limit_bytes",
                               (gint64)c->verdict->arena_limit_bytes);
    if (reason) {
        add(c, "arena", title, "bad", reason,
            _("Train a smaller network, or make this one smaller on the page Train."));
        return;
    }
    add(c, "arena", title, "good",
        c->verdict->arena_limit_bytes > 0
            ? g_strdup_printf(_("%.1f of %.1f kB."), kilo((gint64)c->verdict->arena_bytes),
                              kilo((gint64)c->verdict->arena_limit_bytes))
            : g_strdup_printf(_("%.1f kB."), kilo((gint64)c->verdict->arena_bytes)),
        NULL);
}

/* Whether the watch has this very model in use. */
static gboolean
is_there(const Checking *c)
{
    const WgCarried *now = c->what->survey ? c->what->survey->now : NULL;

    return now && c->network && now->is_whole && now->mode == c->what->mode &&
           now->crc == wg_crc32_bytes(wg_int8_network_get_bytes(c->network));
}

/* What it needs beside what is free there. */
static void
add_room(Checking *c, const char *name, const char *title, gint64 needed, gint64 room,
         const char *todo)
{
    g_autofree char *need = dup_size(needed), *free = dup_size(room);

    if (room < needed)
        add(c, name, title, "bad", g_strdup_printf(_("It needs %s, %s are free."), need, free),
            todo);
    else
        add(c, name, title, "good", g_strdup_printf(_("%s of %s that are free."), need, free),
            NULL);
}

/* Of a first deployment. */
static gint64
count_storage(const Checking *c)
{
    WgDeploySize size;

    wg_deploy_size_measure(c->deployment, &size);
    return size.model_bytes + size.program_bytes;
}

static void
check_storage(Checking *c)
{
    const char *title = _("Storage");
    const WgSurvey *survey = c->what->survey;
    const gint64 needed = c->plan && !is_there(c) ? c->plan->needed_bytes : count_storage(c);
    g_autofree char *need = dup_size(needed), *free = NULL;
    gint64 room;

    json_object_set_int_member(c->result, "storage_bytes", needed);
    if (!c->plan) {
        add(c, "storage", title, "unknown",
            g_strdup_printf(_("It needs %s. What is free the watch says once it is asked."), need),
            NULL);
        return;
    }
    room = wg_plan_count_room(c->plan, survey);
    if (room == G_MAXINT64) /* and more after tidying up, nobody knows how much */
        room = MAX(survey->free_bytes, c->plan->needed_bytes);
    json_object_set_int_member(c->result, "storage_free_bytes", room);
    free = dup_size(room);
    if (is_there(c) && room >= c->plan->needed_bytes)
        add(c, "storage", title, "good",
            g_strdup_printf(_("%s are taken already, %s are free."), need, free), NULL);
    else
        add_room(c, "storage", title, c->plan->needed_bytes, room,
                 _("Remove an app from the watch."));
}

static void
check_memory(Checking *c)
{
    if (!c->plan)
        return;
    json_object_set_int_member(c->result, "memory_bytes", c->plan->memory_bytes);
    json_object_set_int_member(c->result, "memory_free_bytes", c->what->survey->memory_bytes);
    add_room(c, "memory", _("Memory"), c->plan->memory_bytes, c->what->survey->memory_bytes,
             _("Close what runs on the watch, or train a smaller network."));
}

/* Whether the watch cuts what it hands over as the takes are cut. */
static void
check_movement(Checking *c)
{
    const char *title = _("Movement");
    const WgWatchKind *kind = c->what->kind;
    g_autofree char *reason = dup_reason(c, WG_ABOUT_WINDOW);
    g_autoptr(GError) error = NULL;

    if (!reason && kind->rate_hz > 0 && !wg_model_check_watch(c->what->model, kind->name, &error))
        reason = wg_dup_sentence(error->message);
    if (reason) {
        add(c, "movement", title, "bad", g_steal_pointer(&reason),
            _("Train with the windows of the watch."));
        return;
    }
    add(c, "movement", title, "good",
        kind->rate_hz > 0
            ? g_strdup_printf(_("Its detector cuts gestures as these takes are: %d samples, %g a "
                                "second."),
                              c->what->model->window.length, kind->rate_hz)
            : g_strdup(_("This kind of board has no detector of its own: any window goes.")),
        NULL);
}

static void
check_names(Checking *c)
{
    const char *const *labels = (const char *const *)c->what->model->labels;
    const int n = c->what->model->n_labels;
    g_auto(GStrv) names = wg_watch_names_new(labels);
    g_autofree char *all = g_strjoinv(", ", c->what->model->labels);
    g_autoptr(GString) text = g_string_new(NULL);

    for (int i = 0; names[i]; i++) {
        if (!g_str_equal(names[i], labels[i]))
            wg_append_part(text, ", ", _("“%s”: “%s”"), labels[i], names[i]);
    }
    if (text->len > 0)
        add(c, "names", _("Names"), "doubtful",
            g_strdup_printf(_("It has the letters of Western Europe only, and shows %s."),
                            text->str),
            NULL);
    else
        add(c, "names", _("Names"), "good",
            g_strdup_printf(ngettext("%d gesture: %s.", "%d gestures: %s.", (gulong)n), n, all),
            NULL);
}

static void
check_takes(Checking *c)
{
    const char *before = c->what->trained_digest;

    if (before && c->what->takes_digest && !g_str_equal(before, c->what->takes_digest))
        add(c, "takes", _("Takes"), "doubtful",
            g_strdup(_("They have changed since the model was trained.")),
            _("Train again to have them in it."));
    else
        add(c, "takes", _("Takes"), "good", g_strdup(_("The model knows all that take part.")),
            NULL);
}

static void
choose_network(Checking *c, const WgDecision *decision)
{
    g_autoptr(GError) error = NULL;

    if (c->what->mode == WG_DEPLOY_APP)
        c->network = wg_int8_network_ref(c->what->model->int8);
    else
        c->network = wg_decision_build_network(decision, c->what->model, &error);
    if (error)
        c->refusal = wg_dup_sentence(error->message);
}

/* As "deploy" makes it, but for its date and its tests. */
static WgDeployment *
make_deployment(const Checking *c, const WgDecision *decision)
{
    const WgDeployChecks *w = c->what;
    const WgInt8Network *network = c->network ? c->network : w->model->int8;
    WgDeployment *d = g_new0(WgDeployment, 1);

    d->mode = w->mode;
    d->tflite = g_bytes_ref(wg_int8_network_get_bytes(network));
    d->names = g_strdupv(w->model->labels);
    d->arena_bytes = c->verdict ? wg_verdict_get_app_arena(c->verdict) : 0;
    d->threshold = decision ? decision->threshold : WG_THRESHOLD_USUAL;
    if (decision && decision->thresholds && w->mode == WG_DEPLOY_APP)
        d->thresholds = g_memdup2(decision->thresholds, sizeof(double) * (gsize)w->model->n_labels);
    d->other = g_strdup(wg_decision_get_other(w->project, w->model, decision));
    d->project_name = g_path_get_basename(wg_project_get_path(w->project));
    d->made = g_strdup(w->model->record->created);
    d->date = g_strdup(SOME_DATE);
    wg_actions_fill(w->project, d);
    return d;
}

static void
set_nulls(JsonObject *result)
{
    static const char *const names[] = {"arena_bytes",   "arena_limit_bytes",
                                        "storage_bytes", "storage_free_bytes",
                                        "memory_bytes",  "memory_free_bytes"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        json_object_set_null_member(result, names[i]);
}

JsonObject *
wg_deploy_checks_new(const WgDeployChecks *what)
{
    g_autoptr(WgDecision) decision = wg_decision_load(what->project, what->model, "detector");
    Checking c = {
        .what = what, .result = json_object_new(), .checks = json_array_new(), .is_ready = TRUE};

    set_nulls(c.result);
    choose_network(&c, decision);
    c.verdict =
        c.network ? wg_verdict_new(c.network, what->kind, what->mode == WG_DEPLOY_BUILTIN) : NULL;
    c.deployment = make_deployment(&c, decision);
    c.plan = what->survey ? wg_plan_new(c.deployment, what->survey) : NULL;
    check_watch(&c);
    check_operations(&c);
    check_arena(&c);
    check_storage(&c);
    check_memory(&c);
    check_movement(&c);
    check_names(&c);
    check_takes(&c);
    json_object_set_string_member(c.result, "for", what->kind->id);
    json_object_set_string_member(c.result, "mode",
                                  what->mode == WG_DEPLOY_APP ? "app" : "builtin");
    json_object_set_boolean_member(c.result, "ready", c.is_ready);
    json_object_set_boolean_member(c.result, "is_there", is_there(&c));
    json_object_set_array_member(c.result, "checks", c.checks);
    g_clear_pointer(&c.plan, wg_plan_free);
    g_clear_pointer(&c.deployment, wg_deployment_free);
    g_clear_pointer(&c.verdict, wg_verdict_free);
    g_clear_pointer(&c.network, wg_int8_network_unref);
    g_free(c.refusal);
    return c.result;
}
