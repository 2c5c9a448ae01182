/* One take through both networks: each layer against what the networks themselves say. */
#include "gestures.h"

#include "quant/activations.h"
#include "quant/quantize.h"
#include "workbench/filters.h"
#include "workbench/layer-trace.h"

#include <math.h>
#include <string.h>

#define N_LABELS 4
#define N_LAYERS 6

static const WgLayerSpec specs[N_LAYERS] = {
    {.op = "conv", .units = 5, .kernel = 3, .stride = 1, .dilation = 2, .has_bias = TRUE},
    {.op = "batch-norm"},
    {.op = "relu"},
    {.op = "max-pool", .pool = 5},
    {.op = "flatten"},
    {.op = "dense", .units = N_LABELS, .has_bias = TRUE},
};
/* of the folded network: conv, relu, max-pool, flatten, dense */
#define N_FOLDED 5

typedef struct {
    WgWindows *windows;
    WgModel trained, int8;
} Fixture;

static GBytes *
quantize(const Fixture *f, const WgRange *ranges)
{
    const WgQuantizeOptions options = {.softmax = TRUE, .description = "test", .ranges = ranges};
    g_autoptr(GError) error = NULL;
    GBytes *bytes = wg_quantize(f->trained.network, f->windows, &options, &error);

    g_assert_no_error(error);
    return bytes;
}

static void
take_int8(Fixture *f, GBytes *tflite)
{
    g_autoptr(GBytes) bytes = tflite;
    g_autoptr(GError) error = NULL;

    g_clear_pointer(&f->int8.int8, wg_int8_network_unref);
    f->int8.int8 = wg_int8_network_new(bytes, &error);
    g_assert_no_error(error);
}

static void
set_up(Fixture *f, gconstpointer data)
{
    static char *labels[] = {(char *)"a", (char *)"b", (char *)"c", (char *)"d", NULL};
    g_autoptr(GPtrArray) takes = test_gestures(N_LABELS, 10, 0.2, NULL, 3);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(GError) error = NULL;

    f->windows = wg_windows_new(dataset, NULL, 0);
    f->trained.network = wg_network_new(specs, N_LAYERS, 50, 3, 0.5f, 7, &error);
    g_assert_no_error(error);
    f->trained.labels = f->int8.labels = labels;
    f->trained.n_labels = f->int8.n_labels = N_LABELS;
    take_int8(f, quantize(f, NULL));
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    wg_windows_unref(f->windows);
    wg_network_unref(f->trained.network);
    wg_int8_network_unref(f->int8.int8);
}

static WgLayerTrace *
trace(const Fixture *f, int i, double limit_steps)
{
    g_autoptr(GError) error = NULL;
    WgLayerTrace *result =
        wg_layer_trace_new(&f->trained, &f->int8, f->windows, i, limit_steps, &error);

    g_assert_no_error(error);
    return result;
}

static void
test_last_layer_is_the_networks_answer(Fixture *f, gconstpointer data)
{
    for (int i = 0; i < f->windows->n; i++) {
        g_autoptr(WgLayerTrace) both = trace(f, i, 4);
        const WgLayerRow *last = &both->rows[both->n - 1];
        gint8 history[150];
        float raw[N_LABELS];

        wg_windows_get_history(f->windows, i, history);
        wg_int8_network_run_history(f->int8.int8, history, 1, raw);
        g_assert_cmpint(both->n, ==, 1 + wg_int8_network_get_n_ops(f->int8.int8));
        g_assert_cmpint(last->length * last->channels, ==, N_LABELS);
        for (int k = 0; k < N_LABELS; k++)
            g_assert_cmpfloat(last->int8[k], ==, (raw[k] + 128) / 256);
        g_assert_cmpint(both->int8_answer, ==, wg_argmax(raw, N_LABELS));
    }
}

