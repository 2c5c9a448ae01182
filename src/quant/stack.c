/* What an inference takes of the stack of a Cortex-M watch, from the frames of its functions. */
#include "quant/stack.h"

#include "quant/int8-network-private.h"

#define ALLOCATE 32 /* MicroInterpreter::AllocateTensors */
#define INVOKE 40   /* MicroInterpreter::Invoke */
#define CREATE 48   /* tf_create or tf_invoke, and the wrapper that calls it */
#define BELOW 64    /* soft-float division, frexp, memcpy: the compiler's library at the end */
/* MicroAllocator::CommitStaticMemoryPlan and GreedyMemoryPlanner::CalculateOffsetsIfNeeded: with
 * any model. */
#define PLAN (152 + 56)

/* The frames of one op: of its preparation with all that it calls, and of its evaluation. */
typedef struct {
    int code;
    int prepare, evaluate, evaluate_float;
} OpFrames;

static const OpFrames all_frames[] = {
    /* Prepare, CalculateOpData, PopulateConvolutionQuantizationParams twice, QuantizeMultiplier;
     * Eval, EvalQuantizedPerChannel or EvalFloat, Offset */
    {WG_TFLITE_CONV_2D, 96 + 96 + 48 + 120 + 32, 56 + 264 + 8, 56 + 280 + 8},
    {WG_TFLITE_DEPTHWISE_CONV_2D, 120 + 48 + 120 + 32, 296 + 8, 296 + 8},
    /* Prepare, GetQuantizedConvolutionMultipler, QuantizeMultiplier; Eval */
    {WG_TFLITE_FULLY_CONNECTED, 56 + 40 + 32, 208 + 8, 208 + 160},
    {WG_TFLITE_AVERAGE_POOL_2D, 72, 128 + 128 + 8, 128 + 136 + 8},
    {WG_TFLITE_MAX_POOL_2D, 72, 128 + 136 + 8, 128 + 144 + 8},
    /* SoftmaxPrepare, PreprocessSoftmaxScaling, QuantizeMultiplierGreaterThanOne; SoftmaxEval,
     * SoftmaxQuantized or SoftmaxFloat */
    {WG_TFLITE_SOFTMAX, 56 + 48 + 24 + 32, 16 + 144, 16 + 128},
    {WG_TFLITE_QUANTIZE, 32 + 32, 112 + 8, 112 + 8},
    {WG_TFLITE_DEQUANTIZE, 40, 88 + 8, 88 + 8},
    {WG_TFLITE_RESHAPE, 24 + 32, 24, 24},
};

static gsize
deepest_call(const WgTflite *file, const WgTfliteOp *op)
{
    const gboolean is_float = file->tensors[op->inputs[0]].info.type == WG_TENSOR_FLOAT32;

    for (gsize i = 0; i < G_N_ELEMENTS(all_frames); i++) {
        const OpFrames *frames = &all_frames[i];

        if (frames->code == op->code)
            return (gsize)MAX(ALLOCATE + frames->prepare,
                              INVOKE + (is_float ? frames->evaluate_float : frames->evaluate));
    }
    return 0;
}

gsize
wg_stack_bytes(const WgInt8Network *network)
{
    const WgTflite *file = wg_int8_network_get_file(network);
    gsize deepest = ALLOCATE + PLAN;

    for (int i = 0; i < file->n_ops; i++)
        deepest = MAX(deepest, deepest_call(file, &file->ops[i]));
    return CREATE + deepest + BELOW;
}

gsize
wg_builtin_stack_bytes(const WgInt8Network *network)
{
    return wg_stack_bytes(network) + g_bytes_get_size(wg_int8_network_get_bytes(network));
}
