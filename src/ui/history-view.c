/* The trainings of the project, the newest first, of which one is looked at. */
#include "ui/history-view.h"

#include "ui/asking.h"
#include "ui/run-row.h"

#include <glib/gi18n.h>

struct _WgHistoryView {
    GtkBox parent_instance;
    GtkListBox *list;
    GtkWidget *empty, *scrolled;
    WgAsking *asking;
    WgDesk *desk;
    gint64 chosen;        /* id of the run; 0: the one in use */
    gint64 held;          /* what others are held against; 0: the one in use */
    gboolean is_changing; /* the rows are being made anew */
};

G_DEFINE_FINAL_TYPE(WgHistoryView, wg_history_view, GTK_TYPE_BOX)

static guint chosen_signal;

static WgJob *
new_job(gpointer owner)
{
    WgHistoryView *self = WG_HISTORY_VIEW(owner);

    if (!wg_session_get_project(wg_desk_get_session(self->desk)))
        return NULL;
    return wg_desk_new_job(self->desk, "runs", NULL);
}

static gint64
get_id(JsonObject *run)
{
    return json_object_get_int_member(run, "id");
}

static WgRunRow *
get_row(WgHistoryView *self, int i)
{
    GtkListBoxRow *row = gtk_list_box_get_row_at_index(self->list, i);

    return row ? WG_RUN_ROW(row) : NULL;
}

/* The row of the one looked at; NULL: there is none. */
static WgRunRow *
find_row(WgHistoryView *self, gint64 id)
{
    WgRunRow *row;

    for (int i = 0; (row = get_row(self, i)); i++) {
        JsonObject *run = wg_run_row_get_run(row);

        if (id > 0 ? get_id(run) == id : json_object_get_boolean_member(run, "is_used"))
            return row;
    }
    return NULL;
}

static void
select_chosen(WgHistoryView *self)
{
    WgRunRow *row = find_row(self, self->chosen);

    if (!row) {
        self->chosen = 0;
        row = find_row(self, 0);
    }
    gtk_list_box_select_row(self->list, row ? GTK_LIST_BOX_ROW(row) : NULL);
}

static void
on_answered(gpointer owner, JsonObject *result, const GError *error)
{
    WgHistoryView *self = WG_HISTORY_VIEW(owner);
    JsonArray *runs = result ? json_object_get_array_member(result, "runs") : NULL;
    const guint n = runs ? json_array_get_length(runs) : 0;
    GtkListBoxRow *row;

    if (error)
        wg_desk_fail(self->desk, error);
    self->is_changing = TRUE;
    while ((row = gtk_list_box_get_row_at_index(self->list, 0)))
        gtk_widget_destroy(GTK_WIDGET(row));
    for (guint i = 0; i < n; i++)
        gtk_container_add(GTK_CONTAINER(self->list),
                          wg_run_row_new(json_array_get_object_element(runs, i)));
    gtk_widget_set_visible(self->scrolled, n > 0);
    gtk_widget_set_visible(self->empty, n == 0);
    select_chosen(self);
    self->is_changing = FALSE;
    g_signal_emit(self, chosen_signal, 0);
}

static void
on_row_selected(GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
    WgHistoryView *self = WG_HISTORY_VIEW(user_data);
    JsonObject *run = row ? wg_run_row_get_run(WG_RUN_ROW(row)) : NULL;

    if (self->is_changing || !run)
        return;
    self->chosen = json_object_get_boolean_member(run, "is_used") ? 0 : get_id(run);
    g_signal_emit(self, chosen_signal, 0);
}

static void
on_models_changed(WgSession *session, gpointer user_data)
{
    wg_asking_ask(WG_HISTORY_VIEW(user_data)->asking);
}

static void
wg_history_view_dispose(GObject *object)
{
    WgHistoryView *self = WG_HISTORY_VIEW(object);

    if (self->asking)
        wg_asking_stop(self->asking);
    g_clear_object(&self->asking);
    g_clear_object(&self->desk);
    self->is_changing = TRUE; /* the list loses its rows */
    G_OBJECT_CLASS(wg_history_view_parent_class)->dispose(object);
}

static void
wg_history_view_class_init(WgHistoryViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_history_view_dispose;
    g_type_ensure(WG_TYPE_RUN_ROW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/history-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgHistoryView, list);
    gtk_widget_class_bind_template_child(widget_class, WgHistoryView, empty);
    gtk_widget_class_bind_template_child(widget_class, WgHistoryView, scrolled);
    gtk_widget_class_bind_template_callback(widget_class, on_row_selected);
    chosen_signal = g_signal_new("chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_history_view_init(WgHistoryView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->asking = wg_asking_new(new_job, on_answered, self);
}

void
wg_history_view_set_desk(WgHistoryView *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    g_signal_connect_object(wg_desk_get_session(desk), "models-changed",
                            G_CALLBACK(on_models_changed), self, 0);
    wg_asking_ask(self->asking);
}

JsonObject *
wg_history_view_get_chosen(WgHistoryView *self)
{
    WgRunRow *row = find_row(self, self->chosen);

    return row ? wg_run_row_get_run(row) : NULL;
}

JsonObject *
wg_history_view_get_used(WgHistoryView *self)
{
    WgRunRow *row = find_row(self, 0);

    return row ? wg_run_row_get_run(row) : NULL;
}

gboolean
wg_history_view_is_held(WgHistoryView *self)
{
    JsonObject *chosen = wg_history_view_get_chosen(self);

    return chosen && self->held > 0 && get_id(chosen) == self->held;
}

JsonObject *
wg_history_view_get_against(WgHistoryView *self)
{
    /* it cannot be held against itself */
    WgRunRow *row =
        self->held > 0 && !wg_history_view_is_held(self) ? find_row(self, self->held) : NULL;

    return row ? wg_run_row_get_run(row) : wg_history_view_get_used(self);
}

void
wg_history_view_hold(WgHistoryView *self, gboolean is_held)
{
    JsonObject *chosen = wg_history_view_get_chosen(self);

    self->held = is_held && chosen ? get_id(chosen) : 0;
}

void
wg_history_view_choose_used(WgHistoryView *self)
{
    self->chosen = 0;
    select_chosen(self);
}
