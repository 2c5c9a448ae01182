/* Trains a preset on a split of recordings and prints seconds and accuracy, for bench/training. */
#include "peak.h"

#include "dataset/import.h"
#include "dataset/split.h"
#include "train/metrics.h"
#include "train/preset.h"

#include <stdlib.h>
#include <sys/resource.h>

static char *preset_name = "classic", *windows_path = NULL;
static int epochs = 0, threads = 1, seeds = 1, n_windows = 0;

static const GOptionEntry entries[] = {
    {"preset", 0, 0, G_OPTION_ARG_STRING, &preset_name, "the preset to train", "NAME"},
    {"epochs", 0, 0, G_OPTION_ARG_INT, &epochs, "epochs (the preset's)", "N"},
    {"threads", 0, 0, G_OPTION_ARG_INT, &threads, "threads, 0: all cores", "N"},
    {"seeds", 0, 0, G_OPTION_ARG_INT, &seeds, "seeds 1 to N, one after the other", "N"},
    {"takes", 0, 0, G_OPTION_ARG_INT, &n_windows,
     "repeat the training windows in turn until there are so many", "N"},
    {"windows", 0, 0, G_OPTION_ARG_FILENAME, &windows_path,
     "write the training windows (label and values a line) and stop", "FILE"},
    {NULL},
};

static WgSplit *
load_split(const char *folder, const char *split_path, GError **error)
{
    const char *paths[] = {folder, NULL};
    const WgImportOptions options = {0};
    g_autoptr(WgImport) import = wg_import_read(paths, &options, NULL, NULL, NULL, error);

    return import ? wg_split_new_from_file(import->recordings, split_path, error) : NULL;
}

static gboolean
write_windows(const WgWindows *windows, const char *path, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const int size = windows->length * windows->channels;

    for (int i = 0; i < windows->n; i++) {
        g_string_append_printf(text, "%d", windows->labels[i]);
        for (int j = 0; j < size; j++)
            g_string_append_printf(text, " %.9g", windows->x[i * size + j]);
        g_string_append_c(text, '\n');
    }
    return g_file_set_contents(path, text->str, (gssize)text->len, error);
}

/* The training part's windows, repeated in turn where more are wanted. */
static WgWindows *
make_training_windows(WgSplit *split)
{
    const int n_there = (int)split->train->len, n = n_windows > 0 ? n_windows : n_there;
    g_autofree int *indices = g_new(int, n + 1);

    for (int i = 0; i < n; i++)
        indices[i] = g_array_index(split->train, int, i % MAX(1, n_there));
    return wg_windows_new(split->dataset, indices, n);
}

static double
measure_accuracy(const WgNetwork *network, const WgWindows *windows)
{
    const int n_classes = wg_network_get_n_classes(network);
    g_autofree float *logits = g_new(float, windows->n *n_classes);
    int n_correct = 0;

    wg_network_predict(network, windows->x, windows->n, logits);
    for (int i = 0; i < windows->n; i++)
        n_correct += wg_argmax(logits + i * n_classes, n_classes) == windows->labels[i];
    return (double)n_correct / MAX(1, windows->n);
}

/* Of all threads: says more than the time when other programs run too. */
static double
read_cpu_seconds(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

/* The validation part takes no part in training: what is timed is the training alone. */
static gboolean
run_seed(const WgPreset *preset, WgWindows *train, const WgWindows *validation, int seed,
         double peak_gflops, GError **error)
{
    WgTrainOptions options = preset->options;
    g_autoptr(WgNetwork) network = wg_preset_build(preset, train->length, train->channels,
                                                   train->n_labels, (guint64)seed, error);
    g_autoptr(WgTraining) training = NULL;

    double cpu_seconds;

    options.epochs = epochs > 0 ? epochs : options.epochs;
    options.n_threads = threads;
    options.seed = (guint64)seed;
    if (!network)
        return FALSE;
    cpu_seconds = -read_cpu_seconds();
    training = wg_train(network, train, NULL, &options, NULL, NULL, NULL, error);
    cpu_seconds += read_cpu_seconds();
    if (!training)
        return FALSE;
    g_print("seed %d seconds %.4f cpu_seconds %.4f floor_seconds %.4f epochs %d windows %d "
            "train_accuracy %.4f validation_accuracy %.4f\n",
            seed, training->seconds, cpu_seconds,
            wg_peak_count_flop(network) * train->n * options.epochs / (peak_gflops * 1e9),
            training->n_epochs, train->n, measure_accuracy(network, train),
            measure_accuracy(network, validation));
    return TRUE;
}

static gboolean
run(const char *folder, const char *split_path, GError **error)
{
    const WgPreset *preset = wg_preset_find(preset_name, error);
    g_autoptr(WgSplit) split = preset ? load_split(folder, split_path, error) : NULL;
    g_autoptr(WgWindows) train = NULL;
    g_autoptr(WgWindows) validation = NULL;
    double peak_gflops;

    if (!split)
        return FALSE;
    train = make_training_windows(split);
    validation = wg_windows_new(split->dataset, (const int *)(gpointer)split->validation->data,
                                (int)split->validation->len);
    if (windows_path)
        return write_windows(train, windows_path, error);
    peak_gflops = wg_peak_measure_gflops();
    for (int seed = 1; seed <= seeds; seed++) {
        if (!run_seed(preset, train, validation, seed, peak_gflops, error))
            return FALSE;
    }
    return TRUE;
}

int
main(int argc, char **argv)
{
    g_autoptr(GOptionContext) context = g_option_context_new("FOLDER SPLIT");
    g_autoptr(GError) error = NULL;

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error) || argc != 3) {
        g_printerr("%s\n",
                   error ? error->message : "a folder of recordings and a split are needed");
        return EXIT_FAILURE;
    }
    if (!run(argv[1], argv[2], &error)) {
        g_printerr("%s\n", error->message);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
