/* A session reads a large project in the background, and in the end has what is in the file. */
#include "base/random.h"
#include "workbench/session.h"

#include <glib/gstdio.h>

#define N (WG_SESSION_N_AT_ONCE + 1250)

static GPtrArray *
make_takes(int first, int n)
{
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (int i = first; i < first + n; i++) {
        const float samples[] = {(float)(i % 100) / 64, (float)(i / 100) / 64, 1};

        g_ptr_array_add(takes, wg_recording_new(&(WgRecordingSpec){.label = i % 3 ? "up" : "down",
                                                                   .rate_hz = 12.5,
                                                                   .n_samples = 1,
                                                                   .n_channels = 3,
                                                                   .samples = samples,
                                                                   .original_units_per_g = 64}));
    }
    return takes;
}

static void
add_takes(WgProject *project, int first, int n)
{
    g_autoptr(GPtrArray) takes = make_takes(first, n);
    g_autoptr(GError) error = NULL;

    wg_project_add_recordings(project, takes, NULL, NULL, &error);
    g_assert_no_error(error);
}

static char *
make_project(int n)
{
    g_autofree char *folder = g_build_filename(g_get_tmp_dir(), "waggle-session-XXXXXX", NULL);
    char *path;
    g_autoptr(WgProject) project = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_nonnull(g_mkdtemp(folder));
    path = g_build_filename(folder, "large.waggle", NULL);
    project = wg_project_create(path, &error);
    g_assert_no_error(error);
    add_takes(project, 0, n);
    wg_project_close(project);
    return path;
}

static void
remove_project(char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);

    g_unlink(path);
    g_rmdir(folder);
    g_free(path);
}

static void
on_signal(WgSession *session, gpointer counter)
{
    ++*(int *)counter;
}

static void
wait_until_read(WgSession *session)
{
    while (wg_session_get_reading(session) >= 0)
        g_main_context_iteration(NULL, TRUE);
}

static void
assert_as_in_file(WgSession *session)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) all = wg_project_load_recordings(wg_session_get_project(session), &error);
    GPtrArray *have = wg_session_get_recordings(session);

    g_assert_no_error(error);
    g_assert_cmpuint(have->len, ==, all->len);
    for (guint i = 0; i < all->len; i++) {
        const WgRecordingSpec *one = wg_recording_get_facts(g_ptr_array_index(have, i));
        const WgRecordingSpec *other = wg_recording_get(g_ptr_array_index(all, i));

        g_assert_cmpint(one->id, ==, other->id);
        g_assert_cmpstr(one->label, ==, other->label);
        g_assert_cmpstr(wg_recording_get_digest(g_ptr_array_index(have, i)), ==,
                        wg_recording_get_digest(g_ptr_array_index(all, i)));
    }
}

static void
test_large(void)
{
    g_autoptr(WgSession) session = wg_session_new();
    g_autoptr(GError) error = NULL;
    char *path = make_project(N);
    int n_changed = 0, n_told = 0;
    GArray *counts;

    wg_session_read_in_background(session);
    g_assert_true(wg_session_open_project(session, path, &error));
    g_assert_cmpfloat(wg_session_get_reading(session), >=, 0);
    g_assert_cmpuint(wg_session_get_recordings(session)->len, ==, 0);
    counts = wg_session_get_label_counts(session);
    g_assert_cmpuint(counts->len, ==, 2);
    g_assert_cmpstr(g_array_index(counts, WgLabelCount, 0).label, ==, "down");
    g_assert_cmpint(g_array_index(counts, WgLabelCount, 0).n, ==, (N + 2) / 3);
    g_assert_cmpint(g_array_index(counts, WgLabelCount, 1).n, ==, N - (N + 2) / 3);
    g_signal_connect(session, "recordings-changed", G_CALLBACK(on_signal), &n_changed);
    g_signal_connect(session, "reading-changed", G_CALLBACK(on_signal), &n_told);
    wait_until_read(session);
    g_assert_cmpint(n_changed, ==, 1);
    g_assert_cmpint(n_told, >=, 1);
    g_assert_null(wg_session_get_label_counts(session));
    g_assert_cmpuint(wg_session_get_recordings(session)->len, ==, N);
    assert_as_in_file(session);
    wg_session_close_project(session);
    remove_project(path);
}

/* What is added, renamed and deleted while it is read is there in the end. */
static void
test_changed_meanwhile(void)
{
    g_autoptr(WgSession) session = wg_session_new();
    g_autoptr(GError) error = NULL;
    char *path = make_project(N);
    const gint64 first = 1, second = 2, late = N - 3;
    WgProject *project;

    wg_session_read_in_background(session);
    g_assert_true(wg_session_open_project(session, path, &error));
    project = wg_session_get_project(session);
    add_takes(project, N, 5);
    g_assert_true(wg_project_relabel(project, &first, 1, "other", &error));
    g_assert_true(wg_project_relabel(project, &late, 1, "other", &error));
    g_assert_true(wg_project_set_deleted(project, &second, 1, TRUE, &error));
    g_assert_cmpuint(wg_session_get_recordings(session)->len, ==, 0);
    wait_until_read(session);
    g_assert_cmpuint(wg_session_get_recordings(session)->len, ==, N + 4);
    assert_as_in_file(session);
    wg_session_close_project(session);
    remove_project(path);
}

