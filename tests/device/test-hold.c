/* A watch that says XOFF, or seems to: what is held back, for how long, and when it is told. */
#include "paced-watch.h"

#include "base/error.h"

#include <string.h>

static void
test_a_busy_watch_has_10_s(PacedWatch *f, gconstpointer data)
{
    paced_connect(f);
    puppet_link_say(f->link, "\x13");
    f->is_deaf = TRUE;
    paced_pass(f, 9500);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    f->is_deaf = FALSE;
    puppet_link_say(f->link, "\x11");
    paced_pass(f, 5000);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    puppet_link_say(f->link, "\x13");
    f->is_deaf = TRUE;
    g_assert_cmpuint(paced_wind_until(f, WG_WATCH_LOST), <=, 10250);
}

/* Milliseconds until what is asked now reaches the watch, which says `noise` each 100 ms; then it
 * answers. */
static guint
measure_hold(PacedWatch *f, const char *noise)
{
    g_autoptr(GError) error = NULL;
    guint ms = 0;
    wg_watch_eval_async(f->watch, "held", NULL, paced_on_answer, f);
    for (; !strstr(f->heard->str, "held"); ms += 50) {
        g_assert_cmpuint(ms, <, 20000);
        if (*noise && ms % 100 == 0)
            puppet_link_say(f->link, noise);
        paced_pass(f, 50);
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
test_a_damaged_byte_does_not_hold_for_long(PacedWatch *f, gconstpointer data)
{
    paced_connect(f);
    for (int i = 0; i < 3; i++) {
        puppet_link_say(f->link, "\x13");
        paced_live(f);
        const guint silent_ms = measure_hold(f, "");
        g_assert_cmpuint(silent_ms, >=, 3000 - 50);
        g_assert_cmpuint(silent_ms, <=, 3250);
        puppet_link_say(f->link, "\x13");
        paced_live(f);
        const guint noisy_ms = measure_hold(f, "x\r\n");
        g_assert_cmpuint(noisy_ms, >=, 1000 - 50);
        g_assert_cmpuint(noisy_ms, <=, 1150);
        g_test_message("held for %u ms by a silent watch, for %u ms by one that talks", silent_ms,
                       noisy_ms);
        g_assert_cmpuint(measure_hold(f, ""), <=, 50);
    }
}

static void
test_xoff_holds_until_xon(PacedWatch *f, gconstpointer data)
{
    paced_connect(f);
    puppet_link_say(f->link, "answers to what it has\r\n\x13");
    paced_live(f);
    wg_watch_eval_async(f->watch, "held", NULL, paced_on_answer, f);
    paced_pass(f, 900);
    puppet_link_say(f->link, "and more of them\r\n");
    paced_pass(f, 2000);
    g_assert_null(strstr(f->heard->str, "held"));
    puppet_link_say(f->link, "\x11");
    paced_live(f);
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
test_busy_is_told_after_a_second(PacedWatch *f, gconstpointer data)
{
    int n_changes = 0;
    paced_connect(f);
    g_signal_connect(f->watch, "notify::busy", G_CALLBACK(count_changes), &n_changes);
    puppet_link_say(f->link, "\x13");
    paced_pass(f, 900);
    g_assert_false(wg_watch_is_busy(f->watch));
    puppet_link_say(f->link, "\x13"); /* again: it has been for as long all the same */
    paced_pass(f, 200);
    g_assert_true(wg_watch_is_busy(f->watch));
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    puppet_link_say(f->link, "\x11");
    paced_live(f);
    g_assert_false(wg_watch_is_busy(f->watch));
    g_assert_cmpint(n_changes, ==, 2);
    for (int i = 0; i < 20; i++) { /* it reads slowly */
        puppet_link_say(f->link, i % 2 ? "\x11" : "\x13");
        paced_pass(f, 600);
    }
    g_assert_cmpint(n_changes, ==, 2);
}

static void
test_a_lost_watch_is_not_busy(PacedWatch *f, gconstpointer data)
{
    wg_watch_set_keeping(f->watch, TRUE);
    paced_connect(f);
    puppet_link_say(f->link, "\x13");
    f->is_deaf = TRUE;
    paced_wind_until(f, WG_WATCH_LOST);
    g_assert_false(wg_watch_is_busy(f->watch));
    f->is_deaf = FALSE;
    paced_wind_until(f, WG_WATCH_READY); /* what it said then does not hold back the greeting */
    paced_pass(f, 2000);
    g_assert_false(wg_watch_is_busy(f->watch));
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*func)(PacedWatch *f, gconstpointer data);
    } tests[] = {
        {"a-busy-watch-has-10-s", test_a_busy_watch_has_10_s},
        {"busy-is-told-after-a-second", test_busy_is_told_after_a_second},
        {"a-lost-watch-is-not-busy", test_a_lost_watch_is_not_busy},
        {"a-damaged-byte-does-not-hold-for-long", test_a_damaged_byte_does_not_hold_for_long},
        {"xoff-holds-until-xon", test_xoff_holds_until_xon},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/device/hold/%s", tests[i].name);
        g_test_add(path, PacedWatch, NULL, paced_set_up, tests[i].func, paced_tear_down);
    }
    return g_test_run();
}
