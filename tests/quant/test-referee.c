/* Every exported model runs in TensorFlow Lite's own C library, and agrees with the int8 network.
 */
#include "referee.h"

#include "dataset/import.h"
#include "dataset/split.h"
#include "quant/int8-network.h"
#include "quant/quantize.h"
#include "quant/verdict.h"
#include "train/metrics.h"
#include "train/preset.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    WgWindows *train, *validation, *test;
} Parts;

static WgWindows *
make_windows(WgSplit *split, GArray *part)
{
    return wg_windows_new(split->dataset, (const int *)part->data, (int)part->len);
}

static void
load_parts(Parts *parts)
{
    const char *source = g_getenv("WAGGLE_SOURCE");
    g_autofree char *folder = g_build_filename(source, "data/recordings/bangle-gestures", NULL);
    g_autofree char *james = g_build_filename(folder, "james-v2", NULL);
    g_autofree char *conor = g_build_filename(folder, "conor-v2", NULL);
    g_autofree char *path = g_build_filename(source, "data/recordings/seed-split.json", NULL);
    const char *const paths[] = {james, conor, NULL};
    const WgImportOptions options = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgImport) import = wg_import_read(paths, &options, NULL, NULL, NULL, &error);
    g_autoptr(WgSplit) split = NULL;

    g_assert_no_error(error);
    split = wg_split_new_from_file(import->recordings, path, &error);
    g_assert_no_error(error);
    parts->train = make_windows(split, split->train);
    parts->validation = make_windows(split, split->validation);
    parts->test = make_windows(split, split->test);
}

static void
clear_parts(Parts *parts)
{
    g_clear_pointer(&parts->train, wg_windows_unref);
    g_clear_pointer(&parts->validation, wg_windows_unref);
    g_clear_pointer(&parts->test, wg_windows_unref);
}

static int
best_of(const gint8 *values, int n)
{
    int best = 0;

    for (int i = 1; i < n; i++)
        best = values[i] > values[best] ? i : best;
    return best;
}

static void
compare(GBytes *tflite, const WgWindows *windows)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgInt8Network) network = wg_int8_network_new(tflite, &error);
    WgReferee *referee = wg_referee_new(tflite);
    const int size = windows->length * windows->channels, n_classes = windows->n_labels;
    g_autofree gint8 *history = g_malloc((gsize)size);
    g_autofree gint8 *ours = g_malloc((gsize)n_classes), *theirs = g_malloc((gsize)n_classes);
    void *scratch;
    int n_far = 0, n_same_class = 0, worst = 0;

    g_assert_no_error(error);
    scratch = g_aligned_alloc(1, wg_int8_network_get_scratch_bytes(network), 16);
    for (int i = 0; i < windows->n; i++) {
        wg_windows_get_history(windows, i, history);
        wg_int8_network_run(network, history, ours, scratch);
        wg_referee_run(referee, history, (gsize)size, theirs, (gsize)n_classes);
        for (int j = 0; j < n_classes; j++) {
            const int difference = abs(ours[j] - theirs[j]);

            n_far += difference > 2;
            worst = MAX(worst, difference);
        }
        n_same_class += best_of(ours, n_classes) == best_of(theirs, n_classes);
    }
    g_test_message("%d windows: largest difference %d, %d of %d outputs beyond 2, same class %d",
                   windows->n, worst, n_far, windows->n * n_classes, n_same_class);
    g_assert_cmpint(worst, <=, 4);
    g_assert_cmpint(n_far * 1000, <=, windows->n * n_classes);
    g_assert_cmpint(n_same_class * 1000, >=, windows->n * 995);
    g_aligned_free(scratch);
    wg_referee_free(referee);
}

/* Trained only as long as it takes for weights that are not random. */
static void
test_preset(gconstpointer data)
{
    const WgPreset *preset = data;
    WgTrainOptions train_options = preset->options;
    const WgQuantizeOptions with = {.softmax = TRUE}, without = {.softmax = FALSE};
    const WgWatchKind *kind = wg_watch_kind_find("bangle2", NULL);
    Parts parts;
    g_autoptr(GError) error = NULL;
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(WgTraining) training = NULL;
    g_autoptr(GBytes) tflite = NULL, bare = NULL, again = NULL;
    g_autoptr(WgInt8Network) int8 = NULL;
    g_autoptr(WgVerdict) verdict = NULL;

    load_parts(&parts);
    train_options.epochs = 12;
    network = wg_preset_build(preset, parts.train->length, parts.train->channels,
                              parts.train->n_labels, 1, &error);
    g_assert_no_error(error);
    training = wg_train(network, parts.train, NULL, &train_options, NULL, NULL, NULL, &error);
    g_assert_no_error(error);
    tflite = wg_quantize(network, parts.validation, &with, &error);
    g_assert_no_error(error);
    bare = wg_quantize(network, parts.validation, &without, &error);
    g_assert_no_error(error);
    again = wg_quantize(network, parts.validation, &with, &error);
    g_assert_true(g_bytes_equal(tflite, again));
    compare(tflite, parts.test);
    compare(bare, parts.test);
    int8 = wg_int8_network_new(tflite, &error);
    g_assert_no_error(error);
    verdict = wg_verdict_new(int8, kind, TRUE);
    g_test_message("%s: %d bytes, arena %d", preset->name, (int)verdict->bytes,
                   (int)verdict->arena_bytes);
    if (g_str_equal(preset->name, "classic") || g_str_equal(preset->name, "waggle")) {
        g_assert_true(verdict->fits);
        g_assert_cmpuint(verdict->bytes, <, g_str_equal(preset->name, "classic") ? 4000 : 5000);
        g_assert_cmpuint(verdict->arena_bytes, <, 4000);
    }
    clear_parts(&parts);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (int i = 0; wg_presets[i]; i++) {
        g_autofree char *path =
            g_strdup_printf("/quant/quantize/agrees-with-tensorflow-lite/%s", wg_presets[i]->name);

        g_test_add_data_func(path, wg_presets[i], test_preset);
    }
    return g_test_run();
}
