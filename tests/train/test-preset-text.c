/* Presets as text: what is written is read back the same, and nothing else is. */
#include "train/preset-text.h"

#include "base/error.h"

#include <string.h>

static WgPreset *
read_back(const WgPreset *preset)
{
    g_autofree char *text = wg_preset_to_text(preset);
    g_autoptr(GError) error = NULL;
    WgPreset *again = wg_preset_from_text(preset->name, text, &error);
    g_autofree char *text_again = again ? wg_preset_to_text(again) : NULL;

    g_assert_no_error(error);
    g_assert_cmpstr(text_again, ==, text);
    return again;
}

static void
assert_same_network(const WgPreset *a, const WgPreset *b)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgNetwork) left = wg_preset_build(a, 50, 3, 6, 7, &error);
    g_autoptr(WgNetwork) right = wg_preset_build(b, 50, 3, 6, 7, &error);
    g_autoptr(GBytes) left_bytes = NULL, right_bytes = NULL;

    g_assert_no_error(error);
    left_bytes = wg_network_serialize(left);
    right_bytes = wg_network_serialize(right);
    g_assert_true(g_bytes_equal(left_bytes, right_bytes));
}

static void
test_built_in(void)
{
    for (int i = 0; wg_presets[i]; i++) {
        g_autoptr(WgPreset) again = read_back(wg_presets[i]);

        assert_same_network(wg_presets[i], again);
        g_assert_cmpmem(&again->options, sizeof again->options, &wg_presets[i]->options,
                        sizeof wg_presets[i]->options);
        g_assert_cmpfloat(again->input_scale, ==, wg_presets[i]->input_scale);
    }
}

/* What lists show of one is its name first. */
static void
test_titles(void)
{
    for (int i = 0; wg_presets[i]; i++) {
        g_autofree char *begins = g_strdup_printf("%s: ", wg_presets[i]->name);

        g_assert_true(g_str_has_prefix(wg_presets[i]->title, begins));
    }
}

static void
test_form(void)
{
    g_autofree char *text = wg_preset_to_text(wg_preset_find("waggle", NULL));
    g_autofree char *layers = wg_preset_layers_to_text(wg_preset_find("classic", NULL));

    g_assert_cmpstr(text, ==,
                    "c16k5s1 bn relu c24k5s1 bn relu max/2 fcb / epochs=200 batch=32 rate=0.003 "
                    "decay=0.01 schedule=2 smoothing=0.05 weights=2 sharpness=0.1 "
                    "sharpness-from=0.5 shift=2 scale=0.2 rotation=0.2 stretch=0.2");
    g_assert_cmpstr(layers, ==, "c14k5s1vb relu drop0.2 c10k5s1d2b relu max drop0.1 fc");
}

/* An operation without a form of its own stands by its name, with all that may be set of it. */
static void
test_named(void)
{
    const WgLayerSpec layers[] = {{.op = "relu"},
                                  {.op = "relu", .rate = 0.1f},
                                  {.op = "relu",
                                   .units = 1000000,
                                   .kernel = 2,
                                   .stride = 3,
                                   .dilation = 4,
                                   .same = TRUE,
                                   .has_bias = TRUE,
                                   .pool = 5,
                                   .rate = 0.25f},
                                  {.op = "dense"}};
    const WgPreset preset = {.name = "p",
                             .layers = layers,
                             .n_layers = G_N_ELEMENTS(layers),
                             .input_scale = 1,
                             .options = {.epochs = 1, .batch = 1, .learning_rate = 1, .seed = 1}};
    g_autofree char *text = wg_preset_layers_to_text(&preset);
    g_autoptr(WgPreset) again = read_back(&preset);

    g_assert_cmpstr(
        text, ==,
        "relu relu:rate=0.1 "
        "relu:units=1000000,kernel=2,stride=3,dilation=4,same=1,bias=1,pool=5,rate=0.25 fc");
    g_assert_cmpint(again->n_layers, ==, preset.n_layers);
    for (int i = 0; i < preset.n_layers; i++) {
        WgLayerSpec read = again->layers[i];

        g_assert_cmpstr(read.op, ==, layers[i].op);
        read.op = layers[i].op; /* the same words elsewhere */
        g_assert_cmpmem(&read, sizeof read, &layers[i], sizeof layers[i]);
    }
}

