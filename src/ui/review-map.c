/* All takes as a map: alike ones near one another, and one of them over its neighbours. */
#include "ui/review-map.h"

#include "ui/activity.h"
#include "ui/charts/overlay.h"
#include "ui/charts/take-map-view.h"
#include "ui/review-takes.h"
#include "ui/take-actions.h"

#include <glib/gi18n.h>

struct _WgReviewMap {
    GtkBox parent_instance;
    GtkLabel *title, *note, *take_title, *take_reason, *hint;
    GtkRadioButton *movement, *network;
    GtkButton *next;
    WgActivity *activity;
    WgTakeMapView *map;
    WgOverlay *overlay;
    WgTakeActions *actions;
    WgDesk *desk;
    JsonObject *result; /* of the last job; NULL: none yet */
    gboolean is_stale, is_waiting;
};

G_DEFINE_FINAL_TYPE(WgReviewMap, wg_review_map, GTK_TYPE_BOX)

static void draw_map(WgReviewMap *self);

static WgRecording *
find_take(WgReviewMap *self, gint64 id)
{
    GPtrArray *all = wg_session_get_recordings(wg_desk_get_session(self->desk));

    for (guint i = 0; i < all->len; i++) {
        if (wg_recording_get_facts(g_ptr_array_index(all, i))->id == id)
            return g_ptr_array_index(all, i);
    }
    return NULL;
}

static JsonObject *
find_point(WgReviewMap *self, gint64 id)
{
    JsonArray *points = self->result ? json_object_get_array_member(self->result, "points") : NULL;

    for (guint i = 0; points && i < json_array_get_length(points); i++) {
        JsonObject *point = json_array_get_object_element(points, i);

        if (json_object_get_int_member(point, "id") == id)
            return point;
    }
    return NULL;
}

static char *
describe_place(JsonObject *point)
{
    const char *place = json_object_get_string_member(point, "place");
    const int n = (int)json_array_get_length(json_object_get_array_member(point, "neighbours"));
    const int n_strangers = (int)json_object_get_int_member(point, "strangers");

    if (g_str_equal(place, "other"))
        return g_strdup_printf(_("▲ %d of the %d takes most like it are “%s”. Is it mislabelled?"),
                               n_strangers, n, json_object_get_string_member(point, "other"));
    if (g_str_equal(place, "alone"))
        return g_strdup(_("▲ It is unlike any other take. Look whether something went wrong."));
    if (n_strangers == 0)
        return g_strdup(_("✓ It lies among takes of its own gesture."));
    return g_strdup_printf(_("✓ It lies among its own; %d of the %d takes most like it are “%s”."),
                           n_strangers, n, json_object_get_string_member(point, "other"));
}

/* The chosen take over its neighbours; where none is, what can be done. */
static void
show_take(WgReviewMap *self, gint64 id)
{
    JsonObject *point = id ? find_point(self, id) : NULL;
    WgRecording *take = point ? find_take(self, id) : NULL;
    const WgWindowOptions window = wg_review_get_window(self->desk);
    g_autoptr(GPtrArray) near = g_ptr_array_new();
    g_autoptr(GPtrArray) chosen = g_ptr_array_new();
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autofree char *reason = NULL, *title = NULL;

    gtk_widget_set_visible(GTK_WIDGET(self->overlay), take != NULL);
    gtk_widget_set_visible(GTK_WIDGET(self->take_reason), take != NULL);
    if (!take) {
        gtk_label_set_text(self->take_title, "");
        wg_take_actions_set_takes(self->actions, NULL);
        wg_take_map_view_choose(self->map, 0, NULL, 0);
        return;
    }
    for (guint i = 0; i < json_array_get_length(json_object_get_array_member(point, "neighbours"));
         i++) {
        const gint64 other =
            json_array_get_int_element(json_object_get_array_member(point, "neighbours"), i);
        WgRecording *neighbour = find_take(self, other);

        if (neighbour)
            g_ptr_array_add(near, neighbour);
        g_array_append_val(ids, other);
    }
    g_ptr_array_add(chosen, take);
    title = g_strdup_printf(_("Take %d of %s"), (int)id, wg_recording_get_facts(take)->label);
    reason = describe_place(point);
    gtk_label_set_text(self->take_title, title);
    gtk_label_set_text(self->take_reason, reason);
    wg_overlay_set_takes(self->overlay, near, &window);
    wg_overlay_set_highlight(self->overlay, take);
    wg_take_actions_set_takes(self->actions, chosen);
    wg_take_map_view_choose(self->map, id, (const gint64 *)(gpointer)ids->data, (int)ids->len);
}

