/* Any bytes as the file of a split, and as the labels beside a continuous recording. */
#include "dataset/span-file.h"
#include "dataset/split.h"
#include "fuzz-folder.h"
#include "fuzz.h"

#include <string.h>

#define N_SAMPLES 40

static WgRecording *
new_take(int line, const char *label)
{
    float samples[3 * N_SAMPLES] = {0};
    const WgRecordingSpec spec = {.id = line,
                                  .label = label,
                                  .file = "james-v2/gesture_training.txt",
                                  .line = line,
                                  .rate_hz = 12.5,
                                  .n_samples = N_SAMPLES,
                                  .n_channels = 3,
                                  .samples = samples,
                                  .original_units_per_g = 64};

    samples[0] = (float)line;
    return wg_recording_new(&spec);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *path = fuzz_file("split.json", data, size);
    g_autofree char *spans = fuzz_file("walk.spans.csv", data, size);
    g_autofree char *walk = g_build_filename(fuzz_folder(), "walk.csv", NULL);
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(WgRefusals) refused = wg_refusals_new();
    g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func(g_free);
    WgFileContent found = {takes, messages, refused, NULL, 0};
    g_autoptr(WgSplit) split = NULL;

    for (int i = 1; i <= 6; i++)
        g_ptr_array_add(takes, new_take(i, i % 2 ? "upup" : "swiperight"));
    split = wg_split_new_from_file(takes, path, NULL);
    if (wg_span_file_apply(walk, &found, takes->len - 1, NULL)) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(takes, takes->len - 1));

        if (!wg_label_spans_check(spec->spans, spec->n_spans, spec->n_samples, NULL))
            g_error("spans were read that are none");
    }
    return 0;
}
