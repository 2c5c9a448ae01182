/* The page Train: one button, the curves while it learns, and what came of it. */
#include "ui/page-train.h"

#include "ui/activity.h"
#include "ui/calibration-view.h"
#include "ui/charts/curves.h"
#include "ui/model-facts.h"
#include "ui/study.h"
#include "ui/train-settings.h"
#include "ui/waiting.h"
#include "dataset/project-presets.h"

#include <glib/gi18n.h>
#include <math.h>

struct _WgPageTrain {
    GtkBox parent_instance;
    GtkStack *stack;
    WgWaiting *waiting;
    GtkLabel *data, *advice, *sizes;
    GtkComboBoxText *preset;
    WgTrainSettings *settings;
    GtkButton *train, *next;
    WgActivity *activity;
    WgCurves *loss, *accuracy;
    WgStudy *search, *personalise, *forms, *prune, *distill;
    WgCalibrationView *calibration;
    WgDesk *desk;
    gpointer project;         /* that the curves belong to; only compared */
    int n_epochs, n_built_in; /* n_built_in: presets that are no project's */
};

G_DEFINE_FINAL_TYPE(WgPageTrain, wg_page_train, GTK_TYPE_BOX)

/* How many gestures have takes. */
static guint
count_gestures(WgPageTrain *self, guint *n_thin)
{
    GListModel *gestures = wg_desk_get_gestures(self->desk);
    guint n = 0;

    *n_thin = 0;
    for (guint i = 0; i < g_list_model_get_n_items(gestures); i++) {
        g_autoptr(WgGesture) gesture = g_list_model_get_item(gestures, i);
        const int n_takes = wg_gesture_get_n_takes(gesture);

        n += n_takes > 0;
        *n_thin += n_takes > 0 && n_takes < WG_TAKES_ENOUGH;
    }
    return n;
}

static void
show_data(WgPageTrain *self)
{
    const guint n_takes = wg_session_get_recordings(wg_desk_get_session(self->desk))->len;
    guint n_thin = 0;
    const guint n_gestures = count_gestures(self, &n_thin);
    g_autoptr(GString) text = g_string_new(NULL);

    gtk_stack_set_visible_child_name(self->stack, n_gestures >= 2 ? "ready" : "waiting");
    wg_waiting_set(
        self->waiting, self->desk, _("Two gestures are needed"),
        n_gestures == 0
            ? _("A network learns to tell gestures apart. Record at least two, ten takes "
                "of each, and come back.")
            : _("One gesture is there. Record a second one, or “other”: what you do in "
                "between."),
        _("Record"), "record");
    g_string_append_printf(text, ngettext("%u take", "%u takes", n_takes), n_takes);
    g_string_append_printf(text, ngettext(" of %u gesture.", " of %u gestures.", n_gestures),
                           n_gestures);
    g_string_append(text, _(" A fifth is kept aside to check it while it learns, another fifth for "
                            "the test at the end."));
    if (n_thin > 0)
        g_string_append_printf(text,
                               ngettext(" %u gesture has fewer than ten takes.",
                                        " %u gestures have fewer than ten takes.", n_thin),
                               n_thin);
    gtk_label_set_text(self->data, text->str);
}

/* Those built in and those that the project keeps. */
static void
show_presets(WgPageTrain *self)
{
    GtkComboBox *box = GTK_COMBO_BOX(self->preset);
    WgProject *project = wg_session_get_project(wg_desk_get_session(self->desk));
    g_autofree char *chosen = g_strdup(gtk_combo_box_get_active_id(box));
    g_autoptr(GPtrArray) kept = project ? wg_project_list_presets(project, NULL) : NULL;

    for (int n = gtk_tree_model_iter_n_children(gtk_combo_box_get_model(box), NULL);
         n > self->n_built_in; n--)
        gtk_combo_box_text_remove(self->preset, n - 1);
    for (guint i = 0; kept && i < kept->len; i++) {
        const WgPresetRecord *record = g_ptr_array_index(kept, i);
        g_autofree char *text = g_strdup_printf(_("%s: found by a search"), record->name);

        gtk_combo_box_text_append(self->preset, record->name, text);
    }
    if (!gtk_combo_box_set_active_id(box, chosen))
        gtk_combo_box_set_active(box, 0);
}

static void
show_model(WgPageTrain *self)
{
    g_autofree char *facts = wg_model_facts_dup_sizes(self->desk);
    g_autofree char *advice = wg_model_facts_dup_advice(self->desk);
    g_autofree char *age = wg_model_facts_dup_age(self->desk);
    g_autofree char *verdict = g_strjoin(" ", advice ? advice : "", age, NULL);
    const gboolean is_running = wg_activity_is_running(self->activity);
    gpointer project = wg_session_get_project(wg_desk_get_session(self->desk));

    if (project != self->project) {
        wg_curves_clear(self->loss, 100);
        wg_curves_clear(self->accuracy, 100);
    }
    self->project = project;
    gtk_label_set_text(self->advice, is_running ? "" : verdict);
    gtk_label_set_text(self->sizes, is_running ? "" : facts ? facts : "");
    gtk_widget_set_visible(GTK_WIDGET(self->next), facts && !is_running);
    gtk_widget_set_visible(GTK_WIDGET(self->train), !is_running);
    gtk_button_set_label(self->train, advice ? _("_Train Again") : _("_Train"));
}

