/* Tests of what a training may be held to: a mask, a teacher, an int8 form. */
#include "synthetic.h"

#include "base/error.h"
#include "train/loss.h"
#include "train/metrics.h"
#include "train/network-private.h"
#include "train/workspace.h"

#include <math.h>
#include <string.h>

#define N_CLASSES 5

static const WgTrainOptions base = {.epochs = 5,
                                    .batch = 20,
                                    .learning_rate = 0.01f,
                                    .weight_decay = 0.01f,
                                    .label_smoothing = 0.05f,
                                    .sharpness = 0.05f,
                                    .sharpness_from = 0.4f,
                                    .shift = 2,
                                    .scale = 0.1f,
                                    .rotation = 0.1f,
                                    .seed = 4,
                                    .n_threads = 1};

static void
train(WgNetwork *network, const WgWindows *windows, const WgTrainOptions *options,
      const WgTrainAids *aids)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgTraining) training = wg_train_aided(network, (WgWindows *)windows, NULL, options,
                                                    aids, NULL, NULL, NULL, &error);

    g_assert_no_error(error);
}

/* -T^2 sum softmax(t / T) log softmax(z / T), in double and as it is written */
static double
taught_loss(const float *z, const float *t, double temperature)
{
    double z_total = 0, t_total = 0, loss = 0;

    for (int c = 0; c < N_CLASSES; c++) {
        z_total += exp((double)z[c] / temperature);
        t_total += exp((double)t[c] / temperature);
    }
    for (int c = 0; c < N_CLASSES; c++)
        loss -=
            exp((double)t[c] / temperature) / t_total * ((double)z[c] / temperature - log(z_total));
    return temperature * temperature * loss;
}

static void
test_taught_loss(void)
{
    const float temperatures[] = {1, 2, 7.5f};
    const float factor = 0.25f, step = 1e-3f;
    WgRandom random;

    wg_random_init(&random, 1, 1);
    for (int round = 0; round < 30; round++) {
        const float temperature = temperatures[round % 3];
        float z[N_CLASSES], t[N_CLASSES], gradient[N_CLASSES];
        WgLossSum sum = {0};

        for (int c = 0; c < N_CLASSES; c++) {
            z[c] = 3 * wg_random_normal(&random);
            t[c] = 3 * wg_random_normal(&random);
            gradient[c] = 1; /* is added to */
        }
        wg_loss_add_taught(z, t, 1, N_CLASSES, temperature, factor, gradient, &sum);
        g_assert_cmpfloat_with_epsilon(sum.loss, taught_loss(z, t, temperature), 2e-4);
        for (int c = 0; c < N_CLASSES; c++) {
            const float at = z[c];
            double slope;

            z[c] = at + step;
            slope = taught_loss(z, t, temperature);
            z[c] = at - step;
            slope = (slope - taught_loss(z, t, temperature)) / (2 * (double)step);
            z[c] = at;
            /* of a third derivative below 1 times the step's square, and float rounding */
            g_assert_cmpfloat_with_epsilon(gradient[c] - 1, factor * slope, 2e-4);
        }
    }
}

static void
test_mask(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(90, 1);
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autoptr(WgNetwork) before = wg_network_copy(network);
    const int n = network->n_parameters;
    g_autofree guint8 *mask = g_new0(guint8, n);
    const WgTrainAids aids = {.mask = mask};
    int n_moved = 0, n_kept = 0;
    WgRandom random;

    wg_random_init(&random, 2, 1);
    for (int i = 0; i < n; i++)
        mask[i] = wg_random_below(&random, 2) == 1;
    train(network, windows, &base, &aids);
    for (int i = 0; i < n; i++) {
        if (!mask[i])
            g_assert_true(network->parameters[i] == 0);
        n_kept += mask[i];
        n_moved += mask[i] && network->parameters[i] != before->parameters[i];
    }
    g_assert_cmpint(n_kept, >, n / 4);
    g_assert_cmpint(n_moved, >, n_kept * 9 / 10); /* a unit may be dead */
}

/* Without labels to go by: they say the same of all windows. */
static void
test_teacher(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(150, 1);
    g_autoptr(WgWindows) blind = synthetic_windows(150, 1);
    g_autoptr(WgWindows) fresh = synthetic_windows(90, 2);
    g_autoptr(WgNetwork) teacher = synthetic_network(1);
    g_autoptr(WgNetwork) student = synthetic_plain_network(2);
    const WgTrainAids none = {0};
    const WgTrainAids taught = {.teacher = teacher, .temperature = 2, .share = 1};
    WgTrainOptions options = base;
    float logits[90 * 3];
    int n_right = 0;

    options.epochs = 40;
    options.sharpness = 0;
    train(teacher, windows, &options, &none);
    memset(blind->labels, 0, sizeof(int) * 150);
    train(student, blind, &options, &taught);
    wg_network_predict(student, fresh->x, 90, logits);
    for (int i = 0; i < 90; i++)
        n_right += wg_argmax(logits + i * 3, 3) == fresh->labels[i];
    g_assert_cmpint(n_right, >, 81);
}

