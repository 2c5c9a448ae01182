/* A project that is damaged: it is noticed when it is opened, and what can be read is saved. */
#include "ui/project-repair.h"

#include "base/error.h"
#include "base/sentences.h"
#include "dataset/project-salvage.h"
#include "dataset/project-verify.h"
#include "ui/activity.h"
#include "ui/projects.h"
#include "ui/window-actions.h"
#include "ui/window-projects.h"

#include <glib/gi18n.h>

static char *
describe_saved(JsonObject *result)
{
    const gint64 n = json_object_get_int_member(result, "recordings");
    const gint64 n_lost = json_object_get_int_member(result, "lost");
    const gint64 n_aside = json_object_get_int_member(result, "changed") +
                           json_object_get_int_member(result, "nameless");
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_append_printf(text,
                           ngettext("%d take is saved in this project.",
                                    "%d takes are saved in this project.", (gulong)n),
                           (int)n);
    if (n_lost > 0)
        wg_append_sentence(text, ngettext("%d is lost.", "%d are lost.", (gulong)n_lost),
                           (int)n_lost);
    if (n_aside > 0)
        wg_append_sentence(text,
                           ngettext("%d was damaged: it is disabled until you have looked at it.",
                                    "%d were damaged: they are disabled until you have looked at "
                                    "them.",
                                    (gulong)n_aside),
                           (int)n_aside);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
on_saved(gpointer owner, JsonObject *result, const GError *error)
{
    WgDesk *desk = wg_window_get_desk(owner);
    g_autofree char *text = NULL;

    if (!result) {
        wg_desk_fail(desk, error);
        return;
    }
    if (!wg_window_open(owner, json_object_get_string_member(result, "project")))
        return;
    text = describe_saved(result);
    wg_desk_say(desk, text);
}

/* Beside the person's other projects: a damaged one may lie on a bad disk. */
static void
save(WgWindow *window, const char *path)
{
    WgDesk *desk = wg_window_get_desk(window);
    g_autoptr(GError) error = NULL;
    g_autofree char *title = wg_projects_dup_title(path);
    /* translators: the name of a project, of what could be read of a damaged one of that name */
    g_autofree char *name = g_strdup_printf(_("%s (saved)"), title);
    g_autofree char *to = wg_projects_dup_new_path(name, &error);
    WgJob *job;

    if (!to) {
        wg_desk_fail(desk, error);
        return;
    }
    job = wg_desk_new_job(desk, "repair", NULL);
    wg_job_add_argument(job, path);
    wg_job_add_argument(job, to);
    wg_activity_run(wg_window_get_activity(window), desk, job, _("Saving what can be read"),
                    on_saved, window);
}

static void
on_response(GtkDialog *dialog, int response, gpointer window)
{
    g_autofree char *path = g_strdup(g_object_get_data(G_OBJECT(dialog), "path"));

    gtk_widget_destroy(GTK_WIDGET(dialog));
    if (response == GTK_RESPONSE_ACCEPT)
        save(window, path);
}

static void
ask(WgWindow *window, const char *path, const char *what)
{
    g_autofree char *name = g_filename_display_basename(path);
    GtkWidget *dialog = gtk_message_dialog_new(
        GTK_WINDOW(window), GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT, GTK_MESSAGE_WARNING,
        GTK_BUTTONS_NONE, _("%s is damaged"), name);

    gtk_message_dialog_format_secondary_text(
        GTK_MESSAGE_DIALOG(dialog), "%s %s", what,
        _("What can be read can be saved as a new project. This one stays as it is."));
    gtk_dialog_add_buttons(GTK_DIALOG(dialog), _("_Not Now"), GTK_RESPONSE_CANCEL,
                           _("_Save What Can Be Read"), GTK_RESPONSE_ACCEPT, NULL);
    gtk_dialog_set_default_response(GTK_DIALOG(dialog), GTK_RESPONSE_ACCEPT);
    g_object_set_data_full(G_OBJECT(dialog), "path", g_strdup(path), g_free);
    g_signal_connect_object(dialog, "response", G_CALLBACK(on_response), window, 0);
    gtk_window_present(GTK_WINDOW(dialog));
}

static char *
describe_damage(const WgVerification *found)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (found->unreadable->len > 0)
        wg_append_sentence(text,
                           ngettext("%u of its takes cannot be read and is left out.",
                                    "%u of its takes cannot be read and are left out.",
                                    found->unreadable->len),
                           found->unreadable->len);
    if (found->changed->len > 0)
        wg_append_sentence(text,
                           ngettext("%u of its takes has other values than were stored.",
                                    "%u of its takes have other values than were stored.",
                                    found->changed->len),
                           found->changed->len);
    if (found->models->len > 0)
        wg_append_sentence(text,
                           ngettext("%u of its models is damaged and is not used: train again.",
                                    "%u of its models are damaged and are not used: train again.",
                                    found->models->len),
                           found->models->len);
    if (text->len == 0)
        g_string_append(text, _("Parts of its file contradict each other."));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
verify(GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
    GError *error = NULL;
    WgVerification *found = wg_project_verify(path, TRUE, NULL, cancellable, &error);

    if (found)
        g_task_return_pointer(task, found, (GDestroyNotify)wg_verification_free);
    else
        g_task_return_error(task, error);
}

static gboolean
is_of_the_file(const GError *error)
{
    return g_error_matches(error, WG_ERROR, WG_ERROR_INPUT) ||
           g_error_matches(error, WG_ERROR, WG_ERROR_DAMAGED);
}

static void
on_verified(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgWindow *window = WG_WINDOW(source);
    const char *path = g_task_get_task_data(G_TASK(result));
    WgDesk *desk = wg_window_get_desk(window);
    WgProject *project = desk ? wg_session_get_project(wg_desk_get_session(desk)) : NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(WgVerification) found = g_task_propagate_pointer(G_TASK(result), &error);
    g_autofree char *text = NULL;

    if (!project || !g_str_equal(wg_project_get_path(project), path))
        return; /* it was closed meanwhile */
    if (found && !wg_verification_is_whole(found))
        text = describe_damage(found);
    else if (is_of_the_file(error))
        text = wg_dup_sentence(error->message);
    if (text)
        ask(window, path, text);
}

void
wg_project_repair_look(WgWindow *window)
{
    WgProject *project = wg_session_get_project(wg_desk_get_session(wg_window_get_desk(window)));
    g_autoptr(GTask) task = g_task_new(window, NULL, on_verified, NULL);

    g_task_set_task_data(task, g_strdup(wg_project_get_path(project)), g_free);
    g_task_run_in_thread(task, verify);
}

gboolean
wg_project_repair_offer(WgWindow *window, const char *path, const GError *error)
{
    g_autofree char *text = NULL;

    if (!is_of_the_file(error) || !wg_project_may_be_salvaged(path))
        return FALSE;
    text = wg_dup_sentence(error->message);
    ask(window, path, text);
    return TRUE;
}
