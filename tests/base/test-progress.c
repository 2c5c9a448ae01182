/* Progress is told from any thread and heard on the main context. */
#include "base/progress.h"

typedef struct {
    GMainLoop *loop;
    GThread *heard_on;
    int n_heard;
} Hearing;

static void
on_changed(WgProgress *progress, gpointer user_data)
{
    Hearing *hearing = user_data;

    hearing->heard_on = g_thread_self();
    hearing->n_heard++;
    if (wg_progress_get_fraction(progress) >= 1)
        g_main_loop_quit(hearing->loop);
}

static gpointer
tell(gpointer data)
{
    g_autoptr(WgProgress) part = wg_progress_split(data, 0.5, 1);

    for (int i = 0; i <= 1000; i++)
        wg_progress_tell(part, i / 1000.0, "telling");
    return NULL;
}

static void
test_threads(void)
{
    g_autoptr(WgProgress) progress = wg_progress_new();
    Hearing hearing = {g_main_loop_new(NULL, FALSE), NULL, 0};
    GThread *thread;
    g_autofree char *text = NULL;

    g_signal_connect(progress, "changed", G_CALLBACK(on_changed), &hearing);
    thread = g_thread_new("teller", tell, progress);
    g_main_loop_run(hearing.loop);
    g_thread_join(thread);
    text = wg_progress_dup_text(progress);
    g_assert_true(hearing.heard_on == g_thread_self());
    g_assert_cmpint(hearing.n_heard, >=, 1);
    g_assert_cmpstr(text, ==, "telling");
    g_assert_cmpfloat(wg_progress_get_fraction(progress), ==, 1);
    g_main_loop_unref(hearing.loop);
}

static void
test_split(void)
{
    g_autoptr(WgProgress) progress = wg_progress_new();
    g_autoptr(WgProgress) part = wg_progress_split(progress, 0.25, 0.75);

    wg_progress_tell(part, 0.5, NULL);
    g_assert_cmpfloat_with_epsilon(wg_progress_get_fraction(progress), 0.5, 1e-5);
    wg_progress_tell(part, 7, NULL);
    g_assert_cmpfloat_with_epsilon(wg_progress_get_fraction(progress), 0.75, 1e-5);
    wg_progress_tell(NULL, 0.5, NULL);
    g_assert_null(wg_progress_split(NULL, 0, 1));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/progress/told-elsewhere-is-heard-on-the-main-context", test_threads);
    g_test_add_func("/base/progress/part-is-scaled-into-its-parent", test_split);
    return g_test_run();
}