/* Another project, or none, at any moment: nothing of the first comes after. */
static void
test_closed_meanwhile(void)
{
    g_autoptr(WgSession) session = wg_session_new();
    g_autoptr(GError) error = NULL;
    char *large = make_project(N), *small = make_project(4);

    wg_session_read_in_background(session);
    for (int turns = 0; turns < 20; turns++) {
        g_assert_true(wg_session_open_project(session, large, &error));
        for (int i = 0; i < turns; i++)
            g_main_context_iteration(NULL, FALSE);
        g_assert_true(wg_session_open_project(session, small, &error));
        g_assert_cmpfloat(wg_session_get_reading(session), <, 0);
        while (g_main_context_iteration(NULL, FALSE))
            ;
        g_assert_cmpuint(wg_session_get_recordings(session)->len, ==, 4);
    }
    wg_session_close_project(session);
    remove_project(large);
    remove_project(small);
}

static void
assert_kept(GPtrArray *before, GPtrArray *after, guint n)
{
    guint n_kept = 0;

    for (guint i = 0; i < MIN(before->len, after->len); i++)
        n_kept += g_ptr_array_index(before, i) == g_ptr_array_index(after, i);
    g_assert_cmpuint(n_kept, ==, n);
}

static void
run_until_idle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

/* Those before are there until the new ones are, of which some come while it reads; and one more
 * does not bring all of it about again. */
static void
test_many_added(void)
{
    g_autoptr(WgSession) session = wg_session_new();
    g_autoptr(GPtrArray) before = NULL, after = NULL;
    g_autoptr(GError) error = NULL;
    char *path = make_project(20);
    int n_told = 0;

    wg_session_read_in_background(session);
    g_assert_true(wg_session_open_project(session, path, &error));
    g_assert_cmpfloat(wg_session_get_reading(session), <, 0);
    before = g_ptr_array_ref(wg_session_get_recordings(session));
    g_assert_cmpuint(before->len, ==, 20);
    run_until_idle();
    add_takes(wg_session_get_project(session), 20, N);
    g_signal_connect(session, "reading-changed", G_CALLBACK(on_signal), &n_told);
    while (wg_session_get_reading(session) < 0) /* until it hears of them */
        g_main_context_iteration(NULL, TRUE);
    g_assert_true(wg_session_get_recordings(session) == before);
    g_assert_null(wg_session_get_label_counts(session));
    g_assert_cmpint(n_told, ==, 1);
    add_takes(wg_session_get_project(session), 20 + N, 3);
    wait_until_read(session);
    g_assert_cmpint(n_told, >=, 2);
    after = g_ptr_array_ref(wg_session_get_recordings(session));
    g_assert_cmpuint(after->len, ==, 20 + N + 3);
    assert_kept(before, after, 20);
    assert_as_in_file(session);
    add_takes(wg_session_get_project(session), 30 + N, 1);
    run_until_idle();
    g_assert_cmpfloat(wg_session_get_reading(session), <, 0);
    assert_kept(after, wg_session_get_recordings(session), after->len);
    wg_session_close_project(session);
    remove_project(path);
}

/* Also what is changed all over a large project, and deleted; what has not changed stays. */
static void
test_many_changed(void)
{
    g_autoptr(WgSession) session = wg_session_new();
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GPtrArray) before = NULL;
    g_autoptr(GError) error = NULL;
    char *path = make_project(2 * N);
    const gint64 *every_other;

    for (gint64 id = 2; id <= 2 * N; id += 2)
        g_array_append_val(ids, id);
    every_other = (const gint64 *)(gpointer)ids->data;
    wg_session_read_in_background(session);
    g_assert_true(wg_session_open_project(session, path, &error));
    wait_until_read(session);
    before = g_ptr_array_ref(wg_session_get_recordings(session));
    run_until_idle();
    g_assert_true(wg_project_relabel(wg_session_get_project(session), every_other, (int)ids->len,
                                     "other", &error));
    while (wg_session_get_reading(session) < 0)
        g_main_context_iteration(NULL, TRUE);
    wait_until_read(session);
    assert_kept(before, wg_session_get_recordings(session), N);
    assert_as_in_file(session);
    g_assert_true(wg_project_set_deleted(wg_session_get_project(session), every_other,
                                         (int)ids->len, TRUE, &error));
    while (wg_session_get_reading(session) < 0)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpuint(wg_session_get_recordings(session)->len, ==, 2 * N);
    wait_until_read(session);
    g_assert_cmpuint(wg_session_get_recordings(session)->len, ==, N);
    assert_as_in_file(session);
    wg_session_close_project(session);
    remove_project(path);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/session/reads-a-large-project-in-the-background", test_large);
    g_test_add_func("/workbench/session/has-what-changed-while-it-read", test_changed_meanwhile);
    g_test_add_func("/workbench/session/forgets-what-it-read-of-a-closed-one",
                    test_closed_meanwhile);
    g_test_add_func("/workbench/session/reads-many-that-are-added-in-the-background",
                    test_many_added);
    g_test_add_func("/workbench/session/reads-many-that-are-changed-in-the-background",
                    test_many_changed);
    return g_test_run();
}
