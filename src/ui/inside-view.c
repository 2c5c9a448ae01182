/* Inside the network: one take through the float network and the watch's, layer beside layer. */
#include "ui/inside-view.h"

#include "ui/activity.h"
#include "ui/inside-pictures.h"
#include "ui/model-facts.h"
#include "workbench/json.h"

#include <glib/gi18n.h>

struct _WgInsideView {
    GtkBox parent_instance;
    GtkComboBoxText *gesture;
    GtkButton *next;
    GtkLabel *title, *words;
    WgActivity *activity;
    GtkBox *layers;
    GtkLabel *filters_title;
    GtkFlowBox *filters;
    WgDesk *desk;
    GPtrArray *rows; /* of JsonObject, as they come */
    gint64 take;     /* looked at; 0: none */
    char *state;     /* of model and takes when it was looked at */
    gboolean is_filling;
};

G_DEFINE_FINAL_TYPE(WgInsideView, wg_inside_view, GTK_TYPE_BOX)

#define MOST_DIFFERENT "0" /* id in the list: the one both say the most different things about */

static void
empty(GtkContainer *container)
{
    g_autoptr(GList) children = gtk_container_get_children(container);

    for (GList *child = children; child; child = child->next)
        gtk_widget_destroy(child->data);
}

static void
add_filter(WgInsideView *self, JsonObject *filter, JsonObject *result)
{
    GtkWidget *picture = wg_inside_filter_new(filter, result), *child;

    gtk_flow_box_insert(self->filters, picture, -1);
    child = gtk_widget_get_parent(picture);
    gtk_widget_set_can_focus(child, FALSE);
    atk_object_set_name(gtk_widget_get_accessible(child),
                        atk_object_get_name(gtk_widget_get_accessible(picture)));
}

static char *
describe_answers(JsonObject *result)
{
    JsonObject *ours = json_object_get_object_member(result, "float");
    JsonObject *watch = json_object_get_object_member(result, "int8");

    return g_strdup_printf(
        _("Take %d of %s. The computer's network answers %s (%.0f %%), the watch's %s (%.0f %%)."),
        (int)json_object_get_int_member(result, "take"),
        json_object_get_string_member(result, "label"),
        json_object_get_string_member(ours, "label"),
        100 * json_object_get_double_member(ours, "p"),
        json_object_get_string_member(watch, "label"),
        100 * json_object_get_double_member(watch, "p"));
}

static void
show_result(WgInsideView *self, JsonObject *result)
{
    JsonArray *filters = json_object_has_member(result, "filters")
                             ? json_object_get_array_member(result, "filters")
                             : NULL;
    g_autofree char *title = describe_answers(result);

    self->take = json_object_get_int_member(result, "take");
    gtk_label_set_text(self->title, title);
    gtk_label_set_text(self->words, json_object_get_string_member(result, "words"));
    empty(GTK_CONTAINER(self->layers));
    empty(GTK_CONTAINER(self->filters));
    for (guint i = 0; i < self->rows->len; i++) {
        JsonObject *row = g_ptr_array_index(self->rows, i);

        gtk_box_pack_start(self->layers, wg_inside_layer_new(row, result), FALSE, FALSE, 0);
    }
    for (guint i = 0; filters && i < json_array_get_length(filters); i++)
        add_filter(self, json_array_get_object_element(filters, i), result);
    gtk_widget_set_visible(GTK_WIDGET(self->filters_title), filters != NULL);
}

static void
on_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    if (g_str_equal(name, "row"))
        g_ptr_array_add(WG_INSIDE_VIEW(user_data)->rows, json_object_ref(event));
}

static void
on_done(gpointer owner, JsonObject *result, const GError *error)
{
    WgInsideView *self = WG_INSIDE_VIEW(owner);

    if (!self->desk)
        return;
    if (error)
        wg_desk_fail(self->desk, error);
    else if (result)
        show_result(self, result);
}

/* take 0: the one both differ most about. */
static void
look(WgInsideView *self, gint64 take)
{
    g_autofree char *word = g_strdup_printf("%" G_GINT64_FORMAT, take);
    WgJob *job;

    if (wg_activity_is_running(self->activity))
        return;
    job = wg_desk_new_job(self->desk, "layers", NULL);
    if (!job)
        return;
    if (take > 0)
        wg_job_add_argument(job, word);
    g_ptr_array_set_size(self->rows, 0);
    g_free(self->state);
    self->state = wg_model_facts_dup_state(self->desk);
    g_signal_connect_object(job, "event", G_CALLBACK(on_event), self, 0);
    wg_activity_run(self->activity, self->desk, job, _("Looking inside"), on_done, self);
}

/* Takes kept aside to check the model, of one gesture; GArray of gint64. */
static GArray *
list_takes(WgInsideView *self, const char *label)
{
    g_autoptr(WgModelRecord) model = wg_desk_load_model(self->desk, "float");
    g_autoptr(JsonObject) meta = model ? wg_json_parse_object(model->meta, "model", NULL) : NULL;
    g_autoptr(GPtrArray) takes = wg_desk_dup_takes(self->desk, label, FALSE);
    GArray *found = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GArray) ids = NULL;

    if (!meta || !json_object_has_member(meta, "split"))
        return found;
    ids = wg_json_dup_ids(json_object_get_object_member(meta, "split"), "validation");
    for (guint i = 0; i < takes->len; i++) {
        const gint64 id = wg_recording_get_facts(g_ptr_array_index(takes, i))->id;
        gboolean is_kept = FALSE;

        for (guint k = 0; k < ids->len; k++)
            is_kept |= g_array_index(ids, gint64, k) == id;
        if (is_kept)
            g_array_append_val(found, id);
    }
    return found;
}

