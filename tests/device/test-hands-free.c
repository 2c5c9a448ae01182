/* Takes that the watch's button begins and ends, and what the watch shows of them. */
#include "device-fixture.h"
#include "base/file.h"

#define N_SAMPLES 50 /* of a take, at most: four seconds */

typedef struct {
    WgWatch *watch;
    WgRecorder *recorder;
    int n_begun, n_ended, first, end, newest;
    int awaited; /* sample */
    gboolean is_there;
} HandsFree;

static void
on_take(WgRecorder *recorder, int first, gpointer user_data)
{
    HandsFree *h = user_data;

    h->n_begun++;
    h->first = first;
    h->is_there = TRUE;
}

static void
on_take_end(WgRecorder *recorder, int end, gpointer user_data)
{
    HandsFree *h = user_data;

    h->n_ended++;
    h->end = end;
    h->is_there = TRUE;
}

static void
on_sample(WgRecorder *recorder, int number, double time_s, double x, double y, double z,
          gpointer user_data)
{
    HandsFree *h = user_data;

    h->newest = number;
    if (h->awaited >= 0 && number >= h->awaited)
        h->is_there = TRUE;
}

static char *
eval(HandsFree *h, const char *expression)
{
    g_autoptr(GError) error = NULL;
    char *answer = fixture_eval(h->watch, expression, &error);

    g_assert_no_error(error);
    return answer;
}

static void
wait_for_sample(HandsFree *h, int number)
{
    h->awaited = number;
    h->is_there = h->newest >= number;
    fixture_wait(&h->is_there);
    h->awaited = -1;
}

/* What it waits for comes with the answer, or behind it. */
static void
press(HandsFree *h)
{
    g_autofree char *answer = eval(h, "(WaggleVirtual.press(),1)");

    g_assert_cmpstr(answer, ==, "1");
}

static void
assert_shows(HandsFree *h, const char *screen)
{
    g_autofree char *shown = eval(h, "WaggleVirtual.getScreen().join(' ')");
    g_autofree char *quoted = g_strdup_printf("\"%s\"", screen);

    g_assert_cmpstr(shown, ==, quoted);
}

static void
test_counts_on_its_screen(void)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-test-XXXXXX", NULL);
    g_autofree char *address = fixture_virtual_address(folder, "");
    g_autoptr(WgWatch) watch = fixture_watch_new(address);
    g_autoptr(WgRecorder) recorder = wg_recorder_new(watch);
    g_autoptr(GError) error = NULL;
    HandsFree h = {.watch = watch, .recorder = recorder, .awaited = -1};

    g_assert_true(fixture_connect(watch, &error));
    g_free(eval(&h, "(Bangle.setLCDPower(1),WaggleVirtual.sent(true),1)"));
    g_signal_connect(recorder, "take", G_CALLBACK(on_take), &h);
    g_signal_connect(recorder, "take-end", G_CALLBACK(on_take_end), &h);
    g_signal_connect(recorder, "sample", G_CALLBACK(on_sample), &h);
    wg_recorder_set_button(recorder, N_SAMPLES, 2);
    g_assert_true(fixture_start_recorder(recorder, WG_RECORD_STREAM, &error));
    assert_shows(&h, "0 / 2");

    h.is_there = FALSE;
    press(&h);
    fixture_wait(&h.is_there);
    g_assert_cmpint(h.n_begun, ==, 1);
    assert_shows(&h, "1 / 2");
    /* a finger that presses twice ends nothing */
    press(&h);
    wait_for_sample(&h, h.first + 13);
    g_assert_cmpint(h.n_ended, ==, 0);
    h.is_there = FALSE;
    press(&h);
    fixture_wait(&h.is_there);
    g_assert_cmpint(h.n_ended, ==, 1);
    g_assert_cmpint(h.end, >, h.first + 13);
    g_assert_cmpint(h.end, <, h.first + N_SAMPLES);

    wait_for_sample(&h, h.end + 5);
    h.is_there = FALSE;
    press(&h);
    fixture_wait(&h.is_there);
    g_assert_cmpint(h.n_begun, ==, 2);
    wait_for_sample(&h, h.first + N_SAMPLES + 2);
    g_assert_cmpint(h.n_ended, ==, 1);
    assert_shows(&h, "2 / 2");
    /* begin, end, begin, and longer for the last one */
    g_autofree char *felt =
        eval(&h, "WaggleVirtual.sent(true).map(function(s){return s.what+s.value;}).join()");
    g_assert_cmpstr(felt, ==, "\"buzz150,buzz150,buzz150,buzz600\"");
    g_assert_true(fixture_stop_recorder(recorder, &error));
    assert_shows(&h, "");
    wg_file_remove_folder(folder);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/device/hands-free/counts-takes-on-the-watchs-screen",
                    test_counts_on_its_screen);
    return g_test_run();
}