static void
test_float_side_is_the_folded_networks(Fixture *f, gconstpointer data)
{
    static const int layer_of_row[] = {-1, 1, 2, 4}; /* input, conv + relu, max-pool, dense */
    g_autoptr(GError) error = NULL;
    g_autoptr(WgNetwork) folded = wg_network_fold(f->trained.network, &error);
    float *outputs[N_FOLDED];
    g_autoptr(WgLayerTrace) both = trace(f, 7, 4);
    double p = 0;

    g_assert_no_error(error);
    g_assert_cmpint(wg_network_get_n_layers(folded), ==, N_FOLDED);
    for (int i = 0; i < N_FOLDED; i++) {
        const WgLayer *layer = wg_network_get_layer(folded, i);

        outputs[i] = g_new0(float, layer->out_length * layer->out_channels);
    }
    wg_network_trace(folded, f->windows->x + 7 * 150, 1, outputs);
    for (int i = 1; i < 4; i++) {
        const WgLayerRow *row = &both->rows[i];

        g_assert_cmpmem(row->floats, sizeof(float) * (gsize)(row->length * row->channels),
                        outputs[layer_of_row[i]],
                        sizeof(float) * (gsize)(row->length * row->channels));
    }
    for (int k = 0; k < N_LABELS; k++)
        p += (double)both->rows[4].floats[k];
    g_assert_cmpfloat_with_epsilon(p, 1, 1e-5); /* a softmax of floats */
    for (int i = 0; i < N_FOLDED; i++)
        g_free(outputs[i]);
}

static void
test_differences_are_counted_in_steps(Fixture *f, gconstpointer data)
{
    g_autoptr(WgLayerTrace) both = trace(f, 3, 0);

    for (int i = 0; i < both->n; i++) {
        const WgLayerRow *row = &both->rows[i];
        double largest = 0, sum = 0;

        for (int k = 0; k < row->length * row->channels; k++) {
            const double steps = fabs((double)row->int8[k] - (double)row->floats[k]) / row->scale;

            largest = fmax(largest, steps);
            sum += steps;
        }
        g_assert_cmpfloat(row->largest_steps, ==, largest);
        g_assert_cmpfloat_with_epsilon(row->mean_steps, sum / (row->length * row->channels), 1e-9);
    }
    /* takes are in the watch's own units, so the input is the same; behind it nothing quite is */
    g_assert_cmpfloat(both->rows[0].largest_steps, ==, 0);
    g_assert_cmpint(both->parts_at, ==, 1);
}

/* Ranges a tenth as wide as the values: they are cut off, said so, and where. */
static void
test_saturation_is_seen_where_it_happens(Fixture *f, gconstpointer data)
{
    WgRange ranges[N_FOLDED];
    g_autoptr(WgLayerTrace) good = trace(f, 5, 4);
    g_autoptr(WgLayerTrace) bad = NULL;
    float most = 0;
    int n_beyond = 0;

    g_assert_cmpint(good->rows[1].n_saturated, ==, 0);
    g_assert_cmpint(good->parts_at, ==, -1);
    for (int k = 0; k < good->rows[1].length * good->rows[1].channels; k++)
        most = fmaxf(most, good->rows[1].floats[k]);
    for (int i = 0; i < N_FOLDED; i++)
        ranges[i] = (WgRange){-20, 20};
    ranges[1] = (WgRange){0, most / 10};
    take_int8(f, quantize(f, ranges));
    bad = trace(f, 5, 4);
    for (int k = 0; k < bad->rows[1].length * bad->rows[1].channels; k++)
        n_beyond += (double)bad->rows[1].floats[k] > (double)(most / 10) * (255.5 / 255);
    g_assert_cmpint(n_beyond, >, 0);
    g_assert_cmpint(bad->rows[1].n_saturated, ==, n_beyond);
    g_assert_cmpint(bad->parts_at, ==, 1);
}

