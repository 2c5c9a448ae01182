/* Deployments of many models: of a few hundred bytes, and of the size that users have. */
#include "small-model.h"

#include "device-fixture.h"
#include "quant/int8-network.h"
#include "quant/tflite-write.h"

#define WEIGHT_AT 440 /* in the file of the golden model */
#define N_IN 6
#define N_OUT 2

static GBytes *
make_tflite(guint seed)
{
    const float in = 1.0f / 64, weight = 0.02f, bias = 0.02f / 64, sum = 0.1f, out = 1.0f / 256;
    gint8 weights[N_OUT * N_IN];
    gint32 biases[N_OUT];
    for (int i = 0; i < N_OUT * N_IN; i++)
        weights[i] = (gint8)((seed * 37 + (guint)i * 91 + seed / 256 * (guint)(i + 3)) % 251);
    for (int i = 0; i < N_OUT; i++)
        biases[i] = (gint32)(seed * (guint)(i + 1));
    const WgTensorDraft tensors[] = {
        {.name = "in", WG_TENSOR_INT8, 2, {1, N_IN}, 1, &in, 0, TRUE},
        {.name = "w",
         WG_TENSOR_INT8,
         2,
         {N_OUT, N_IN},
         1,
         &weight,
         0,
         TRUE,
         0,
         weights,
         sizeof weights},
        {.name = "b", WG_TENSOR_INT32, 1, {N_OUT}, 1, &bias, 0, TRUE, 0, biases, sizeof biases},
        {.name = "sum", WG_TENSOR_INT8, 2, {1, N_OUT}, 1, &sum, 0, TRUE},
        {.name = "out", WG_TENSOR_INT8, 2, {1, N_OUT}, 1, &out, -128, TRUE},
    };
    const WgOpDraft ops[] = {
        {{.code = WG_TFLITE_FULLY_CONNECTED,
          .n_inputs = 3,
          .n_outputs = 1,
          .inputs = {0, 1, 2},
          .outputs = {3},
          .has_options = TRUE}},
        {{.code = WG_TFLITE_SOFTMAX,
          .n_inputs = 1,
          .n_outputs = 1,
          .inputs = {3},
          .outputs = {4},
          .has_options = TRUE,
          .beta = 1}},
    };
    const WgModelDraft draft = {tensors, G_N_ELEMENTS(tensors), ops, G_N_ELEMENTS(ops), 0, 4, NULL};
    return wg_tflite_write(&draft);
}

/* What its outputs are, by this program's own network. */
static void
expect(WgDeployment *d)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgInt8Network) network = wg_int8_network_new(d->tflite, &error);
    g_assert_no_error(error);
    wg_int8_network_run_history(network, d->test_inputs, d->n_tests, d->test_outputs);
}

WgDeployment *
small_deployment_new(WgDeployMode mode, guint seed)
{
    static const char *const names[] = {"left", "right", NULL};
    WgDeployment *d = g_new0(WgDeployment, 1);
    d->mode = mode;
    d->tflite = make_tflite(seed);
    d->names = g_strdupv((char **)names);
    d->arena_bytes = 4000;
    d->threshold = 0.5;
    d->project_name = g_strdup_printf("small-%u.waggle", seed);
    d->date = g_strdup("2026-11-21T12:00:00Z");
    d->n_inputs = N_IN;
    d->n_outputs = N_OUT;
    d->n_tests = 1;
    d->test_inputs = g_new0(gint8, N_IN);
    d->test_outputs = g_new0(float, N_OUT);
    for (int i = 0; i < N_IN; i++)
        d->test_inputs[i] = (gint8)(30 * i - 70);
    expect(d);
    return d;
}

WgDeployment *
large_deployment_new(WgDeployMode mode, guint seed)
{
    WgDeployment *d = fixture_golden_deployment(mode, 1);
    gsize n = 0;
    guint8 *model = g_bytes_unref_to_data(d->tflite, &n);
    model[WEIGHT_AT] = (guint8)seed;
    model[WEIGHT_AT + 1] = (guint8)(seed >> 8);
    d->tflite = g_bytes_new_take(model, n);
    g_free(d->project_name);
    d->project_name = g_strdup_printf("large-%u.waggle", seed);
    expect(d);
    return d;
}
