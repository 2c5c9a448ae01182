/* Dials for noise, turn and pace: how the model does on takes that are changed so, live. */
#include "ui/dials-view.h"

#include "base/sentences.h"
#include "ui/asking.h"
#include "ui/charts/beside.h"
#include "ui/charts/outcomes.h"
#include "ui/json-samples.h"
#include "ui/turning-box.h"
#include "workbench/json.h"

#include <glib/gi18n.h>

struct _WgDialsView {
    GtkBox parent_instance;
    GtkRange *noise, *rotation, *speed;
    GtkLabel *noise_value, *rotation_value, *speed_value, *right, *before;
    GtkButton *reset;
    WgOutcomes *outcomes;
    WgBeside *example;
    GtkLabel *example_label;
    WgAsking *asking;
    WgDesk *desk;
};

G_DEFINE_FINAL_TYPE(WgDialsView, wg_dials_view, GTK_TYPE_BOX)

static WgJob *
new_job(gpointer owner)
{
    WgDialsView *self = WG_DIALS_VIEW(owner);
    g_autoptr(WgModelRecord) model = wg_desk_load_model(self->desk, "int8");
    GtkRange *const dials[] = {self->noise, self->rotation, self->speed};
    char texts[G_N_ELEMENTS(dials)][G_ASCII_DTOSTR_BUF_SIZE];

    for (gsize i = 0; i < G_N_ELEMENTS(dials); i++)
        g_ascii_formatd(texts[i], sizeof texts[i], "%.2f", gtk_range_get_value(dials[i]));
    return model ? wg_desk_new_job(self->desk, "perturb", "noise", texts[0], "rotation", texts[1],
                                   "speed", texts[2], NULL)
                 : NULL;
}

static void
show_outcomes(WgDialsView *self, JsonObject *result)
{
    JsonArray *rows = json_object_get_array_member(result, "confusion");
    const guint n = json_array_get_length(rows);
    g_auto(GStrv) labels = wg_json_dup_strings(result, "labels");
    g_autofree WgOutcome *outcomes = g_new0(WgOutcome, n + 1);

    for (guint i = 0; i < n; i++) {
        JsonArray *row = json_array_get_array_element(rows, i);

        for (guint j = 0; j < n; j++) {
            const int count = (int)json_array_get_int_element(row, j);

            outcomes[i].n_right += i == j ? count : 0;
            outcomes[i].n_wrong += i == j ? 0 : count;
        }
    }
    wg_outcomes_set(self->outcomes, (const char *const *)labels, outcomes, NULL);
}

static void
show_example(WgDialsView *self, JsonObject *example)
{
    const char *label = json_object_get_string_member(example, "label");
    const char *answer = json_object_get_string_member(example, "answer");
    const gboolean is_right = g_str_equal(label, answer);
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self->example_label));
    int n_before, n_after;
    g_autofree float *before =
        wg_json_dup_samples(json_object_get_array_member(example, "before"), &n_before);
    g_autofree float *after =
        wg_json_dup_samples(json_object_get_array_member(example, "after"), &n_after);
    g_autofree char *text =
        is_right ? g_strdup_printf(_("✓ A take of %s, answered as such"), label)
                 : g_strdup_printf(_("✕ A take of %s, answered as %s"), label, answer);
    g_autofree char *what = g_strdup_printf(_("A take of %s"), label);

    gtk_style_context_remove_class(style, is_right ? "bad" : "good");
    gtk_style_context_add_class(style, is_right ? "good" : "bad");
    gtk_label_set_text(self->example_label, text);
    wg_beside_set(self->example, what, json_object_get_double_member(example, "rate_hz"), before,
                  n_before, after, n_after);
}

static void
on_answered(gpointer owner, JsonObject *result, const GError *error)
{
    WgDialsView *self = WG_DIALS_VIEW(owner);
    g_autofree char *right = NULL, *before = NULL;
    int n;

    if (!result) {
        g_autofree char *sentence = wg_dup_sentence(error->message);

        gtk_label_set_text(self->before, sentence);
        return;
    }
    n = (int)json_object_get_int_member(result, "n");
    right = g_strdup_printf(_("%.1f %%"), 100 * json_object_get_double_member(result, "accuracy"));
    before = g_strdup_printf(ngettext("of %d take is right, and %.1f %% as they are",
                                      "of %d takes are right, and "
                                      "%.1f %% as they are",
                                      (gulong)n),
                             n, 100 * json_object_get_double_member(result, "accuracy_before"));
    gtk_label_set_text(self->right, right);
    gtk_label_set_text(self->before, before);
    show_outcomes(self, result);
    show_example(self, json_object_get_object_member(result, "example"));
}

