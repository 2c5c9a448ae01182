/* A row of the gesture list. */
#include "ui/gesture-row.h"

#include "ui/charts/theme.h"

#include <glib/gi18n.h>

struct _WgGestureRow {
    GtkListBoxRow parent_instance;
    GtkDrawingArea *badge;
    GtkLabel *name, *state, *count;
    GtkMenuButton *rename;
    GtkPopover *popover;
    GtkEntry *entry;
    GtkButton *accept;
    WgGesture *gesture;
};

G_DEFINE_FINAL_TYPE(WgGestureRow, wg_gesture_row, GTK_TYPE_LIST_BOX_ROW)

static guint rename_signal;

static gboolean
on_draw_badge(GtkWidget *widget, cairo_t *cr, gpointer user_data)
{
    WgGestureRow *self = WG_GESTURE_ROW(user_data);
    const double width = gtk_widget_get_allocated_width(widget);
    const double height = gtk_widget_get_allocated_height(widget);
    g_autofree char *letter = wg_gesture_dup_letter(self->gesture);
    GdkRGBA colour, ink;
    double line;
    WgTheme theme;

    wg_theme_read(&theme, widget);
    wg_theme_gesture_colour(wg_gesture_get_index(self->gesture), &colour);
    wg_theme_contrasting(&colour, &ink);
    gdk_cairo_set_source_rgba(cr, &colour);
    cairo_arc(cr, width / 2, height / 2, MIN(width, height) / 2, 0, 2 * G_PI);
    cairo_fill(cr);
    wg_theme_measure(&theme, letter, 1, NULL, &line);
    wg_theme_text(&theme, cr, letter, width / 2, height / 2, 0.5, 0.5,
                  MIN(0.9, 0.75 * height / line), 0, &ink);
    return TRUE;
}

static void
show(WgGestureRow *self)
{
    const int n = wg_gesture_get_n_takes(self->gesture);
    const int n_clipped = wg_gesture_get_n_clipped(self->gesture);
    g_autofree char *count = g_strdup_printf("%d", n);
    g_autofree char *state = NULL;
    g_autofree char *name = NULL;

    if (wg_gesture_is_left_out(self->gesture))
        state = g_strdup(_("left out"));
    else if (n < WG_TAKES_ENOUGH)
        state = g_strdup_printf(ngettext("%d to go", "%d to go", (gulong)(WG_TAKES_ENOUGH - n)),
                                WG_TAKES_ENOUGH - n);
    else if (n_clipped > 0)
        state = g_strdup_printf(ngettext("%d clipped", "%d clipped", (gulong)n_clipped), n_clipped);
    else
        state = g_strdup(C_("state of a gesture", "good"));
    gtk_label_set_text(self->name, wg_gesture_get_label(self->gesture));
    gtk_label_set_text(self->count, count);
    gtk_label_set_text(self->state, state);
    name = g_strdup_printf(ngettext("%s, %d take, %s", "%s, %d takes, %s", (gulong)n),
                           wg_gesture_get_label(self->gesture), n, state);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), name);
}

static void
on_counts(GObject *gesture, GParamSpec *pspec, gpointer user_data)
{
    show(user_data);
}

/* One row shows it: the chosen one. */
static void
wg_gesture_row_state_flags_changed(GtkWidget *widget, GtkStateFlags before)
{
    WgGestureRow *self = WG_GESTURE_ROW(widget);

    GTK_WIDGET_CLASS(wg_gesture_row_parent_class)->state_flags_changed(widget, before);
    if (self->rename)
        gtk_widget_set_visible(GTK_WIDGET(self->rename),
                               gtk_widget_get_state_flags(widget) & GTK_STATE_FLAG_SELECTED);
}

static void
on_toggled(GtkToggleButton *button, gpointer user_data)
{
    WgGestureRow *self = WG_GESTURE_ROW(user_data);

    if (!gtk_toggle_button_get_active(button))
        return;
    gtk_entry_set_text(self->entry, wg_gesture_get_label(self->gesture));
    gtk_widget_grab_focus(GTK_WIDGET(self->entry));
}

/* A gesture has a name. */
static void
on_entry_changed(GtkEditable *entry, gpointer user_data)
{
    WgGestureRow *self = WG_GESTURE_ROW(user_data);
    g_autofree char *name = g_strstrip(g_strdup(gtk_entry_get_text(self->entry)));

    gtk_widget_set_sensitive(GTK_WIDGET(self->accept), *name);
}

static void
on_renamed(GtkWidget *widget, gpointer user_data)
{
    g_autoptr(WgGestureRow) self = g_object_ref(WG_GESTURE_ROW(user_data));
    g_autofree char *name = g_strstrip(g_strdup(gtk_entry_get_text(self->entry)));

    gtk_popover_popdown(self->popover);
    if (*name && !g_str_equal(name, wg_gesture_get_label(self->gesture)))
        g_signal_emit(self, rename_signal, 0, name); /* the row may go */
}

static void
wg_gesture_row_dispose(GObject *object)
{
    WgGestureRow *self = WG_GESTURE_ROW(object);

    g_clear_object(&self->gesture);
    G_OBJECT_CLASS(wg_gesture_row_parent_class)->dispose(object);
}

static void
wg_gesture_row_class_init(WgGestureRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_gesture_row_dispose;
    widget_class->state_flags_changed = wg_gesture_row_state_flags_changed;
    rename_signal = g_signal_new("rename", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/gesture-row.ui");
    gtk_widget_class_bind_template_child(widget_class, WgGestureRow, badge);
    gtk_widget_class_bind_template_child(widget_class, WgGestureRow, name);
    gtk_widget_class_bind_template_child(widget_class, WgGestureRow, state);
    gtk_widget_class_bind_template_child(widget_class, WgGestureRow, count);
    gtk_widget_class_bind_template_child(widget_class, WgGestureRow, rename);
    gtk_widget_class_bind_template_child(widget_class, WgGestureRow, popover);
    gtk_widget_class_bind_template_child(widget_class, WgGestureRow, entry);
    gtk_widget_class_bind_template_callback(widget_class, on_draw_badge);
    gtk_widget_class_bind_template_callback(widget_class, on_toggled);
    gtk_widget_class_bind_template_child(widget_class, WgGestureRow, accept);
    gtk_widget_class_bind_template_callback(widget_class, on_entry_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_renamed);
}

static void
wg_gesture_row_init(WgGestureRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
wg_gesture_row_new(WgGesture *gesture)
{
    WgGestureRow *self = g_object_new(WG_TYPE_GESTURE_ROW, NULL);

    self->gesture = g_object_ref(gesture);
    g_signal_connect_object(gesture, "notify", G_CALLBACK(on_counts), self, 0);
    show(self);
    return GTK_WIDGET(self);
}

WgGesture *
wg_gesture_row_get_gesture(WgGestureRow *self)
{
    return self->gesture;
}

void
wg_gesture_row_edit(WgGestureRow *self)
{
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(self->rename), TRUE);
}
