/* The program: its command line and its windows. */
#include "ui/application.h"

#include "ui/dropping.h"
#include "ui/help.h"
#include "ui/projects.h"
#include "ui/settings.h"
#include "ui/shortcuts.h"
#include "ui/window-projects.h"

#include <glib/gi18n.h>

#define DEFAULT_WATCH "virtual:"
#define DIRECTION "WAGGLE_DIRECTION" /* "rtl" mirrors the window, for tests */

struct _WgApplication {
    GtkApplication parent_instance;
};

G_DEFINE_FINAL_TYPE(WgApplication, wg_application, GTK_TYPE_APPLICATION)

static void
on_quit(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    g_autoptr(GList) windows = g_list_copy(gtk_application_get_windows(GTK_APPLICATION(user_data)));

    for (GList *link = windows; link; link = link->next)
        gtk_window_close(link->data); /* which may ask first */
}

/* From a notification: that page of that window, where it is still there. */
static void
on_show_page(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    GtkWindow *window;
    const char *page;
    guint id;

    g_variant_get(parameter, "(u&s)", &id, &page);
    window = gtk_application_get_window_by_id(GTK_APPLICATION(user_data), id);
    if (!WG_IS_WINDOW(window))
        return;
    wg_desk_go(wg_window_get_desk(WG_WINDOW(window)), page);
    gtk_window_present(window);
}

/* The watch of the other window stays with it. */
static void
on_new_window(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    WgWindow *window = wg_window_new(GTK_APPLICATION(user_data));

    wg_window_show_start(window);
    gtk_window_present(GTK_WINDOW(window));
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
    {"new-window", on_new_window, NULL, NULL, NULL, {0}},
    {"show-page", on_show_page, "(us)", NULL, NULL, {0}},
    {"about", on_about, NULL, NULL, NULL, {0}},
};

