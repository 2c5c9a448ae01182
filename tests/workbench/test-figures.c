/* What a model takes of a watch: energy recomputed by hand, stack, and what was measured there. */
#include "workbench/device-figures.h"
#include "base/file.h"
#include "../quant/golden.h"

#include "base/error.h"
#include "device/crc32.h"
#include "quant/stack.h"
#include "quant/verdict.h"

#include <string.h>

typedef struct {
    char *folder;
    WgProject *project;
} Fixture;

static void
set_up(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;

    f->folder = g_dir_make_tmp("waggle-figures-XXXXXX", &error);
    g_assert_no_error(error);
    path = g_build_filename(f->folder, "p.waggle", NULL);
    f->project = wg_project_create(path, &error);
    g_assert_no_error(error);
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    g_clear_object(&f->project);
    g_assert_true(wg_file_remove_folder(f->folder));
    g_free(f->folder);
}

static WgAssumptions *
founding_assumptions(void)
{
    WgAssumptions *all = wg_assumptions_new(wg_watch_kind_find("nano33ble", NULL), 50, "by hand");

    wg_assumptions_give(all, WG_ASSUME_GESTURES_PER_DAY, 100);
    wg_assumptions_give(all, WG_ASSUME_HOURS_PER_DAY, 2);
    wg_assumptions_give(all, WG_ASSUME_TRANSMIT_MS, 200);
    return all;
}

/* 100 gestures a day of 50 ms and 200 ms on the radio, worn for 2 hours: 5 s, 20 s, 7175 s, 79200
 * s. Sums of some products of decimals: equal to a few last places. */
static void
test_energy_is_current_times_voltage_times_time(void)
{
    g_autoptr(WgAssumptions) all = founding_assumptions();
    g_autoptr(GError) error = NULL;
    WgEnergy energy;

    g_assert_true(wg_energy_compute(all, &energy, &error));
    g_assert_no_error(error);
    g_assert_cmpfloat_with_epsilon(energy.seconds[WG_STATE_SLEEP], 79200, 1e-6);
    g_assert_cmpfloat_with_epsilon(energy.seconds[WG_STATE_SAMPLE], 7175, 1e-6);
    g_assert_cmpfloat_with_epsilon(energy.joules[WG_STATE_SLEEP], 2.9304, 1e-9);  /* 10 uA */
    g_assert_cmpfloat_with_epsilon(energy.joules[WG_STATE_SAMPLE], 2123.8, 1e-6); /* 80 mA */
    g_assert_cmpfloat_with_epsilon(energy.joules[WG_STATE_INFER], 2.22, 1e-9);    /* 120 mA */
    g_assert_cmpfloat_with_epsilon(energy.joules[WG_STATE_TRANSMIT], 11.1, 1e-9); /* 150 mA */
    g_assert_cmpfloat_with_epsilon(energy.day_j, 2140.0504, 1e-6);
    g_assert_cmpfloat_with_epsilon(energy.inference_mj, 22.2, 1e-9);
    g_assert_cmpfloat_with_epsilon(energy.battery_j, 26640, 1e-6); /* 2000 mAh at 3.7 V */
    g_assert_cmpfloat_with_epsilon(energy.days, 26640 / 2140.0504, 1e-9);
}