/* Any float that a setting may hold comes back to the bit. */
static void
test_floats(void)
{
    WgRandom random;

    wg_random_init(&random, 1, 1);
    for (int i = 0; i < 1000; i++) {
        const WgLayerSpec layers[] = {{.op = "dropout", .rate = 0.999f * wg_random_unit(&random)},
                                      {.op = "dense"}};
        const WgTrainOptions options = {
            .epochs = 1 + (int)wg_random_below(&random, 1000),
            .batch = 1 + (int)wg_random_below(&random, 1000),
            .learning_rate = 1e-6f + 0.9f * wg_random_unit(&random),
            .weight_decay = wg_random_unit(&random),
            .label_smoothing = 0.99f * wg_random_unit(&random),
            .seed = 1,
        };
        const WgPreset preset = {.name = "p",
                                 .layers = layers,
                                 .n_layers = 2,
                                 .input_scale = 1 + wg_random_unit(&random),
                                 .options = options};
        g_autoptr(WgPreset) again = read_back(&preset);

        g_assert_cmpint(again->options.epochs, ==, options.epochs);
        g_assert_cmpint(again->options.batch, ==, options.batch);
        g_assert_cmpfloat(again->options.learning_rate, ==, options.learning_rate);
        g_assert_cmpfloat(again->options.weight_decay, ==, options.weight_decay);
        g_assert_cmpfloat(again->options.label_smoothing, ==, options.label_smoothing);
        g_assert_cmpfloat(again->layers[0].rate, ==, layers[0].rate);
        g_assert_cmpfloat(again->input_scale, ==, preset.input_scale);
    }
}

static void
test_refuses(void)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "no layer of the answers"},
        {"c16k5s1 relu / epochs=1 batch=1 rate=1", "no layer of the answers"},
        {"fc8b / epochs=1 batch=1 rate=1", "no layer of the answers"},
        {"fcb fcb / epochs=1 batch=1 rate=1", "follows the layer"},
        {"fcb", "epochs"},
        {"fcb / epochs=0 batch=1 rate=1", "epochs=0"},
        {"fcb / epochs=5 rate=1", "batch"},
        {"fcb / epochs=5.5 batch=1 rate=1", "epochs=5.5"},
        {"fcb / epochs=5 batch=1 rate=nan", "rate=nan"},
        {"fcb / epochs=5 batch=1 rate=0x1p0", "rate=0x1p0"},
        {"fcb / epochs=5 batch=1 rate=-1", "rate=-1"},
        {"fcb / epochs=5 batch=1 rate=1 schedule=3", "schedule=3"},
        {"fcb / epochs=5 batch=1 rate=1 wings=2", "wings=2"},
        {"c0k5s1 fcb / epochs=1 batch=1 rate=1", "c0k5s1"},
        {"c5 fcb / epochs=1 batch=1 rate=1", "c5"},
        {"c5k3s1x fcb / epochs=1 batch=1 rate=1", "c5k3s1x"},
        {"c99999999999999999999k5 fcb / epochs=1 batch=1 rate=1", "c999"},
        {"max0 fcb / epochs=1 batch=1 rate=1", "max0"},
        {"max max/2 fcb / epochs=1 batch=1 rate=1", "max/2"},
        {"max/3 relu max fcb / epochs=1 batch=1 rate=1", "“max”"},
        {"max/1 fcb / epochs=1 batch=1 rate=1", "max/1"},
        {"avg/2 fcb / epochs=1 batch=1 rate=1", "avg/2"},
        {"fcb / epochs=1 batch=1 rate=10 decay=1", "rate"},
        {"drop1 fcb / epochs=1 batch=1 rate=1", "drop1"},
        {"\x01\x1b[2J fcb / epochs=1 batch=1 rate=1", "\\001\\033[2J"},
        {"bnb fcb / epochs=1 batch=1 rate=1", "bnb"},
        {"relu: fcb / epochs=1 batch=1 rate=1", "relu:"},
        {"relu:wings=2 fcb / epochs=1 batch=1 rate=1", "relu:wings=2"},
        {"relu:units=1:rate=1 fcb / epochs=1 batch=1 rate=1", "relu:units=1"},
        {"relu:units=-1 fcb / epochs=1 batch=1 rate=1", "relu:units=-1"},
        {"relu:rate=inf fcb / epochs=1 batch=1 rate=1", "relu:rate=inf"},
        {"conv:units=4,kernel=3 fcb / epochs=1 batch=1 rate=1", "conv:units"},
        {"fcb / epochs=1 batch=1 rate=1 hz=5", "hz=5"},
        {"fcb / epochs=1 batch=1 rate=1 samples=7", "samples=7"},
        {"fcb / epochs=1 batch=1 rate=1 samples=50.5", "samples=50.5"},
        {"fcb / epochs=1 batch=1 rate=1 channels=x,w", "channels=x,w"},
        {"fcb / epochs=1 batch=1 rate=1 channels=", "channels="},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(WgPreset) preset = wg_preset_from_text("mine", cases[i].text, &error);

        g_assert_null(preset);
        g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
        g_test_message("%s", error->message);
        g_assert_nonnull(strstr(error->message, cases[i].says));
        g_assert_nonnull(strstr(error->message, "mine"));
    }
}