/* Rounds what every layer of a folded network gives, coarsely, and clips some of it. */
static WgFakeQuant *
coarse(const WgNetwork *network)
{
    WgFakeQuant *fake_quant = wg_fake_quant_new(network->n_layers);

    fake_quant->input = (WgScale){1.0f / 64, 0};
    for (int i = 0; i < network->n_layers; i++)
        fake_quant->outputs[i] = (WgScale){0.02f, 0};
    return fake_quant;
}

static GBytes *
train_to_bytes(int n_threads, gboolean is_rounded)
{
    g_autoptr(WgWindows) windows = synthetic_windows(131, 1);
    g_autoptr(WgNetwork) teacher = synthetic_network(3);
    g_autoptr(WgNetwork) whole = synthetic_network(1);
    g_autoptr(WgNetwork) network =
        is_rounded ? wg_network_fold(whole, NULL) : wg_network_ref(whole);
    g_autoptr(WgFakeQuant) fake_quant = coarse(network);
    g_autofree guint8 *mask = g_new0(guint8, network->n_parameters);
    const WgTrainAids aids = {.mask = mask,
                              .teacher = teacher,
                              .temperature = 3,
                              .share = 0.5f,
                              .fake_quant = is_rounded ? fake_quant : NULL};
    WgTrainOptions options = base;

    for (int i = 0; i < network->n_parameters; i++)
        mask[i] = i % 3 != 0;
    options.n_threads = n_threads;
    train(network, windows, &options, &aids);
    return wg_network_serialize(network);
}

static void
test_threads(void)
{
    for (int is_rounded = 0; is_rounded < 2; is_rounded++) {
        g_autoptr(GBytes) one = train_to_bytes(1, is_rounded);

        for (int n_threads = 2; n_threads < 6; n_threads += 3) {
            g_autoptr(GBytes) more = train_to_bytes(n_threads, is_rounded);

            g_assert_true(g_bytes_equal(one, more));
        }
    }
}

static void
test_values(void)
{
    const WgScale scale = {0.5f, -28}; /* -50 .. 77.5 */
    float values[] = {0, 0.2f, 0.3f, -0.3f, 77.6f, 77.8f, 1000, -50.2f, -50.3f, -1000};
    const float wanted[] = {0, 0, 0.5f, -0.5f, 77.5f, 77.5f, 77.5f, -50, -50, -50};
    const guint8 passing[] = {1, 1, 1, 1, 1, 0, 0, 1, 0, 0};
    guint8 passes[G_N_ELEMENTS(values)];

    wg_fake_quant_values(&scale, values, G_N_ELEMENTS(values), passes);
    for (guint i = 0; i < G_N_ELEMENTS(values); i++) {
        g_assert_true(values[i] == wanted[i]);
        g_assert_cmpint(passes[i], ==, passing[i]);
    }
}

/* Each filter, or the whole dense layer, in whole steps of its largest weight / steps. */
static void
test_parameters(void)
{
    g_autoptr(WgNetwork) network = synthetic_plain_network(1);
    g_autoptr(WgNetwork) rounded = wg_network_copy(network);
    g_autoptr(WgFakeQuant) fake_quant = coarse(network);

    fake_quant->weight_steps = 7;
    wg_fake_quant_parameters(fake_quant, rounded);
    for (int i = 0; i < network->n_layers; i++) {
        const WgLayer *from = &network->layers[i], *to = &rounded->layers[i];
        const int n_weights =
            network->ops[i]->count_weights ? network->ops[i]->count_weights(from) : 0;
        const int n_each =
            network->ops[i] == &wg_op_conv ? n_weights / from->spec.units : n_weights;

        for (int k = 0; k < n_weights; k++) {
            const float *first = from->parameters + k / n_each * n_each;
            const float step = wg_scale_of_weights(first, n_each, 7);
            const float steps = to->parameters[k] / step;

            g_assert_cmpfloat(fabsf(from->parameters[k] - to->parameters[k]), <=, step * 0.5001f);
            /* of float rounding alone */
            g_assert_cmpfloat_with_epsilon(steps, rintf(steps), 1e-5f);
            g_assert_cmpfloat(fabsf(steps), <=, 7.0001f);
        }
    }
}

/* With r = rounded(relu(W1 x)) and m = 1 where that was not clipped:
 * dW2 = sum dy r', dW1 = sum (W2' dy) m (where W1 x > 0) x' */