static void
test_a_day_has_no_more_hours_than_it_has(void)
{
    g_autoptr(WgAssumptions) all = founding_assumptions();
    g_autoptr(GError) error = NULL;
    WgEnergy energy;

    wg_assumptions_give(all, WG_ASSUME_GESTURES_PER_DAY, 2 * 3600 / 0.25 + 1);
    g_assert_false(wg_energy_compute(all, &energy, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    g_clear_error(&error);
    wg_assumptions_give(all, WG_ASSUME_GESTURES_PER_DAY, 2 * 3600 / 0.25);
    g_assert_true(wg_energy_compute(all, &energy, &error));
    g_assert_cmpfloat_with_epsilon(energy.seconds[WG_STATE_SAMPLE], 0, 1e-9);
}

static void
test_assumptions_of_a_watch_are_its_makers(void)
{
    g_autoptr(WgAssumptions) bangle2 =
        wg_assumptions_new(wg_watch_kind_find("bangle2", NULL), 1, "");
    g_autoptr(WgAssumptions) generic =
        wg_assumptions_new(wg_watch_kind_find("generic", NULL), 1, "");

    g_assert_cmpfloat(bangle2->all[WG_ASSUME_BATTERY_MAH].value, ==, 200);
    g_assert_nonnull(strstr(bangle2->all[WG_ASSUME_BATTERY_MAH].source, "Bangle.js 2"));
    g_assert_cmpfloat(generic->all[WG_ASSUME_SLEEP_UA].value, ==, 10);
    g_assert_cmpfloat(generic->all[WG_ASSUME_SAMPLE_MA].value, ==, 80);
    g_assert_cmpfloat(generic->all[WG_ASSUME_INFER_MA].value, ==, 120);
    g_assert_cmpfloat(generic->all[WG_ASSUME_TRANSMIT_MA].value, ==, 150);
    g_assert_cmpfloat(generic->all[WG_ASSUME_VOLT].value, ==, 3.7);
    g_assert_cmpfloat(generic->all[WG_ASSUME_BATTERY_MAH].value, ==, 2000);
    for (int i = 0; i < WG_N_ASSUMPTIONS; i++)
        g_assert_false(generic->all[i].is_given);
}

static void
test_what_is_given_is_kept_for_its_kind_only(Fixture *f, gconstpointer data)
{
    const WgWatchKind *kinds[] = {wg_watch_kind_find("bangle2", NULL),
                                  wg_watch_kind_find("bangle1", NULL)};
    g_autoptr(WgAssumptions) all = wg_assumptions_new(kinds[0], 1, "");
    g_autoptr(GError) error = NULL;

    wg_assumptions_give(all, WG_ASSUME_BATTERY_MAH, 175);
    g_assert_true(wg_assumptions_store(all, f->project, kinds[0], &error));
    g_assert_no_error(error);
    for (int i = 0; i < 2; i++) {
        g_autoptr(WgAssumptions) again = wg_assumptions_new(kinds[i], 1, "");

        wg_assumptions_load(again, f->project, kinds[i]);
        g_assert_cmpfloat(again->all[WG_ASSUME_BATTERY_MAH].value, ==, i == 0 ? 175 : 350);
        g_assert_cmpint(again->all[WG_ASSUME_BATTERY_MAH].is_given, ==, i == 0);
    }
    /* a project may come from anywhere */
    g_assert_true(wg_project_set_fact(
        f->project, "energy", "{\"bangle2\":{\"battery_mah\":-5,\"volt\":\"x\",\"sleep_ua\":[]}}",
        &error));
    g_clear_pointer(&all, wg_assumptions_free);
    all = wg_assumptions_new(kinds[0], 1, "");
    wg_assumptions_load(all, f->project, kinds[0]);
    g_assert_cmpfloat(all->all[WG_ASSUME_BATTERY_MAH].value, ==, 200);
    g_assert_false(all->all[WG_ASSUME_SLEEP_UA].is_given);
}

static void
test_stack_is_the_deepest_chain_of_calls(void)
{
    static const struct {
        const char *name;
        gsize bytes;
    } models[] = {
        /* wrappers 48, AllocateTensors 32, conv's preparation 96 + 96 + 48 + 120 + 32, library 64
         */
        {"seed-v11-int8.tflite", 48 + 32 + 392 + 64},
        /* wrappers, Invoke 40, Eval 208 and what it calls 8, library */
        {"ops/fc00.tflite", 48 + 40 + 216 + 64},
        /* the softmax takes less than the planning of the arena: 32 + 152 + 56 */
        {"ops/softmax00.tflite", 48 + 240 + 64},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(models); i++) {
        g_autoptr(WgInt8Network) network = golden_read_model(models[i].name);

        g_assert_cmpuint(wg_stack_bytes(network), ==, models[i].bytes);
        g_assert_cmpuint(wg_builtin_stack_bytes(network), ==,
                         models[i].bytes + g_bytes_get_size(wg_int8_network_get_bytes(network)));
    }
}

static void
keep(Fixture *f, guint32 crc, const char *kind, gboolean is_virtual, double ms)
{
    const WgMeasurement m = {
        crc, (char *)kind, (char *)"A watch", is_virtual, ms, 20, (char *)"2020-02-03T04:05:06Z"};
    g_autoptr(GError) error = NULL;

    g_assert_true(wg_measurement_keep(f->project, &m, &error));
    g_assert_no_error(error);
}

static void
test_a_measured_time_takes_the_place_of_the_estimate(Fixture *f, gconstpointer data)
{
    const WgWatchKind *kind = wg_watch_kind_find("bangle2", NULL);
    g_autoptr(WgInt8Network) network = golden_read_model("seed-v11-int8.tflite");
    const guint32 crc = wg_crc32_bytes(wg_int8_network_get_bytes(network));
    const double estimated_ms = (double)wg_operations(network) / kind->operations_per_s * 1e3;
    g_autoptr(WgDeviceFigures) figures = NULL;

    keep(f, crc + 1, "bangle2", FALSE, 7);
    keep(f, crc, "bangle1", FALSE, 8);
    keep(f, crc, "bangle2", TRUE, 0.5); /* never that of a virtual watch */
    figures = wg_device_figures_new(network, NULL, f->project, kind);
    g_assert_null(figures->measured);
    g_assert_cmpfloat_with_epsilon(figures->assumptions->all[WG_ASSUME_INFERENCE_MS].value,
                                   estimated_ms, 1e-9);
    g_clear_pointer(&figures, wg_device_figures_free);

    keep(f, crc, "bangle2", FALSE, 40);
    keep(f, crc, "bangle2", FALSE, 31);
    figures = wg_device_figures_new(network, NULL, f->project, kind);
    g_assert_cmpfloat(figures->assumptions->all[WG_ASSUME_INFERENCE_MS].value, ==, 31);
    g_assert_cmpstr(figures->assumptions->all[WG_ASSUME_INFERENCE_MS].source, ==,
                    "measured on A watch, 2020-02-03");
    for (int i = 0; i < 40; i++) /* only the newest are kept */
        keep(f, (guint32)i, "bangle2", FALSE, 1);
    g_assert_null(wg_measurement_find(f->project, crc, kind));
}

static void
test_figures_tell_each_number_with_its_source(void)
{
    static const char *const names[] = {"flash",      "arena",     "stack",
                                        "operations", "inference", "energy"};
    g_autoptr(WgInt8Network) network = golden_read_model("seed-v11-int8.tflite");

    for (int k = 0; wg_watch_kinds[k]; k++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(WgDeviceFigures) figures =
            wg_device_figures_new(network, NULL, NULL, wg_watch_kinds[k]);
        g_autoptr(JsonObject) object = wg_device_figures_to_json(figures, &error);
        JsonArray *assumptions;

        g_assert_no_error(error);
        g_assert_cmpint(json_object_has_member(object, "arena"), ==, !figures->is_python);
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
            JsonObject *figure = json_object_has_member(object, names[i])
                                     ? json_object_get_object_member(object, names[i])
                                     : NULL;

            if (!figure && figures->is_python)
                continue;
            g_assert_nonnull(figure);

            g_assert_cmpstr(json_object_get_string_member(figure, "source"), !=, "");
        }
        assumptions = json_object_get_array_member(object, "assumptions");
        g_assert_cmpuint(json_array_get_length(assumptions), ==, WG_N_ASSUMPTIONS);
        for (guint i = 0; i < WG_N_ASSUMPTIONS; i++)
            g_assert_cmpstr(json_object_get_string_member(
                                json_array_get_object_element(assumptions, i), "source"),
                            !=, "");
        g_assert_cmpuint(figures->model_bytes, ==, 3616);
        g_assert_cmpuint(figures->arena_bytes, ==, wg_arena_bytes(network, FALSE));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/figures/energy-is-current-times-voltage-times-time",
                    test_energy_is_current_times_voltage_times_time);
    g_test_add_func("/workbench/figures/a-day-has-no-more-hours-than-it-has",
                    test_a_day_has_no_more_hours_than_it_has);
    g_test_add_func("/workbench/figures/assumptions-of-a-watch-are-its-makers",
                    test_assumptions_of_a_watch_are_its_makers);
    g_test_add("/workbench/figures/what-is-given-is-kept-for-its-kind-only", Fixture, NULL, set_up,
               test_what_is_given_is_kept_for_its_kind_only, tear_down);
    g_test_add_func("/workbench/figures/stack-is-the-deepest-chain-of-calls",
                    test_stack_is_the_deepest_chain_of_calls);
    g_test_add("/workbench/figures/a-measured-time-takes-the-place-of-the-estimate", Fixture, NULL,
               set_up, test_a_measured_time_takes_the_place_of_the_estimate, tear_down);
    g_test_add_func("/workbench/figures/tell-each-number-with-its-source",
                    test_figures_tell_each_number_with_its_source);
    return g_test_run();
}