/* Names, letters and colours of the gestures as everywhere in the window. */
static void
fill(WgReviewMap *self)
{
    GListModel *gestures = wg_desk_get_gestures(self->desk);
    JsonArray *points = json_object_get_array_member(self->result, "points");
    const guint n_gestures = g_list_model_get_n_items(gestures);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) colours = g_array_new(FALSE, TRUE, sizeof(int));
    g_autoptr(GArray) dots = g_array_new(FALSE, TRUE, sizeof(WgMapDot));
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < n_gestures; i++) {
        g_autoptr(WgGesture) gesture = g_list_model_get_item(gestures, i);
        const int colour = wg_gesture_get_index(gesture);

        g_ptr_array_add(names, g_strdup(wg_gesture_get_label(gesture)));
        g_ptr_array_add(letters, wg_gesture_dup_letter(gesture));
        g_array_append_val(colours, colour);
        g_hash_table_insert(numbers, g_ptr_array_index(names, i), GINT_TO_POINTER((int)i + 1));
    }
    g_ptr_array_add(names, NULL);
    g_ptr_array_add(letters, NULL);
    for (guint i = 0; i < json_array_get_length(points); i++) {
        JsonObject *point = json_array_get_object_element(points, i);
        const WgMapDot dot = {
            .id = json_object_get_int_member(point, "id"),
            .x = (float)json_object_get_double_member(point, "x"),
            .y = (float)json_object_get_double_member(point, "y"),
            .gesture = GPOINTER_TO_INT(g_hash_table_lookup(
                           numbers, json_object_get_string_member(point, "label"))) -
                       1,
            .is_odd = !g_str_equal(json_object_get_string_member(point, "place"), "own"),
        };

        if (dot.gesture >= 0)
            g_array_append_val(dots, dot);
    }
    wg_take_map_view_set(self->map, (const WgMapDot *)(gpointer)dots->data, (int)dots->len,
                         (const char *const *)names->pdata, (const char *const *)letters->pdata,
                         (const int *)(gpointer)colours->data);
}

static void
show_result(WgReviewMap *self)
{
    const gint64 n = json_object_get_int_member(self->result, "takes");
    const gint64 n_of = json_object_get_int_member(self->result, "of");
    g_autofree char *title =
        n < n_of ? g_strdup_printf(_("%d of %d takes, as many of each gesture"), (int)n, (int)n_of)
                 : g_strdup_printf(ngettext("%d take", "%d takes", (gulong)n), (int)n);
    g_autofree char *note = NULL;
    int n_odd;

    fill(self);
    n_odd = wg_take_map_view_get_n_odd(self->map);
    note = n_odd ? g_strdup_printf(ngettext("▲ %d lies outside its gesture",
                                            "▲ %d lie outside their gesture", (gulong)n_odd),
                                   n_odd)
                 : g_strdup(_("✓ all lie within their gesture"));
    gtk_label_set_text(self->title, title);
    gtk_label_set_text(self->note, note);
    gtk_widget_set_sensitive(GTK_WIDGET(self->next), n_odd > 0);
    /* the first suspect, to begin with */
    if (!wg_take_map_view_get_chosen(self->map) && n_odd > 0)
        wg_take_map_view_choose_next_odd(self->map);
    else
        show_take(self, wg_take_map_view_get_chosen(self->map));
}

static void
on_drawn(gpointer owner, JsonObject *result, const GError *error)
{
    WgReviewMap *self = WG_REVIEW_MAP(owner);

    self->is_waiting = FALSE;
    if (!self->desk)
        return;
    if (result) {
        g_clear_pointer(&self->result, json_object_unref);
        self->result = json_object_ref(result);
        show_result(self);
    } else if (error && !self->result) {
        wg_take_map_view_clear(self->map, error->message);
    }
    if (self->is_stale && result)
        draw_map(self);
}

/* Anew after each change, once at a time, and only while somebody looks. */
static void
draw_map(WgReviewMap *self)
{
    const gboolean is_network = gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(self->network));
    WgJob *job;

    self->is_stale = TRUE;
    if (self->is_waiting || !gtk_widget_get_mapped(GTK_WIDGET(self)))
        return;
    job = wg_desk_new_job(self->desk, "map", "by", is_network ? "network" : "movement", NULL);
    if (!job)
        return;
    self->is_stale = FALSE;
    self->is_waiting = TRUE;
    wg_activity_run(self->activity, self->desk, job, _("Laying out the takes"), on_drawn, self);
}

