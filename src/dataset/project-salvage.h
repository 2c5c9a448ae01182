/* Saves what can be read of a damaged project into a new one. */
#pragma once

#include <gio/gio.h>

#include "base/progress.h"

G_BEGIN_DECLS

typedef struct {
    int n_recordings; /* in the new project, that are not deleted */
    int n_lost;       /* known to have been there; others may have been that nothing tells of */
    int n_nameless;   /* with whole samples, of which nobody can say any more what they are */
    int n_changed;    /* whose values are not the ones that were stored */
    int n_models;
    int n_models_lost; /* whose values are not the ones that were stored */
} WgSalvage;

/* `held_back` of the last two kinds, which take no part until somebody has looked at them; the
 * label of what has none. */
#define WG_HELD_BACK_DAMAGED "damaged"
#define WG_LABEL_RECOVERED "recovered"

/* Makes the project `to`, which must not be there, of what can be read of that at `path`, of
 * whichever form; the latter is not changed. What is left of the one is checked as
 * wg_project_verify() does. The list of edits that could be undone is not taken over. Any thread.
 * WG_ERROR_INPUT: it is no project, or nothing of it can be read; WG_ERROR_STORAGE: the new one
 * cannot be written; G_IO_ERROR_CANCELLED. After each of them there is no new project. */
gboolean wg_project_salvage(const char *path, const char *to, WgSalvage *salvage,
                            WgProgress *progress, GCancellable *cancellable, GError **error);
/* Whether a file that cannot be opened is worth trying: its first bytes are those of a project. */
gboolean wg_project_may_be_salvaged(const char *path);

G_END_DECLS
