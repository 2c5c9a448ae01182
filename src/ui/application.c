/* The program: its command line, its window, its shortcuts. */
#include "ui/application.h"

#include "ui/importer.h"
#include "ui/window.h"

#include <glib/gi18n.h>

#define DEFAULT_WATCH "virtual:"

struct _WgApplication {
    GtkApplication parent_instance;
};

G_DEFINE_FINAL_TYPE(WgApplication, wg_application, GTK_TYPE_APPLICATION)

static void
on_quit(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    GtkWindow *window = gtk_application_get_active_window(GTK_APPLICATION(user_data));

    if (window)
        gtk_window_close(window);
}

static void
on_about(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    gtk_show_about_dialog(gtk_application_get_active_window(GTK_APPLICATION(user_data)),
                          "program-name", _("Waggle"), "version", WAGGLE_VERSION, "comments",
                          _("Teach a watch your own gestures. Nothing leaves this computer."),
                          "license-type", GTK_LICENSE_GPL_3_0, "logo-icon-name",
                          "org.waggle.Waggle", NULL);
}

static const GActionEntry entries[] = {
    {"quit", on_quit, NULL, NULL, NULL, {0}},
    {"about", on_about, NULL, NULL, NULL, {0}},
};

typedef struct {
    const char *action;
    const char *accels[3];
} Shortcut;

static const Shortcut shortcuts[] = {
    {"app.quit", {"<Primary>q", NULL}},
    {"win.new", {"<Primary>n", NULL}},
    {"win.open", {"<Primary>o", NULL}},
    {"win.import-files", {"<Primary>i", NULL}},
    {"win.undo", {"<Primary>z", NULL}},
    {"win.redo", {"<Primary><Shift>z", "<Primary>y", NULL}},
    {"win.page('record')", {"<Alt>1", NULL}},
    {"win.page('review')", {"<Alt>2", NULL}},
    {"win.page('train')", {"<Alt>3", NULL}},
    {"win.page('evaluate')", {"<Alt>4", NULL}},
    {"win.page('deploy')", {"<Alt>5", NULL}},
    {"win.page('try')", {"<Alt>6", NULL}},
};

static void
wg_application_startup(GApplication *application)
{
    g_autoptr(GtkCssProvider) css = gtk_css_provider_new();

    G_APPLICATION_CLASS(wg_application_parent_class)->startup(application);
    g_action_map_add_action_entries(G_ACTION_MAP(application), entries, G_N_ELEMENTS(entries),
                                    application);
    for (gsize i = 0; i < G_N_ELEMENTS(shortcuts); i++)
        gtk_application_set_accels_for_action(GTK_APPLICATION(application), shortcuts[i].action,
                                              shortcuts[i].accels);
    gtk_css_provider_load_from_resource(css, "/org/waggle/Waggle/ui/style.css");
    gtk_style_context_add_provider_for_screen(gdk_screen_get_default(), GTK_STYLE_PROVIDER(css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    gtk_icon_theme_add_resource_path(gtk_icon_theme_get_default(), "/org/waggle/Waggle/icons");
    gtk_window_set_default_icon_name("org.waggle.Waggle");
}

static WgWindow *
get_window(WgApplication *self)
{
    GtkWindow *window = gtk_application_get_active_window(GTK_APPLICATION(self));

    return window ? WG_WINDOW(window) : wg_window_new(GTK_APPLICATION(self));
}

static void
open_project(WgWindow *window, GVariantDict *options, const char *path)
{
    g_autofree char *untitled = NULL;

    if (path) {
        wg_window_open(window, path);
    } else if (g_variant_dict_contains(options, "sample")) {
        wg_window_open_sample(window);
    } else if (!wg_session_get_project(wg_desk_get_session(wg_window_get_desk(window)))) {
        untitled = wg_importer_dup_data_path("untitled.waggle");
        if (untitled)
            wg_window_open(window, untitled);
    }
}

static int
wg_application_command_line(GApplication *application, GApplicationCommandLine *line)
{
    WgWindow *window = get_window(WG_APPLICATION(application));
    WgDesk *desk = wg_window_get_desk(window);
    GVariantDict *options = g_application_command_line_get_options_dict(line);
    g_auto(GStrv) arguments = g_application_command_line_get_arguments(line, NULL);
    g_autofree char *path = NULL;
    const char *watch = NULL, *page = NULL;

    if (arguments[0] && arguments[1]) {
        g_autoptr(GFile) file = g_application_command_line_create_file_for_arg(line, arguments[1]);

        path = g_file_get_path(file);
    }
    if (g_variant_dict_lookup(options, "page", "&s", &page))
        wg_desk_go(desk, page);
    open_project(window, options, path);
    if (!g_variant_dict_lookup(options, "watch", "&s", &watch) && !wg_desk_get_address(desk) &&
        !wg_window_connect_last_watch(window))
        watch = DEFAULT_WATCH;
    if (watch)
        wg_desk_connect(desk, watch);
    gtk_window_present(GTK_WINDOW(window));
    return 0;
}

static void
wg_application_class_init(WgApplicationClass *klass)
{
    G_APPLICATION_CLASS(klass)->startup = wg_application_startup;
    G_APPLICATION_CLASS(klass)->command_line = wg_application_command_line;
}

static void
wg_application_init(WgApplication *self)
{
    const GOptionEntry options[] = {
        {"watch", 0, 0, G_OPTION_ARG_STRING, NULL,
         N_("Connect to this watch (default: the one chosen last, else virtual:)"), N_("ADDRESS")},
        {"sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open the sample project"), NULL},
        {"page", 0, 0, G_OPTION_ARG_STRING, NULL,
         N_("Begin on this page: record, review, train, evaluate, deploy or try"), N_("PAGE")},
        {NULL},
    };

    g_application_add_main_option_entries(G_APPLICATION(self), options);
    g_application_set_option_context_parameter_string(G_APPLICATION(self), _("[PROJECT]"));
    g_application_set_option_context_summary(
        G_APPLICATION(self), _("Teach a watch your own gestures. Nothing leaves this computer."));
}

WgApplication *
wg_application_new(void)
{
    return g_object_new(WG_TYPE_APPLICATION, "application-id", "org.waggle.Waggle", "flags",
                        G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_NON_UNIQUE, NULL);
}
