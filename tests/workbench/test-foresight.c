/* What is foreseen of a model: the same as what it then is. */
#include "workbench/foresight.h"

#include "dataset/split.h"
#include "gestures.h"
#include "quant/quantize.h"
#include "workbench/inspection.h"
#include "workbench/training.h"
#include "workbench/window-options.h"

/* As "train" and "quantize" make it. */
static JsonObject *
make_for_real(const WgPreset *preset, WgDataset *dataset, const WgWatchKind *kind)
{
    g_autoptr(WgSplit) split = wg_split_new_stratified(dataset, 0.2, 0.2, 1, NULL);
    g_autoptr(WgWindows) validation =
        wg_windows_new(dataset, (const int *)split->validation->data, (int)split->validation->len);
    g_autofree char *description =
        wg_window_options_dup_description(wg_dataset_get_window(dataset));
    const WgQuantizeOptions how = {.softmax = TRUE, .description = description};
    WgTrainOptions options = preset->options;
    g_autoptr(WgTraining) training = NULL;
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(GBytes) tflite = NULL;
    g_autoptr(WgInt8Network) int8 = NULL;
    g_autoptr(GError) error = NULL;

    options.epochs = 3;
    options.n_threads = 2;
    options.seed = 7;
    network = wg_training_run(preset, &options, split, NULL, NULL, &training, NULL, &error);
    g_assert_no_error(error);
    tflite = wg_quantize(network, validation, &how, &error);
    g_assert_no_error(error);
    int8 = wg_int8_network_new(tflite, &error);
    g_assert_no_error(error);
    return wg_inspection_new(int8, kind);
}

static void
assert_foreseen(const WgPreset *preset, WgDataset *dataset, const char *kind_id)
{
    static const char *const members[] = {"bytes", "arena_bytes", "arena_limit_bytes",
                                          "operations"};
    const WgWatchKind *kind = wg_watch_kind_find(kind_id, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) foreseen = wg_foresight_new(preset, dataset, kind, &error);
    g_autoptr(JsonObject) real = make_for_real(preset, dataset, kind);

    g_assert_no_error(error);
    g_test_message("%s, %d gestures: %d bytes, %d of arena", preset->name,
                   wg_dataset_get_n_labels(dataset),
                   (int)json_object_get_int_member(foreseen, "bytes"),
                   (int)json_object_get_int_member(foreseen, "arena_bytes"));
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        g_assert_cmpint(json_object_get_int_member(foreseen, members[i]), ==,
                        json_object_get_int_member(real, members[i]));
    g_assert_cmpint(json_object_get_int_member(foreseen, "bytes"), >, 1000);
    g_assert_cmpint(json_object_get_boolean_member(foreseen, "fits"), ==,
                    json_object_get_boolean_member(real, "fits"));
}

static void
test_all_presets(void)
{
    static const int n_gestures[] = {2, 3, 8};

    for (gsize i = 0; i < G_N_ELEMENTS(n_gestures); i++) {
        g_autoptr(GPtrArray) takes = test_gestures(n_gestures[i], 8, 0.2, NULL, 1);
        g_autoptr(WgDataset) dataset = test_dataset(takes);

        for (int k = 0; wg_presets[k]; k++)
            assert_foreseen(wg_presets[k], dataset, "bangle2");
    }
}

static void
test_own_windows(void)
{
    g_autoptr(GPtrArray) takes = test_gestures(3, 8, 0.2, NULL, 1);
    WgWindowOptions window = wg_window_options_watch;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(GError) error = NULL;

    window.length = 40;
    window.channels |= WG_CHANNEL_MAGNITUDE;
    window.standardise = TRUE;
    dataset = wg_dataset_new_for_windows(takes, NULL, &window, &error);
    g_assert_no_error(error);
    for (int k = 0; wg_presets[k]; k++)
        assert_foreseen(wg_presets[k], dataset, "microbit2");
}

static void
test_more_gestures(void)
{
    const WgWatchKind *kind = wg_watch_kind_find("bangle2", NULL);
    gint64 before = 0;

    for (int n = 2; n < 12; n++) {
        g_autoptr(GPtrArray) takes = test_gestures(n, 2, 0.2, NULL, 1);
        g_autoptr(WgDataset) dataset = test_dataset(takes);
        g_autoptr(JsonObject) foreseen = wg_foresight_new(wg_presets[0], dataset, kind, NULL);
        const gint64 bytes = json_object_get_int_member(foreseen, "bytes");

        g_assert_cmpint(json_object_get_int_member(foreseen, "gestures"), ==, n);
        g_assert_cmpint(bytes, >, before);
        before = bytes;
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/foresight/size-and-arena-are-those-after-training",
                    test_all_presets);
    g_test_add_func("/workbench/foresight/also-of-windows-of-ones-own", test_own_windows);
    g_test_add_func("/workbench/foresight/each-gesture-adds-bytes", test_more_gestures);
    return g_test_run();
}
