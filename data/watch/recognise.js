/* Waggle: what the watch makes of one gesture. SPDX-License-Identifier: 0BSD */

/* `record` has `arena` (bytes) and `model` (a file in Storage); `samples` are x, y, z, x, ... as the
   gesture event gives them. The raw outputs, in an array of their own type. */
function waggleRecognise(record, samples) {
    var model, tf, input, output, values, i, n;
    model = require("Storage").read(record.model);
    try {
        tf = require("tensorflow").create(record.arena, model);
    } catch (e) {
        /* where the flash is not in the memory's address range, the model must be copied */
        model = E.toFlatString(model);
        if (!model) {
            throw e;
        }
        tf = require("tensorflow").create(record.arena, model);
    }
    input = tf.getInput();
    n = samples.length;
    for (i = 0; i < input.length; i++) {
        input[i] = i < n ? samples[i] : 0;
    }
    tf.invoke();
    output = tf.getOutput();
    n = output.length;
    values = output instanceof Float32Array ? new Float32Array(n) : new Int8Array(n);
    for (i = 0; i < n; i++) {
        values[i] = output[i];
    }
    return values;
}

/* An int8 output is a softmax's: scale 1/256, zero point -128. */
function waggleProbability(values, i) {
    return values instanceof Float32Array ? values[i] : (values[i] + 128) / 256;
}

/* The index of the largest output, or -1 where its probability is below the threshold: its own, where
   each gesture has one. */
function waggleDecide(record, values) {
    var best = 0, i;
    for (i = 1; i < values.length; i++) {
        if (values[i] > values[best]) {
            best = i;
        }
    }
    return waggleProbability(values, best) >= (record.thresholds ? record.thresholds[best] : record.threshold) ?
        best : -1;
}
