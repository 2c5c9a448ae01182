/* How a program runs the model by TensorFlow Lite Micro; take from it what you need. Written by
   Waggle. SPDX-License-Identifier: 0BSD */
#include "model_data.h"

#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/schema/schema_generated.h"

/* TensorFlow Lite Micro 2.4.0 needs @ARENA@ bytes on a Cortex-M4; newer ones want more. */
constexpr int kArenaSize = @ARENA_ASKED@;
alignas(16) static uint8_t arena[kArenaSize];

/* The gesture of a window, or -1. */
int
Recognise(const @INPUT_TYPE@ *window)
{
    static tflite::MicroMutableOpResolver<@N_OPS@> resolver;
    static tflite::MicroInterpreter *interpreter = nullptr; /* before 2022 it takes an
                                                               ErrorReporter as well */

    if (interpreter == nullptr) {
@OPS@
        static tflite::MicroInterpreter only(tflite::GetModel(model_data), resolver, arena,
                                             kArenaSize);
        interpreter = &only;
        if (interpreter->AllocateTensors() != kTfLiteOk)
            return -1;
    }
    /* before every inference anew: it may be written over by one */
    for (int i = 0; i < MODEL_LENGTH * MODEL_CHANNELS; i++)
        interpreter->input(0)->data.@INPUT_FIELD@[i] = window[i];
    if (interpreter->Invoke() != kTfLiteOk)
        return -1;
    const @OUTPUT_TYPE@ *outputs = interpreter->output(0)->data.@OUTPUT_FIELD@;
    int best = 0;
    for (int i = 1; i < MODEL_N_OUTPUTS; i++) {
        if (outputs[i] > outputs[best])
            best = i;
    }
    return best == MODEL_OTHER || outputs[best] < model_thresholds[best] ? -1 : best;
}
