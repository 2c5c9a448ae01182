/* When a watch that says nothing counts as lost, and when it is had back: all on a wound clock. */
#include "paced-watch.h"

#include "base/error.h"

#include <string.h>

static void
test_a_quiet_watch_is_asked_once_a_second(PacedWatch *f, gconstpointer data)
{
    paced_connect(f);
    paced_pass(f, 60000);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    g_assert_cmpuint(f->n_signs, >=, 40);
    g_assert_cmpuint(f->n_signs, <=, 60);
    g_test_message("asked %u times in 60 s", f->n_signs);
}

static void
test_one_that_streams_is_never_asked(PacedWatch *f, gconstpointer data)
{
    paced_connect(f);
    for (int i = 0; i < 500; i++) {
        paced_pass(f, 80);
        puppet_link_say(f->link, "\x1e{\"wg\":\"sample\"}\r\n");
    }
    g_assert_cmpuint(f->heard->len, ==, 0);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
}

static void
test_silence_is_noticed_within_3_s(PacedWatch *f, gconstpointer data)
{
    guint most_ms = 0;
    wg_watch_set_keeping(f->watch, TRUE);
    paced_connect(f);
    for (guint phase = 0; phase < 2000; phase += 70) {
        paced_pass(f, phase);
        f->is_deaf = TRUE;
        const guint ms = paced_wind_until(f, WG_WATCH_LOST);
        most_ms = MAX(most_ms, ms);
        f->is_deaf = FALSE;
        paced_wind_until(f, WG_WATCH_READY);
    }
    g_test_message("noticed after %u ms at most", most_ms);
    g_assert_cmpuint(most_ms, <=, 3000);
    g_assert_cmpuint(most_ms, >, 1000);
}

static void
test_silence_in_an_exchange_is_noticed_within_3_s(PacedWatch *f, gconstpointer data)
{
    guint most_ms = 0, least_ms = G_MAXUINT;
    wg_watch_set_keeping(f->watch, TRUE);
    paced_connect(f);
    for (guint phase = 0; phase < 2000; phase += 70) {
        paced_pass(f, 10000);
        f->is_deaf = TRUE;
        paced_pass(f, phase);
        wg_watch_eval_async(f->watch, "1", NULL, paced_on_answer, f);
        const guint ms = paced_wind_until(f, WG_WATCH_LOST);
        most_ms = MAX(most_ms, phase + ms);
        least_ms = MIN(least_ms, phase == 0 ? ms : G_MAXUINT);
        paced_assert_lost(f, "nothing was heard");
        f->is_deaf = FALSE;
        paced_wind_until(f, WG_WATCH_READY);
    }
    g_test_message("noticed after %u ms at most", most_ms);
    g_assert_cmpuint(most_ms, <=, 3000);
    g_assert_cmpuint(least_ms, >, 1000);
}

/* What is on its way lies in buffers that nobody sees; the greeting has told how slow the line is.
 */
static void
test_a_slow_line_is_no_silence(PacedWatch *f, gconstpointer data)
{
    g_autofree char *filling = g_strnfill(900, 'x');
    g_autofree char *question = g_strdup_printf("forever+'%s'", filling);
    f->is_deaf = TRUE;
    wg_watch_connect_async(f->watch, NULL, paced_on_answer, f);
    paced_pass(f, 700);
    f->is_deaf = FALSE;
    paced_wind_until(f, WG_WATCH_READY);
    while (!f->result)
        g_main_context_iteration(NULL, TRUE);
    g_clear_object(&f->result);
    f->is_deaf = TRUE;
    wg_watch_eval_async(f->watch, question, NULL, paced_on_answer, f);
    const guint ms = paced_wind_until(f, WG_WATCH_LOST);
    g_assert_cmpuint(ms, >, 3250);
    g_assert_cmpuint(ms, <=, 2500 + 8000 + 250);
    g_test_message("a line of a few hundred bytes a second may be silent for %u ms", ms);
}

static void
test_had_back_within_5_s(PacedWatch *f, gconstpointer data)
{
    guint most_ms = 0;
    wg_watch_set_keeping(f->watch, TRUE);
    paced_connect(f);
    for (guint away_ms = 0; away_ms < 15000; away_ms += 130) {
        f->is_deaf = TRUE;
        paced_wind_until(f, WG_WATCH_LOST);
        paced_pass(f, away_ms);
        f->is_deaf = FALSE;
        const guint ms = paced_wind_until(f, WG_WATCH_READY);
        most_ms = MAX(most_ms, ms);
    }
    g_test_message("silent watch: ready %u ms after it was back at most", most_ms);
    g_assert_cmpuint(most_ms, <=, 5000);
    most_ms = 0;
    for (guint away_ms = 0; away_ms < 15000; away_ms += 130) {
        g_autoptr(GError) error = g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, "it went");
        puppet_link_set_away(f->link, TRUE);
        wg_link_emit_closed(WG_LINK(f->link), error);
        paced_pass(f, away_ms);
        g_string_truncate(f->unread, 0);
        puppet_link_set_away(f->link, FALSE);
        const guint ms = paced_wind_until(f, WG_WATCH_READY);
        most_ms = MAX(most_ms, ms);
    }
    g_test_message("watch that was away: ready %u ms after it was back at most", most_ms);
    g_assert_cmpuint(most_ms, <=, 5000);
}

