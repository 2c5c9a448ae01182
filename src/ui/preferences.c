/* The few things that a person may want otherwise, in a small window beside the work. */
#include "ui/preferences.h"

#include "ui/preset-choice.h"
#include "ui/settings.h"

#define OPEN "preferences-window"

static void
on_destroy(GtkWidget *window, gpointer user_data)
{
    g_object_set_data(user_data, OPEN, NULL);
}

static gboolean
on_key(GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
       gpointer user_data)
{
    if (key != GDK_KEY_Escape)
        return FALSE;
    gtk_window_close(GTK_WINDOW(user_data));
    return TRUE;
}

static void
close_by_escape(GtkWindow *window)
{
    GtkEventController *keys = gtk_event_controller_key_new(GTK_WIDGET(window));

    g_signal_connect(keys, "key-pressed", G_CALLBACK(on_key), window);
    g_object_set_data_full(G_OBJECT(window), "keys", keys, g_object_unref);
}

void
wg_preferences_present(GtkWindow *parent, GSettings *settings)
{
    static const char *const names[][2] = {
        {"open_last", "open-last"},
        {"connect_last", "connect-last"},
        {"notify", "notify"},
    };
    GObject *preset;
    GtkWindow *window = g_object_get_data(G_OBJECT(parent), OPEN);
    g_autoptr(GtkBuilder) builder = NULL;

    if (window) {
        gtk_window_present(window);
        return;
    }
    builder = gtk_builder_new_from_resource("/org/waggle/Waggle/ui/preferences.ui");
    window = GTK_WINDOW(gtk_builder_get_object(builder, "preferences"));
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        wg_settings_bind(settings, names[i][1], gtk_builder_get_object(builder, names[i][0]),
                         "active");
    wg_settings_bind(settings, WG_SETTING_COUNTDOWN, gtk_builder_get_object(builder, "countdown"),
                     "value");
    preset = gtk_builder_get_object(builder, "preset");
    wg_preset_choice_fill(GTK_COMBO_BOX_TEXT(preset));
    wg_settings_bind(settings, WG_SETTING_PRESET, preset, "active-id");
    gtk_window_set_transient_for(window, parent);
    close_by_escape(window);
    g_object_set_data(G_OBJECT(parent), OPEN, window);
    g_signal_connect_object(window, "destroy", G_CALLBACK(on_destroy), parent, 0);
    gtk_window_present(window);
}