static void
wg_application_startup(GApplication *application)
{
    g_autoptr(GtkCssProvider) css = gtk_css_provider_new();

    G_APPLICATION_CLASS(wg_application_parent_class)->startup(application);
    g_action_map_add_action_entries(G_ACTION_MAP(application), entries, G_N_ELEMENTS(entries),
                                    application);
    wg_shortcuts_set(GTK_APPLICATION(application));
    wg_help_listen();
    if (g_strcmp0(g_getenv(DIRECTION), "rtl") == 0)
        gtk_widget_set_default_direction(GTK_TEXT_DIR_RTL);
    gtk_css_provider_load_from_resource(css, "/org/waggle/Waggle/ui/style.css");
    gtk_style_context_add_provider_for_screen(gdk_screen_get_default(), GTK_STYLE_PROVIDER(css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    gtk_icon_theme_add_resource_path(gtk_icon_theme_get_default(), "/org/waggle/Waggle/icons");
    gtk_window_set_default_icon_name("org.waggle.Waggle");
}

static gboolean
has_project(WgWindow *window)
{
    return wg_session_get_project(wg_desk_get_session(wg_window_get_desk(window))) != NULL;
}

/* The one that shows the project, else one that shows none, else a new one; without a project the
 * one that was used last. */
static WgWindow *
find_window(GtkApplication *application, const char *path, gboolean is_sample)
{
    GtkWindow *active = gtk_application_get_active_window(application);
    WgWindow *found = path ? wg_window_find(application, path) : NULL;

    if (found)
        return found;
    if (WG_IS_WINDOW(active) && ((!path && !is_sample) || !has_project(WG_WINDOW(active))))
        return WG_WINDOW(active);
    return wg_window_new(application);
}

/* As it was left, where the person wants that. */
static gboolean
open_last(WgWindow *window)
{
    GSettings *settings = wg_window_get_settings(window);
    g_autofree char *path = wg_projects_dup_last(settings);

    return path && wg_settings_get_boolean(settings, "open-last", FALSE) &&
           g_file_test(path, G_FILE_TEST_EXISTS) && wg_window_open(window, path);
}

/* `uris`: a project or pack, alone; empty: the project that was used last. */
static void
open_project(WgWindow *window, GVariantDict *options, const char *const *uris, const char *path)
{
    GSettings *settings = wg_window_get_settings(window);
    g_autofree char *last = wg_projects_dup_last(settings);
    g_autofree char *last_page = wg_settings_dup_string(settings, "page", "record");
    const char *page = NULL;
    gboolean is_opened = FALSE;

    if (path)
        is_opened = wg_dropping_take(window, uris);
    else if (g_variant_dict_contains(options, "sample"))
        wg_window_open_sample(window);
    else if (!has_project(window))
        is_opened = open_last(window);
    if (!has_project(window))
        wg_window_show_start(window);
    if (g_variant_dict_lookup(options, "page", "&s", &page))
        wg_desk_go(wg_window_get_desk(window), page);
    else if (is_opened && last && (!path || g_str_equal(path, last)))
        wg_desk_go(wg_window_get_desk(window), last_page);
}

/* Two windows cannot have one watch. */
static gboolean
is_alone(GtkApplication *application)
{
    GList *windows = gtk_application_get_windows(application);

    return windows && !windows->next;
}

static void
connect_watch(WgWindow *window, GVariantDict *options)
{
    WgDesk *desk = wg_window_get_desk(window);
    const char *watch = NULL;

    if (!g_variant_dict_lookup(options, "watch", "&s", &watch) && !wg_desk_get_address(desk) &&
        is_alone(gtk_window_get_application(GTK_WINDOW(window))) &&
        wg_settings_get_boolean(wg_window_get_settings(window), "connect-last", TRUE) &&
        !wg_window_connect_last_watch(window))
        watch = DEFAULT_WATCH;
    if (watch)
        wg_desk_connect(desk, watch);
}

/* The files that are named there; `path` gets the first that is shown in place of a project. */
static char **
dup_uris(GApplicationCommandLine *line, char **path)
{
    g_auto(GStrv) arguments = g_application_command_line_get_arguments(line, NULL);
    g_autoptr(GStrvBuilder) uris = g_strv_builder_new();

    for (int i = 1; arguments[0] && arguments[i]; i++) {
        g_autoptr(GFile) file = g_application_command_line_create_file_for_arg(line, arguments[i]);
        g_autofree char *uri = g_file_get_uri(file);
        g_autofree char *local = g_file_get_path(file);

        g_strv_builder_add(uris, uri);
        if (!*path && local && wg_dropping_is_own(local))
            *path = g_steal_pointer(&local);
    }
    return g_strv_builder_end(uris);
}

static int
wg_application_command_line(GApplication *application, GApplicationCommandLine *line)
{
    GVariantDict *options = g_application_command_line_get_options_dict(line);
    g_autofree char *path = NULL;
    g_auto(GStrv) uris = dup_uris(line, &path);
    WgWindow *window;

    window =
        find_window(GTK_APPLICATION(application), path, g_variant_dict_contains(options, "sample"));
    gtk_window_present(GTK_WINDOW(window)); /* before what is asked about the project */
    open_project(window, options, (const char *const *)uris, path);
    if (!path && uris[0]) /* how recordings are imported, what a model is */
        wg_dropping_take(window, (const char *const *)uris);
    connect_watch(window, options);
    return 0;
}

/* Before it is registered: a program of its own shares nothing with one that runs. */
static int
wg_application_handle_local_options(GApplication *application, GVariantDict *options)
{
    if (g_variant_dict_contains(options, "standalone"))
        g_application_set_flags(application,
                                g_application_get_flags(application) | G_APPLICATION_NON_UNIQUE);
    return -1;
}

static void
wg_application_class_init(WgApplicationClass *klass)
{
    G_APPLICATION_CLASS(klass)->startup = wg_application_startup;
    G_APPLICATION_CLASS(klass)->handle_local_options = wg_application_handle_local_options;
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
        {"standalone", 0, 0, G_OPTION_ARG_NONE, NULL,
         N_("Be a program of its own, whether another one runs or not"), NULL},
        {NULL},
    };

    g_application_add_main_option_entries(G_APPLICATION(self), options);
    g_application_set_option_context_parameter_string(G_APPLICATION(self), _("[FILE…]"));
    g_application_set_option_context_summary(
        G_APPLICATION(self), _("Teach a watch your own gestures. Nothing leaves this computer."));
}

WgApplication *
wg_application_new(void)
{
    return g_object_new(WG_TYPE_APPLICATION, "application-id", "org.waggle.Waggle", "flags",
                        G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}
