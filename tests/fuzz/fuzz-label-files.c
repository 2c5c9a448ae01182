/* Any bytes as the files that label recordings beside them: Edge Impulse's two, and a list of
 * spans. */
#include "fuzz.h"

#include "dataset/edge-impulse-labels.h"
#include "dataset/span-file.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#define N_SAMPLES 6

static char *folder; /* one for all runs: a new one each would be most of the time */

static GPtrArray *
make_takes(const char *path)
{
    static const float values[N_SAMPLES * 3] = {0.5f, 1, -2, 3, 0.25f};
    const WgRecordingSpec spec = {
        .label = "fuzz",
        .file = path,
        .rate_hz = 12.5,
        .n_samples = N_SAMPLES,
        .n_channels = 3,
        .samples = values,
        .original = values,
        .original_units_per_g = 1,
    };
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    g_ptr_array_add(takes, wg_recording_new(&spec));
    return takes;
}

/* The file beside "fuzz.json" in that folder holds the bytes. */
static void
run(const char *beside, const uint8_t *data, size_t size)
{
    static const WgImportOptions options = {0};
    g_autofree char *path = g_build_filename(folder, "fuzz.json", NULL);
    g_autofree char *labels = g_build_filename(folder, beside, NULL);
    g_autoptr(GPtrArray) takes = make_takes(path);
    g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(WgRefusals) refused = wg_refusals_new();
    WgFileContent found = {takes, messages, refused, NULL};

    if (!g_file_set_contents_full(labels, (const char *)data, (gssize)size,
                                  G_FILE_SET_CONTENTS_NONE, 0600, NULL))
        return;
    wg_edge_impulse_labels_apply(path, &options, &found, 0);
    wg_span_file_apply(path, &found, 0, NULL);
    g_remove(labels);
}

static void
remove_folder(void)
{
    g_rmdir(folder);
    g_free(folder);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!folder) {
        folder = g_dir_make_tmp("waggle-fuzz-XXXXXX", NULL);
        atexit(remove_folder);
    }
    run(WG_EDGE_IMPULSE_INFO, data, size);
    run(WG_EDGE_IMPULSE_SPANS, data, size);
    run("fuzz.spans.txt", data, size);
    return 0;
}
