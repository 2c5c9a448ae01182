/* What has happened, or gone wrong, above the page; and that takes were deleted, with the way back.
 */
#include "ui/message-bar.h"

#include <glib/gi18n.h>

#define SECONDS 8

struct _WgMessageBar {
    GtkInfoBar parent_instance;
    GtkLabel *text;
    GtkWidget *undo;
    WgDesk *desk;
    guint hide_id, edited_id;
    guint n_takes; /* before the last edit */
};

G_DEFINE_FINAL_TYPE(WgMessageBar, wg_message_bar, GTK_TYPE_INFO_BAR)

void
wg_message_bar_hide(WgMessageBar *self)
{
    gtk_info_bar_set_revealed(GTK_INFO_BAR(self), FALSE);
}

static gboolean
on_seconds(gpointer user_data)
{
    WgMessageBar *self = WG_MESSAGE_BAR(user_data);

    self->hide_id = 0;
    wg_message_bar_hide(self);
    return G_SOURCE_REMOVE;
}

/* What went wrong stays until something else is done; what merely happened goes by itself. */
static void
show(WgMessageBar *self, const char *text, gboolean is_error, gboolean can_undo)
{
    gtk_widget_set_visible(self->undo, can_undo);
    gtk_label_set_text(self->text, text);
    gtk_info_bar_set_message_type(GTK_INFO_BAR(self),
                                  is_error ? GTK_MESSAGE_ERROR : GTK_MESSAGE_INFO);
    gtk_widget_show(GTK_WIDGET(self));
    gtk_info_bar_set_revealed(GTK_INFO_BAR(self), TRUE);
    g_clear_handle_id(&self->hide_id, g_source_remove);
    if (!is_error)
        self->hide_id = g_timeout_add_seconds(SECONDS, on_seconds, self);
}

static void
on_message(WgDesk *desk, const char *text, gboolean is_error, gpointer user_data)
{
    show(user_data, text, is_error, FALSE);
}

static guint
count_takes(WgMessageBar *self)
{
    return wg_session_get_recordings(wg_desk_get_session(self->desk))->len;
}

/* What was deleted has the way back beside it, until anything else is done: that would be undone
 * first. */
static gboolean
on_edited(gpointer user_data)
{
    WgMessageBar *self = WG_MESSAGE_BAR(user_data);
    WgEdits *edits = wg_desk_get_edits(self->desk);
    const guint n_before = self->n_takes;
    const guint n = self->n_takes = count_takes(self);

    self->edited_id = 0;
    if (n < n_before && wg_edits_get_undo_text(edits) && !wg_edits_get_redo_text(edits)) {
        g_autofree char *text = g_strdup_printf(
            ngettext("%u take is deleted.", "%u takes are deleted.", n_before - n), n_before - n);

        show(self, text, FALSE, TRUE);
    } else if (gtk_widget_get_visible(self->undo)) {
        wg_message_bar_hide(self);
    }
    return G_SOURCE_REMOVE;
}

static void
on_edits_changed(WgEdits *edits, gpointer user_data)
{
    WgMessageBar *self = WG_MESSAGE_BAR(user_data);

    if (!self->edited_id) /* once the takes are those after it */
        self->edited_id = g_idle_add(on_edited, self);
}

/* Where so many were edited that they were read in the background. */
static void
on_reading(WgSession *session, gpointer user_data)
{
    if (wg_session_get_reading(session) < 0)
        on_edits_changed(NULL, user_data);
}

static void
on_closed(GtkInfoBar *bar, int response, gpointer user_data)
{
    gtk_info_bar_set_revealed(bar, FALSE);
}

static void
wg_message_bar_dispose(GObject *object)
{
    WgMessageBar *self = WG_MESSAGE_BAR(object);

    g_clear_handle_id(&self->hide_id, g_source_remove);
    g_clear_handle_id(&self->edited_id, g_source_remove);
    g_clear_object(&self->desk);
    G_OBJECT_CLASS(wg_message_bar_parent_class)->dispose(object);
}

static void
wg_message_bar_class_init(WgMessageBarClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_message_bar_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/message-bar.ui");
    gtk_widget_class_bind_template_child(widget_class, WgMessageBar, text);
    gtk_widget_class_bind_template_child(widget_class, WgMessageBar, undo);
    gtk_widget_class_bind_template_callback(widget_class, on_closed);
}

static void
wg_message_bar_init(WgMessageBar *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_message_bar_set_desk(WgMessageBar *self, WgDesk *desk)
{
    g_set_object(&self->desk, desk);
    g_signal_connect_object(desk, "message", G_CALLBACK(on_message), self, 0);
    g_signal_connect_object(desk, "work-begun", G_CALLBACK(wg_message_bar_hide), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(wg_desk_get_edits(desk), "changed", G_CALLBACK(on_edits_changed), self,
                            0);
    g_signal_connect_object(wg_desk_get_session(desk), "reading-changed", G_CALLBACK(on_reading),
                            self, 0);
}

void
wg_message_bar_begin_anew(WgMessageBar *self)
{
    self->n_takes = count_takes(self);
}