/* Those that it was found with; one that says nothing is for the watch's. */
static void
test_windows(void)
{
    g_autoptr(WgPreset) preset = wg_preset_copy(wg_preset_find("waggle", NULL));
    g_autoptr(WgPreset) again = NULL, part = NULL;
    g_autofree char *text = NULL;

    g_assert_false(preset->has_window);
    preset->has_window = TRUE;
    preset->window = wg_window_options_watch;
    preset->window.rate_hz = 25;
    preset->window.length = 38;
    preset->window.step = 19;
    preset->window.channels = WG_CHANNELS_ACCELERATION | WG_CHANNEL_MAGNITUDE;
    text = wg_preset_to_text(preset);
    g_assert_true(g_str_has_suffix(text, " hz=25 samples=38 channels=x,y,z,magnitude"));
    again = read_back(preset);
    g_assert_true(again->has_window);
    g_assert_cmpfloat(again->window.rate_hz, ==, 25);
    g_assert_cmpint(again->window.length, ==, 38);
    g_assert_cmpint(again->window.step, ==, 19);
    g_assert_cmpint(again->window.channels, ==, preset->window.channels);
    part = wg_preset_from_text("p", "fcb / epochs=1 batch=1 rate=1 samples=20", NULL);
    g_assert_cmpfloat(part->window.rate_hz, ==, wg_window_options_watch.rate_hz);
    g_assert_cmpint(part->window.length, ==, 20);
}

static void
test_limits_layers(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < 5000; i++)
        g_string_append(text, "relu ");
    g_string_append(text, "fcb / epochs=1 batch=1 rate=1");
    g_assert_null(wg_preset_from_text("long", text->str, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_cmpuint(strlen(error->message), <, 200);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/train/preset-text/built-in-presets-come-back", test_built_in);
    g_test_add_func("/train/preset-text/titles-of-built-in-presets-begin-with-the-name",
                    test_titles);
    g_test_add_func("/train/preset-text/reads-as-documented", test_form);
    g_test_add_func("/train/preset-text/operations-without-a-form-stand-by-name", test_named);
    g_test_add_func("/train/preset-text/floats-come-back-to-the-bit", test_floats);
    g_test_add_func("/train/preset-text/windows-come-back", test_windows);
    g_test_add_func("/train/preset-text/refuses-what-is-none-by-its-word", test_refuses);
    g_test_add_func("/train/preset-text/a-text-of-thousands-of-layers-is-refused",
                    test_limits_layers);
    return g_test_run();
}
