/* The project in which a room's takes are pooled: kept from time to time. */
#pragma once

#include "workbench/job.h"

G_BEGIN_DECLS

/* Of the session's project, or of the one of last time; NULL: there is none. Owner: caller. */
char *wg_room_pool_dup_path(WgSession *session, GSettings *settings);
/* The session has a project from then on: the one of last time, else a new one among the person's
 * projects, called as the folder. */
gboolean wg_room_pool_open(WgSession *session, GSettings *settings, const char *folder,
                           GError **error);
/* The job that adds to it what was handed in, as the job "room" listed that; transfer full. */
WgJob *wg_room_pool_new_merge(WgSession *session, JsonObject *room);
/* For another room, which has another pool. */
void wg_room_pool_leave(WgSession *session, GSettings *settings);

G_END_DECLS
