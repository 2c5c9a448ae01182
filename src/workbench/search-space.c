/* The networks and settings that a search draws from, and what a network needs of a watch. */
#include "workbench/search-space.h"

#include "quant/quantize.h"
#include "quant/verdict.h"
#include "workbench/window-options.h"

#include <glib/gi18n.h>

#define BLOCKS_MAX 3
#define LAYERS_MAX (4 * BLOCKS_MAX + 6)

/* One of the numbers, each as likely. */
#define CHOOSE(random, values) (values)[wg_random_below(random, G_N_ELEMENTS(values))]

static const int filters[] = {4, 6, 8, 12, 16, 20, 24, 32, 48};
static const int kernels[] = {3, 5, 7};
static const int units[] = {8, 16, 32};
static const int segments[] = {2, 3, 4, 5};
static const int epochs[] = {100, 200, 300};
static const int batches[] = {16, 32, 64};
static const float rates[] = {1e-3f, 2e-3f, 3e-3f, 5e-3f};
static const float smoothings[] = {0, 0.05f, 0.1f};
static const float augmentations[] = {0.5f, 1, 1.5f};

typedef struct {
    WgLayerSpec layers[LAYERS_MAX];
    int n_layers;
    int length; /* samples that the next layer gets */
} Chain;

static void
add(Chain *chain, WgLayerSpec layer)
{
    chain->layers[chain->n_layers++] = layer;
}

static gboolean
happens(WgRandom *random, guint32 one_in)
{
    return wg_random_below(random, one_in) == 0;
}

/* Of samples that are left over a pool drops the last, as the watch does. */
static void
add_pool(Chain *chain, int pool, WgRandom *random)
{
    add(chain, (WgLayerSpec){.op = happens(random, 3) ? "average-pool" : "max-pool", .pool = pool});
    chain->length = pool > 0 ? chain->length / pool : 1;
}

static void
add_block(Chain *chain, WgRandom *random)
{
    WgLayerSpec conv = {.op = "conv",
                        .units = CHOOSE(random, filters),
                        .kernel = CHOOSE(random, kernels),
                        .stride = happens(random, 4) ? 2 : 1,
                        .dilation = happens(random, 4) ? 2 : 1,
                        .same = !happens(random, 3)};
    int reach;

    if (conv.stride > 1)
        conv.dilation = 1; /* what other tools refuse together */
    reach = (conv.kernel - 1) * conv.dilation + 1;
    conv.same = conv.same || reach > chain->length;
    add(chain, conv);
    add(chain, (WgLayerSpec){.op = "batch-norm"});
    add(chain, (WgLayerSpec){.op = "relu"});
    chain->length = conv.same ? (chain->length + conv.stride - 1) / conv.stride
                              : (chain->length - reach) / conv.stride + 1;
}

static void
add_end(Chain *chain, WgRandom *random)
{
    const int n_segments = CHOOSE(random, segments);

    if (happens(random, 4)) {
        if (chain->length >= n_segments)
            add_pool(chain, chain->length / n_segments, random);
    } else if (!happens(random, 4)) {
        add_pool(chain, 0, random);
    }
    add(chain, (WgLayerSpec){.op = "flatten"});
    if (happens(random, 4)) {
        add(chain, (WgLayerSpec){.op = "dense", .units = CHOOSE(random, units), .has_bias = TRUE});
        add(chain, (WgLayerSpec){.op = "relu"});
    }
    add(chain, (WgLayerSpec){.op = "dense", .has_bias = TRUE});
}

static WgTrainOptions
draw_options(WgRandom *random)
{
    WgTrainOptions options = wg_presets[0]->options;
    const float factor = CHOOSE(random, augmentations);

    options.epochs = CHOOSE(random, epochs);
    options.batch = CHOOSE(random, batches);
    options.learning_rate = CHOOSE(random, rates);
    options.label_smoothing = CHOOSE(random, smoothings);
    options.shift = (int)((float)options.shift * factor + 0.5f);
    options.scale *= factor;
    options.rotation *= factor;
    options.stretch *= factor;
    return options;
}

WgPreset *
wg_search_space_draw(const char *name, int length, WgRandom *random)
{
    const int n_blocks = 1 + (int)wg_random_below(random, BLOCKS_MAX);
    Chain chain = {.length = length};

    for (int i = 0; i < n_blocks; i++) {
        add_block(&chain, random);
        if (i + 1 < n_blocks && chain.length >= 2 && happens(random, 3))
            add_pool(&chain, 2, random);
    }
    add_end(&chain, random);
    return wg_preset_copy(&(WgPreset){.name = name,
                                      .layers = chain.layers,
                                      .n_layers = chain.n_layers,
                                      .input_scale = 1,
                                      .options = draw_options(random)});
}

static char *
join_reasons(const WgVerdict *verdict)
{
    return g_strjoinv("; ", verdict->reasons);
}

char *
wg_search_measure(const WgPreset *preset, WgWindows *windows, const WgWatchKind *kind,
                  double rate_hz, WgSearchNeed *need)
{
    g_autofree char *description = wg_window_options_dup_description(
        preset->has_window ? &preset->window : &wg_window_options_watch);
    const WgQuantizeOptions options = {
        .n_samples = 4, .softmax = TRUE, .description = description}; /* as the job "quantize" */
    g_autoptr(GError) error = NULL;
    g_autoptr(WgNetwork) network =
        wg_preset_build(preset, windows->length, windows->channels, windows->n_labels, 1, &error);
    g_autoptr(GBytes) tflite = network ? wg_quantize(network, windows, &options, &error) : NULL;
    g_autoptr(WgInt8Network) int8 = tflite ? wg_int8_network_new(tflite, &error) : NULL;
    g_autoptr(WgVerdict) verdict = NULL;

    *need = (WgSearchNeed){0};
    if (!int8)
        return g_strdup(error->message);
    verdict = wg_verdict_new(int8, kind, FALSE);
    need->bytes = verdict->bytes;
    need->arena_bytes = verdict->arena_bytes;
    need->operations = wg_operations(int8);
    need->n_parameters = wg_network_get_n_parameters(network);
    if (kind->operations_per_s > 0)
        need->inference_s = (double)need->operations / kind->operations_per_s;
    if (!verdict->fits)
        return join_reasons(verdict);
    if (rate_hz > 0 && need->inference_s > 1 / rate_hz)
        return g_strdup_printf(
            _("an inference takes %s about %.0f ms, a sampling period is %.0f ms"), kind->name,
            1000 * need->inference_s, 1000 / rate_hz);
    return NULL;
}
