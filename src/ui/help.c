/* The user guide, opened at the page that tells of what is shown. */
#include "ui/help.h"

#include "base/data-path.h"
#include "base/error.h"

#include <glib/gi18n.h>

#define GUIDE "waggle" /* its name among the guides of the desktop */

/* Not by gtk_show_uri_on_window(), which keeps to itself that there is no program for it. */
static gboolean
open_uri(WgWindow *window, const char *uri)
{
    g_autoptr(GdkAppLaunchContext) context =
        gdk_display_get_app_launch_context(gtk_widget_get_display(GTK_WIDGET(window)));
    g_autoptr(GError) error = NULL;

    gdk_app_launch_context_set_timestamp(context, gtk_get_current_event_time());
    if (g_app_info_launch_default_for_uri(uri, G_APP_LAUNCH_CONTEXT(context), &error))
        return TRUE;
    g_debug("%s was not opened: %s", uri, error->message);
    return FALSE;
}

/* As a help viewer takes it: by name where it is installed, by place in the source tree. */
static char *
dup_uri(const char *page)
{
    g_autofree char *source = wg_data_dup_path("../help/C");
    g_autofree char *place = g_canonicalize_filename(source, NULL);
    g_autofree char *index = g_build_filename(place, "index.page", NULL);
    g_autofree char *escaped = g_uri_escape_string(place, "/", FALSE);

    return g_file_test(index, G_FILE_TEST_EXISTS) ? g_strdup_printf("ghelp:%s?%s", escaped, page)
                                                  : g_strdup_printf("help:" GUIDE "/%s", page);
}

static gboolean
show_in_viewer(WgWindow *window, const char *page)
{
    g_autofree char *uri = dup_uri(page);
    g_autofree char *scheme = g_uri_parse_scheme(uri);
    g_autoptr(GAppInfo) viewer = g_app_info_get_default_for_uri_scheme(scheme);

    return viewer && open_uri(window, uri);
}

/* In the build tree beside the program, else as installed. */
static char *
dup_html_folder(void)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self ? g_path_get_dirname(self) : g_strdup(".");
    g_autofree char *built = g_build_filename(folder, "..", "..", "help", "html", NULL);

    return g_file_test(built, G_FILE_TEST_IS_DIR) ? g_canonicalize_filename(built, NULL)
                                                  : wg_data_dup_path("help/html");
}

/* In the first of the person's languages that it is there in. */
static char *
dup_html_path(const char *page)
{
    const char *const *languages = g_get_language_names(); /* the last is "C" */
    g_autofree char *folder = dup_html_folder();
    g_autofree char *name = g_strdup_printf("%s.html", page);
    char *path = NULL;

    for (int i = 0; languages[i]; i++) {
        const char *language = g_str_equal(languages[i], "en") ? "C" : languages[i];

        g_free(path);
        path = g_build_filename(folder, language, name, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            break;
    }
    return path;
}

void
wg_help_show(WgWindow *window, const char *page)
{
    g_autofree char *path = dup_html_path(page);
    g_autofree char *uri = g_filename_to_uri(path, NULL, NULL);
    g_autofree char *shown = g_filename_display_name(path);
    g_autoptr(GError) error = NULL;

    if (show_in_viewer(window, page) || (uri && open_uri(window, uri)))
        return;
    g_set_error(&error, WG_ERROR, WG_ERROR_MISSING,
                _("no program here shows the user guide: open %s in a browser"), shown);
    wg_desk_fail(wg_window_get_desk(window), error);
}

/* The window of the program that a dialog belongs to, NULL: it stands alone. */
static WgWindow *
find_window(GtkWidget *widget)
{
    GtkWidget *top = gtk_widget_get_toplevel(widget);

    while (top && !WG_IS_WINDOW(top))
        top = GTK_IS_WINDOW(top) ? GTK_WIDGET(gtk_window_get_transient_for(GTK_WINDOW(top))) : NULL;
    return top ? WG_WINDOW(top) : NULL;
}

static gboolean
on_asked(GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
    WgWindow *window = find_window(g_value_get_object(&values[0]));

    if (window && g_value_get_enum(&values[1]) == GTK_WIDGET_HELP_WHATS_THIS)
        g_action_group_activate_action(G_ACTION_GROUP(window), "help", NULL);
    return TRUE; /* stays */
}

void
wg_help_listen(void)
{
    GTypeClass *klass = g_type_class_ref(GTK_TYPE_WINDOW);

    gtk_binding_entry_add_signal(gtk_binding_set_by_class(klass), GDK_KEY_F1, 0, "show-help", 1,
                                 GTK_TYPE_WIDGET_HELP_TYPE, GTK_WIDGET_HELP_WHATS_THIS);
    g_signal_add_emission_hook(g_signal_lookup("show-help", GTK_TYPE_WIDGET), 0, on_asked, NULL,
                               NULL);
    g_type_class_unref(klass);
}
