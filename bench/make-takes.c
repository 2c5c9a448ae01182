/* Makes a project of many takes for bench/draw: those of a folder, each again and again with seeded
 * changes as a careless wearer makes them. */
#include "dataset/import.h"
#include "dataset/perturb.h"
#include "dataset/project.h"

#include <stdlib.h>

#define SEED 1
#define N_AT_ONCE 5000 /* takes a transaction */

static WgRecording *
make_take(const WgWindows *windows, const WgDataset *dataset, int number)
{
    const int source = number % windows->n;
    WgRecordingSpec spec = *wg_recording_get(wg_dataset_get(dataset, windows->recordings[source]));
    g_autofree float *window = g_new(float, WG_WINDOW_LENGTH *WG_WINDOW_CHANNELS);
    WgRandom random;

    wg_random_init(&random, SEED, (guint64)number);
    wg_perturb(windows, source, WG_PERTURB_NOISE, 0.05, &random, window);
    spec.samples = window;
    spec.original = NULL;
    spec.original_units_per_g = WG_UNITS_PER_G;
    spec.n_samples = MIN(spec.n_samples, WG_WINDOW_LENGTH);
    spec.spans = NULL;
    spec.gaps = NULL;
    spec.n_spans = spec.n_gaps = 0;
    return wg_recording_new(&spec);
}

static gboolean
make(const char *folder, const char *path, int n, GError **error)
{
    const char *const paths[] = {folder, NULL};
    const WgImportOptions options = {0};
    g_autoptr(WgImport) import = wg_import_read(paths, &options, NULL, NULL, NULL, error);
    g_autoptr(WgDataset) dataset = import ? wg_dataset_new(import->recordings, NULL, error) : NULL;
    g_autoptr(WgWindows) windows = dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
    g_autoptr(WgProject) project = windows ? wg_project_create(path, error) : NULL;

    for (int first = 0; project && first < n; first += N_AT_ONCE) {
        g_autoptr(GPtrArray) takes =
            g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

        for (int i = first; i < MIN(n, first + N_AT_ONCE); i++)
            g_ptr_array_add(takes, make_take(windows, dataset, i));
        if (!wg_project_add_recordings(project, takes, NULL, NULL, error))
            return FALSE;
    }
    if (project)
        wg_project_close(project); /* what announces its changes still refers to it */
    return project != NULL;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    if (argc != 4) {
        g_printerr("usage: make-takes RECORDINGS PROJECT N\n");
        return EXIT_FAILURE;
    }
    if (make(argv[1], argv[2], atoi(argv[3]), &error))
        return EXIT_SUCCESS;
    g_printerr("%s\n", error->message);
    return EXIT_FAILURE;
}
