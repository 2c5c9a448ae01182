/* A button whose popover says when the watch answers: how sure it must be, how often it must say
 * so, and how long its battery lasts. */
#include "ui/sensitivity.h"

#include "ui/model-facts.h"
#include "workbench/actions.h"
#include "workbench/energy.h"

#include <glib/gi18n.h>

#define SETTLED_MS 400 /* after the last move */

struct _WgSensitivity {
    GtkMenuButton parent_instance;
    GtkPopover *popover;
    GtkAdjustment *threshold, *count, *span;
    GtkWidget *span_row;
    GtkLabel *told, *battery;
    WgDesk *desk;
    gboolean is_showing; /* what changes then was not the user */
    guint settle_id;
    char *kept;          /* the project's facts as the watch has them; NULL: it is not known */
    gboolean is_undone;  /* they became others by undo or redo */
    gboolean was_undone; /* what is put there */
    gboolean is_putting;
};

G_DEFINE_FINAL_TYPE(WgSensitivity, wg_sensitivity, GTK_TYPE_MENU_BUTTON)

enum { CHANGED, DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
tell(WgSensitivity *self, const char *text)
{
    gtk_label_set_text(self->told, text);
    gtk_widget_show(GTK_WIDGET(self->told));
}

/* What the project has; owner: caller. */
static char *
dup_facts(WgSensitivity *self)
{
    WgProject *project = wg_session_get_project(wg_desk_get_session(self->desk));
    g_autofree char *decision = project ? wg_project_dup_fact(project, "threshold") : NULL;
    g_autofree char *app = project ? wg_project_dup_fact(project, WG_APP_FACT) : NULL;

    return g_strdup_printf("%s %s", decision ? decision : "", app ? app : "");
}

static void
keep_facts(WgSensitivity *self)
{
    g_free(self->kept);
    self->kept = dup_facts(self);
}

/* Undo and redo reach the watch too, where this page has it. */
static void
on_edited(WgEdits *edits, gpointer user_data)
{
    WgSensitivity *self = WG_SENSITIVITY(user_data);
    g_autofree char *facts = self->desk ? dup_facts(self) : NULL;

    if (!facts || !self->kept || self->is_putting || !gtk_widget_get_mapped(GTK_WIDGET(self)) ||
        g_str_equal(facts, self->kept))
        return;
    self->is_undone = TRUE;
    g_signal_emit(self, signals[CHANGED], 0);
}

static gboolean
on_settled(gpointer user_data)
{
    WgSensitivity *self = WG_SENSITIVITY(user_data);

    self->settle_id = 0;
    g_signal_emit(self, signals[CHANGED], 0);
    return G_SOURCE_REMOVE;
}

static void
on_changed(GtkAdjustment *adjustment, gpointer user_data)
{
    WgSensitivity *self = WG_SENSITIVITY(user_data);

    gtk_widget_set_sensitive(self->span_row, gtk_adjustment_get_value(self->count) > 1);
    if (self->is_showing)
        return;
    g_clear_handle_id(&self->settle_id, g_source_remove);
    self->settle_id = g_timeout_add(SETTLED_MS, on_settled, self);
}

static char *
on_format(GtkScale *scale, double value, gpointer user_data)
{
    return g_strdup_printf(_("%.0f %%"), value);
}

static void
show_battery(WgSensitivity *self)
{
    g_autoptr(WgDeviceFigures) figures = wg_model_facts_new_figures(self->desk);
    g_autofree char *text = NULL;
    WgEnergy energy;
    int n;

    if (!figures || !figures->fits || !wg_energy_compute(figures->assumptions, &energy, NULL)) {
        gtk_label_set_text(self->battery, "");
        return;
    }
    n = (int)figures->assumptions->all[WG_ASSUME_GESTURES_PER_DAY].value;
    text = g_strdup_printf(ngettext("Battery: about %.0f days with %d gesture a day, estimated.",
                                    "Battery: about %.0f days with %d gestures a day, estimated.",
                                    (gulong)n),
                           energy.days, n);
    gtk_label_set_text(self->battery, text);
}

static void
on_opened(GtkPopover *popover, gpointer user_data)
{
    show_battery(user_data);
}

static void
wg_sensitivity_dispose(GObject *object)
{
    WgSensitivity *self = WG_SENSITIVITY(object);

    g_clear_handle_id(&self->settle_id, g_source_remove);
    g_clear_pointer(&self->kept, g_free);
    g_clear_object(&self->desk);
    G_OBJECT_CLASS(wg_sensitivity_parent_class)->dispose(object);
}

static void
wg_sensitivity_class_init(WgSensitivityClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_sensitivity_dispose;
    signals[CHANGED] = g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
    signals[DONE] = g_signal_new("done", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/sensitivity.ui");
    gtk_widget_class_bind_template_child(widget_class, WgSensitivity, popover);
    gtk_widget_class_bind_template_child(widget_class, WgSensitivity, threshold);
    gtk_widget_class_bind_template_child(widget_class, WgSensitivity, count);
    gtk_widget_class_bind_template_child(widget_class, WgSensitivity, span);
    gtk_widget_class_bind_template_child(widget_class, WgSensitivity, span_row);
    gtk_widget_class_bind_template_child(widget_class, WgSensitivity, told);
    gtk_widget_class_bind_template_child(widget_class, WgSensitivity, battery);
    gtk_widget_class_bind_template_callback(widget_class, on_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_format);
    gtk_widget_class_bind_template_callback(widget_class, on_opened);
}

static void
wg_sensitivity_init(WgSensitivity *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    gtk_widget_set_sensitive(GTK_WIDGET(self), FALSE);
}

void
wg_sensitivity_set_desk(WgSensitivity *self, WgDesk *desk)
{
    g_set_object(&self->desk, desk);
    g_signal_connect_object(wg_desk_get_edits(desk), "changed", G_CALLBACK(on_edited), self, 0);
}

/* 0 answers of the project's debounce are one at once. */
static void
show_debounce(WgSensitivity *self, JsonObject *rule)
{
    JsonArray *array = json_object_get_null_member(rule, "debounce")
                           ? NULL
                           : json_object_get_array_member(rule, "debounce");
    const double n = array ? (double)json_array_get_int_element(array, 0) : 1;

    gtk_adjustment_set_value(self->count, MAX(1, n));
    if (n > 1)
        gtk_adjustment_set_value(self->span, json_array_get_double_element(array, 1) / 1000);
}

void
wg_sensitivity_show(WgSensitivity *self, JsonObject *rule)
{
    const gboolean is_app = rule && g_str_equal(json_object_get_string_member(rule, "mode"), "app");

    gtk_widget_set_sensitive(GTK_WIDGET(self), is_app);
    g_clear_pointer(&self->kept, g_free);
    if (!is_app) {
        gtk_popover_popdown(self->popover);
        return;
    }
    keep_facts(self);
    if (self->settle_id) /* the user is at it */
        return;
    self->is_showing = TRUE;
    gtk_adjustment_set_value(self->threshold,
                             100 * json_object_get_double_member(rule, "threshold"));
    if (!json_object_get_null_member(rule, "debounce"))
        show_debounce(self, rule);
    self->is_showing = FALSE;
    if (!json_object_get_null_member(rule, "thresholds"))
        tell(self,
             _("Each gesture has its own, as tuned. Moving this gives all of them the same."));
}

static void
tell_adjusted(WgSensitivity *self, JsonObject *adjusted)
{
    tell(self, json_object_get_boolean_member(adjusted, "debounce_now")
                   ? _("The watch answers so from now on.")
                   : _("The watch is as sure from now on. It waits for several answers from the "
                       "next deployment on."));
}

static void
on_put(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgSensitivity) self = WG_SENSITIVITY(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) object = wg_job_run_finish(WG_JOB(source), result, &error);

    self->is_putting = FALSE;
    if (!self->desk)
        return;
    if (object) {
        tell_adjusted(self, object);
    } else {
        wg_desk_fail(self->desk, error);
    }
    if (!self->was_undone)
        keep_facts(self);
    g_signal_emit(self, signals[DONE], 0);
    on_edited(NULL, self); /* another undo came meanwhile */
}

/* "2,500" as the job "adjust" takes it; owner: caller. */
static char *
dup_debounce(WgSensitivity *self)
{
    const int n = (int)gtk_adjustment_get_value(self->count);

    return n > 1 ? g_strdup_printf("%d,%d", n,
                                   (int)(gtk_adjustment_get_value(self->span) * 1000 + 0.5))
                 : g_strdup("0");
}

void
wg_sensitivity_put(WgSensitivity *self)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *debounce = dup_debounce(self);
    g_autoptr(WgJob) job = NULL;

    g_ascii_formatd(number, sizeof number, "%.4f", gtk_adjustment_get_value(self->threshold) / 100);
    job = self->is_undone ? wg_desk_new_job(self->desk, "adjust", "as-kept", "", NULL)
                          : wg_desk_new_job(self->desk, "adjust", "threshold", number, "debounce",
                                            debounce, NULL);
    if (self->is_undone) /* as the job reads them now */
        keep_facts(self);
    self->was_undone = self->is_undone;
    self->is_undone = FALSE;
    self->is_putting = job != NULL;
    if (job)
        wg_job_run_async(job, on_put, g_object_ref(self));
}
