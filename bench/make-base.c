/* Makes the base model of personal models from the sample recordings, for data/models/make-base. */
#include "personal-task.h"
#include "train/base-model.h"

#include <stdlib.h>

#define SEED 1

int
main(int argc, char **argv)
{
    const WgBaseOptions options = {.seed = SEED, .n_threads = argc > 3 ? atoi(argv[3]) : 0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) recordings = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(GBytes) bytes = NULL;
    gsize size;

    if (argc < 3) {
        g_printerr("usage: make-base RECORDINGS OUT [THREADS]\n");
        return EXIT_FAILURE;
    }
    recordings = personal_load(argv[1], FALSE, &error);
    dataset = recordings ? wg_dataset_new(recordings, NULL, &error) : NULL;
    network = dataset ? wg_base_train(dataset, &options, NULL, &error) : NULL;
    bytes = network ? wg_network_serialize(network) : NULL;
    if (!bytes || !g_file_set_contents(argv[2], g_bytes_get_data(bytes, &size),
                                       (gssize)g_bytes_get_size(bytes), &error)) {
        g_printerr("%s\n", error->message);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
