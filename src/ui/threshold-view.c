/* A slider for how sure the model must be before it answers, and what that does, live. */
#include "ui/threshold-view.h"

#include "base/find-string.h"
#include "base/sentences.h"
#include "ui/activity.h"
#include "ui/asking.h"
#include "ui/charts/matrix.h"
#include "ui/charts/outcomes.h"
#include "ui/turning-box.h"
#include "workbench/decision.h"
#include "workbench/json.h"
#include "workbench/reject-curve.h"

#include <glib/gi18n.h>
#include <math.h>

struct _WgThresholdView {
    GtkBox parent_instance;
    GtkScale *scale;
    GtkLabel *counts, *others, *kept;
    GtkButton *keep;
    GtkWidget *charts;
    WgOutcomes *outcomes;
    WgMatrix *matrix;
    WgActivity *activity;
    WgAsking *asking;
    WgDesk *desk;
    GArray *takes; /* of WgRejectTake; NULL: none yet */
    char **labels;
    int n_labels, other; /* -1: none */
    double kept_threshold;
    gboolean is_each_its_own, is_setting, has_kept; /* has_kept: the slider was there once */
};

G_DEFINE_FINAL_TYPE(WgThresholdView, wg_threshold_view, GTK_TYPE_BOX)

static double
get_threshold(WgThresholdView *self)
{
    return gtk_range_get_value(GTK_RANGE(self->scale)) / 100;
}

/* Counts of all takes at the slider's place: fast enough for each of its steps. */
static void
show_charts(WgThresholdView *self, const double *thresholds)
{
    const int n = self->n_labels, columns = n + 1;
    g_autofree int *counts = g_new(int, n *columns + 1);
    g_autofree WgOutcome *outcomes = g_new0(WgOutcome, n + 1);

    wg_reject_fill_confusion(self->takes, thresholds, n, counts);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < columns; j++) {
            const int count = counts[i * columns + j];
            const gboolean is_silent = j == n;

            /* silence is what is right for what means nothing */
            if (is_silent && i != self->other)
                outcomes[i].n_silent += count;
            else if (is_silent || i == j)
                outcomes[i].n_right += count;
            else
                outcomes[i].n_wrong += count;
        }
    }
    wg_matrix_set_with_silence(self->matrix, (const char *const *)self->labels, _("unanswered"),
                               counts);
    wg_outcomes_set(self->outcomes, (const char *const *)self->labels, outcomes, _("unanswered"));
}

static void
show_counts(WgThresholdView *self, const double *thresholds)
{
    WgRejectTally tally;
    g_autofree char *text = NULL, *others = NULL;

    wg_reject_count(self->takes, thresholds, self->other, &tally);
    text = g_strdup_printf(_("%d right · %d wrong · %d left unanswered"),
                           tally.n_gestures - tally.n_unanswered - tally.n_wrong, tally.n_wrong,
                           tally.n_unanswered);
    gtk_label_set_text(self->counts, text);
    if (tally.n_others > 0)
        others =
            g_strdup_printf(ngettext("Of %d take of %s, which means nothing, %d is let alone.",
                                     "Of %d takes of %s, which means nothing, %d are let alone.",
                                     (gulong)tally.n_others),
                            tally.n_others, self->labels[self->other], tally.n_ignored);
    gtk_label_set_text(self->others, others ? others : "");
    gtk_widget_set_visible(GTK_WIDGET(self->others), others != NULL);
}

static void
show(WgThresholdView *self)
{
    const double threshold = get_threshold(self);
    g_autofree double *thresholds = g_new(double, self->n_labels + 1);
    g_autofree char *kept = NULL;
    const gboolean is_kept =
        !self->is_each_its_own && fabs(threshold - self->kept_threshold) < 0.004;

    gtk_widget_set_visible(self->charts, self->takes != NULL);
    gtk_widget_set_sensitive(GTK_WIDGET(self->scale), self->takes != NULL);
    gtk_widget_set_sensitive(GTK_WIDGET(self->keep),
                             self->takes && !is_kept && !wg_activity_is_running(self->activity));
    if (!self->takes)
        return;
    for (int i = 0; i < self->n_labels; i++)
        thresholds[i] = i == self->other ? WG_THRESHOLD_NEVER : threshold;
    show_counts(self, thresholds);
    show_charts(self, thresholds);
    kept =
        self->is_each_its_own
            ? g_strdup(_("The watch has a threshold of its own for each gesture."))
            : g_strdup_printf(_("The watch answers from %.0f %% on."), 100 * self->kept_threshold);
    gtk_label_set_text(self->kept, kept);
}

static WgJob *
new_job(gpointer owner)
{
    WgThresholdView *self = WG_THRESHOLD_VIEW(owner);
    g_autoptr(WgModelRecord) model = wg_desk_load_model(self->desk, "int8");

    return model ? wg_desk_new_job(self->desk, "answers", NULL) : NULL;
}

static void
read_takes(WgThresholdView *self, JsonArray *takes)
{
    g_clear_pointer(&self->takes, g_array_unref);
    self->takes = g_array_new(FALSE, FALSE, sizeof(WgRejectTake));
    for (guint i = 0; i < json_array_get_length(takes); i++) {
        JsonObject *object = json_array_get_object_element(takes, i);
        const WgRejectTake take = {
            (int)json_object_get_int_member(object, "true"),
            (int)json_object_get_int_member(object, "best"),
            json_object_get_double_member(object, "probability"),
        };

        g_array_append_val(self->takes, take);
    }
}

