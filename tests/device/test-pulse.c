/* When a watch that says nothing counts as lost, and when it is had back: all on a wound clock. */
#include "manual-clock.h"
#include "puppet-link.h"

#include "base/error.h"
#include "device/watch.h"

#include <stdlib.h>
#include <string.h>

#define FACTS "[\"BANGLEJS2\",\"2v10\",\"Storage\",0]" /* of a firmware without packets */
#define STEP_MS 10

typedef struct {
    PuppetLink *link;
    ManualClock *clock;
    WgWatch *watch;
    GAsyncResult *result;
    gboolean is_deaf; /* the watch neither reads nor says anything */
    GString *unread;  /* by the watch */
    GString *heard;   /* all it ever read */
    guint n_signs;    /* that it was asked for */
} Fixture;

static void
set_up(Fixture *f, gconstpointer data)
{
    f->link = puppet_link_new();
    f->clock = manual_clock_new();
    f->watch = wg_watch_new(WG_LINK(f->link));
    wg_watch_set_clock(f->watch, &f->clock->clock);
    f->unread = g_string_new(NULL);
    f->heard = g_string_new(NULL);
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    wg_watch_disconnect(f->watch);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_clear_object(&f->result);
    g_object_unref(f->watch);
    g_object_unref(f->link);
    g_assert_cmpint(manual_clock_get_n_timers(f->clock), ==, 0);
    manual_clock_free(f->clock);
    g_string_free(f->unread, TRUE);
    g_string_free(f->heard, TRUE);
}

/* The watch reads a line and answers it; what it is asked to evaluate is answered by its facts. */
static void
obey(Fixture *f, const char *line)
{
    const char *number = strstr(line, "n:");
    g_string_append_printf(f->heard, "%s\n", line);
    if (strstr(line, "\"wg\":\"here\"")) {
        f->n_signs++;
        puppet_link_say(f->link, "\x1e{\"wg\":\"here\"}\r\n");
    } else if (number && !strstr(line, "forever")) {
        g_autofree char *answer =
            g_strdup_printf("\x1e{\"wg\":\"=\",\"n\":%d,\"v\":" FACTS "}\r\n", atoi(number + 2));
        puppet_link_say(f->link, answer);
    }
}

static void
read_lines(Fixture *f)
{
    for (char *end; !f->is_deaf && (end = strchr(f->unread->str, '\n'));) {
        g_autofree char *line = g_strndup(f->unread->str, (gsize)(end - f->unread->str));
        g_string_erase(f->unread, 0, end + 1 - f->unread->str);
        obey(f, line);
    }
}

/* Both ends do what they can do now. */
static void
live(Fixture *f)
{
    gboolean is_over = FALSE;
    while (!is_over) {
        while (g_main_context_iteration(NULL, FALSE))
            ;
        g_autofree char *heard = puppet_link_dup_heard(f->link);
        g_string_append(f->unread, heard);
        is_over = !*heard;
        read_lines(f);
    }
}

static void
pass(Fixture *f, guint ms)
{
    live(f);
    for (guint done = 0; done < ms; done += STEP_MS) {
        manual_clock_wind(f->clock, STEP_MS);
        live(f);
    }
}

/* Winds until the watch is ready (LOST: until it is no longer); the milliseconds it took. */
static guint
wind_until(Fixture *f, WgWatchState state)
{
    const gboolean wants_ready = state == WG_WATCH_READY;
    guint ms = 0;
    for (live(f); (wg_watch_get_state(f->watch) == WG_WATCH_READY) != wants_ready; ms += STEP_MS) {
        g_assert_cmpuint(ms, <, 60000);
        pass(f, STEP_MS);
    }
    return ms;
}

static void
on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Fixture *f = user_data;
    g_assert_null(f->result);
    f->result = g_object_ref(result);
}

static void
connect_watch(Fixture *f)
{
    wg_watch_connect_async(f->watch, NULL, on_answer, f);
    g_assert_cmpuint(wind_until(f, WG_WATCH_READY), ==, 0);
    g_assert_true(wg_watch_connect_finish(f->watch, f->result, NULL));
    g_clear_object(&f->result);
    g_string_truncate(f->heard, 0);
}

