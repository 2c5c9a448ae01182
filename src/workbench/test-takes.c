/* Stored takes that prove a model somewhere else, with the outputs that this machine gets. */
#include "workbench/test-takes.h"

#include "base/random.h"

#include <glib/gi18n.h>

#define N_TAKES 20

static int
choose_stored(WgJob *job, WgModel *model, gint8 *inputs, int n_inputs)
{
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgWindows) windows = NULL;

    for (int i = 0; !dataset && i < 3; i++) {
        static const char *const parts[] = {"validation", "train", "test"};

        dataset = wg_model_load_part(model, wg_job_get_project(job), parts[i], NULL);
        if (dataset && wg_dataset_get_n(dataset) < N_TAKES && i < 2)
            g_clear_pointer(&dataset, wg_dataset_unref);
    }
    if (!dataset)
        dataset = wg_model_load_part(model, wg_job_get_project(job), "train", NULL);
    windows = dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
    if (!windows || windows->length * windows->channels != n_inputs)
        return 0;
    for (int i = 0; i < MIN(N_TAKES, windows->n); i++)
        wg_windows_get_history(windows, i * windows->n / MIN(N_TAKES, windows->n),
                               inputs + (gsize)i * n_inputs);
    return MIN(N_TAKES, windows->n);
}

void
wg_test_takes_choose(WgJob *job, WgModel *model, const WgInt8Network *network, WgTestTakes *takes)
{
    const int n_inputs = wg_int8_network_get_input(network)->n_elements;
    const int n_outputs = wg_int8_network_get_output(network)->n_elements;

    takes->n_inputs = n_inputs;
    takes->n_outputs = n_outputs;
    takes->inputs = g_malloc0((gsize)N_TAKES * n_inputs);
    takes->n = model ? choose_stored(job, model, takes->inputs, n_inputs) : 0;
    if (takes->n == 0) {
        WgRandom random;

        wg_job_note(job, _("no stored takes fit this model: the self-test runs %d random windows"),
                    N_TAKES);
        wg_random_init(&random, 1, 0);
        for (int i = 0; i < N_TAKES * n_inputs; i++)
            takes->inputs[i] = (gint8)((int)wg_random_below(&random, 256) - 128);
        takes->n = N_TAKES;
    }
    takes->outputs = g_new0(float, (gsize)N_TAKES *n_outputs);
    wg_int8_network_run_history(network, takes->inputs, takes->n, takes->outputs);
}
