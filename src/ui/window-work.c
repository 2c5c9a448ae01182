/* What work under way asks of the desktop: that the computer stays awake, and word of its end. */
#include "ui/window-work.h"

#include "ui/settings.h"

#include <glib/gi18n.h>

#define LONG_S 5 /* who waits for less is still there */
#define COOKIE "work-cookie"
#define ASKED "work-asked"

typedef struct {
    const char *job, *page, *text;
} Ending;

/* The first of a name counts; the last is for all others. */
static const Ending *
find_ending(const char *job)
{
    static const Ending endings[] = {
        {"record", "record", N_("The recording has ended.")},
        {"import", "review", N_("The import has ended.")},
        {"train", "train", N_("Training has ended.")},
        {"quantize", "train", N_("Training has ended.")},
        {"search", "train", N_("The search has ended.")},
        {"personalise", "train", N_("Training has ended.")},
        {"prune", "train", N_("Training has ended.")},
        {"distill", "train", N_("Training has ended.")},
        {"deploy", "deploy", N_("The deployment has ended.")},
        {"restore", "deploy", N_("The watch has its former state back.")},
        {NULL, "evaluate", N_("The evaluation has ended.")},
    };
    const Ending *ending = endings;

    while (ending->job && !g_str_equal(ending->job, job))
        ending++;
    return ending;
}

static char *
dup_id(WgWindow *window)
{
    return g_strdup_printf("work-%u",
                           gtk_application_window_get_id(GTK_APPLICATION_WINDOW(window)));
}

static void
notify(WgWindow *window, const Ending *ending)
{
    GApplication *application = G_APPLICATION(gtk_window_get_application(GTK_WINDOW(window)));
    g_autoptr(GNotification) notification = g_notification_new(_(ending->text));
    g_autofree char *id = dup_id(window);

    g_notification_set_body(notification, gtk_window_get_title(GTK_WINDOW(window)));
    g_notification_set_default_action_and_target(
        notification, "app.show-page", "(us)",
        gtk_application_window_get_id(GTK_APPLICATION_WINDOW(window)), ending->page);
    g_application_send_notification(application, id, notification);
}

/* Asks for what the work needs now, and gives back what it needs no more. */
static void
keep_awake(WgWindow *window)
{
    WgDesk *desk = wg_window_get_desk(window);
    GtkApplication *application = gtk_window_get_application(GTK_WINDOW(window));
    const char *reason = wg_desk_describe_work(desk);
    const guint cookie = GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(window), COOKIE));
    const guint asked = GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(window), ASKED));
    GtkApplicationInhibitFlags wanted = reason ? GTK_APPLICATION_INHIBIT_LOGOUT : 0;

    if (wg_desk_is_at_work(desk, "record") || wg_desk_is_at_work(desk, "deploy"))
        wanted |= GTK_APPLICATION_INHIBIT_SUSPEND;
    if (!application || wanted == asked)
        return;
    if (cookie)
        gtk_application_uninhibit(application, cookie);
    g_object_set_data(G_OBJECT(window), ASKED, GUINT_TO_POINTER(wanted));
    /* 0 where no session manager answers */
    g_object_set_data(
        G_OBJECT(window), COOKIE,
        GUINT_TO_POINTER(
            wanted ? gtk_application_inhibit(application, GTK_WINDOW(window), wanted, reason) : 0));
}

static void
on_work_begun(WgDesk *desk, gpointer user_data)
{
    keep_awake(user_data);
}

static void
on_work_ended(WgDesk *desk, const char *job, double seconds, gpointer user_data)
{
    WgWindow *window = WG_WINDOW(user_data);

    keep_awake(window);
    if (seconds > LONG_S && !gtk_window_is_active(GTK_WINDOW(window)) &&
        wg_settings_get_boolean(wg_window_get_settings(window), "notify", TRUE))
        notify(window, find_ending(job));
}

/* Who is back needs no word. */
static void
on_active(GtkWindow *window, GParamSpec *pspec, gpointer user_data)
{
    GApplication *application = G_APPLICATION(gtk_window_get_application(window));
    g_autofree char *id = dup_id(WG_WINDOW(window));

    if (application && gtk_window_is_active(window))
        g_application_withdraw_notification(application, id);
}

static void
on_destroy(GtkWidget *widget, gpointer user_data)
{
    GtkApplication *application = gtk_window_get_application(GTK_WINDOW(widget));
    const guint cookie = GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(widget), COOKIE));

    g_object_set_data(G_OBJECT(widget), COOKIE, NULL);
    if (application && cookie)
        gtk_application_uninhibit(application, cookie);
}

void
wg_window_work_follow(WgWindow *window)
{
    WgDesk *desk = wg_window_get_desk(window);

    g_signal_connect_object(desk, "work-begun", G_CALLBACK(on_work_begun), window, 0);
    g_signal_connect_object(desk, "work-ended", G_CALLBACK(on_work_ended), window, 0);
    g_signal_connect(window, "notify::is-active", G_CALLBACK(on_active), NULL);
    g_signal_connect(window, "destroy", G_CALLBACK(on_destroy), NULL);
}