static void
update_network(WgReviewMap *self)
{
    WgModelRecord *record = wg_desk_load_model(self->desk, "float");

    gtk_widget_set_sensitive(GTK_WIDGET(self->network), record != NULL);
    gtk_widget_set_tooltip_text(
        GTK_WIDGET(self->network),
        record ? _("By what the trained network makes of them; without the takes kept for the test")
               : _("There is no trained network yet"));
    if (!record)
        gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(self->movement), TRUE);
    else
        wg_model_record_free(record);
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    draw_map(user_data);
}

static void
on_models_changed(WgSession *session, gpointer user_data)
{
    WgReviewMap *self = WG_REVIEW_MAP(user_data);

    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        return;
    update_network(self);
    if (gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(self->network)))
        draw_map(self);
}

static void
on_by(GtkToggleButton *button, gpointer user_data)
{
    WgReviewMap *self = WG_REVIEW_MAP(user_data);

    if (self->desk && gtk_toggle_button_get_active(button))
        draw_map(self);
}

static void
on_chosen(WgTakeMapView *map, gint64 id, gpointer user_data)
{
    show_take(user_data, id);
}

static void
on_next(GtkButton *button, gpointer user_data)
{
    wg_take_map_view_choose_next_odd(WG_REVIEW_MAP(user_data)->map);
}

static void
wg_review_map_map(GtkWidget *widget)
{
    WgReviewMap *self = WG_REVIEW_MAP(widget);

    GTK_WIDGET_CLASS(wg_review_map_parent_class)->map(widget);
    update_network(self);
    if (self->is_stale)
        draw_map(self);
}

static void
on_pointed(WgTakeMapView *map, const char *name, gpointer user_data)
{
    gtk_label_set_text(WG_REVIEW_MAP(user_data)->hint,
                       name ? name : _("Alike takes lie near one another."));
}

static void
wg_review_map_dispose(GObject *object)
{
    WgReviewMap *self = WG_REVIEW_MAP(object);

    g_clear_object(&self->desk);
    g_clear_pointer(&self->result, json_object_unref);
    G_OBJECT_CLASS(wg_review_map_parent_class)->dispose(object);
}

static void
wg_review_map_class_init(WgReviewMapClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_review_map_dispose;
    widget_class->map = wg_review_map_map;
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_OVERLAY);
    g_type_ensure(WG_TYPE_TAKE_MAP_VIEW);
    g_type_ensure(WG_TYPE_TAKE_ACTIONS);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/review-map.ui");
    gtk_widget_class_bind_template_child(widget_class, WgReviewMap, title);
    gtk_widget_class_bind_template_child(widget_class, WgReviewMap, note);
    gtk_widget_class_bind_template_child(widget_class, WgReviewMap, take_title);
    gtk_widget_class_bind_template_child(widget_class, WgReviewMap, take_reason);
    gtk_widget_class_bind_template_child(widget_class, WgReviewMap, movement);
    gtk_widget_class_bind_template_child(widget_class, WgReviewMap, network);
    gtk_widget_class_bind_template_child(widget_class, WgReviewMap, next);
    gtk_widget_class_bind_template_child(widget_class, WgReviewMap, activity);
    gtk_widget_class_bind_template_child(widget_class, WgReviewMap, map);
    gtk_widget_class_bind_template_child(widget_class, WgReviewMap, overlay);
    gtk_widget_class_bind_template_child(widget_class, WgReviewMap, hint);
    gtk_widget_class_bind_template_child(widget_class, WgReviewMap, actions);
    gtk_widget_class_bind_template_callback(widget_class, on_by);
    gtk_widget_class_bind_template_callback(widget_class, on_chosen);
    gtk_widget_class_bind_template_callback(widget_class, on_next);
    gtk_widget_class_bind_template_callback(widget_class, on_pointed);
}

static void
wg_review_map_init(WgReviewMap *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->is_stale = TRUE;
    wg_take_map_view_clear(self->map, _("The map will appear here"));
}

void
wg_review_map_set_desk(WgReviewMap *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    wg_take_actions_set_desk(self->actions, desk);
    g_signal_connect_object(wg_desk_get_session(desk), "recordings-changed",
                            G_CALLBACK(on_recordings_changed), self, 0);
    g_signal_connect_object(wg_desk_get_session(desk), "models-changed",
                            G_CALLBACK(on_models_changed), self, 0);
    show_take(self, 0);
}
