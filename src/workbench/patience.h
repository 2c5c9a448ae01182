/* What a job does where another program writes the project. */
#pragma once

#include "workbench/job.h"

G_BEGIN_DECLS

#define WG_PATIENCE_S 60

/* Before a write of what took long: waits a minute for the other program, and says so in a note
 * once. WG_ERROR_BUSY after that, G_IO_ERROR_CANCELLED. On the job's thread, not the main one. */
gboolean wg_patience_wait(WgJob *job, GError **error);
/* The same before a write of what was recorded, which cannot be had again: a cancellation, which
 * ends the recording, does not end the wait. */
gboolean wg_patience_wait_recorded(WgJob *job, GError **error);
/* How often that is done again once nothing more is recorded; until then without end. */
#define WG_PATIENCE_ROUNDS 10

G_END_DECLS