static void
on_answered(gpointer owner, JsonObject *result, const GError *error)
{
    WgThresholdView *self = WG_THRESHOLD_VIEW(owner);
    const char *other;
    gboolean has_moved;

    if (!result) {
        g_clear_pointer(&self->takes, g_array_unref);
        g_autofree char *sentence = wg_dup_sentence(error->message);

        gtk_label_set_text(self->counts, sentence);
        show(self);
        return;
    }
    g_strfreev(self->labels);
    self->labels = wg_json_dup_strings(result, "labels");
    self->n_labels = (int)g_strv_length(self->labels);
    other = json_object_get_null_member(result, "other")
                ? NULL
                : json_object_get_string_member(result, "other");
    self->other = other ? wg_find_string((const char *const *)self->labels, other) : -1;
    has_moved = !self->has_kept || fabs(json_object_get_double_member(result, "threshold") -
                                        self->kept_threshold) > 1e-6;
    self->has_kept = TRUE;
    self->kept_threshold = json_object_get_double_member(result, "threshold");
    self->is_each_its_own = FALSE;
    read_takes(self, json_object_get_array_member(result, "takes"));
    if (json_object_get_boolean_member(result, "each_its_own")) {
        JsonObject *each = json_object_get_object_member(result, "thresholds");

        for (int i = 0; i < self->n_labels; i++) {
            if (i != self->other && !json_object_get_null_member(each, self->labels[i]) &&
                fabs(json_object_get_double_member(each, self->labels[i]) - self->kept_threshold) >
                    1e-6)
                self->is_each_its_own = TRUE;
        }
    }
    self->is_setting = TRUE;
    if (has_moved)
        gtk_range_set_value(GTK_RANGE(self->scale), 100 * self->kept_threshold);
    self->is_setting = FALSE;
    show(self);
}

static void
on_value_changed(GtkRange *range, gpointer user_data)
{
    WgThresholdView *self = WG_THRESHOLD_VIEW(user_data);

    if (!self->is_setting)
        show(self);
}

static char *
on_format_value(GtkScale *scale, double value, gpointer user_data)
{
    return g_strdup_printf(_("%.0f %%"), value);
}

static void
on_kept(gpointer owner, JsonObject *result, const GError *error)
{
    WgThresholdView *self = WG_THRESHOLD_VIEW(owner);
    g_autofree char *text = NULL;

    if (!result) {
        wg_desk_fail(self->desk, error);
        show(self);
        return;
    }
    text = g_strdup_printf(_("The watch will answer from %.0f %% on, once it is deployed again."),
                           100 * json_object_get_double_member(result, "threshold"));
    wg_desk_say(self->desk, text);
    wg_asking_ask(self->asking);
}

static void
on_keep(GtkButton *button, gpointer user_data)
{
    WgThresholdView *self = WG_THRESHOLD_VIEW(user_data);
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(text, sizeof text, "%.2f", get_threshold(self));
    wg_activity_run(self->activity, self->desk,
                    wg_desk_new_job(self->desk, "set-threshold", "to", text, NULL),
                    _("Keeping the threshold"), on_kept, self);
    show(self);
}

static void
on_changed(WgSession *session, gpointer user_data)
{
    if (gtk_widget_get_mapped(GTK_WIDGET(user_data)))
        wg_asking_ask(WG_THRESHOLD_VIEW(user_data)->asking);
}

static void
wg_threshold_view_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_threshold_view_parent_class)->map(widget);
    wg_asking_ask(WG_THRESHOLD_VIEW(widget)->asking);
}

static void
wg_threshold_view_dispose(GObject *object)
{
    WgThresholdView *self = WG_THRESHOLD_VIEW(object);

    if (self->asking)
        wg_asking_stop(self->asking);
    g_clear_object(&self->asking);
    g_clear_object(&self->desk);
    G_OBJECT_CLASS(wg_threshold_view_parent_class)->dispose(object);
}

static void
wg_threshold_view_finalize(GObject *object)
{
    g_strfreev(WG_THRESHOLD_VIEW(object)->labels);
    g_clear_pointer(&WG_THRESHOLD_VIEW(object)->takes, g_array_unref);
    G_OBJECT_CLASS(wg_threshold_view_parent_class)->finalize(object);
}

static void
wg_threshold_view_class_init(WgThresholdViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_threshold_view_dispose;
    G_OBJECT_CLASS(klass)->finalize = wg_threshold_view_finalize;
    widget_class->map = wg_threshold_view_map;
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_MATRIX);
    g_type_ensure(WG_TYPE_OUTCOMES);
    g_type_ensure(WG_TYPE_TURNING_BOX);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/threshold-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgThresholdView, scale);
    gtk_widget_class_bind_template_child(widget_class, WgThresholdView, counts);
    gtk_widget_class_bind_template_child(widget_class, WgThresholdView, others);
    gtk_widget_class_bind_template_child(widget_class, WgThresholdView, kept);
    gtk_widget_class_bind_template_child(widget_class, WgThresholdView, keep);
    gtk_widget_class_bind_template_child(widget_class, WgThresholdView, charts);
    gtk_widget_class_bind_template_child(widget_class, WgThresholdView, outcomes);
    gtk_widget_class_bind_template_child(widget_class, WgThresholdView, matrix);
    gtk_widget_class_bind_template_child(widget_class, WgThresholdView, activity);
    gtk_widget_class_bind_template_callback(widget_class, on_value_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_format_value);
    gtk_widget_class_bind_template_callback(widget_class, on_keep);
}

static void
wg_threshold_view_init(WgThresholdView *self)
{
    self->other = -1;
    gtk_widget_init_template(GTK_WIDGET(self));
    self->asking = wg_asking_new(new_job, on_answered, self);
}

void
wg_threshold_view_set_desk(WgThresholdView *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_changed), self, 0);
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_changed), self, 0);
}
