/* Recordings that are added block by block, as one edit of which all or nothing is done. */
#pragma once

#include "dataset/project.h"

G_BEGIN_DECLS

typedef struct _WgProjectAddition WgProjectAddition;

/* Begins a transaction of the project: until it ends every other call of the project waits. From
 * any thread, but all calls from one. */
WgProjectAddition *wg_project_addition_new(WgProject *project, GError **error);
/* Hands over recordings (transfer full, of WgRecording), and returns once there is room for more.
 * FALSE without an error: it has failed, and wg_project_addition_finish() says why. */
gboolean wg_project_addition_push(WgProjectAddition *self, GPtrArray *recordings);
/* Ends and frees it: all is committed when it returns TRUE. `renamed` (char * to char *, may be
 * NULL): labels of these recordings and of their spans that are others after all. */
gboolean wg_project_addition_finish(WgProjectAddition *self, GHashTable *renamed, int *n_added,
                                    GError **error);
/* Ends and frees it, and nothing was added. */
void wg_project_addition_cancel(WgProjectAddition *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgProjectAddition, wg_project_addition_cancel)

G_END_DECLS
