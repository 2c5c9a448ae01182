/* What the watch recognised last: its name large, whether this machine agrees, and the odds. */
#include "ui/answer-view.h"

#include "ui/charts/bars.h"

#include <glib/gi18n.h>

#define NOT_SHOWN 2.0 /* beyond the bars */

struct _WgAnswerView {
    GtkBox parent_instance;
    GtkLabel *answer, *agreement, *count;
    WgBars *bars;
    char **labels;
    int n_gestures, n_equal;
};

G_DEFINE_FINAL_TYPE(WgAnswerView, wg_answer_view, GTK_TYPE_BOX)

static void
show_count(WgAnswerView *self)
{
    g_autofree char *text = g_strdup_printf(
        ngettext("Watch and computer agree on %d of %d gesture.",
                 "Watch and computer agree on %d of %d gestures.", (gulong)self->n_gestures),
        self->n_equal, self->n_gestures);

    gtk_label_set_text(self->count, self->n_gestures > 0 ? text : "");
}

static void
read_shares(JsonObject *answer, double *values, guint n)
{
    JsonArray *shares = json_object_get_array_member(answer, "shares");

    for (guint i = 0; i < n && i < json_array_get_length(shares); i++)
        values[i] = json_array_get_double_element(shares, i);
}

/* One a gesture: the same for all, or each its own; what is never the answer has none to show. */
static void
read_thresholds(WgAnswerView *self, JsonObject *row, double *values, guint n)
{
    JsonObject *own = json_object_has_member(row, "thresholds")
                          ? json_object_get_object_member(row, "thresholds")
                          : NULL;

    for (guint i = 0; i < n; i++)
        values[i] = !own ? json_object_get_double_member(row, "threshold")
                    : json_object_has_member(own, self->labels[i]) &&
                            !json_object_get_null_member(own, self->labels[i])
                        ? json_object_get_double_member(own, self->labels[i])
                        : NOT_SHOWN;
}

/* Shows that there is another name, by a motion of its own (style.css), which a desktop that wants
 * none leaves out. */
static void
appear(WgAnswerView *self)
{
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self->answer));
    const gboolean is_odd = self->n_gestures % 2;

    gtk_style_context_remove_class(style, is_odd ? "appears-again" : "appears");
    gtk_style_context_add_class(style, is_odd ? "appears" : "appears-again");
}

static void
wg_answer_view_finalize(GObject *object)
{
    g_strfreev(WG_ANSWER_VIEW(object)->labels);
    G_OBJECT_CLASS(wg_answer_view_parent_class)->finalize(object);
}

static void
wg_answer_view_class_init(WgAnswerViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = wg_answer_view_finalize;
    g_type_ensure(WG_TYPE_BARS);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/answer-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgAnswerView, answer);
    gtk_widget_class_bind_template_child(widget_class, WgAnswerView, agreement);
    gtk_widget_class_bind_template_child(widget_class, WgAnswerView, count);
    gtk_widget_class_bind_template_child(widget_class, WgAnswerView, bars);
    gtk_widget_class_set_css_name(widget_class, "answerview");
}

static void
wg_answer_view_init(WgAnswerView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_answer_view_set_labels(WgAnswerView *self, const char *const *names, WgDesk *desk)
{
    GListModel *gestures = wg_desk_get_gestures(desk);
    const guint n = names ? g_strv_length((char **)names) : 0;
    g_autofree int *colours = g_new0(int, n + 1);

    g_strfreev(self->labels);
    self->labels = g_strdupv((char **)names);
    for (guint i = 0; i < n; i++) {
        WgGesture *gesture = wg_gestures_find(gestures, self->labels[i]);

        colours[i] = gesture ? wg_gesture_get_index(gesture) : (int)i;
    }
    wg_bars_set_labels(self->bars, (const char *const *)self->labels, colours);
}

void
wg_answer_view_show(WgAnswerView *self, JsonObject *row)
{
    JsonObject *watch = json_object_get_object_member(row, "watch");
    JsonObject *desktop = json_object_get_object_member(row, "desktop");
    const guint n = self->labels ? g_strv_length(self->labels) : 0;
    g_autofree double *theirs = g_new0(double, n + 1), *ours = g_new0(double, n + 1);
    g_autofree double *thresholds = g_new0(double, n + 1);
    const char *label = json_object_get_string_member_with_default(watch, "label", NULL);
    const char *our_label = json_object_get_string_member_with_default(desktop, "label", NULL);
    const gboolean is_equal = json_object_get_boolean_member(row, "equal");
    g_autofree char *differs = NULL;

    read_shares(watch, theirs, n);
    read_shares(desktop, ours, n);
    read_thresholds(self, row, thresholds, n);
    wg_bars_set_values(self->bars, theirs, ours, thresholds);
    self->n_gestures++;
    self->n_equal += is_equal;
    gtk_label_set_text(self->answer, label ? label : _("not sure"));
    if (!is_equal && g_strcmp0(label, our_label) == 0)
        differs = g_strdup(_("✕ This computer says the same, but from other numbers."));
    else if (!is_equal)
        differs =
            g_strdup_printf(_("✕ This computer says “%s”."), our_label ? our_label : _("not sure"));
    gtk_label_set_text(self->agreement, is_equal ? _("✓ This computer says the same.") : differs);
    show_count(self);
    appear(self);
}
