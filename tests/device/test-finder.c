/* Tests of the finder: what kinds of link tell it, told on in order and once. */
#include "device/link.h"

static void
count(WgFinder *finder, gpointer user_data)
{
    ++*(int *)user_data;
}

static void
turn(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

static void
put(WgFinder *finder, const char *address, const char *name, int signal_dbm, const char *trouble)
{
    WgFoundWatch *watch = g_new0(WgFoundWatch, 1);
    watch->address = g_strdup(address);
    watch->name = g_strdup(name);
    watch->signal_dbm = signal_dbm;
    watch->trouble = trouble ? wg_trouble_new(trouble, NULL, NULL) : NULL;
    wg_finder_put(finder, watch);
}

static char *
join_names(WgFinder *finder)
{
    g_autoptr(GPtrArray) found = wg_finder_list(finder);
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < found->len; i++) {
        const WgFoundWatch *watch = g_ptr_array_index(found, i);
        g_string_append_printf(names, "%s%s", i ? " " : "", watch->name);
    }
    return g_string_free(g_steal_pointer(&names), FALSE);
}

static void
test_usable_ones_first_and_the_strongest(void)
{
    g_autoptr(WgFinder) finder = wg_finder_new();
    put(finder, "serial:/dev/c", "c", -70, NULL);
    put(finder, "virtual:", "v", 0, NULL);
    put(finder, "serial:/dev/a", "a", -40, NULL);
    put(finder, "serial:/dev/e", "e", 0, "no permission");
    put(finder, "serial:/dev/b", "b", 0, NULL);
    g_autofree char *names = join_names(finder);
    g_assert_cmpstr(names, ==, "b a c v e");
    wg_finder_remove(finder, "serial:/dev/a");
    put(finder, "serial:/dev/c", "d", -70, NULL);
    g_autofree char *others = join_names(finder);
    g_assert_cmpstr(others, ==, "b d v e");
}

static void
test_a_name_is_fit_to_be_shown(void)
{
    g_autoptr(WgFinder) finder = wg_finder_new();
    put(finder, "serial:/dev/a", "Bangle\x1b[2J\xff<b>0123456789012345678901234567890123456789", 0,
        NULL);
    g_autofree char *names = join_names(finder);
    g_assert_cmpstr(names, ==, "Bangle?[2J\xef\xbf\xbd<b>0123456789012345678901234…");
}

static void
test_many_changes_are_told_once(void)
{
    g_autoptr(WgFinder) finder = wg_finder_new();
    int n = 0;
    g_signal_connect(finder, "changed", G_CALLBACK(count), &n);
    put(finder, "serial:/dev/a", "a", 0, NULL);
    put(finder, "serial:/dev/b", "b", 0, NULL);
    wg_finder_set_searching(finder, "serial", TRUE);
    turn();
    g_assert_cmpint(n, ==, 1);
    put(finder, "serial:/dev/b", "b", 0, NULL); /* nothing new */
    wg_finder_set_searching(finder, "serial", TRUE);
    wg_finder_remove(finder, "serial:/dev/none");
    turn();
    g_assert_cmpint(n, ==, 1);
    put(finder, "serial:/dev/b", "b", 0, "busy");
    turn();
    g_assert_cmpint(n, ==, 2);
}

static void
test_a_kind_has_a_trouble_until_it_is_taken_back(void)
{
    g_autoptr(WgFinder) finder = wg_finder_new();
    wg_finder_set_trouble(finder, "virtual", wg_trouble_new("off", NULL, "Switch on"));
    wg_finder_set_trouble(finder, "serial", wg_trouble_new("gone", "modprobe x", NULL));
    g_autoptr(GPtrArray) both = wg_finder_list_troubles(finder);
    g_assert_cmpuint(both->len, ==, 2);
    g_assert_cmpstr(wg_finder_get_trouble(finder, "virtual")->button, ==, "Switch on");
    wg_finder_set_trouble(finder, "virtual", NULL);
    g_assert_null(wg_finder_get_trouble(finder, "virtual"));
    g_autoptr(GPtrArray) one = wg_finder_list_troubles(finder);
    g_assert_cmpuint(one->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(one, 0), ==, "serial");
}

static void
on_helped(GObject *source, GAsyncResult *result, gpointer user_data)
{
    wg_finder_help_finish(WG_FINDER(source), result, user_data);
}

static void
test_the_virtual_watch_is_found(void)
{
    g_autoptr(WgFinder) finder = wg_finder_new();
    g_autoptr(GError) error = NULL;
    wg_finder_start(finder);
    g_assert_true(wg_finder_is_running(finder));
    g_autoptr(GPtrArray) found = wg_finder_list(finder);
    gboolean is_there = FALSE;
    for (guint i = 0; i < found->len; i++) {
        const WgFoundWatch *watch = g_ptr_array_index(found, i);
        is_there = is_there || g_str_equal(watch->address, "virtual:");
    }
    g_assert_true(is_there);
    wg_finder_help_async(finder, "virtual", NULL, NULL, on_helped, &error);
    turn();
    g_assert_nonnull(error); /* it never needs any */
    wg_finder_stop(finder);
    g_assert_false(wg_finder_is_running(finder));
    g_autoptr(GPtrArray) kept = wg_finder_list(finder);
    g_assert_cmpuint(kept->len, ==, found->len);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/device/finder/usable-first-then-strongest",
                    test_usable_ones_first_and_the_strongest);
    g_test_add_func("/device/finder/a-name-is-fit-to-be-shown", test_a_name_is_fit_to_be_shown);
    g_test_add_func("/device/finder/many-changes-are-told-once", test_many_changes_are_told_once);
    g_test_add_func("/device/finder/a-kind-has-a-trouble",
                    test_a_kind_has_a_trouble_until_it_is_taken_back);
    g_test_add_func("/device/finder/the-virtual-watch-is-found", test_the_virtual_watch_is_found);
    return g_test_run();
}
