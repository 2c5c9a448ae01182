/* Few takes a gesture, from a base against from nothing: for bench/personalise. */
#include "base/workers.h"
#include "personal-task.h"
#include "train/base-model.h"
#include "train/metrics.h"
#include "workbench/personalise.h"

#include <math.h>
#include <stdlib.h>

static int draws = 20, takes = 5, threads = 0, plain_epochs = 0, personal_epochs = 0,
           base_epochs = 0, base_turns = 0;
static double augmentation = 1, rate = 0;
static gboolean is_development = FALSE, has_choice = FALSE;

static const GOptionEntry entries[] = {
    {"draws", 0, 0, G_OPTION_ARG_INT, &draws, "draws of takes a set (20)", "N"},
    {"takes", 0, 0, G_OPTION_ARG_INT, &takes, "takes a gesture (5)", "N"},
    {"threads", 0, 0, G_OPTION_ARG_INT, &threads, "0: one a core", "N"},
    {"development", 0, 0, G_OPTION_ARG_NONE, &is_development,
     "the gestures on which the method was chosen, not those kept for the test", NULL},
    {"choice", 0, 0, G_OPTION_ARG_NONE, &has_choice,
     "also what the choice of personalise gives: takes longer", NULL},
    {"plain-epochs", 0, 0, G_OPTION_ARG_INT, &plain_epochs, "of training from nothing", "N"},
    {"personal-epochs", 0, 0, G_OPTION_ARG_INT, &personal_epochs, "of training from a base", "N"},
    {"personal-rate", 0, 0, G_OPTION_ARG_DOUBLE, &rate, "of training from a base", "X"},
    {"augmentation", 0, 0, G_OPTION_ARG_DOUBLE, &augmentation, "times the settings'", "X"},
    {"base-epochs", 0, 0, G_OPTION_ARG_INT, &base_epochs, "of training a base", "N"},
    {"base-turns", 0, 0, G_OPTION_ARG_INT, &base_turns, "gestures that a base makes of one", "N"},
    {NULL},
};

enum { PLAIN, PERSONAL, CHOSEN, N_WAYS };

static const char *const way_names[] = {"from nothing", "from a base", "as chosen"};

typedef struct {
    WgDataset *dataset;
    const WgNetwork *base;
    WgPersonalOptions options;
    double *recalls[N_WAYS]; /* of each draw, mean over gestures */
    gint n_personal;         /* atomic: draws in which the base was chosen */
} Trial;

static void
fail(GError *error)
{
    g_printerr("%s\n", error->message);
    exit(EXIT_FAILURE);
}

/* Mean over gestures of the share that is right: gestures have unlike numbers of takes. */
static double
measure(const WgNetwork *network, const WgWindows *asked)
{
    const int n_labels = asked->n_labels;
    g_autofree float *logits = g_new(float, asked->n *n_labels);
    g_autofree int *answers = g_new(int, asked->n);
    g_autoptr(WgMetrics) metrics = NULL;

    wg_network_predict(network, asked->x, asked->n, logits);
    for (int i = 0; i < asked->n; i++)
        answers[i] = wg_argmax(logits + i * n_labels, n_labels);
    metrics = wg_metrics_new(asked->labels, answers, asked->n, n_labels);
    return metrics->macro.recall;
}

static double
run_choice(Trial *trial, const GArray *learned, const WgWindows *asked)
{
    g_autoptr(GPtrArray) recordings =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    WgPersonalOptions options = trial->options;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgPersonal) personal = NULL;
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < learned->len; i++)
        g_ptr_array_add(recordings, wg_recording_ref(wg_dataset_get(
                                        trial->dataset, g_array_index(learned, int, i))));
    dataset = wg_dataset_new(recordings, NULL, &error);
    personal = dataset ? wg_personal_new(trial->base, dataset, &options, NULL, NULL, &error) : NULL;
    if (!personal)
        fail(error);
    g_atomic_int_add(&trial->n_personal, personal->is_personal);
    return measure(personal->network, asked);
}

