/* Asking for a file or folder with the desktop's own dialog. */
#include "ui/file-question.h"

#include <glib/gi18n.h>

#define OPEN "waggle-file-question"

static void
on_response(GtkNativeDialog *dialog, int response, gpointer owner)
{
    g_autoptr(GtkNativeDialog) kept = g_object_ref(dialog);
    const WgFileFunc func = (WgFileFunc)g_object_get_data(G_OBJECT(dialog), "func");
    g_autofree char *path = response == GTK_RESPONSE_ACCEPT
                                ? gtk_file_chooser_get_filename(GTK_FILE_CHOOSER(dialog))
                                : NULL;

    g_object_set_data(owner, OPEN, NULL);
    func(owner, GTK_FILE_CHOOSER(dialog), path);
}

GtkFileChooser *
wg_ask_for_file(GtkWidget *owner, const char *title, GtkFileChooserAction action,
                const char *accept, WgFileFunc func)
{
    GtkWidget *window = gtk_widget_get_toplevel(owner);
    GtkFileChooserNative *dialog = gtk_file_chooser_native_new(
        title, GTK_IS_WINDOW(window) ? GTK_WINDOW(window) : NULL, action, accept, _("_Cancel"));

    gtk_file_chooser_set_do_overwrite_confirmation(GTK_FILE_CHOOSER(dialog), TRUE);
    g_object_set_data(G_OBJECT(dialog), "func", (gpointer)func);
    g_signal_connect_object(dialog, "response", G_CALLBACK(on_response), owner, 0);
    g_object_set_data_full(G_OBJECT(owner), OPEN, dialog, g_object_unref);
    gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
    return GTK_FILE_CHOOSER(dialog);
}