static void
assert_lost(Fixture *f, const char *reason)
{
    g_autoptr(GError) error = NULL;
    while (!f->result)
        g_main_context_iteration(NULL, TRUE);
    g_assert_null(wg_watch_eval_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
    g_assert_nonnull(strstr(error->message, reason));
    g_clear_object(&f->result);
}

static void
test_a_quiet_watch_is_asked_once_a_second(Fixture *f, gconstpointer data)
{
    connect_watch(f);
    pass(f, 60000);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    g_assert_cmpuint(f->n_signs, >=, 40);
    g_assert_cmpuint(f->n_signs, <=, 60);
    g_test_message("asked %u times in 60 s", f->n_signs);
}

static void
test_one_that_streams_is_never_asked(Fixture *f, gconstpointer data)
{
    connect_watch(f);
    for (int i = 0; i < 500; i++) {
        pass(f, 80);
        puppet_link_say(f->link, "\x1e{\"wg\":\"sample\"}\r\n");
    }
    g_assert_cmpuint(f->heard->len, ==, 0);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
}

static void
test_silence_is_noticed_within_3_s(Fixture *f, gconstpointer data)
{
    guint most_ms = 0;
    wg_watch_set_keeping(f->watch, TRUE);
    connect_watch(f);
    for (guint phase = 0; phase < 2000; phase += 70) {
        pass(f, phase);
        f->is_deaf = TRUE;
        const guint ms = wind_until(f, WG_WATCH_LOST);
        most_ms = MAX(most_ms, ms);
        f->is_deaf = FALSE;
        wind_until(f, WG_WATCH_READY);
    }
    g_test_message("noticed after %u ms at most", most_ms);
    g_assert_cmpuint(most_ms, <=, 3000);
    g_assert_cmpuint(most_ms, >, 1000);
}

static void
test_silence_in_an_exchange_is_noticed_within_3_s(Fixture *f, gconstpointer data)
{
    guint most_ms = 0, least_ms = G_MAXUINT;
    wg_watch_set_keeping(f->watch, TRUE);
    connect_watch(f);
    for (guint phase = 0; phase < 2000; phase += 70) {
        pass(f, 10000);
        f->is_deaf = TRUE;
        pass(f, phase);
        wg_watch_eval_async(f->watch, "1", NULL, on_answer, f);
        const guint ms = wind_until(f, WG_WATCH_LOST);
        most_ms = MAX(most_ms, phase + ms);
        least_ms = MIN(least_ms, phase == 0 ? ms : G_MAXUINT);
        assert_lost(f, "nothing was heard");
        f->is_deaf = FALSE;
        wind_until(f, WG_WATCH_READY);
    }
    g_test_message("noticed after %u ms at most", most_ms);
    g_assert_cmpuint(most_ms, <=, 3000);
    g_assert_cmpuint(least_ms, >, 1000);
}

static void
test_had_back_within_5_s(Fixture *f, gconstpointer data)
{
    guint most_ms = 0;
    wg_watch_set_keeping(f->watch, TRUE);
    connect_watch(f);
    for (guint away_ms = 0; away_ms < 15000; away_ms += 130) {
        f->is_deaf = TRUE;
        wind_until(f, WG_WATCH_LOST);
        pass(f, away_ms);
        f->is_deaf = FALSE;
        const guint ms = wind_until(f, WG_WATCH_READY);
        most_ms = MAX(most_ms, ms);
    }
    g_test_message("silent watch: ready %u ms after it was back at most", most_ms);
    g_assert_cmpuint(most_ms, <=, 5000);
    most_ms = 0;
    for (guint away_ms = 0; away_ms < 15000; away_ms += 130) {
        g_autoptr(GError) error = g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, "it went");
        puppet_link_set_away(f->link, TRUE);
        wg_link_emit_closed(WG_LINK(f->link), error);
        pass(f, away_ms);
        g_string_truncate(f->unread, 0);
        puppet_link_set_away(f->link, FALSE);
        const guint ms = wind_until(f, WG_WATCH_READY);
        most_ms = MAX(most_ms, ms);
    }
    g_test_message("watch that was away: ready %u ms after it was back at most", most_ms);
    g_assert_cmpuint(most_ms, <=, 5000);
}

static void
test_what_flows_in_is_no_silence(Fixture *f, gconstpointer data)
{
    connect_watch(f);
    wg_watch_eval_async(f->watch, "forever", NULL, on_answer, f);
    for (int i = 0; i < 9; i++) {
        pass(f, 1000);
        puppet_link_say(f->link, "working\r\n");
    }
    g_assert_null(f->result);
    pass(f, 1000); /* but an answer must come in 10 s */
    assert_lost(f, "did not answer for 10 s");
}

