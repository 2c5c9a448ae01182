/* What is chosen of many takes, and where each lies: against rules that are simple to say. */
#include "base/random.h"
#include "ui/take-choice.h"
#include "ui/take-layout.h"

static WgRecording *
make_take(gint64 id)
{
    const float samples[3] = {0, 0, 1};

    return wg_recording_new_packed(&(WgRecordingSpec){.id = id,
                                                      .label = "up",
                                                      .rate_hz = 12.5,
                                                      .n_samples = 1,
                                                      .n_channels = 3,
                                                      .samples = samples,
                                                      .original_units_per_g = 64},
                                   "");
}

static GPtrArray *
make_takes(gint64 first, int n, int step)
{
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (int i = 0; i < n; i++)
        g_ptr_array_add(takes, make_take(first + i * step));
    return takes;
}

static gboolean
is_chosen(WgTakeChoice *choice, gint64 id)
{
    for (guint i = 0; i < wg_take_choice_get_n(choice); i++) {
        if (wg_recording_get_facts(wg_take_choice_get_take(choice, i))->id == id)
            return wg_take_choice_contains(choice, i);
    }
    return FALSE;
}

static void
test_other_takes(void)
{
    g_autoptr(WgTakeChoice) choice = wg_take_choice_new();
    g_autoptr(GPtrArray) all = make_takes(1, 30, 1), odd = make_takes(1, 15, 2);
    g_autoptr(GPtrArray) none = make_takes(1, 0, 1), chosen = NULL;

    g_assert_false(wg_take_choice_set_takes(choice, all));
    wg_take_choice_toggle(choice, 4);                     /* id 5 */
    wg_take_choice_toggle(choice, 7);                     /* id 8 */
    wg_take_choice_toggle(choice, 10);                    /* id 11 */
    g_assert_true(wg_take_choice_set_takes(choice, odd)); /* without 8 */
    g_assert_cmpuint(wg_take_choice_get_n_chosen(choice), ==, 2);
    g_assert_true(is_chosen(choice, 5) && is_chosen(choice, 11));
    g_assert_cmpuint(wg_take_choice_get_focus(choice), ==, 5); /* 11 is there now */
    g_assert_false(wg_take_choice_set_takes(choice, all));
    g_assert_false(is_chosen(choice, 8));
    chosen = wg_take_choice_dup(choice);
    g_assert_cmpuint(chosen->len, ==, 2);
    g_assert_cmpint(wg_recording_get_facts(g_ptr_array_index(chosen, 0))->id, ==, 5);
    g_assert_true(wg_take_choice_set_takes(choice, none));
    g_assert_cmpuint(wg_take_choice_get_focus(choice), ==, 0);
    wg_take_choice_set_all(choice, TRUE);
    g_assert_cmpuint(wg_take_choice_get_n_chosen(choice), ==, 0);
}

static void
test_range(void)
{
    g_autoptr(WgTakeChoice) choice = wg_take_choice_new();
    g_autoptr(GPtrArray) takes = make_takes(1, 20, 1);

    wg_take_choice_set_takes(choice, takes);
    wg_take_choice_set_only(choice, 8);
    wg_take_choice_extend(choice, 12);
    g_assert_cmpuint(wg_take_choice_get_n_chosen(choice), ==, 5);
    wg_take_choice_extend(choice, 6); /* the other way, from the same place */
    g_assert_cmpuint(wg_take_choice_get_n_chosen(choice), ==, 3);
    g_assert_true(wg_take_choice_contains(choice, 6) && wg_take_choice_contains(choice, 8));
    g_assert_false(wg_take_choice_contains(choice, 9));
    wg_take_choice_toggle(choice, 15);
    g_assert_cmpuint(wg_take_choice_get_n_chosen(choice), ==, 4);
}

/* Whatever the window: each tile lies in one place, is found there, and what is shown is just what
 * meets the view. */
static void
test_layout(void)
{
    WgRandom random;

    wg_random_init(&random, 5, 0);
    for (int turn = 0; turn < 3000; turn++) {
        WgTakeLayout layout = {.n = 1 + wg_random_below(&random, turn % 2 ? 40 : 100000),
                               .width = 60 + (int)wg_random_below(&random, 2000),
                               .height = 20 + (int)wg_random_below(&random, 1200),
                               .is_rtl = turn % 3 == 0};
        const double total = wg_take_layout_get_total_height(&layout);
        const guint index = wg_random_below(&random, layout.n);
        GdkRectangle place;
        guint first, n, found;

        layout.scroll = wg_random_below(&random, (guint32)MAX(total - layout.height, 0) + 1);
        first = wg_take_layout_get_shown(&layout, &n);
        wg_take_layout_get_place(&layout, index, &place);
        g_assert_cmpint(place.x, >=, 0);
        g_assert_cmpint(place.x + place.width, <=, MAX(layout.width, place.width));
        g_assert_true((index >= first && index < first + n) ==
                      (place.y < layout.height && place.y + place.height > 0));
        if (index >= first && index < first + n) {
            g_assert_true(wg_take_layout_find(&layout, place.x + place.width / 2.0,
                                              place.y + place.height / 2.0, &found));
            g_assert_cmpuint(found, ==, index);
        }
        layout.scroll = wg_take_layout_reveal(&layout, index);
        g_assert_true(layout.scroll >= 0 && layout.scroll <= MAX(total - WG_TILE_HEIGHT, 0));
        wg_take_layout_get_place(&layout, index, &place);
        g_assert_cmpint(place.y, >=, 0);
        g_assert_cmpint(place.y, <=, MAX(layout.height - WG_TILE_HEIGHT, 0));
    }
}

static void
test_empty(void)
{
    const WgTakeLayout layout = {.n = 0, .width = 500, .height = 300};
    guint n, index;

    g_assert_cmpuint(wg_take_layout_get_shown(&layout, &n), ==, 0);
    g_assert_cmpuint(n, ==, 0);
    g_assert_false(wg_take_layout_find(&layout, 10, 10, &index));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/take-grid/keeps-what-is-chosen-when-takes-come-and-go", test_other_takes);
    g_test_add_func("/ui/take-grid/a-range-goes-either-way-from-where-it-began", test_range);
    g_test_add_func("/ui/take-grid/each-tile-has-its-place-at-any-size", test_layout);
    g_test_add_func("/ui/take-grid/nothing-lies-nowhere", test_empty);
    return g_test_run();
}
