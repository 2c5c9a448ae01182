/* The last answers of the watch in a row, the newest first; one that was wrong becomes a take. */
#include "ui/heard-strip.h"

#include "ui/charts/thumbnail.h"
#include "ui/relabel-button.h"

#include <glib/gi18n.h>

#define MOST 24
#define HEARD "heard" /* of a place in the box */
#define MARK "mark"

struct _WgHeardStrip {
    GtkBox parent_instance;
    GtkFlowBox *flow;
    WgRelabelButton *wrong;
    WgHeard *asked; /* the one that was chosen when the question opened */
    WgDesk *desk;
};

G_DEFINE_FINAL_TYPE(WgHeardStrip, wg_heard_strip, GTK_TYPE_BOX)

enum { CORRECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_mark(GtkWidget *place)
{
    WgHeard *heard = g_object_get_data(G_OBJECT(place), HEARD);
    GtkWidget *label = g_object_get_data(G_OBJECT(place), MARK);
    GtkStyleContext *style = gtk_widget_get_style_context(label);
    const char *truth = wg_heard_get_truth(heard);
    g_autofree char *mark = wg_heard_dup_mark(heard);
    g_autofree char *description = wg_heard_dup_description(heard);

    gtk_label_set_text(GTK_LABEL(label), mark);
    gtk_style_context_remove_class(style, "good");
    gtk_style_context_remove_class(style, "bad");
    if (truth)
        gtk_style_context_add_class(
            style, g_strcmp0(truth, wg_heard_get_label(heard)) == 0 ? "good" : "bad");
    gtk_widget_set_tooltip_text(place, description);
    atk_object_set_name(gtk_widget_get_accessible(place), description);
}

static GtkWidget *
make_place(WgHeard *heard)
{
    GtkWidget *place = gtk_flow_box_child_new();
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
    GtkWidget *label = gtk_label_new(NULL);

    gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
    gtk_label_set_max_width_chars(GTK_LABEL(label), 14);
    gtk_style_context_add_class(gtk_widget_get_style_context(label), "small");
    gtk_container_add(GTK_CONTAINER(box), wg_thumbnail_new(wg_heard_get_recording(heard), NULL));
    gtk_container_add(GTK_CONTAINER(box), label);
    gtk_container_add(GTK_CONTAINER(place), box);
    g_object_set_data_full(G_OBJECT(place), HEARD, g_object_ref(heard), g_object_unref);
    g_object_set_data(G_OBJECT(place), MARK, label);
    gtk_widget_show_all(place);
    show_mark(place);
    return place;
}

/* NULL: there is none. */
static WgHeard *
get_chosen(WgHeardStrip *self)
{
    g_autoptr(GList) chosen = gtk_flow_box_get_selected_children(self->flow);

    return chosen ? g_object_get_data(chosen->data, HEARD) : NULL;
}

/* What has been corrected is not to be corrected again. */
static void
on_selected(GtkFlowBox *flow, gpointer user_data)
{
    WgHeardStrip *self = WG_HEARD_STRIP(user_data);
    WgHeard *heard = get_chosen(self);

    gtk_widget_set_sensitive(GTK_WIDGET(self->wrong), heard && !wg_heard_get_take(heard));
}

static void
update(WgHeardStrip *self, WgHeard *heard)
{
    GtkFlowBoxChild *place;

    for (int i = 0; (place = gtk_flow_box_get_child_at_index(self->flow, i)); i++) {
        if (g_object_get_data(G_OBJECT(place), HEARD) == heard)
            show_mark(GTK_WIDGET(place));
    }
    on_selected(self->flow, self);
}

/* A take on its way into the project. */
typedef struct {
    WgHeardStrip *strip;
    WgHeard *heard;
} Correcting;

/* It was performed from the project: the take itself has the wrong name then. */
static void
relabel(WgHeardStrip *self, WgHeard *heard)
{
    const gint64 id = wg_heard_get_take(heard);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;

    g_array_append_val(ids, id);
    if (!wg_edits_relabel(wg_desk_get_edits(self->desk), ids, wg_heard_get_truth(heard), &error)) {
        wg_desk_fail(self->desk, error);
        return;
    }
    text = g_strdup_printf(_("This take of the project is called “%s” now."),
                           wg_heard_get_truth(heard));
    wg_desk_say(self->desk, text);
    g_signal_emit(self, signals[CORRECTED], 0, heard);
}

static void
on_corrected(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Correcting *correcting = user_data;
    g_autoptr(WgHeardStrip) self = correcting->strip;
    g_autoptr(WgHeard) heard = correcting->heard;
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) object = wg_job_run_finish(WG_JOB(source), result, &error);
    g_autofree char *text = NULL;