/* The take after the one looked at, the first after the last. */
static void
look_at_next(WgInsideView *self)
{
    const char *label = gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->gesture));
    g_autoptr(GArray) takes = NULL;
    guint next = 0;

    if (!label || g_str_equal(label, MOST_DIFFERENT)) {
        look(self, 0);
        return;
    }
    takes = list_takes(self, label + 1);
    for (guint i = 0; i < takes->len; i++) {
        if (g_array_index(takes, gint64, i) == self->take)
            next = (i + 1) % takes->len;
    }
    if (takes->len > 0)
        look(self, g_array_index(takes, gint64, next));
    else
        wg_desk_say(self->desk, _("No take of this gesture was kept aside."));
}

static void
on_next(GtkButton *button, gpointer user_data)
{
    look_at_next(WG_INSIDE_VIEW(user_data));
}

static void
on_gesture(GtkComboBox *combo, gpointer user_data)
{
    WgInsideView *self = WG_INSIDE_VIEW(user_data);
    const char *id = gtk_combo_box_get_active_id(combo);

    gtk_widget_set_sensitive(GTK_WIDGET(self->next), id && !g_str_equal(id, MOST_DIFFERENT));
    if (!self->is_filling)
        look_at_next(self);
}

/* The gestures of the model; an id begins with "l", so that a gesture may have any name. */
static void
fill_gestures(WgInsideView *self)
{
    g_auto(GStrv) labels = wg_model_facts_dup_labels(self->desk);
    g_autofree char *before = g_strdup(gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->gesture)));

    self->is_filling = TRUE;
    gtk_combo_box_text_remove_all(self->gesture);
    gtk_combo_box_text_append(self->gesture, MOST_DIFFERENT, _("where both differ most"));
    for (int i = 0; labels && labels[i]; i++) {
        g_autofree char *id = g_strconcat("l", labels[i], NULL);

        gtk_combo_box_text_append(self->gesture, id, labels[i]);
    }
    if (!before || !gtk_combo_box_set_active_id(GTK_COMBO_BOX(self->gesture), before))
        gtk_combo_box_set_active_id(GTK_COMBO_BOX(self->gesture), MOST_DIFFERENT);
    self->is_filling = FALSE;
}

/* What is shown is of the model and the takes as they are now; else it looks anew. */
static void
update(WgInsideView *self)
{
    g_autofree char *state = wg_model_facts_dup_state(self->desk);
    g_autoptr(WgModelRecord) model = wg_desk_load_model(self->desk, "int8");

    if (!model || g_strcmp0(state, self->state) == 0)
        return;
    fill_gestures(self);
    look(self, 0);
}

static void
on_changed(WgSession *session, gpointer user_data)
{
    if (gtk_widget_get_mapped(GTK_WIDGET(user_data)))
        update(WG_INSIDE_VIEW(user_data));
}

static void
wg_inside_view_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_inside_view_parent_class)->map(widget);
    update(WG_INSIDE_VIEW(widget));
}

static void
wg_inside_view_dispose(GObject *object)
{
    g_clear_object(&WG_INSIDE_VIEW(object)->desk);
    G_OBJECT_CLASS(wg_inside_view_parent_class)->dispose(object);
}

static void
wg_inside_view_finalize(GObject *object)
{
    WgInsideView *self = WG_INSIDE_VIEW(object);

    g_ptr_array_unref(self->rows);
    g_free(self->state);
    G_OBJECT_CLASS(wg_inside_view_parent_class)->finalize(object);
}

static void
wg_inside_view_class_init(WgInsideViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_inside_view_dispose;
    G_OBJECT_CLASS(klass)->finalize = wg_inside_view_finalize;
    widget_class->map = wg_inside_view_map;
    g_type_ensure(WG_TYPE_ACTIVITY);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/inside-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgInsideView, gesture);
    gtk_widget_class_bind_template_child(widget_class, WgInsideView, next);
    gtk_widget_class_bind_template_child(widget_class, WgInsideView, title);
    gtk_widget_class_bind_template_child(widget_class, WgInsideView, words);
    gtk_widget_class_bind_template_child(widget_class, WgInsideView, activity);
    gtk_widget_class_bind_template_child(widget_class, WgInsideView, layers);
    gtk_widget_class_bind_template_child(widget_class, WgInsideView, filters_title);
    gtk_widget_class_bind_template_child(widget_class, WgInsideView, filters);
    gtk_widget_class_bind_template_callback(widget_class, on_next);
    gtk_widget_class_bind_template_callback(widget_class, on_gesture);
}

static void
wg_inside_view_init(WgInsideView *self)
{
    self->rows = g_ptr_array_new_with_free_func((GDestroyNotify)json_object_unref);
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_inside_view_set_desk(WgInsideView *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_changed), self, 0);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_changed), self, 0);
}

void
wg_inside_view_look(WgInsideView *self, gint64 take)
{
    fill_gestures(self);
    look(self, take);
}
