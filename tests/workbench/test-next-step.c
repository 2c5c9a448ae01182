/* What is to be recorded next. */
#include "workbench/next-step.h"

#include "dataset/recording.h"

static void
add(GPtrArray *recordings, const char *label, int n, gboolean disabled)
{
    const float samples[3] = {0, 0, -1};

    for (int i = 0; i < n; i++)
        g_ptr_array_add(recordings, wg_recording_new(&(WgRecordingSpec){
                                        .label = label,
                                        .rate_hz = 12.5,
                                        .n_samples = 1,
                                        .n_channels = 3,
                                        .samples = samples,
                                        .original_units_per_g = 64,
                                        .disabled = disabled,
                                    }));
}

static GPtrArray *
make_recordings(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
}

static void
check(GPtrArray *recordings, const char *chosen, WgStepKind kind, const char *label, int n)
{
    g_auto(WgNextStep) step = wg_next_step_find(recordings, chosen, "andere");

    g_assert_cmpstr(wg_step_kind_get_name(step.kind), ==, wg_step_kind_get_name(kind));
    g_assert_cmpstr(step.label, ==, label);
    g_assert_cmpint(step.n, ==, n);
}

/* The way of a person from nothing to a first training. */
static void
test_leads_to_training(void)
{
    g_autoptr(GPtrArray) recordings = make_recordings();

    check(recordings, NULL, WG_STEP_NAME, NULL, 0);
    check(recordings, "circle", WG_STEP_MORE, "circle", 10);
    add(recordings, "circle", 7, FALSE);
    check(recordings, "circle", WG_STEP_MORE, "circle", 3);
    add(recordings, "circle", 3, FALSE);
    check(recordings, "circle", WG_STEP_ANOTHER, NULL, 0);
    add(recordings, "flick", 10, FALSE);
    check(recordings, "flick", WG_STEP_OTHER, NULL, 10);
    add(recordings, "other", 4, FALSE);
    check(recordings, "flick", WG_STEP_OTHER, "other", 6);
    add(recordings, "other", 6, FALSE);
    check(recordings, "flick", WG_STEP_TRAIN, NULL, 0);
}

static void
test_chosen_first(void)
{
    g_autoptr(GPtrArray) recordings = make_recordings();

    add(recordings, "circle", 5, FALSE);
    add(recordings, "flick", 6, FALSE);
    check(recordings, NULL, WG_STEP_MORE, "circle", 5);
    check(recordings, "flick", WG_STEP_MORE, "flick", 4);
    add(recordings, "flick", 4, FALSE);
    check(recordings, "flick", WG_STEP_MORE, "circle", 5);
}

static void
test_held_back(void)
{
    g_autoptr(GPtrArray) recordings = make_recordings();

    add(recordings, "circle", 10, TRUE);
    check(recordings, NULL, WG_STEP_MORE, "circle", 10);
    add(recordings, "circle", 9, FALSE);
    check(recordings, NULL, WG_STEP_MORE, "circle", 1);
}

/* Ordinary movement is no gesture, in any of its names. */
static void
test_other(void)
{
    static const char *const names[] = {"other", "random", "nothing", "idle", "andere"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GPtrArray) recordings = make_recordings();

        add(recordings, "circle", 10, FALSE);
        add(recordings, names[i], 10, FALSE);
        check(recordings, NULL, WG_STEP_ANOTHER, NULL, 0);
        add(recordings, "flick", 10, FALSE);
        check(recordings, NULL, WG_STEP_TRAIN, NULL, 0);
    }
    g_assert_false(wg_label_is_other("circle", NULL));
    g_assert_false(wg_label_is_other("andere", NULL));
}

static void
test_balance(void)
{
    g_autoptr(GPtrArray) recordings = make_recordings();
    g_autoptr(GPtrArray) many = make_recordings();

    add(recordings, "other", 10, FALSE);
    add(recordings, "circle", 50, FALSE);
    add(recordings, "flick", 24, FALSE);
    add(recordings, "snap", 50, FALSE);
    check(recordings, NULL, WG_STEP_BALANCE, "flick", 1);
    add(recordings, "flick", 1, FALSE);
    check(recordings, NULL, WG_STEP_TRAIN, NULL, 0);

    add(many, "other", 10, FALSE);
    add(many, "circle", 400, FALSE);
    add(many, "snap", 400, FALSE);
    add(many, "flick", 29, FALSE);
    check(many, NULL, WG_STEP_BALANCE, "flick", 1);
    add(many, "flick", 1, FALSE);
    check(many, NULL, WG_STEP_TRAIN, NULL, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/next-step/leads-to-training", test_leads_to_training);
    g_test_add_func("/workbench/next-step/asks-for-the-chosen-gesture-first", test_chosen_first);
    g_test_add_func("/workbench/next-step/does-not-count-what-was-held-back", test_held_back);
    g_test_add_func("/workbench/next-step/takes-ordinary-movement-for-no-gesture", test_other);
    g_test_add_func("/workbench/next-step/asks-for-more-of-what-is-rare", test_balance);
    return g_test_run();
}