static void
run_draw(int worker, int draw, gpointer user_data)
{
    Trial *trial = user_data;
    g_autoptr(GArray) learned = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) asked = g_array_new(FALSE, FALSE, sizeof(int));
    WgTrainOptions plain = trial->options.plain, personal = trial->options.personal;
    g_autoptr(WgWindows) windows = NULL;
    g_autoptr(WgWindows) test = NULL;
    g_autoptr(WgNetwork) from_nothing = NULL;
    g_autoptr(WgNetwork) from_base = NULL;
    g_autoptr(GError) error = NULL;

    personal_draw(trial->dataset, takes, (guint64)draw + 1, learned, asked);
    windows =
        wg_windows_new(trial->dataset, (const int *)(gpointer)learned->data, (int)learned->len);
    test = wg_windows_new(trial->dataset, (const int *)(gpointer)asked->data, (int)asked->len);
    plain.seed = personal.seed = (guint64)draw + 1;
    plain.n_threads = personal.n_threads = 1;
    from_nothing = wg_transfer_train_plain(windows, &plain, NULL, &error);
    from_base =
        from_nothing ? wg_transfer_train(trial->base, windows, &personal, NULL, &error) : NULL;
    if (!from_base)
        fail(error);
    trial->recalls[PLAIN][draw] = measure(from_nothing, test);
    trial->recalls[PERSONAL][draw] = measure(from_base, test);
    if (has_choice)
        trial->recalls[CHOSEN][draw] = run_choice(trial, learned, test);
}

static void
get_mean(const double *values, const double *less, double *mean, double *spread)
{
    double sum = 0, squares = 0;

    for (int i = 0; i < draws; i++) {
        const double value = values[i] - (less ? less[i] : 0);

        sum += value;
        squares += value * value;
    }
    *mean = sum / draws;
    *spread = draws > 1 ? sqrt(MAX(0, squares - sum * sum / draws) / (draws - 1)) : 0;
}

static void
print_trial(const Trial *trial, const char *name)
{
    for (int way = 0; way < (has_choice ? N_WAYS : CHOSEN); way++) {
        double mean, spread, gain, gain_spread;

        get_mean(trial->recalls[way], NULL, &mean, &spread);
        get_mean(trial->recalls[way], trial->recalls[PLAIN], &gain, &gain_spread);
        g_print("%-22s %-14s %.4f  spread %.4f", name, way_names[way], mean, spread);
        if (way != PLAIN)
            g_print("  gain %+.4f +- %.4f (a draw: %.4f)", gain, gain_spread / sqrt(draws),
                    gain_spread);
        if (way == CHOSEN)
            g_print("  base chosen in %d of %d", trial->n_personal, draws);
        g_print("\n");
    }
}

static void
run_task(const WgPersonalTask *task, GPtrArray *recordings, GPtrArray *foreign)
{
    const WgBaseOptions base_options = {
        .epochs = base_epochs, .n_turns = base_turns, .seed = 1, .n_threads = threads};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgDataset) seen = personal_task_dup_base_dataset(task, recordings, &error);
    g_autoptr(WgDataset) dataset =
        seen ? personal_task_dup_dataset(task, task->is_foreign ? foreign : recordings, &error)
             : NULL;
    g_autoptr(WgNetwork) base = dataset ? wg_base_train(seen, &base_options, NULL, &error) : NULL;
    const int n_threads = threads > 0 ? threads : (int)g_get_num_processors();
    Trial trial = {.dataset = dataset, .base = base, .options = wg_personal_options()};
    g_autoptr(WgWorkers) workers = wg_workers_new(n_threads, run_draw, &trial);

    if (!base)
        fail(error);
    trial.options.n_threads = 1;
    trial.options.plain.epochs = plain_epochs ? plain_epochs : trial.options.plain.epochs;
    trial.options.personal.epochs =
        personal_epochs ? personal_epochs : trial.options.personal.epochs;
    if (rate > 0)
        trial.options.personal.learning_rate = (float)rate;
    wg_train_options_scale_augmentation(&trial.options.plain, augmentation);
    wg_train_options_scale_augmentation(&trial.options.personal, augmentation);
    for (int way = 0; way < N_WAYS; way++)
        trial.recalls[way] = g_new0(double, draws);
    wg_workers_run(workers, draws);
    print_trial(&trial, task->name);
    for (int way = 0; way < N_WAYS; way++)
        g_free(trial.recalls[way]);
}

int
main(int argc, char **argv)
{
    g_autoptr(GOptionContext) context = g_option_context_new("RECORDINGS ARDUINO");
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) recordings = NULL;
    g_autoptr(GPtrArray) foreign = NULL;

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error) || argc != 3 || draws < 1) {
        g_printerr("%s\n", error ? error->message : "two folders of recordings are needed");
        return EXIT_FAILURE;
    }
    recordings = personal_load(argv[1], FALSE, &error);
    foreign = recordings && !is_development ? personal_load(argv[2], TRUE, &error) : NULL;
    if (!recordings || (!is_development && !foreign))
        fail(error);
    if (is_development) {
        for (gsize i = 0; i < G_N_ELEMENTS(personal_development); i++)
            run_task(&personal_development[i], recordings, NULL);
    } else {
        for (gsize i = 0; i < G_N_ELEMENTS(personal_test); i++)
            run_task(&personal_test[i], recordings, foreign);
    }
    return EXIT_SUCCESS;
}