static void
on_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    WgPageTrain *self = WG_PAGE_TRAIN(user_data);
    JsonNode *node;

    if (!g_str_equal(name, "epoch"))
        return;
    if (self->n_epochs == 0) {
        self->n_epochs = (int)json_object_get_int_member(event, "epochs");
        wg_curves_clear(self->loss, self->n_epochs);
        wg_curves_clear(self->accuracy, self->n_epochs);
    }
    node = json_object_get_member(event, "validation_loss");
    wg_curves_add(self->loss, json_object_get_double_member(event, "train_loss"),
                  node && !JSON_NODE_HOLDS_NULL(node) ? json_node_get_double(node) : NAN);
    node = json_object_get_member(event, "validation_accuracy");
    wg_curves_add(self->accuracy, json_object_get_double_member(event, "train_accuracy"),
                  node && !JSON_NODE_HOLDS_NULL(node) ? json_node_get_double(node) : NAN);
}

static void
on_quantized(gpointer owner, JsonObject *result, const GError *error)
{
    WgPageTrain *self = WG_PAGE_TRAIN(owner);

    if (error)
        wg_desk_fail(self->desk, error);
    show_model(self);
}

static void
on_trained(gpointer owner, JsonObject *result, const GError *error)
{
    WgPageTrain *self = WG_PAGE_TRAIN(owner);

    if (error) {
        wg_desk_fail(self->desk, error);
        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            wg_desk_say(self->desk, _("Stopped. Nothing was changed."));
    } else {
        wg_activity_run(self->activity, self->desk, wg_desk_new_job(self->desk, "quantize", NULL),
                        _("Making the watch's model"), on_quantized, self);
    }
    show_model(self);
}

static void
on_train(GtkButton *button, gpointer user_data)
{
    WgPageTrain *self = WG_PAGE_TRAIN(user_data);
    g_autoptr(GError) error = NULL;
    WgJob *job = wg_desk_new_job(self->desk, "train", "preset",
                                 gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->preset)), NULL);

    if (!job)
        return;
    if (!wg_train_settings_apply(self->settings, job, &error)) {
        wg_desk_fail(self->desk, error);
        g_object_unref(job);
        return;
    }
    self->n_epochs = 0;
    wg_curves_clear(self->loss, 100);
    wg_curves_clear(self->accuracy, 100);
    g_signal_connect_object(job, "event", G_CALLBACK(on_event), self, 0);
    wg_activity_run(self->activity, self->desk, job, _("Learning"), on_trained, self);
    show_model(self);
}

static void
on_next(GtkButton *button, gpointer user_data)
{
    wg_desk_go(WG_PAGE_TRAIN(user_data)->desk, "evaluate");
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    WgPageTrain *self = WG_PAGE_TRAIN(user_data);

    if (gtk_widget_get_mapped(GTK_WIDGET(self))) {
        show_data(self);
        show_model(self);
    }
}

static void
on_models_changed(WgSession *session, gpointer user_data)
{
    WgPageTrain *self = WG_PAGE_TRAIN(user_data);

    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        return;
    show_presets(self);
    show_model(self);
}

static void
wg_page_train_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_page_train_parent_class)->map(widget);
    show_data(WG_PAGE_TRAIN(widget));
    show_presets(WG_PAGE_TRAIN(widget));
    show_model(WG_PAGE_TRAIN(widget));
}

static void
wg_page_train_dispose(GObject *object)
{
    g_clear_object(&WG_PAGE_TRAIN(object)->desk);
    G_OBJECT_CLASS(wg_page_train_parent_class)->dispose(object);
}

static void
wg_page_train_class_init(WgPageTrainClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_page_train_dispose;
    widget_class->map = wg_page_train_map;
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_CALIBRATION_VIEW);
    g_type_ensure(WG_TYPE_CURVES);
    g_type_ensure(WG_TYPE_STUDY);
    g_type_ensure(WG_TYPE_TRAIN_SETTINGS);
    g_type_ensure(WG_TYPE_WAITING);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/page-train.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, stack);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, waiting);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, data);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, advice);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, sizes);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, preset);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, search);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, personalise);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, calibration);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, forms);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, prune);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, distill);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, settings);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, train);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, next);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, activity);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, loss);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, accuracy);
    gtk_widget_class_bind_template_callback(widget_class, on_train);
    gtk_widget_class_bind_template_callback(widget_class, on_next);
}

static void
wg_page_train_init(WgPageTrain *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->n_built_in =
        gtk_tree_model_iter_n_children(gtk_combo_box_get_model(GTK_COMBO_BOX(self->preset)), NULL);
}

void
wg_page_train_set_desk(WgPageTrain *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    wg_study_set_desk(self->search, desk, &wg_study_search);
    wg_study_set_desk(self->personalise, desk, &wg_study_personalise);
    wg_train_settings_set_desk(self->settings, desk);
    wg_calibration_view_set_desk(self->calibration, desk);
    wg_study_set_desk(self->forms, desk, &wg_study_forms);
    wg_study_set_desk(self->prune, desk, &wg_study_prune);
    wg_study_set_desk(self->distill, desk, &wg_study_distill);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_recordings_changed), self,
                            G_CONNECT_AFTER);
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_models_changed), self, 0);
}
