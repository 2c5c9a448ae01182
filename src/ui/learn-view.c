/* Training: one button, what it will be on the watch, the curves while it learns, what they mean,
 * and the trainings before. */
#include "ui/learn-view.h"

#include "base/sentences.h"
#include "ui/activity.h"
#include "ui/charts/curves.h"
#include "ui/history-view.h"
#include "ui/model-facts.h"
#include "ui/preset-choice.h"
#include "ui/run-beside.h"
#include "ui/run-words.h"
#include "ui/settings.h"
#include "ui/size-line.h"
#include "ui/train-settings.h"
#include "ui/turning-box.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_EPOCHS_USUAL 100 /* of the axis before anything is known */

struct _WgLearnView {
    GtkBox parent_instance;
    GtkLabel *verdict, *data;
    GtkComboBoxText *preset;
    WgTrainSettings *settings;
    WgSizeLine *size;
    GtkButton *train, *next;
    WgActivity *activity;
    WgRunBeside *beside;
    WgCurves *loss, *accuracy;
    WgHistoryView *history;
    WgDesk *desk;
    int n_epochs;
};

G_DEFINE_FINAL_TYPE(WgLearnView, wg_learn_view, GTK_TYPE_BOX)

static guint
count_gestures(WgLearnView *self, guint *n_takes_in_all, guint *n_thin)
{
    GListModel *gestures = wg_desk_get_gestures(self->desk);
    guint n = 0;

    *n_thin = 0;
    for (guint i = 0; i < g_list_model_get_n_items(gestures); i++) {
        g_autoptr(WgGesture) gesture = g_list_model_get_item(gestures, i);
        const int n_takes = wg_gesture_get_n_taking_part(gesture);

        n += n_takes > 0;
        *n_takes_in_all += (guint)n_takes;
        *n_thin += n_takes > 0 && n_takes < WG_TAKES_ENOUGH;
    }
    return n;
}

static void
show_data(WgLearnView *self)
{
    guint n_takes = 0, n_thin = 0;
    const guint n_gestures = count_gestures(self, &n_takes, &n_thin);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *takes = NULL;

    takes = g_strdup_printf(ngettext("%u take", "%u takes", n_takes), n_takes);
    /* TRANSLATORS: the first is as “120 takes” */
    wg_append_sentence(text, ngettext("%s of %u gesture.", "%s of %u gestures.", n_gestures), takes,
                       n_gestures);
    wg_append_sentence(text, "%s",
                       _("A fifth is kept aside to check it while it learns, another fifth for the "
                         "test at the end."));
    if (n_thin > 0)
        wg_append_sentence(text,
                           ngettext("%u gesture has fewer than ten takes.",
                                    "%u gestures have fewer than ten takes.", n_thin),
                           n_thin);
    gtk_label_set_text(self->data, text->str);
}

static const char *
get_text(JsonObject *run, const char *name)
{
    return json_object_get_null_member(run, name) ? "" : json_object_get_string_member(run, name);
}

/* What the curves mean, with a mark by the verdict. */
static void
show_verdict(WgLearnView *self, JsonObject *run)
{
    static const char *const classes[] = {"good", "doubtful"};
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self->verdict));
    const char *verdict = run ? get_text(run, "verdict") : "";
    const gboolean is_good = g_str_equal(verdict, "good");
    const gboolean is_plain = !*verdict || g_str_equal(verdict, "fair");
    const gboolean is_used = run && json_object_get_boolean_member(run, "is_used");
    g_autofree char *age = is_used ? wg_model_facts_dup_age(self->desk) : NULL;
    g_autofree char *text = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(classes); i++)
        gtk_style_context_remove_class(style, classes[i]);
    if (!run) {
        gtk_label_set_text(self->verdict, _("Ready to learn. Press Train."));
        return;
    }
    if (!is_plain)
        gtk_style_context_add_class(style, classes[!is_good]);
    text = g_strconcat(is_plain ? "" : (is_good ? "✓ " : "⚠ "), get_text(run, "advice"),
                       age ? " " : "", age, NULL);
    gtk_label_set_text(self->verdict, text);
}

static JsonArray *
get_curve(JsonObject *run, const char *name)
{
    JsonObject *curves = run && !json_object_get_null_member(run, "curves")
                             ? json_object_get_object_member(run, "curves")
                             : NULL;

    return curves ? json_object_get_array_member(curves, name) : NULL;
}

static double
get_number(JsonArray *curve, guint i)
{
    return json_array_get_null_element(curve, i) ? NAN : json_array_get_double_element(curve, i);
}

