/* Random sequences of edits: undone and made again exactly, also after a restart and a kill. */
#include "edits-fixture.h"
#include "project-state.h"
#include "random-edits.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_SEQUENCES 200
#define N_STEPS 10

/* The states from the first on; those up to `at` lead to where the project is. */
typedef struct {
    WgEditsFixture *f;
    GPtrArray *states;
    guint at;
    WgRandom random;
} Walk;

static void
check_state(Walk *w)
{
    g_autofree char *state = wg_edits_fixture_dup_state(w->f);

    g_assert_cmpstr(state, ==, g_ptr_array_index(w->states, w->at));
}

static void
undo_one(Walk *w)
{
    g_assert_true(wg_edits_undo(w->f->edits, NULL));
    w->at -= w->at > 0;
    check_state(w);
}

static void
redo_one(Walk *w)
{
    g_assert_true(wg_edits_redo(w->f->edits, NULL));
    w->at += w->at + 1 < w->states->len;
    check_state(w);
}

static void
edit_one(Walk *w)
{
    const gint64 before = wg_edits_fixture_get_newest(w->f);

    wg_test_edit_at_random(w->f->edits, w->f->project, &w->random);
    if (wg_edits_fixture_get_newest(w->f) == before) { /* it changed nothing */
        check_state(w);
        return;
    }
    g_ptr_array_set_size(w->states, (int)++w->at);
    g_ptr_array_add(w->states, wg_edits_fixture_dup_state(w->f));
    g_assert_cmpstr(g_ptr_array_index(w->states, w->at), !=,
                    g_ptr_array_index(w->states, w->at - 1));
}

/* What the window looks at, which reads only what changed, is what the file holds. */
static void
check_session(WgEditsFixture *f)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(f->project, NULL);
    g_autofree char *stored = wg_test_dup_recordings(all), *shown = NULL;

    wg_edits_fixture_settle();
    shown = wg_test_dup_recordings(wg_session_get_recordings(f->session));
    g_assert_cmpstr(shown, ==, stored);
}

/* The property: whatever was edited, undone and redone, undoing all gives exactly the first state,
 * redoing all exactly the last. */
static void
test_random_sequences(WgEditsFixture *f, gconstpointer data)
{
    guint n_edits = 0;

    for (guint64 seed = 0; seed < N_SEQUENCES; seed++) {
        Walk w = {.f = f, .states = g_ptr_array_new_with_free_func(g_free)};
        guint n_states;

        wg_random_init(&w.random, seed, 0);
        wg_edits_fixture_begin_anew(f);
        g_ptr_array_add(w.states, wg_edits_fixture_dup_state(f));
        for (int step = 0; step < N_STEPS; step++) {
            const guint kind = wg_random_below(&w.random, 8);

            if (kind == 0 && w.at > 0)
                undo_one(&w);
            else if (kind == 1 && w.at + 1 < w.states->len)
                redo_one(&w);
            else if (kind == 2 && step == N_STEPS / 2)
                wg_edits_fixture_reopen(f);
            else
                edit_one(&w);
        }
        n_states = w.states->len;
        n_edits += w.at;
        check_session(f);
        while (w.at > 0)
            undo_one(&w);
        if (seed % 8 == 0)
            wg_edits_fixture_reopen(f);
        while (w.at + 1 < n_states)
            redo_one(&w);
        check_session(f);
        g_ptr_array_unref(w.states);
    }
    g_assert_cmpuint(n_edits, >, N_SEQUENCES * N_STEPS / 3);
}

/* One step of a sequence: mostly an edit. */
static void
step(WgEditsFixture *f, WgRandom *random)
{
    const guint kind = wg_random_below(random, 6);

    if (kind == 0)
        g_assert_true(wg_edits_undo(f->edits, NULL));
    else if (kind == 1)
        g_assert_true(wg_edits_redo(f->edits, NULL));
    else
        wg_test_edit_at_random(f->edits, f->project, random);
}

/* Tells the number of each step once its call has returned. */
static void
edit_until_killed(WgEditsFixture *f, guint64 seed, int told)
{
    WgRandom random;

    wg_random_init(&random, seed, 1);
    wg_edits_fixture_reopen(f);
    for (int i = 1;; i++) {
        step(f, &random);
        if (write(told, &i, sizeof i) != sizeof i)
            _exit(1);
    }
}

/* The state after a number of steps of that seed. */
static char *
dup_state_after(WgEditsFixture *f, guint64 seed, int n_steps)
{
    WgRandom random;

    wg_edits_fixture_begin_anew(f);
    wg_random_init(&random, seed, 1);
    for (int i = 0; i < n_steps; i++)
        step(f, &random);
    return wg_edits_fixture_dup_state(f);
}

static void
test_kill(WgEditsFixture *f, gconstpointer data)
{
    int n_finished = 0;

    for (guint64 seed = 0; seed < 12; seed++) {
        g_autofree char *left = NULL, *finished = NULL, *one_more = NULL;
        int pipes[2], n = 0, number;
        pid_t child;

        wg_edits_fixture_begin_anew(f);
        wg_edits_fixture_close(f);
        g_assert_cmpint(pipe(pipes), ==, 0);
        child = fork();
        if (child == 0) {
            close(pipes[0]);
            edit_until_killed(f, seed, pipes[1]);
        }
        close(pipes[1]);
        g_usleep((gulong)g_test_rand_int_range(1000, 90000));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(pipes[0], &number, sizeof number) == sizeof number)
            n = number;
        close(pipes[0]);
        wg_edits_fixture_reopen(f);
        left = wg_edits_fixture_dup_state(f);
        finished = dup_state_after(f, seed, n);
        one_more = dup_state_after(f, seed, n + 1); /* committed, and killed before it told */
        if (!g_str_equal(left, one_more))
            g_assert_cmpstr(left, ==, finished);
        n_finished += n;
    }
    g_test_message("%d steps were finished", n_finished);
    g_assert_cmpint(n_finished, >, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/workbench/edits-random/undo-and-redo-restore-each-state-of-random-sequences",
               WgEditsFixture, NULL, wg_edits_fixture_set_up, test_random_sequences,
               wg_edits_fixture_tear_down);
    g_test_add("/workbench/edits-random/a-kill-loses-no-finished-edit", WgEditsFixture, NULL,
               wg_edits_fixture_set_up, test_kill, wg_edits_fixture_tear_down);
    return g_test_run();
}