    g_free(correcting);
    if (!self->desk)
        return;
    if (!object) {
        wg_desk_fail(self->desk, error);
        return;
    }
    wg_heard_correct(heard, json_object_get_string_member(object, "wanted"),
                     json_object_get_int_member(object, "id"));
    update(self, heard);
    if (json_object_get_boolean_member(object, "known")) {
        relabel(self, heard);
        return;
    }
    text = g_strdup_printf(_("It is a take of “%s” now."), wg_heard_get_truth(heard));
    wg_desk_say(self->desk, text);
    g_signal_emit(self, signals[CORRECTED], 0, heard);
}

/* Others may be heard, and chosen, while the question is open. */
static void
on_asked(GtkToggleButton *button, gpointer user_data)
{
    WgHeardStrip *self = WG_HEARD_STRIP(user_data);

    if (gtk_toggle_button_get_active(button))
        g_set_object(&self->asked, get_chosen(self));
}

static void
on_wrong(WgRelabelButton *button, const char *label, gpointer user_data)
{
    WgHeardStrip *self = WG_HEARD_STRIP(user_data);
    WgHeard *heard = self->asked;
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);
    g_autoptr(WgJob) job = heard ? wg_desk_new_job(self->desk, "correct", "label", label, "input",
                                                   wg_heard_get_input(heard), NULL)
                                 : NULL;
    Correcting *correcting;

    if (!job || (watch && !wg_job_set(job, "device", wg_watch_get_name(watch), NULL)))
        return;
    correcting = g_new0(Correcting, 1);
    *correcting = (Correcting){g_object_ref(self), g_object_ref(heard)};
    wg_job_run_async(job, on_corrected, correcting);
}

static void
wg_heard_strip_dispose(GObject *object)
{
    g_clear_object(&WG_HEARD_STRIP(object)->desk);
    g_clear_object(&WG_HEARD_STRIP(object)->asked);
    G_OBJECT_CLASS(wg_heard_strip_parent_class)->dispose(object);
}

static void
wg_heard_strip_class_init(WgHeardStripClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_heard_strip_dispose;
    g_type_ensure(WG_TYPE_RELABEL_BUTTON);
    signals[CORRECTED] = g_signal_new("corrected", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, WG_TYPE_HEARD);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/heard-strip.ui");
    gtk_widget_class_bind_template_child(widget_class, WgHeardStrip, flow);
    gtk_widget_class_bind_template_child(widget_class, WgHeardStrip, wrong);
    gtk_widget_class_bind_template_callback(widget_class, on_selected);
    gtk_widget_class_bind_template_callback(widget_class, on_asked);
    gtk_widget_class_bind_template_callback(widget_class, on_wrong);
    gtk_widget_class_set_css_name(widget_class, "takes"); /* as those of the page Review */
}

static void
wg_heard_strip_init(WgHeardStrip *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_heard_strip_set_desk(WgHeardStrip *self, WgDesk *desk)
{
    g_set_object(&self->desk, desk);
    wg_relabel_button_set_desk(self->wrong, desk);
    wg_relabel_button_set_title(self->wrong, _("That Was _Wrong"));
}

void
wg_heard_strip_add(WgHeardStrip *self, WgHeard *heard)
{
    GtkWidget *place = make_place(heard);
    GtkFlowBoxChild *last;

    gtk_flow_box_insert(self->flow, place, 0);
    last = gtk_flow_box_get_child_at_index(self->flow, MOST);
    if (last)
        gtk_widget_destroy(GTK_WIDGET(last));
    gtk_flow_box_set_max_children_per_line(self->flow, MOST);
    gtk_flow_box_select_child(self->flow, GTK_FLOW_BOX_CHILD(place));
    gtk_widget_show(GTK_WIDGET(self));
}