static void
show_curves(WgCurves *curves, JsonObject *run, JsonObject *other, const char *train,
            const char *validation)
{
    JsonArray *own[] = {get_curve(run, train), get_curve(run, validation)};
    JsonArray *others[] = {get_curve(other, train), get_curve(other, validation)};
    const guint n = own[0] ? json_array_get_length(own[0]) : 0;
    const guint n_others = others[0] ? json_array_get_length(others[0]) : 0;

    wg_curves_clear(curves, n + n_others > 0 ? (int)MAX(2, MAX(n, n_others)) : N_EPOCHS_USUAL);
    for (guint i = 0; i < n_others; i++)
        wg_curves_add_beside(curves, get_number(others[0], i), get_number(others[1], i));
    for (guint i = 0; i < n; i++)
        wg_curves_add(curves, get_number(own[0], i), get_number(own[1], i));
}

/* One thing to do next, at the top: to look at what a model mixes up that has learned well from the
 * takes as they are, else to train. */
static void
show_buttons(WgLearnView *self, JsonObject *used)
{
    g_autoptr(WgModelRecord) model = wg_desk_load_model(self->desk, "int8");
    g_autofree char *age = model ? wg_model_facts_dup_age(self->desk) : NULL;
    const gboolean is_running = wg_activity_is_running(self->activity);
    GtkWidget *buttons[] = {GTK_WIDGET(self->train), GTK_WIDGET(self->next)};
    const char *verdict = used ? get_text(used, "verdict") : "";
    const int first =
        model && !age && (g_str_equal(verdict, "good") || g_str_equal(verdict, "fair"));

    for (int i = 0; i < 2; i++) {
        GtkStyleContext *style = gtk_widget_get_style_context(buttons[i]);

        if (i == first)
            gtk_style_context_add_class(style, "suggested-action");
        else
            gtk_style_context_remove_class(style, "suggested-action");
    }
    gtk_box_reorder_child(GTK_BOX(gtk_widget_get_parent(buttons[0])), buttons[first], 0);
    gtk_widget_set_visible(buttons[0], !is_running);
    gtk_widget_set_visible(buttons[1], model && !is_running);
    gtk_button_set_label(self->train, used ? _("_Train Again") : _("_Train"));
}

/* The run that is looked at, beside the one it is held against where it is another. */
static void
show_run(WgLearnView *self)
{
    JsonObject *run = wg_history_view_get_chosen(self->history);
    JsonObject *other = wg_history_view_get_against(self->history);
    const gboolean is_running = wg_activity_is_running(self->activity);

    show_buttons(self, wg_history_view_get_used(self->history));
    gtk_widget_set_visible(GTK_WIDGET(self->verdict), !is_running);
    other = run == other ? NULL : other;
    wg_run_beside_set(self->beside, is_running ? NULL : run, other,
                      wg_history_view_is_held(self->history));
    if (is_running)
        return;
    show_verdict(self, run);
    show_curves(self->loss, run, other, "train_loss", "validation_loss");
    show_curves(self->accuracy, run, other, "train_accuracy", "validation_accuracy");
}

static void
on_chosen(WgHistoryView *history, gpointer user_data)
{
    show_run(user_data);
}

static void
on_held(WgRunBeside *beside, gboolean is_held, gpointer user_data)
{
    wg_history_view_hold(WG_LEARN_VIEW(user_data)->history, is_held);
}

static double
get_member(JsonObject *event, const char *name)
{
    JsonNode *node = json_object_get_member(event, name);

    return node && !JSON_NODE_HOLDS_NULL(node) ? json_node_get_double(node) : NAN;
}

static void
on_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    WgLearnView *self = WG_LEARN_VIEW(user_data);

    if (!g_str_equal(name, "epoch"))
        return;
    if (self->n_epochs == 0) {
        self->n_epochs = (int)json_object_get_int_member(event, "epochs");
        wg_curves_clear(self->loss, self->n_epochs);
        wg_curves_clear(self->accuracy, self->n_epochs);
    }
    wg_curves_add(self->loss, get_member(event, "train_loss"),
                  get_member(event, "validation_loss"));
    wg_curves_add(self->accuracy, get_member(event, "train_accuracy"),
                  get_member(event, "validation_accuracy"));
}

static void
on_quantized(gpointer owner, JsonObject *result, const GError *error)
{
    WgLearnView *self = WG_LEARN_VIEW(owner);

    if (error)
        wg_desk_fail(self->desk, error);
    show_run(self);
}

static void
on_trained(gpointer owner, JsonObject *result, const GError *error)
{
    WgLearnView *self = WG_LEARN_VIEW(owner);

    if (error) {
        wg_desk_fail(self->desk, error);
        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            wg_desk_say(self->desk, _("Stopped. Nothing was changed."));
    } else {
        wg_activity_run(self->activity, self->desk, wg_desk_new_job(self->desk, "quantize", NULL),
                        _("Making the watch's model"), on_quantized, self);
    }
    show_run(self);
}