static void
test_what_flows_out_is_no_silence(Fixture *f, gconstpointer data)
{
    g_autofree char *blanks = g_strnfill(1000, ' ');
    connect_watch(f);
    puppet_link_set_slow(f->link, TRUE);
    wg_watch_eval_async(f->watch, blanks, NULL, on_answer, f);
    for (int i = 0; i < 50; i++) { /* 20 bytes a second of more than a kilobyte */
        pass(f, 1000);
        puppet_link_take(f->link, 20);
        g_assert_null(f->result);
        g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    }
    const guint ms = wind_until(f, WG_WATCH_LOST); /* when no more is taken */
    g_assert_cmpuint(ms, <=, 3000);
    assert_lost(f, "nothing was heard");
}

static void
test_a_patient_exchange_may_be_silent(Fixture *f, gconstpointer data)
{
    connect_watch(f);
    wg_watch_eval_patiently_async(f->watch, "forever", 60000, NULL, on_answer, f);
    f->is_deaf = TRUE;
    pass(f, 59000);
    g_assert_null(f->result);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    pass(f, 1250);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_LOST);
    g_assert_nonnull(f->result);
}

static void
test_a_busy_watch_has_10_s(Fixture *f, gconstpointer data)
{
    connect_watch(f);
    puppet_link_say(f->link, "\x13");
    f->is_deaf = TRUE;
    pass(f, 9500);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    f->is_deaf = FALSE;
    puppet_link_say(f->link, "\x11");
    pass(f, 5000);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    puppet_link_say(f->link, "\x13");
    f->is_deaf = TRUE;
    g_assert_cmpuint(wind_until(f, WG_WATCH_LOST), <=, 10250);
}

/* Milliseconds until what is asked now reaches the watch, which says `noise` each 100 ms; then it
 * answers. */
static guint
measure_hold(Fixture *f, const char *noise)
{
    g_autoptr(GError) error = NULL;
    guint ms = 0;
    wg_watch_eval_async(f->watch, "held", NULL, on_answer, f);
    for (; !strstr(f->heard->str, "held"); ms += 50) {
        g_assert_cmpuint(ms, <, 20000);
        if (*noise && ms % 100 == 0)
            puppet_link_say(f->link, noise);
        pass(f, 50);
    }
    while (!f->result)
        g_main_context_iteration(NULL, TRUE);
    g_free(wg_watch_eval_finish(f->watch, f->result, &error));
    g_assert_no_error(error);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    g_clear_object(&f->result);
    g_string_truncate(f->heard, 0);
    return ms;
}

/* A byte on its way here became XOFF: the watch knows of none and says no XON. */
static void
test_a_damaged_byte_does_not_hold_for_long(Fixture *f, gconstpointer data)
{
    connect_watch(f);
    for (int i = 0; i < 3; i++) {
        puppet_link_say(f->link, "\x13");
        live(f);
        const guint silent_ms = measure_hold(f, "");
        g_assert_cmpuint(silent_ms, >=, 3000 - 50);
        g_assert_cmpuint(silent_ms, <=, 3250);
        puppet_link_say(f->link, "\x13");
        live(f);
        const guint noisy_ms = measure_hold(f, "x\r\n");
        g_assert_cmpuint(noisy_ms, >=, 1000 - 50);
        g_assert_cmpuint(noisy_ms, <=, 1150);
        g_test_message("held for %u ms by a silent watch, for %u ms by one that talks", silent_ms,
                       noisy_ms);
        g_assert_cmpuint(measure_hold(f, ""), <=, 50);
    }
}

static void
test_xoff_holds_until_xon(Fixture *f, gconstpointer data)
{
    connect_watch(f);
    puppet_link_say(f->link, "answers to what it has\r\n\x13");
    live(f);
    wg_watch_eval_async(f->watch, "held", NULL, on_answer, f);
    pass(f, 900);
    puppet_link_say(f->link, "and more of them\r\n");
    pass(f, 2000);
    g_assert_null(strstr(f->heard->str, "held"));
    puppet_link_say(f->link, "\x11");
    live(f);
    g_assert_nonnull(strstr(f->heard->str, "held"));
    while (!f->result)
        g_main_context_iteration(NULL, TRUE);
    g_clear_object(&f->result);
}

static void
count_changes(GObject *watch, GParamSpec *pspec, gpointer user_data)
{
    (*(int *)user_data)++;
}

