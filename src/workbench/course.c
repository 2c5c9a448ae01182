/* A training's course as it is kept with the model: its curves. */
#include "workbench/course.h"

#include <math.h>

#define STEPS 1e6 /* of 1, that are kept */

static void
add(JsonArray *curve, float value)
{
    if (isfinite(value))
        json_array_add_double_element(curve, rint((double)value * STEPS) / STEPS);
    else
        json_array_add_null_element(curve);
}

JsonObject *
wg_course_new(const WgTraining *training)
{
    JsonObject *course = json_object_new();
    JsonArray *train_loss = json_array_new(), *validation_loss = json_array_new();
    JsonArray *train_accuracy = json_array_new(), *validation_accuracy = json_array_new();

    for (int i = 0; i < training->n_epochs; i++) {
        const WgEpoch *epoch = &training->epochs[i];

        add(train_loss, epoch->train_loss);
        add(validation_loss, epoch->validation_loss);
        add(train_accuracy, epoch->train_accuracy);
        add(validation_accuracy, epoch->validation_accuracy);
    }
    json_object_set_array_member(course, "train_loss", train_loss);
    json_object_set_array_member(course, "validation_loss", validation_loss);
    json_object_set_array_member(course, "train_accuracy", train_accuracy);
    json_object_set_array_member(course, "validation_accuracy", validation_accuracy);
    return course;
}