static void
test_straight_through(void)
{
    enum { N = 6, IN = 4, MID = 5, OUT = 3 };
    const WgLayerSpec layers[] = {
        {.op = "dense", .units = MID}, {.op = "relu"}, {.op = "dense", .units = OUT}};
    g_autoptr(WgNetwork) network = wg_network_new(layers, 3, 1, IN, 1, 1, NULL);
    g_autoptr(WgFakeQuant) fake_quant = wg_fake_quant_new(3);
    g_autoptr(WgWorkspace) workspace = wg_workspace_new(network, N, TRUE);
    const float *w1 = network->layers[0].parameters, *w2 = network->layers[2].parameters;
    const guint64 streams[N] = {0};
    float gradients[IN * MID + MID * OUT] = {0}, wanted[IN * MID + MID * OUT] = {0};
    float x[N * IN], dy[N * OUT];
    int n_clipped = 0, n_passing = 0;
    WgRandom random;

    wg_random_init(&random, 3, 1);
    for (int i = 0; i < N * IN; i++)
        x[i] = wg_random_normal(&random);
    for (int i = 0; i < N * OUT; i++)
        dy[i] = wg_random_normal(&random);
    fake_quant->outputs[1] = (WgScale){1.0f / 127, 0}; /* clipped from 1 on */
    wg_workspace_set_fake_quant(workspace, fake_quant);
    memcpy(wg_workspace_get_input(workspace), x, sizeof x);
    wg_workspace_forward(workspace, N, 1, streams, NULL);
    memcpy(wg_workspace_get_loss_gradient(workspace), dy, sizeof dy);
    wg_workspace_backward(workspace, gradients);
    for (int n = 0; n < N; n++) {
        for (int m = 0; m < MID; m++) {
            float sum = 0, d = 0, rounded;

            for (int k = 0; k < IN; k++)
                sum += w1[m * IN + k] * x[n * IN + k];
            rounded = CLAMP(rintf(MAX(0, sum) * 127) / 127, 0, 1);
            for (int c = 0; c < OUT; c++) {
                d += w2[c * MID + m] * dy[n * OUT + c];
                wanted[IN * MID + c * MID + m] += dy[n * OUT + c] * rounded;
            }
            n_clipped += sum > 1.005f;
            n_passing += sum > 0 && sum < 1;
            for (int k = 0; k < IN && sum > 0 && rintf(sum * 127) <= 127; k++)
                wanted[m * IN + k] += d * x[n * IN + k];
        }
    }
    g_assert_cmpint(n_clipped, >, 2);
    g_assert_cmpint(n_passing, >, 2);
    for (int i = 0; i < IN * MID + MID * OUT; i++) /* float sums in another order */
        g_assert_cmpfloat_with_epsilon(gradients[i], wanted[i], 1e-4f);
}

static void
assert_refused(WgNetwork *network, const WgTrainAids *aids, int code)
{
    g_autoptr(WgWindows) windows = synthetic_windows(30, 1);
    g_autoptr(GError) error = NULL;

    g_assert_null(wg_train_aided(network, windows, NULL, &base, aids, NULL, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, code);
}

static void
test_refuses(void)
{
    const WgLayerSpec other[] = {{.op = "dense", .units = 4}};
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autoptr(WgNetwork) plain = synthetic_plain_network(1);
    g_autoptr(WgNetwork) stranger = wg_network_new(other, 1, 20, 3, 1, 1, NULL);
    g_autoptr(WgFakeQuant) fake_quant = coarse(network);
    g_autoptr(WgFakeQuant) plain_quant = coarse(plain);
    const WgTrainAids strange = {.teacher = stranger, .temperature = 1, .share = 0.5f};
    const WgTrainAids cold = {.teacher = network, .temperature = 0, .share = 0.5f};
    const WgTrainAids much = {.teacher = network, .temperature = 1, .share = 1.5f};
    const WgTrainAids unfolded = {.fake_quant = fake_quant};
    const WgTrainAids foreign = {.fake_quant = plain_quant};
    g_autoptr(WgNetwork) folded = wg_network_fold(network, NULL);

    assert_refused(plain, &strange, WG_ERROR_UNSUPPORTED);
    assert_refused(plain, &cold, WG_ERROR_USAGE);
    assert_refused(plain, &much, WG_ERROR_USAGE);
    assert_refused(network, &unfolded, WG_ERROR_UNSUPPORTED);
    assert_refused(folded, &foreign, WG_ERROR_UNSUPPORTED);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/train/aids/loss-of-a-teacher-is-its-formula", test_taught_loss);
    g_test_add_func("/train/aids/masked-parameters-stay-zero-others-learn", test_mask);
    g_test_add_func("/train/aids/a-teacher-alone-teaches", test_teacher);
    g_test_add_func("/train/aids/same-bits-at-any-number-of-threads", test_threads);
    g_test_add_func("/train/aids/values-round-to-steps-and-clip", test_values);
    g_test_add_func("/train/aids/weights-round-to-steps-of-their-filter", test_parameters);
    g_test_add_func("/train/aids/gradient-goes-straight-through-what-was-not-clipped",
                    test_straight_through);
    g_test_add_func("/train/aids/refuses-strange-teachers-and-unfolded-networks", test_refuses);
    return g_test_run();
}
