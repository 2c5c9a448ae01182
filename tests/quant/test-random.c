/* Random networks of the nine operations: ours answers as TensorFlow Lite's own C library does, up
 * to the last place. The library rounds once where the watch rounds twice, so equal they are not.
 */
#include "quant/int8-network.h"
#include "random-model.h"
#include "referee.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SINGLES 30 /* of each operation */
#define CHAINS 120
#define WINDOWS 50 /* random inputs of each network */
#define SEED_INPUTS 10000

typedef struct {
    int code;
    const char *name;
} Single;

static const Single singles[] = {
    {WG_TFLITE_AVERAGE_POOL_2D, "average-pool"},
    {WG_TFLITE_CONV_2D, "conv"},
    {WG_TFLITE_DEPTHWISE_CONV_2D, "depthwise"},
    {WG_TFLITE_DEQUANTIZE, "dequantize"},
    {WG_TFLITE_FULLY_CONNECTED, "dense"},
    {WG_TFLITE_MAX_POOL_2D, "max-pool"},
    {WG_TFLITE_RESHAPE, "reshape"},
    {WG_TFLITE_SOFTMAX, "softmax"},
    {WG_TFLITE_QUANTIZE, "quantize"},
};

typedef struct {
    int n_windows, n_different; /* in any output */
    int n_values, n_inside;     /* int8 outputs; those at neither end */
} Tally;

/* Every int8 value; of floats what a quantizer may meet, inside its range and beyond. */
static void
fill_input(WgRandom *random, const WgTensorInfo *in, guint8 *input)
{
    for (int i = 0; i < in->n_elements; i++) {
        if (in->type == WG_TENSOR_FLOAT32)
            ((float *)(gpointer)input)[i] = wg_random_normal(random) * 40;
        else
            ((gint8 *)input)[i] = (gint8)wg_random_next(random);
    }
}

/* The largest difference in output steps; of floats in units of the last place of the larger. */
static double
find_difference(const WgTensorInfo *out, const guint8 *ours, const guint8 *theirs)
{
    double largest = 0;

    for (int i = 0; i < out->n_elements; i++) {
        if (out->type == WG_TENSOR_FLOAT32) {
            const float a = ((const float *)(gconstpointer)ours)[i];
            const float b = ((const float *)(gconstpointer)theirs)[i];
            const float size = fmaxf(fabsf(a), fabsf(b));

            largest = fmax(largest, fabs((double)a - (double)b) /
                                        (double)(nextafterf(size, INFINITY) - size));
        } else {
            largest = fmax(largest, abs(((const gint8 *)ours)[i] - ((const gint8 *)theirs)[i]));
        }
    }
    return largest;
}

/* Of a model that ends in floats: steps of the int8 that they came from. */
static double
count_steps(const WgInt8Network *network, double difference, const guint8 *ours,
            const guint8 *theirs)
{
    const WgTensorInfo *out = wg_int8_network_get_output(network);
    const WgTensorInfo *before = NULL;
    double largest = 0;

    for (int i = 0; i < wg_int8_network_get_n_tensors(network) - 1; i++) {
        if (!wg_int8_network_get_tensor(network, i)->is_constant)
            before = wg_int8_network_get_tensor(network, i);
    }
    if (out->type != WG_TENSOR_FLOAT32)
        return difference;
    for (int i = 0; i < out->n_elements; i++)
        largest = fmax(largest, fabs((double)((const float *)(gconstpointer)ours)[i] -
                                     (double)((const float *)(gconstpointer)theirs)[i]));
    return round(largest / before->scale);
}

static void
count(const WgTensorInfo *out, const guint8 *ours, double difference, Tally *tally)
{
    tally->n_windows++;
    tally->n_different += difference > 0;
    for (int i = 0; i < out->n_elements && out->type == WG_TENSOR_INT8; i++) {
        tally->n_values++;
        tally->n_inside += (gint8)ours[i] > -128 && (gint8)ours[i] < 127;
    }
}

/* Largest difference over random inputs, in the last place or in steps; tally grows. */
static double
compare(const WgRandomModel *model, WgRandom *random, gboolean in_steps, Tally *tally)
{
    g_autoptr(GBytes) tflite = wg_random_model_write(model);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgInt8Network) network = wg_int8_network_new(tflite, &error);
    WgReferee *referee = wg_referee_new(tflite);
    const WgTensorInfo *in, *out;
    g_autofree guint8 *input = NULL;
    g_autofree guint8 *ours = NULL;
    g_autofree guint8 *theirs = NULL;
    void *scratch;
    double largest = 0;

    g_assert_no_error(error);
    in = wg_int8_network_get_input(network);
    out = wg_int8_network_get_output(network);
    input = g_malloc(in->size_bytes);
    ours = g_malloc(out->size_bytes);
    theirs = g_malloc(out->size_bytes);
    scratch = g_aligned_alloc(1, wg_int8_network_get_scratch_bytes(network), 16);
    for (int i = 0; i < WINDOWS; i++) {
        double difference;

        fill_input(random, in, input);
        wg_int8_network_run(network, input, ours, scratch);
        wg_referee_run(referee, input, in->size_bytes, theirs, out->size_bytes);
        difference = find_difference(out, ours, theirs);
        count(out, ours, difference, tally);
        if (in_steps)
            difference = count_steps(network, difference, ours, theirs);
        largest = fmax(largest, difference);
    }
    g_aligned_free(scratch);
    wg_referee_free(referee);
    return largest;
}

