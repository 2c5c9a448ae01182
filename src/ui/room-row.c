/* A row of the room: who handed in what, how far they are, and what is the matter. */
#include "ui/room-row.h"

#include "ui/room-words.h"

struct _WgRoomRow {
    GtkListBoxRow parent_instance;
    GtkLabel *who, *what, *gestures, *counts, *step, *state, *words;
};

G_DEFINE_FINAL_TYPE(WgRoomRow, wg_room_row, GTK_TYPE_LIST_BOX_ROW)

static void
wg_room_row_class_init(WgRoomRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/room-row.ui");
    gtk_widget_class_bind_template_child(widget_class, WgRoomRow, who);
    gtk_widget_class_bind_template_child(widget_class, WgRoomRow, what);
    gtk_widget_class_bind_template_child(widget_class, WgRoomRow, gestures);
    gtk_widget_class_bind_template_child(widget_class, WgRoomRow, counts);
    gtk_widget_class_bind_template_child(widget_class, WgRoomRow, step);
    gtk_widget_class_bind_template_child(widget_class, WgRoomRow, state);
    gtk_widget_class_bind_template_child(widget_class, WgRoomRow, words);
}

static void
wg_room_row_init(WgRoomRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

/* What is not there takes no room. */
static void
show(GtkLabel *label, const char *text)
{
    gtk_label_set_text(label, text);
    gtk_widget_set_visible(GTK_WIDGET(label), *text);
}

GtkWidget *
wg_room_row_new(JsonObject *row)
{
    WgRoomRow *self = g_object_new(WG_TYPE_ROOM_ROW, NULL);
    g_autofree char *who = wg_room_dup_who(row);
    g_autofree char *what = wg_room_dup_what(row);
    g_autofree char *gestures = wg_room_dup_gestures(row);
    g_autofree char *counts = wg_room_dup_counts(row);
    g_autofree char *step = wg_room_dup_step(row);
    const char *words = json_object_get_string_member(row, "words");
    const char *css;
    const char *state = wg_room_get_state(row, &css);
    g_autofree char *spoken = NULL;

    show(self->who, who);
    show(self->what, g_str_equal(what, who) ? "" : what);
    show(self->gestures, gestures);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->gestures), gestures); /* where they are many */
    show(self->counts, counts);
    show(self->step, step);
    show(self->words, words);
    gtk_label_set_text(self->state, state);
    gtk_style_context_add_class(gtk_widget_get_style_context(GTK_WIDGET(self->state)), css);
    spoken = g_strdup_printf("%s, %s, %s, %s, %s, %s %s", who, what, gestures, counts, step, state,
                             words);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), spoken);
    return GTK_WIDGET(self);
}
