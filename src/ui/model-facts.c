/* What the window says about the newest model: its sizes, its settings, its age. */
#include "ui/model-facts.h"

#include "base/sentences.h"
#include "base/watch-kind.h"
#include "workbench/decision.h"
#include "workbench/inspection.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/takes-state.h"

#include <glib/gi18n.h>

#define DEFAULT_KIND "bangle2"

const char *
wg_model_facts_get_kind(WgDesk *desk)
{
    WgWatch *watch = wg_desk_get_ready_watch(desk);
    const char *kind = watch ? wg_watch_get_kind(watch) : NULL;

    return kind ? kind : DEFAULT_KIND;
}

/* The newest int8 model, when it was made of the newest float one. */
static WgModel *
load(WgDesk *desk)
{
    WgProject *project = wg_session_get_project(wg_desk_get_session(desk));
    g_autoptr(WgModelRecord) newest = wg_desk_load_model(desk, "int8");
    g_autoptr(GError) error = NULL;
    WgModel *model;

    if (!newest)
        return NULL;
    model = wg_model_load(project, "int8", &error);
    if (!model)
        g_warning("the model could not be read: %s", error->message);
    return model;
}

/* What a float model keeps of how it was trained; transfer full, NULL: nothing. */
static JsonObject *
parse_training(const WgModelRecord *trained)
{
    g_autoptr(JsonObject) meta =
        trained ? wg_json_parse_object(trained->meta, "model", NULL) : NULL;

    return meta && json_object_has_member(meta, "train")
               ? json_object_ref(json_object_get_object_member(meta, "train"))
               : NULL;
}

static const WgWatchKind *
find_kind(WgDesk *desk)
{
    const WgWatchKind *kind = wg_watch_kind_find(wg_model_facts_get_kind(desk), NULL);

    return kind ? kind : wg_watch_kind_find(DEFAULT_KIND, NULL);
}

JsonObject *
wg_model_facts_inspect(WgDesk *desk, gboolean is_builtin)
{
    g_autoptr(WgModel) model = load(desk);

    if (model && is_builtin)
        return wg_inspection_new_builtin(model, wg_session_get_project(wg_desk_get_session(desk)),
                                         find_kind(desk));
    return model ? wg_inspection_new(model->int8, find_kind(desk)) : NULL;
}

WgDeviceFigures *
wg_model_facts_new_figures(WgDesk *desk)
{
    g_autoptr(WgModel) model = load(desk);

    return model ? wg_device_figures_new(model->int8, model,
                                         wg_session_get_project(wg_desk_get_session(desk)),
                                         find_kind(desk))
                 : NULL;
}

char *
wg_model_facts_format_bytes(gint64 bytes)
{
    return g_strdup_printf(_("%.1f kB"), (double)bytes / 1000);
}

gboolean
wg_model_facts_read_training(WgDesk *desk, char **preset, char **epochs)
{
    g_autoptr(WgModelRecord) trained = wg_desk_load_model(desk, "float");
    g_autoptr(JsonObject) training = parse_training(trained);
    gint64 n_epochs;

    if (!training)
        return FALSE;
    n_epochs = wg_json_get_int(training, "epochs", 0);
    *preset = g_strdup(trained->preset);
    *epochs = n_epochs > 0 ? g_strdup_printf("%d", (int)n_epochs) : NULL;
    return TRUE;
}

char *
wg_model_facts_dup_trained(WgDesk *desk)
{
    g_autoptr(WgModelRecord) trained = wg_desk_load_model(desk, "float");
    g_autoptr(JsonObject) training = parse_training(trained);
    const double right = training ? wg_json_get_double(training, "validation_accuracy", -1) : -1;
    g_autoptr(GString) text = NULL;

    if (!trained)
        return NULL;
    text = g_string_new(NULL);
    if (right >= 0)
        wg_append_sentence(text,
                           _("As it was trained it answers %.1f %% of the takes kept aside right."),
                           100 * right);
    wg_append_sentence(text, "%s",
                       _("It is not quantized yet: on the page Train, “For the Watch” makes the "
                         "watch's model, and then its answers are shown here."));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

char *
wg_model_facts_dup_state(WgDesk *desk)
{
    g_autoptr(WgModelRecord) trained = wg_desk_load_model(desk, "float");
    g_autofree char *digest =
        wg_model_dup_takes_digest(wg_session_get_recordings(wg_desk_get_session(desk)));

    return g_strdup_printf("%" G_GINT64_FORMAT " %s", trained ? trained->id : 0, digest);
}

char *
wg_model_facts_dup_age(WgDesk *desk)
{
    g_autoptr(WgModelRecord) trained = wg_desk_load_model(desk, "float");
    g_autoptr(JsonObject) meta =
        trained ? wg_json_parse_object(trained->meta, "model", NULL) : NULL;
    const char *before = meta ? wg_json_get_text(meta, "takes", NULL) : NULL;
    JsonObject *state = meta && json_object_has_member(meta, "takes_state")
                            ? json_object_get_object_member(meta, "takes_state")
                            : NULL;
    GPtrArray *recordings = wg_session_get_recordings(wg_desk_get_session(desk));
    g_autofree char *now = before ? wg_model_dup_takes_digest(recordings) : NULL;
    g_autofree char *words = NULL;
    WgTakesChange change;

    /* while they are being read nothing can be said of them */
    if (!before || g_str_equal(before, now) ||
        wg_session_get_reading(wg_desk_get_session(desk)) >= 0)
        return NULL;
    if (!wg_takes_state_compare(state, recordings, &change))
        return g_strdup(_("The takes have changed since: train again to have them in the model."));
    words = wg_takes_change_describe(&change);
    return g_strdup_printf(_("The takes have changed since: %s. Train again to have that in the "
                             "model."),
                           words);
}

char *
wg_model_facts_dup_thresholds(WgDesk *desk)
{
    g_autoptr(WgModel) model = load(desk);
    WgProject *project = wg_session_get_project(wg_desk_get_session(desk));
    g_autoptr(WgDecision) decision = model ? wg_decision_load(project, model, "detector") : NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    if (!decision)
        return NULL;
    for (int i = 0; decision->thresholds && i < model->n_labels; i++) {
        if (decision->thresholds[i] <= 1)
            wg_append_part(text, ", ", _("%s %.0f %%"), model->labels[i],
                           100 * decision->thresholds[i]);
    }
    if (!decision->thresholds)
        g_string_append_printf(text, _("%.0f %%"), 100 * decision->threshold);
    return decision->other ? g_strdup_printf(_("Answers from: %s; %s means nothing."), text->str,
                                             decision->other)
                           : g_strdup_printf(_("Answers from: %s."), text->str);
}

char **
wg_model_facts_dup_labels(WgDesk *desk)
{
    g_autoptr(WgModel) model = load(desk);

    return model ? g_strdupv(model->labels) : NULL;
}

char *
wg_model_facts_dup_names_of(WgDesk *desk, const char *path)
{
    g_autoptr(WgModel) model = load(desk);
    g_autofree char *content = NULL;
    gsize length = 0;
    g_autoptr(GBytes) bytes = NULL;

    if (!model || !g_file_get_contents(path, &content, &length, NULL))
        return NULL;
    bytes = g_bytes_new_take(g_steal_pointer(&content), length);
    return g_bytes_equal(bytes, wg_int8_network_get_bytes(model->int8))
               ? g_strjoinv(", ", model->labels)
               : NULL;
}
