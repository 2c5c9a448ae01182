/* Threads that take numbered chunks of work: what a chunk gives does not depend on who takes it. */
#include "base/workers.h"

/* Chunks are numbered through all runs. A worker may take a number only while it is below `end`,
 * which is raised when a run is ready and all earlier chunks are done: one that wakes late either
 * finds nothing or a chunk of the present run, never of a past one. */

/* Runs follow each other within microseconds, falling asleep and waking takes tens: who has nothing
 * to do looks this often again before it sleeps. */
#define LOOKS 4000

/* Where other programs hold the cores, waiting for a thread that is not let run costs more than it
 * saves: runs are timed with all threads and with the calling one alone, and the faster way is kept
 * for a while. What chunks give does not depend on it. */
#define TRIAL 8           /* runs that are timed */
#define KEEP_AT_FIRST 64  /* runs until the other way is tried again */
#define KEEP_AT_MOST 2048 /* the time doubles while the other way is no better */

#define WAKE GINT_TO_POINTER(1)
#define QUIT GINT_TO_POINTER(2)

typedef struct {
    WgWorkers *workers;
    int number;
} Worker;

/* Which way runs go, and what they took. */
typedef struct {
    gboolean is_alone, is_trial; /* is_trial: of the way that is not kept */
    int n_left;                  /* runs until the way is looked at again */
    int keep;                    /* runs that the better way is kept for */
    gint64 taken_us;             /* by the last runs, at most TRIAL */
    gint64 n_chunks;             /* of these */
    double kept_cost;            /* microseconds a chunk of the way that is kept */
} Choice;

struct _WgWorkers {
    WgChunkFunc func;
    gpointer user_data;
    int n_others;
    Worker *others;
    GThread **threads;
    GAsyncQueue *wake; /* one word a worker that should look for chunks */
    gint n_asleep;     /* atomic: workers that wait for one, or are about to */
    gint n_done;       /* atomic: words put into `done` so far */
    GAsyncQueue *done; /* one word a chunk that another than worker 0 did */
    gint next, end;    /* atomic */
    int first;         /* number of the run's chunk 0 */
    Choice choice;
};

/* The next chunk's number, or -1. */
static int
take(WgWorkers *self)
{
    gint number = g_atomic_int_get(&self->next);

    while (number < g_atomic_int_get(&self->end)) {
        if (g_atomic_int_compare_and_exchange(&self->next, number, number + 1))
            return number;
        number = g_atomic_int_get(&self->next);
    }
    return -1;
}

static void
relax(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

/* Looks for a chunk for a while: the number, or -1. */
static int
take_soon(WgWorkers *self)
{
    for (int i = 0; i < LOOKS; i++) {
        const int number = take(self);

        if (number >= 0)
            return number;
        relax();
    }
    return -1;
}

static gpointer
work(gpointer data)
{
    const Worker *worker = data;
    WgWorkers *self = worker->workers;
    gpointer word = WAKE;

    while (word != QUIT) {
        int number = take_soon(self);

        if (number < 0) {
            /* whoever raises `end` after this look sees that one more is asleep */
            g_atomic_int_inc(&self->n_asleep);
            number = take(self);
            if (number < 0)
                word = g_async_queue_pop(self->wake);
            g_atomic_int_add(&self->n_asleep, -1);
        }
        if (number >= 0) {
            self->func(worker->number, number - self->first, self->user_data);
            g_async_queue_push(self->done, WAKE);
            g_atomic_int_inc(&self->n_done);
        }
    }
    return NULL;
}

int
wg_workers_count(int wanted)
{
    return wanted > 0 ? wanted : (int)g_get_num_processors();
}

WgWorkers *
wg_workers_new(int n_threads, WgChunkFunc func, gpointer user_data)
{
    WgWorkers *self = g_new0(WgWorkers, 1);

    self->func = func;
    self->user_data = user_data;
    self->n_others = MAX(1, n_threads) - 1;
    self->choice = (Choice){.n_left = TRIAL, .keep = KEEP_AT_FIRST};
    self->others = g_new0(Worker, MAX(1, self->n_others));
    self->threads = g_new0(GThread *, MAX(1, self->n_others));
    self->wake = g_async_queue_new();
    self->done = g_async_queue_new();
    for (int i = 0; i < self->n_others; i++) {
        self->others[i] = (Worker){.workers = self, .number = i + 1};
        self->threads[i] = g_thread_new("train", work, &self->others[i]);
    }
    return self;
}

/* The way for the runs to come, when those that were agreed on are done. */
static void
choose_way(Choice *choice)
{
    const double cost = (double)choice->taken_us / (double)MAX(1, choice->n_chunks);

    if (!choice->is_trial) {
        /* the way kept was timed once more: now the other */
        choice->kept_cost = cost;
        choice->is_trial = TRUE;
        choice->is_alone = !choice->is_alone;
        choice->n_left = TRIAL;
    } else {
        const gboolean is_better = cost < choice->kept_cost;

        choice->keep = is_better ? KEEP_AT_FIRST : MIN(2 * choice->keep, KEEP_AT_MOST);
        choice->is_trial = FALSE;
        choice->is_alone = is_better ? choice->is_alone : !choice->is_alone;
        choice->n_left = choice->keep;
    }
}

static void
run_alone(WgWorkers *self, int n_chunks)
{
    for (int i = 0; i < n_chunks; i++)
        self->func(0, i, self->user_data);
}

static void
run_shared(WgWorkers *self, int n_chunks)
{
    const guint n_done_before = (guint)g_atomic_int_get(&self->n_done);
    int n_left = n_chunks;

    if (g_atomic_int_get(&self->next) > G_MAXINT - n_chunks) {
        /* next equals end between runs, and nobody takes while it is not below */
        g_atomic_int_set(&self->end, 0);
        g_atomic_int_set(&self->next, 0);
    }
    self->first = g_atomic_int_get(&self->next);
    g_atomic_int_set(&self->end, self->first + n_chunks);
    for (int i = MIN(g_atomic_int_get(&self->n_asleep), n_chunks - 1); i > 0; i--)
        g_async_queue_push(self->wake, WAKE);
    for (int number = take(self); number >= 0; number = take(self), n_left--)
        self->func(0, number - self->first, self->user_data);
    for (int i = 0; i < LOOKS; i++) {
        if ((guint)g_atomic_int_get(&self->n_done) - n_done_before >= (guint)n_left)
            break;
        relax();
    }
    for (; n_left > 0; n_left--)
        g_async_queue_pop(self->done);
}

void
wg_workers_run(WgWorkers *self, int n_chunks)
{
    Choice *choice = &self->choice;
    gint64 start_us;

    if (self->n_others == 0 || n_chunks == 1) {
        run_alone(self, n_chunks);
        return;
    }
    if (choice->n_left == TRIAL)
        choice->taken_us = choice->n_chunks = 0;
    start_us = g_get_monotonic_time();
    if (choice->is_alone)
        run_alone(self, n_chunks);
    else
        run_shared(self, n_chunks);
    choice->taken_us += g_get_monotonic_time() - start_us;
    choice->n_chunks += n_chunks;
    if (--choice->n_left == 0)
        choose_way(choice);
}

void
wg_workers_free(WgWorkers *self)
{
    for (int i = 0; i < self->n_others; i++)
        g_async_queue_push(self->wake, QUIT);
    for (int i = 0; i < self->n_others; i++)
        g_thread_join(self->threads[i]);
    g_async_queue_unref(self->wake);
    g_async_queue_unref(self->done);
    g_free(self->others);
    g_free(self->threads);
    g_free(self);
}