static void
show_values(WgDialsView *self)
{
    g_autofree char *noise = g_strdup_printf(_("%.0f %%"), gtk_range_get_value(self->noise));
    g_autofree char *rotation = g_strdup_printf(_("%.0f°"), gtk_range_get_value(self->rotation));
    g_autofree char *speed = g_strdup_printf(_("%.2f ×"), gtk_range_get_value(self->speed));

    gtk_label_set_text(self->noise_value, noise);
    gtk_label_set_text(self->rotation_value, rotation);
    gtk_label_set_text(self->speed_value, speed);
}

static void
on_value_changed(GtkRange *range, gpointer user_data)
{
    WgDialsView *self = WG_DIALS_VIEW(user_data);

    if (!self->desk)
        return;
    show_values(self);
    gtk_widget_set_sensitive(GTK_WIDGET(self->reset),
                             gtk_range_get_value(self->noise) > 0 ||
                                 gtk_range_get_value(self->rotation) > 0 ||
                                 ABS(gtk_range_get_value(self->speed) - 1) > 0.001);
    wg_asking_ask(self->asking);
}

static void
on_reset(GtkButton *button, gpointer user_data)
{
    WgDialsView *self = WG_DIALS_VIEW(user_data);

    gtk_range_set_value(self->noise, 0);
    gtk_range_set_value(self->rotation, 0);
    gtk_range_set_value(self->speed, 1);
}

static void
on_changed(WgSession *session, gpointer user_data)
{
    if (gtk_widget_get_mapped(GTK_WIDGET(user_data)))
        wg_asking_ask(WG_DIALS_VIEW(user_data)->asking);
}

static void
wg_dials_view_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_dials_view_parent_class)->map(widget);
    wg_asking_ask(WG_DIALS_VIEW(widget)->asking);
}

static void
wg_dials_view_dispose(GObject *object)
{
    WgDialsView *self = WG_DIALS_VIEW(object);

    if (self->asking)
        wg_asking_stop(self->asking);
    g_clear_object(&self->asking);
    g_clear_object(&self->desk);
    G_OBJECT_CLASS(wg_dials_view_parent_class)->dispose(object);
}

static void
wg_dials_view_class_init(WgDialsViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_dials_view_dispose;
    widget_class->map = wg_dials_view_map;
    g_type_ensure(WG_TYPE_BESIDE);
    g_type_ensure(WG_TYPE_OUTCOMES);
    g_type_ensure(WG_TYPE_TURNING_BOX);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/dials-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgDialsView, noise);
    gtk_widget_class_bind_template_child(widget_class, WgDialsView, rotation);
    gtk_widget_class_bind_template_child(widget_class, WgDialsView, speed);
    gtk_widget_class_bind_template_child(widget_class, WgDialsView, right);
    gtk_widget_class_bind_template_child(widget_class, WgDialsView, noise_value);
    gtk_widget_class_bind_template_child(widget_class, WgDialsView, rotation_value);
    gtk_widget_class_bind_template_child(widget_class, WgDialsView, speed_value);
    gtk_widget_class_bind_template_child(widget_class, WgDialsView, before);
    gtk_widget_class_bind_template_child(widget_class, WgDialsView, reset);
    gtk_widget_class_bind_template_child(widget_class, WgDialsView, outcomes);
    gtk_widget_class_bind_template_child(widget_class, WgDialsView, example);
    gtk_widget_class_bind_template_child(widget_class, WgDialsView, example_label);
    gtk_widget_class_bind_template_callback(widget_class, on_value_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_reset);
}

static void
wg_dials_view_init(WgDialsView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->asking = wg_asking_new(new_job, on_answered, self);
}

void
wg_dials_view_set_desk(WgDialsView *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    show_values(self);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_changed), self, 0);
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_changed), self, 0);
}
