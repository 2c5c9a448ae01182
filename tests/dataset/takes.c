/* Makes recordings for tests. */
#include "takes.h"

#include "base/random.h"

WgRecording *
wg_test_take(const char *label, const char *person, int number, int n_samples)
{
    g_autofree float *samples = g_new(float, (gsize)n_samples * 3);
    g_autofree char *file = g_strdup_printf("somewhere/%s.txt", label);
    WgRandom random;
    const WgRecordingSpec spec = {.label = label,
                                  .person = person,
                                  .file = file,
                                  .line = number + 1,
                                  .rate_hz = 12.5,
                                  .n_samples = n_samples,
                                  .n_channels = 3,
                                  .samples = samples,
                                  .original_units_per_g = 64};

    wg_random_init(&random, (guint64)number, g_str_hash(label));
    for (int i = 0; i < n_samples * 3; i++)
        samples[i] = (float)((int)wg_random_below(&random, 200) - 100) / 64;
    return wg_recording_new(&spec);
}

GPtrArray *
wg_test_takes(int n_labels, int n_persons, int n_each)
{
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (int i = 0; i < n_labels * n_persons * n_each; i++) {
        g_autofree char *label = g_strdup_printf("gesture-%d", i % n_labels);
        g_autofree char *person = g_strdup_printf("person-%d", i / n_labels % n_persons);

        g_ptr_array_add(takes, wg_test_take(label, person, i, 10 + i % 20));
    }
    return takes;
}
