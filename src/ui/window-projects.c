/* Which project a window shows: opening, making, and what is noted of it in the list. */
#include "ui/window-projects.h"

#include "ui/importer.h"
#include "ui/project-claim.h"
#include "ui/project-repair.h"
#include "ui/projects.h"
#include "ui/tour.h"
#include "ui/window-actions.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define VIRTUAL_WATCH "virtual:"

static WgProject *
get_project(WgWindow *self)
{
    return wg_session_get_project(wg_desk_get_session(wg_window_get_desk(self)));
}

/* By another name too, as through a link. */
static gboolean
is_same_file(const char *one, const char *other)
{
    GStatBuf a, b;

    return g_stat(one, &a) == 0 && g_stat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

WgWindow *
wg_window_find(GtkApplication *application, const char *path)
{
    for (GList *link = gtk_application_get_windows(application); link; link = link->next) {
        WgProject *project = WG_IS_WINDOW(link->data) ? get_project(link->data) : NULL;

        if (project && is_same_file(wg_project_get_path(project), path))
            return link->data;
    }
    return NULL;
}

static void
note(WgWindow *self, gboolean is_opened)
{
    WgDesk *desk = wg_window_get_desk(self);
    WgProject *project = get_project(self);
    GHashTable *labels;
    GPtrArray *recordings;
    GArray *counts;

    if (!project)
        return;
    counts = wg_session_get_label_counts(wg_desk_get_session(desk));
    if (counts) {
        int n_takes = 0;

        for (guint i = 0; i < counts->len; i++)
            n_takes += g_array_index(counts, WgLabelCount, i).n;
        wg_projects_note(wg_window_get_settings(self), wg_project_get_path(project),
                         (int)counts->len, n_takes, is_opened);
        return;
    }
    recordings = wg_session_get_recordings(wg_desk_get_session(desk));
    labels = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < recordings->len; i++)
        g_hash_table_add(labels,
                         (gpointer)wg_recording_get_facts(g_ptr_array_index(recordings, i))->label);
    wg_projects_note(wg_window_get_settings(self), wg_project_get_path(project),
                     (int)g_hash_table_size(labels), (int)recordings->len, is_opened);
    g_hash_table_unref(labels);
}

void
wg_window_note_project(WgWindow *self)
{
    note(self, FALSE);
}

static void
say_former(WgDesk *desk)
{
    WgProject *project = wg_session_get_project(wg_desk_get_session(desk));
    const char *former = wg_project_get_former(project);
    g_autofree char *name = former ? g_filename_display_basename(former) : NULL;
    g_autofree char *text =
        name ? g_strdup_printf(_("The project is of this version's form now. A copy of how it was "
                                 "lies beside it: %s."),
                               name)
             : NULL;

    if (text)
        wg_desk_say(desk, text);
}

static void
say_log(WgDesk *desk)
{
    const char *note = wg_project_get_log_note(wg_session_get_project(wg_desk_get_session(desk)));

    if (note)
        wg_desk_say(desk, note);
}

gboolean
wg_window_open(WgWindow *self, const char *path)
{
    WgDesk *desk = wg_window_get_desk(self);
    GtkApplication *application = gtk_window_get_application(GTK_WINDOW(self));
    WgWindow *other = application ? wg_window_find(application, path) : NULL;
    const char *work = wg_desk_describe_work(desk);
    g_autoptr(GError) error = NULL;

    if (other == self) { /* it is open: what runs goes on */
        wg_window_show_project(self);
        return TRUE;
    }
    if (other) {
        gtk_window_present(GTK_WINDOW(other));
        wg_window_show_project(other);
        return TRUE;
    }
    if (work) {
        g_autofree char *text = g_strdup_printf(_("%s Stop it, or wait for it."), work);

        wg_desk_say(desk, text);
        return FALSE;
    }
    wg_window_note_project(self); /* the one that is left */
    if (!wg_desk_open(desk, path, &error)) {
        if (!wg_project_repair_offer(self, path, error))
            wg_desk_fail(desk, error);
        return FALSE;
    }
    note(self, TRUE);
    wg_window_show_project(self);
    wg_tour_offer(self);
    say_former(desk);
    say_log(desk);
    wg_project_claim_begin(desk);
    wg_project_repair_look(self);
    return TRUE;
}

gboolean
wg_window_create(WgWindow *self, const char *name)
{
    WgDesk *desk = wg_window_get_desk(self);
    g_autoptr(GError) error = NULL;
    g_autofree char *path = wg_projects_dup_new_path(name, &error);
    g_autofree char *title = NULL;
    g_autofree char *text = NULL;

    if (!path) {
        wg_desk_fail(desk, error);
        return FALSE;
    }
    if (!wg_window_open(self, path))
        return FALSE;
    wg_desk_go(desk, "record");
    title = wg_projects_dup_title(path);
    if (g_str_equal(title, name))
        return TRUE;
    text = g_strdup_printf(_("A project “%s” was there before: this one is called “%s”."), name,
                           title);
    wg_desk_say(desk, text);
    return TRUE;
}

gboolean
wg_window_ensure_project(WgWindow *self)
{
    return get_project(self) || wg_window_create(self, _("My gestures"));
}

void
wg_window_open_sample(WgWindow *self)
{
    WgDesk *desk = wg_window_get_desk(self);
    g_autofree char *path = wg_importer_dup_data_path("sample.waggle");
    WgProject *project;

    if (!path || !wg_window_open(self, path))
        return;
    project = get_project(self); /* another window may have it */
    if (project && is_same_file(wg_project_get_path(project), path) &&
        wg_session_get_reading(wg_desk_get_session(desk)) < 0 &&
        wg_session_get_recordings(wg_desk_get_session(desk))->len == 0)
        wg_importer_import_samples(desk, wg_window_get_activity(self));
}

void
wg_window_try_without_watch(WgWindow *self)
{
    WgDesk *desk = wg_window_get_desk(self);
    const char *address;

    wg_window_open_sample(self);
    address = wg_desk_get_address(desk); /* only now: opening connects anew */
    if (address && g_str_has_prefix(address, VIRTUAL_WATCH))
        return;
    wg_desk_disconnect(desk);
    wg_desk_connect(desk, VIRTUAL_WATCH);
}
