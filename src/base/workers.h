/* Threads that take numbered chunks of work: what a chunk gives does not depend on who takes it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WgWorkers WgWorkers;

/* `worker`: 0 .. n_threads - 1, for room of its own; `chunk`: 0 .. n_chunks - 1. */
typedef void (*WgChunkFunc)(int worker, int chunk, gpointer user_data);

/* As many threads as are wanted, 0: one a core. */
int wg_workers_count(int wanted);
/* The calling thread is worker 0; n_threads - 1 more are started. */
WgWorkers *wg_workers_new(int n_threads, WgChunkFunc func, gpointer user_data);
/* Has all chunks done and returns then; what they wrote is visible to the caller. The calling
 * thread may do them alone where earlier runs showed that to be faster. */
void wg_workers_run(WgWorkers *self, int n_chunks);
void wg_workers_free(WgWorkers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgWorkers, wg_workers_free)

G_END_DECLS