/* The first layer cut off almost to nothing: the answers differ, and that they do begins there. */
static void
test_answer_turns_at_the_layer_that_turns_it(Fixture *f, gconstpointer data)
{
    WgRange ranges[N_FOLDED];
    int n_turned = 0;

    for (int i = 0; i < N_FOLDED; i++)
        ranges[i] = (WgRange){-20, 20};
    ranges[1] = (WgRange){0, 0.02f};
    take_int8(f, quantize(f, ranges));
    for (int i = 0; i < f->windows->n; i++) {
        g_autoptr(WgLayerTrace) both = trace(f, i, 4);
        g_autofree char *words =
            wg_layer_trace_dup_words(both, (const char *const *)f->int8.labels);

        g_assert_cmpint(both->flips_at >= 0, ==, both->float_answer != both->int8_answer);
        g_assert_cmpint(strstr(words, "turns from") != NULL, ==, both->flips_at >= 0);
        n_turned += both->flips_at == 1;
    }
    g_assert_cmpint(n_turned, >, 0);
}

static void
test_filters_tell_the_stretch_they_like_best(void)
{
    static const WgLayerSpec layers[] = {
        {.op = "conv", .units = 2, .kernel = 2, .stride = 1, .dilation = 3, .has_bias = TRUE},
        {.op = "relu"},
        {.op = "max-pool"},
    };
    static const char *const labels[] = {"a", "b", NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgNetwork) network = wg_network_new(layers, 3, 50, 3, 1, 1, &error);
    g_autoptr(WgWindows) windows = wg_windows_alloc(3, 50, 3, labels);
    g_autoptr(WgFilters) filters = NULL;
    float *parameters;

    g_assert_no_error(error);
    parameters = wg_network_get_parameters(network);
    memset(parameters, 0, sizeof(float) * 14);
    parameters[1] = 1;                      /* filter 0: y now */
    parameters[3 + 1] = -2;                 /* less y three samples on, twice */
    parameters[6 + 2] = -1;                 /* filter 1: z downwards */
    parameters[12 + 1] = 10;                /* its bias */
    windows->x[(1 * 50 + 20) * 3 + 1] = 3;  /* window 1: a jump up */
    windows->x[(1 * 50 + 23) * 3 + 1] = -1; /* and down: 3 + 2 = 5 */
    windows->x[(2 * 50 + 31) * 3 + 2] = -0.5f;
    filters = wg_filters_new(network, windows, &error);
    g_assert_no_error(error);
    g_assert_cmpint(filters->n, ==, 2);
    g_assert_cmpint(filters->reach, ==, 4);
    g_assert_cmpint(filters->filters[0].window, ==, 1);
    g_assert_cmpint(filters->filters[0].start, ==, 20);
    g_assert_cmpfloat_with_epsilon(filters->filters[0].response, 5, 1e-5);
    g_assert_cmpint(filters->filters[1].window, ==, 2);
    g_assert_cmpint(filters->filters[1].start, ==, 31);
    g_assert_cmpfloat_with_epsilon(filters->filters[1].response, 10.5, 1e-5);
    g_assert_cmpfloat(filters->filters[0].weights[4], ==, -2);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*func)(Fixture *f, gconstpointer data);
    } tests[] = {
        {"last-layer-is-the-networks-answer", test_last_layer_is_the_networks_answer},
        {"float-side-is-the-folded-networks", test_float_side_is_the_folded_networks},
        {"differences-are-counted-in-steps", test_differences_are_counted_in_steps},
        {"saturation-is-seen-where-it-happens", test_saturation_is_seen_where_it_happens},
        {"answer-turns-at-the-layer-that-turns-it", test_answer_turns_at_the_layer_that_turns_it},
    };

    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/workbench/layers/%s", tests[i].name);

        g_test_add(path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }
    g_test_add_func("/workbench/layers/filters-tell-the-stretch-they-like-best",
                    test_filters_tell_the_stretch_they_like_best);
    return g_test_run();
}