static void
test_single(gconstpointer data)
{
    const Single *single = data;
    double largest = 0;
    Tally tally = {0};

    for (int i = 0; i < SINGLES; i++) {
        WgRandom random;
        g_autoptr(WgRandomModel) model = NULL;
        double difference;

        wg_random_init(&random, 1, (guint64)(single->code * 1000 + i));
        model = wg_random_model_new_single(&random, single->code);
        difference = compare(model, &random, FALSE, &tally);
        if (difference > 1)
            g_test_message("%s %d: %g", single->name, i, difference);
        largest = fmax(largest, difference);
    }
    g_test_message(
        "%d networks, %d of %d windows differ, by %g in the last place at most; %d of %d "
        "int8 outputs at neither end",
        SINGLES, tally.n_different, tally.n_windows, largest, tally.n_inside, tally.n_values);
    /* a comparison of what only saturates would say nothing */
    g_assert_cmpint(4 * tally.n_inside, >=, tally.n_values);
    g_assert_cmpfloat(largest, <=, 1);
}

static void
test_chains(void)
{
    double largest = 0;
    int n_gentle = 0;
    Tally tally = {0};

    for (int i = 0; i < CHAINS; i++) {
        WgRandom random;
        g_autoptr(WgRandomModel) model = NULL;
        double difference, multiplier;

        wg_random_init(&random, 2, (guint64)i);
        model = wg_random_model_new_chain(&random);
        multiplier = wg_random_model_get_multiplier(model);
        difference = compare(model, &random, TRUE, &tally);
        if (multiplier < 1) {
            n_gentle++;
            largest = fmax(largest, difference);
        }
        if (multiplier >= 1 || difference > 2)
            g_test_message("network %d of %d operations: multiplier %.2f, difference %g", i,
                           wg_random_model_get_n_ops(model), multiplier, difference);
    }
    g_test_message("%d networks, %d of %d windows differ; every multiplier below 1 in %d networks, "
                   "which differ by %g at most",
                   CHAINS, tally.n_different, tally.n_windows, n_gentle, largest);
    g_assert_cmpint(4 * tally.n_inside, >=, tally.n_values);
    g_assert_cmpint(n_gentle, >=, CHAINS / 3);
    g_assert_cmpfloat(largest, <=, 2);
}

static int
find_best(const float *values, int n)
{
    int best = 0;

    for (int i = 1; i < n; i++)
        best = values[i] > values[best] ? i : best;
    return best;
}

static void
test_seed_classes(void)
{
    g_autofree char *path = g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests", "data", "golden",
                                             "seed-v11-int8.tflite", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &error);
    g_autoptr(GBytes) tflite = file ? g_mapped_file_get_bytes(file) : NULL;
    g_autoptr(WgInt8Network) network = NULL;
    WgReferee *referee;
    float input[150], ours[6], theirs[6];
    void *scratch;
    WgRandom random;
    int n_same = 0;

    g_assert_no_error(error);
    network = wg_int8_network_new(tflite, &error);
    g_assert_no_error(error);
    g_assert_cmpint(wg_int8_network_get_input(network)->n_elements, ==, G_N_ELEMENTS(input));
    g_assert_cmpint(wg_int8_network_get_output(network)->n_elements, ==, G_N_ELEMENTS(ours));
    referee = wg_referee_new(tflite);
    scratch = g_aligned_alloc(1, wg_int8_network_get_scratch_bytes(network), 16);
    wg_random_init(&random, 3, 0);
    for (int i = 0; i < SEED_INPUTS; i++) {
        for (guint j = 0; j < G_N_ELEMENTS(input); j++)
            input[j] = (float)(gint8)wg_random_next(&random);
        wg_int8_network_run(network, input, ours, scratch);
        wg_referee_run(referee, input, sizeof input, theirs, sizeof theirs);
        n_same += find_best(ours, 6) == find_best(theirs, 6);
    }
    g_test_message("the same class on %d of %d", n_same, SEED_INPUTS);
    g_assert_cmpint(n_same * 1000, >=, SEED_INPUTS * 995);
    g_aligned_free(scratch);
    wg_referee_free(referee);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(singles); i++) {
        g_autofree char *path = g_strdup_printf(
            "/quant/random/%s-agrees-with-tensorflow-lite-to-the-last-place", singles[i].name);

        g_test_add_data_func(path, &singles[i], test_single);
    }
    g_test_add_func("/quant/random/networks-agree-with-tensorflow-lite-within-two", test_chains);
    g_test_add_func("/quant/random/seed-model-gives-the-same-class", test_seed_classes);
    return g_test_run();
}
