/* A training's course as it is kept with the model: its curves. */
#pragma once

#include <json-glib/json-glib.h>

#include "train/trainer.h"

G_BEGIN_DECLS

/* {"train_loss": [..], "validation_loss", "train_accuracy", "validation_accuracy"}, a number an
 * epoch, rounded to a millionth (more than any curve shows); null where there is none. Transfer
 * full. */
JsonObject *wg_course_new(const WgTraining *training);

G_END_DECLS