static void
test_busy_is_told_after_a_second(Fixture *f, gconstpointer data)
{
    int n_changes = 0;
    connect_watch(f);
    g_signal_connect(f->watch, "notify::busy", G_CALLBACK(count_changes), &n_changes);
    puppet_link_say(f->link, "\x13");
    pass(f, 900);
    g_assert_false(wg_watch_is_busy(f->watch));
    puppet_link_say(f->link, "\x13"); /* again: it has been for as long all the same */
    pass(f, 200);
    g_assert_true(wg_watch_is_busy(f->watch));
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    puppet_link_say(f->link, "\x11");
    live(f);
    g_assert_false(wg_watch_is_busy(f->watch));
    g_assert_cmpint(n_changes, ==, 2);
    for (int i = 0; i < 20; i++) { /* it reads slowly */
        puppet_link_say(f->link, i % 2 ? "\x11" : "\x13");
        pass(f, 600);
    }
    g_assert_cmpint(n_changes, ==, 2);
}

static void
test_a_lost_watch_is_not_busy(Fixture *f, gconstpointer data)
{
    wg_watch_set_keeping(f->watch, TRUE);
    connect_watch(f);
    puppet_link_say(f->link, "\x13");
    f->is_deaf = TRUE;
    wind_until(f, WG_WATCH_LOST);
    g_assert_false(wg_watch_is_busy(f->watch));
    f->is_deaf = FALSE;
    wind_until(f, WG_WATCH_READY); /* what it said then does not hold back the greeting */
    pass(f, 2000);
    g_assert_false(wg_watch_is_busy(f->watch));
}

static void
test_our_own_pause_is_no_silence(Fixture *f, gconstpointer data)
{
    connect_watch(f);
    for (int i = 0; i < 10; i++) {
        f->clock->now_us += 20 * G_USEC_PER_SEC; /* the main loop did not run */
        manual_clock_wind(f->clock, 0);
        live(f);
        g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
        pass(f, 1000);
    }
}

static void
test_peace_is_kept_with_a_watch_at_work(Fixture *f, gconstpointer data)
{
    wg_watch_set_keeping(f->watch, TRUE);
    connect_watch(f);
    f->is_deaf = TRUE; /* lost in peace: not interrupted for 4 s more */
    wind_until(f, WG_WATCH_LOST);
    pass(f, 3900);
    f->is_deaf = FALSE;
    wind_until(f, WG_WATCH_READY);
    g_assert_nonnull(strstr(f->heard->str, "echo(0)"));
    g_assert_null(strchr(f->heard->str, '\x03'));
    g_string_truncate(f->heard, 0);
    f->is_deaf = TRUE; /* lost in an exchange: what was cut off there must end */
    wg_watch_eval_async(f->watch, "1", NULL, on_answer, f);
    wind_until(f, WG_WATCH_LOST);
    pass(f, 20);
    f->is_deaf = FALSE;
    wind_until(f, WG_WATCH_READY);
    g_assert_nonnull(strchr(f->heard->str, '\x03'));
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*func)(Fixture *f, gconstpointer data);
    } tests[] = {
        {"a-quiet-watch-is-asked-once-a-second", test_a_quiet_watch_is_asked_once_a_second},
        {"one-that-streams-is-never-asked", test_one_that_streams_is_never_asked},
        {"silence-is-noticed-within-3-s", test_silence_is_noticed_within_3_s},
        {"silence-in-an-exchange-is-noticed", test_silence_in_an_exchange_is_noticed_within_3_s},
        {"had-back-within-5-s", test_had_back_within_5_s},
        {"what-flows-in-is-no-silence", test_what_flows_in_is_no_silence},
        {"what-flows-out-is-no-silence", test_what_flows_out_is_no_silence},
        {"a-patient-exchange-may-be-silent", test_a_patient_exchange_may_be_silent},
        {"a-busy-watch-has-10-s", test_a_busy_watch_has_10_s},
        {"busy-is-told-after-a-second", test_busy_is_told_after_a_second},
        {"a-lost-watch-is-not-busy", test_a_lost_watch_is_not_busy},
        {"a-damaged-byte-does-not-hold-for-long", test_a_damaged_byte_does_not_hold_for_long},
        {"xoff-holds-until-xon", test_xoff_holds_until_xon},
        {"our-own-pause-is-no-silence", test_our_own_pause_is_no_silence},
        {"peace-is-kept-with-a-watch-at-work", test_peace_is_kept_with_a_watch_at_work},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/device/pulse/%s", tests[i].name);
        g_test_add(path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }
    return g_test_run();
}
