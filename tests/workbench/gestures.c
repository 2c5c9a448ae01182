/* Made-up takes of gestures whose differences are known. */
#include "gestures.h"

#include "base/random.h"

#include <math.h>

#define N_SAMPLES 25

static WgRecording *
make_take(const char *label, const char *person, const float *samples, gint64 id)
{
    const WgRecordingSpec spec = {.id = id,
                                  .label = label,
                                  .person = person,
                                  .rate_hz = 12.5,
                                  .n_samples = N_SAMPLES,
                                  .n_channels = 3,
                                  .samples = samples,
                                  .original_units_per_g = 64};

    return wg_recording_new(&spec);
}

GPtrArray *
test_gestures(int n_labels, int n_each, double noise, const char *person, guint64 seed)
{
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    WgRandom random;

    wg_random_init(&random, seed, 1);
    for (int i = 0; i < n_labels * n_each; i++) {
        const int label = i % n_labels;
        const char name[] = {(char)('a' + label), 0};
        const float start = wg_random_unit(&random);
        float samples[N_SAMPLES * 3];

        for (int t = 0; t < N_SAMPLES * 3; t++)
            samples[t] = (float)noise * wg_random_normal(&random) + (t % 3 == 2);
        for (int t = 0; t < N_SAMPLES; t++)
            samples[3 * t] += 0.8f * sinf(start + (float)t * (0.3f + 0.25f * (float)label));
        g_ptr_array_add(takes, make_take(name, person, samples, i + 1));
    }
    return takes;
}

GPtrArray *
test_near_twins(int n_each, int start, int end, guint64 seed)
{
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    WgRandom random;

    wg_random_init(&random, seed, 2);
    for (int i = 0; i < 2 * n_each; i++) {
        float samples[N_SAMPLES * 3];

        for (int t = 0; t < N_SAMPLES; t++) {
            const gboolean is_jerk = i % 2 == 1 && t >= start && t < end;

            samples[3 * t] = 0.6f * sinf(0.4f * (float)t);
            samples[3 * t + 1] = is_jerk ? 0.8f : 0;
            samples[3 * t + 2] = -1;
            for (int axis = 0; axis < 3; axis++)
                samples[3 * t + axis] += 0.1f * wg_random_normal(&random);
        }
        g_ptr_array_add(takes, make_take(i % 2 ? "flick" : "circle", NULL, samples, i + 1));
    }
    return takes;
}

WgDataset *
test_dataset(GPtrArray *takes)
{
    g_autoptr(GError) error = NULL;
    WgDataset *dataset = wg_dataset_new(takes, NULL, &error);

    g_assert_no_error(error);
    return dataset;
}
