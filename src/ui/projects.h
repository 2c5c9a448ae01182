/* The projects of the person at this computer: those that were opened, and those in the folders
 * where Waggle keeps them. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
    char *path;      /* as the file system has it, any bytes */
    gint64 opened_s; /* when last, since 1970; 0: not known */
    int n_gestures;  /* as last known; -1: not known */
    int n_takes;
    gboolean is_there;
} WgProjectNote;

void wg_project_note_free(WgProjectNote *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgProjectNote, wg_project_note_free)

/* What it is called, for the user: UTF-8. Owner: caller. */
char *wg_projects_dup_title(const char *path);
/* A file that does not exist yet, for a new project of that name, in "Waggle" among the person's
 * documents, or in the data folder where they have none; the folder is made. NULL when that fails.
 * Where the name is taken it gets a number. Owner: caller. */
char *wg_projects_dup_new_path(const char *name, GError **error);
/* It was opened now, or has changed. `settings` may be NULL in each of these. */
void wg_projects_note(GSettings *settings, const char *path, int n_gestures, int n_takes,
                      gboolean is_opened);
void wg_projects_forget(GSettings *settings, const char *path);
/* The one that was opened last, NULL: none was. Owner: caller. */
char *wg_projects_dup_last(GSettings *settings);
/* Whether files exist is looked up in a thread of its own. */
void wg_projects_list_async(GSettings *settings, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
/* GPtrArray of WgProjectNote, the one opened last first. Owner: caller. */
GPtrArray *wg_projects_list_finish(GAsyncResult *result, GError **error);

G_END_DECLS