static void
test_what_flows_in_is_no_silence(PacedWatch *f, gconstpointer data)
{
    paced_connect(f);
    wg_watch_eval_async(f->watch, "forever", NULL, paced_on_answer, f);
    for (int i = 0; i < 9; i++) {
        paced_pass(f, 1000);
        puppet_link_say(f->link, "working\r\n");
    }
    g_assert_null(f->result);
    paced_pass(f, 1000); /* but an answer must come in 10 s */
    paced_assert_lost(f, "did not answer for 10 s");
}

static void
test_what_flows_out_is_no_silence(PacedWatch *f, gconstpointer data)
{
    g_autofree char *blanks = g_strnfill(1000, ' ');
    paced_connect(f);
    puppet_link_set_slow(f->link, TRUE);
    wg_watch_eval_async(f->watch, blanks, NULL, paced_on_answer, f);
    for (int i = 0; i < 50; i++) { /* 20 bytes a second of more than a kilobyte */
        paced_pass(f, 1000);
        puppet_link_take(f->link, 20);
        g_assert_null(f->result);
        g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    }
    const guint ms = paced_wind_until(f, WG_WATCH_LOST); /* when no more is taken */
    g_assert_cmpuint(ms, <=, 3000);
    paced_assert_lost(f, "nothing was heard");
}

static void
test_a_patient_exchange_may_be_silent(PacedWatch *f, gconstpointer data)
{
    paced_connect(f);
    wg_watch_eval_patiently_async(f->watch, "forever", 60000, NULL, paced_on_answer, f);
    f->is_deaf = TRUE;
    paced_pass(f, 59000);
    g_assert_null(f->result);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    paced_pass(f, 1250);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_LOST);
    g_assert_nonnull(f->result);
}

static void
test_our_own_pause_is_no_silence(PacedWatch *f, gconstpointer data)
{
    paced_connect(f);
    for (int i = 0; i < 10; i++) {
        f->clock->now_us += 20 * G_USEC_PER_SEC; /* the main loop did not run */
        manual_clock_wind(f->clock, 0);
        paced_live(f);
        g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
        paced_pass(f, 1000);
    }
}

static void
test_peace_is_kept_with_a_watch_at_work(PacedWatch *f, gconstpointer data)
{
    wg_watch_set_keeping(f->watch, TRUE);
    paced_connect(f);
    f->is_deaf = TRUE; /* lost in peace: not interrupted for 4 s more */
    paced_wind_until(f, WG_WATCH_LOST);
    paced_pass(f, 3900);
    f->is_deaf = FALSE;
    paced_wind_until(f, WG_WATCH_READY);
    g_assert_nonnull(strstr(f->heard->str, "echo(0)"));
    g_assert_null(strchr(f->heard->str, '\x03'));
    g_string_truncate(f->heard, 0);
    f->is_deaf = TRUE; /* lost in an exchange: what was cut off there must end */
    wg_watch_eval_async(f->watch, "1", NULL, paced_on_answer, f);
    paced_wind_until(f, WG_WATCH_LOST);
    paced_pass(f, 20);
    f->is_deaf = FALSE;
    paced_wind_until(f, WG_WATCH_READY);
    g_assert_nonnull(strchr(f->heard->str, '\x03'));
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*func)(PacedWatch *f, gconstpointer data);
    } tests[] = {
        {"a-quiet-watch-is-asked-once-a-second", test_a_quiet_watch_is_asked_once_a_second},
        {"one-that-streams-is-never-asked", test_one_that_streams_is_never_asked},
        {"silence-is-noticed-within-3-s", test_silence_is_noticed_within_3_s},
        {"silence-in-an-exchange-is-noticed", test_silence_in_an_exchange_is_noticed_within_3_s},
        {"a-slow-line-is-no-silence", test_a_slow_line_is_no_silence},
        {"had-back-within-5-s", test_had_back_within_5_s},
        {"what-flows-in-is-no-silence", test_what_flows_in_is_no_silence},
        {"what-flows-out-is-no-silence", test_what_flows_out_is_no_silence},
        {"a-patient-exchange-may-be-silent", test_a_patient_exchange_may_be_silent},
        {"our-own-pause-is-no-silence", test_our_own_pause_is_no_silence},
        {"peace-is-kept-with-a-watch-at-work", test_peace_is_kept_with_a_watch_at_work},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/device/pulse/%s", tests[i].name);
        g_test_add(path, PacedWatch, NULL, paced_set_up, tests[i].func, paced_tear_down);
    }
    return g_test_run();
}