/* Of a job that takes the options of "train". */
static gboolean
apply(gpointer owner, WgJob *job, GError **error)
{
    WgLearnView *self = WG_LEARN_VIEW(owner);

    return wg_job_set(job, "preset", gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->preset)),
                      error) &&
           wg_train_settings_apply(self->settings, job, error);
}

static void
on_train(GtkButton *button, gpointer user_data)
{
    WgLearnView *self = WG_LEARN_VIEW(user_data);
    g_autoptr(GError) error = NULL;
    WgJob *job = wg_desk_new_job(self->desk, "train", NULL);

    if (!job)
        return;
    if (!apply(self, job, &error)) {
        wg_desk_fail(self->desk, error);
        g_object_unref(job);
        return;
    }
    self->n_epochs = 0;
    wg_history_view_choose_used(self->history);
    show_curves(self->loss, NULL, NULL, "", "");
    show_curves(self->accuracy, NULL, NULL, "", "");
    g_signal_connect_object(job, "event", G_CALLBACK(on_event), self, 0);
    wg_activity_run(self->activity, self->desk, job, _("Learning"), on_trained, self);
    show_run(self);
}

static void
on_next(GtkButton *button, gpointer user_data)
{
    wg_desk_go(WG_LEARN_VIEW(user_data)->desk, "evaluate");
}

static void
on_settings_changed(WgLearnView *self)
{
    wg_size_line_look(self->size);
}

static void
wg_learn_view_dispose(GObject *object)
{
    g_clear_object(&WG_LEARN_VIEW(object)->desk);
    G_OBJECT_CLASS(wg_learn_view_parent_class)->dispose(object);
}

static void
wg_learn_view_class_init(WgLearnViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_learn_view_dispose;
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_CURVES);
    g_type_ensure(WG_TYPE_HISTORY_VIEW);
    g_type_ensure(WG_TYPE_RUN_BESIDE);
    g_type_ensure(WG_TYPE_SIZE_LINE);
    g_type_ensure(WG_TYPE_TRAIN_SETTINGS);
    g_type_ensure(WG_TYPE_TURNING_BOX);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/learn-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgLearnView, verdict);
    gtk_widget_class_bind_template_child(widget_class, WgLearnView, data);
    gtk_widget_class_bind_template_child(widget_class, WgLearnView, preset);
    gtk_widget_class_bind_template_child(widget_class, WgLearnView, settings);
    gtk_widget_class_bind_template_child(widget_class, WgLearnView, size);
    gtk_widget_class_bind_template_child(widget_class, WgLearnView, train);
    gtk_widget_class_bind_template_child(widget_class, WgLearnView, next);
    gtk_widget_class_bind_template_child(widget_class, WgLearnView, activity);
    gtk_widget_class_bind_template_child(widget_class, WgLearnView, beside);
    gtk_widget_class_bind_template_child(widget_class, WgLearnView, loss);
    gtk_widget_class_bind_template_child(widget_class, WgLearnView, accuracy);
    gtk_widget_class_bind_template_child(widget_class, WgLearnView, history);
    gtk_widget_class_bind_template_callback(widget_class, on_train);
    gtk_widget_class_bind_template_callback(widget_class, on_next);
    gtk_widget_class_bind_template_callback(widget_class, on_held);
    gtk_widget_class_bind_template_callback(widget_class, on_chosen);
    gtk_widget_class_bind_template_callback(widget_class, on_settings_changed);
}

static void
wg_learn_view_init(WgLearnView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    wg_preset_choice_fill(self->preset);
}

void
wg_learn_view_set_desk(WgLearnView *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    wg_train_settings_set_desk(self->settings, desk);
    wg_size_line_set_desk(self->size, desk, apply, self);
    wg_run_beside_set_desk(self->beside, desk);
    wg_history_view_set_desk(self->history, desk);
}

/* Also when it is chosen anew. */
static void
on_preset_wanted(GSettings *settings, const char *key, gpointer user_data)
{
    g_autofree char *preset = wg_settings_dup_string(settings, key, "");

    gtk_combo_box_set_active_id(GTK_COMBO_BOX(WG_LEARN_VIEW(user_data)->preset), preset);
}

void
wg_learn_view_set_settings(WgLearnView *self, GSettings *settings)
{
    on_preset_wanted(settings, WG_SETTING_PRESET, self);
    if (settings)
        g_signal_connect_object(settings, "changed::" WG_SETTING_PRESET,
                                G_CALLBACK(on_preset_wanted), self, 0);
}

void
wg_learn_view_show(WgLearnView *self)
{
    show_data(self);
    wg_preset_choice_follow(self->preset, wg_session_get_project(wg_desk_get_session(self->desk)));
    show_run(self);
}
