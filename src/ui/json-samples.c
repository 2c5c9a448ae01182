/* Samples as jobs give them. */
#include "ui/json-samples.h"

#define AXES 3

float *
wg_json_dup_samples(JsonArray *array, int *n)
{
    const guint length = json_array_get_length(array);
    float *samples = g_new0(float, length *AXES + 1);

    for (guint i = 0; i < length; i++) {
        JsonArray *sample = json_array_get_array_element(array, i);

        for (guint axis = 0; axis < MIN(AXES, json_array_get_length(sample)); axis++)
            samples[i * AXES + axis] = (float)json_array_get_double_element(sample, axis);
    }
    *n = (int)length;
    return samples;
}
