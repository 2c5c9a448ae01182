/* Who may write a project: one program at a time, whatever computer it runs on. Inside dataset/
 * only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WgProjectLock WgProjectLock;

/* Takes it for as long as the object lives, or the program: a hidden file beside the project, on
 * which the system's own lock is. WG_ERROR_BUSY names the program that has it. Where a file system
 * knows no locks it is given to everybody. */
WgProjectLock *wg_project_lock_new(const char *path, GError **error);
/* Likewise for as long as a project is opened beside which a log lies: waits for who is doing that,
 * a minute at most. Never NULL. */
WgProjectLock *wg_project_lock_wait_to_open(const char *path);
void wg_project_lock_free(WgProjectLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgProjectLock, wg_project_lock_free)

G_END_DECLS
