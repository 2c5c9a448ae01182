/* The menu of a chart: saving its picture, copying its values. */
#include "ui/charts/chart-private.h"
#include "ui/file-question.h"

#include <glib/gi18n.h>

void
wg_chart_tell_failure(WgChart *self, const GError *error)
{
    GtkWidget *window = gtk_widget_get_toplevel(GTK_WIDGET(self));

    if (G_IS_ACTION_GROUP(window) &&
        g_action_group_has_action(G_ACTION_GROUP(window), WG_CHART_TELL_FAILURE))
        g_action_group_activate_action(G_ACTION_GROUP(window), WG_CHART_TELL_FAILURE,
                                       g_variant_new_string(error->message));
    else
        g_message("%s", error->message);
}

static void
on_chosen(gpointer owner, GtkFileChooser *chooser, const char *path)
{
    g_autoptr(GError) error = NULL;

    if (path && !wg_chart_save(owner, path, &error))
        wg_chart_tell_failure(owner, error);
}

/* After what it shows: "live-movement.svg". */
static char *
dup_file_name(WgChart *chart, const char *ending)
{
    const char *name = atk_object_get_name(gtk_widget_get_accessible(GTK_WIDGET(chart)));
    g_autofree char *plain = g_strdup(name && *name ? name : "waggle");
    g_autofree char *lower = NULL;

    g_strdelimit(plain, " /\\:*?\"<>|,.", '-');
    lower = g_utf8_strdown(plain, -1);
    return g_strconcat(lower, ending, NULL);
}

static void
save_as(WgChart *chart, const char *ending)
{
    g_autofree char *name = dup_file_name(chart, ending);

    gtk_file_chooser_set_current_name(wg_ask_for_file(GTK_WIDGET(chart), _("Save the Picture"),
                                                      GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"),
                                                      on_chosen),
                                      name);
}

static void
on_save_svg(GtkMenuItem *item, gpointer chart)
{
    save_as(chart, ".svg");
}

static void
on_save_png(GtkMenuItem *item, gpointer chart)
{
    save_as(chart, ".png");
}

gboolean
wg_chart_copy_values(WgChart *self)
{
    g_autofree char *values = wg_chart_dup_values(self);

    if (values)
        gtk_clipboard_set_text(gtk_widget_get_clipboard(GTK_WIDGET(self), GDK_SELECTION_CLIPBOARD),
                               values, -1);
    return values != NULL;
}

static void
on_copy(GtkMenuItem *item, gpointer chart)
{
    wg_chart_copy_values(chart);
}

static void
add_item(GtkWidget *menu, WgChart *chart, const char *label, GCallback callback)
{
    GtkWidget *item = gtk_menu_item_new_with_mnemonic(label);

    g_signal_connect_object(item, "activate", callback, chart, 0);
    gtk_menu_shell_append(GTK_MENU_SHELL(menu), item);
}

void
wg_chart_popup(WgChart *self, const GdkEvent *event)
{
    GtkWidget *menu = gtk_menu_new();

    add_item(menu, self, _("Save as _SVG…"), G_CALLBACK(on_save_svg));
    add_item(menu, self, _("Save as _PNG…"), G_CALLBACK(on_save_png));
    if (WG_CHART_GET_CLASS(self)->dup_values)
        add_item(menu, self, _("_Copy Values"), G_CALLBACK(on_copy));
    gtk_widget_show_all(menu);
    gtk_menu_attach_to_widget(GTK_MENU(menu), GTK_WIDGET(self), NULL);
    g_signal_connect(menu, "selection-done", G_CALLBACK(gtk_widget_destroy), NULL);
    if (event)
        gtk_menu_popup_at_pointer(GTK_MENU(menu), event);
    else
        gtk_menu_popup_at_widget(GTK_MENU(menu), GTK_WIDGET(self), GDK_GRAVITY_CENTER,
                                 GDK_GRAVITY_NORTH_WEST, NULL);
}
