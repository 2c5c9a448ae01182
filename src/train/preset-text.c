/* Presets as text: how a project keeps them, one writer and one reader. */
#include "train/preset-text.h"

#include "base/error.h"
#include "train/preset-layer-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define LIMIT_LAYERS 64
#define LIMIT_SHOWN 24 /* of a word in a message, bytes */

typedef struct {
    const char *name;
    gboolean is_float;
    gsize offset; /* in WgTrainOptions */
    double minimum, maximum;
} Setting;

#define WHOLE(name, member, minimum, maximum)                                                      \
    {                                                                                              \
        name, FALSE, G_STRUCT_OFFSET(WgTrainOptions, member), minimum, maximum                     \
    }
#define REAL(name, member, minimum, maximum)                                                       \
    {                                                                                              \
        name, TRUE, G_STRUCT_OFFSET(WgTrainOptions, member), minimum, maximum                      \
    }

static const Setting settings[] = {
    WHOLE("epochs", epochs, 1, 100000),
    WHOLE("batch", batch, 1, 65536),
    REAL("rate", learning_rate, 1e-9, 10),
    REAL("decay", weight_decay, 0, 1),
    WHOLE("schedule", schedule, WG_RATE_CONSTANT, WG_RATE_COSINE),
    WHOLE("patience", patience, 0, 100000),
    WHOLE("best", keep_best, 0, 1),
    REAL("smoothing", label_smoothing, 0, 0.99),
    WHOLE("weights", class_weights, WG_WEIGHTS_OFF, WG_WEIGHTS_UNEVEN),
    WHOLE("smote", smote, 0, 1),
    REAL("sharpness", sharpness, 0, 10),
    REAL("sharpness-from", sharpness_from, 0, 1),
    WHOLE("shift", shift, 0, 10000),
    REAL("scale", scale, 0, 0.99),
    REAL("rotation", rotation, 0, 7),
    REAL("stretch", stretch, 0, 0.99),
};

G_STATIC_ASSERT(sizeof(WgRateSchedule) == sizeof(int) && sizeof(WgClassWeights) == sizeof(int) &&
                sizeof(gboolean) == sizeof(int));

static double
get_setting(const WgTrainOptions *options, const Setting *setting)
{
    if (setting->is_float)
        return (double)*(const float *)G_STRUCT_MEMBER_P(options, setting->offset);
    return *(const int *)G_STRUCT_MEMBER_P(options, setting->offset);
}

static void
set_setting(WgTrainOptions *options, const Setting *setting, double value)
{
    if (setting->is_float)
        *(float *)G_STRUCT_MEMBER_P(options, setting->offset) = (float)value;
    else
        *(int *)G_STRUCT_MEMBER_P(options, setting->offset) = (int)value;
}

static GString *
write_layers(const WgPreset *preset)
{
    GString *text = g_string_new(NULL);

    for (int i = 0; i < preset->n_layers; i++) {
        if (i > 0)
            g_string_append_c(text, ' ');
        wg_layer_append_text(text, &preset->layers[i], preset->n_segments);
    }
    return text;
}

char *
wg_preset_layers_to_text(const WgPreset *preset)
{
    return g_string_free(write_layers(preset), FALSE);
}

static void
append_window(GString *text, const WgWindowOptions *window)
{
    g_autofree char *channels = wg_channels_to_text(window->channels);

    g_string_append(text, " hz=");
    wg_text_append_float(text, (float)window->rate_hz);
    g_string_append_printf(text, " samples=%d channels=%s", window->length, channels);
}

char *
wg_preset_to_text(const WgPreset *preset)
{
    GString *text = write_layers(preset);

    g_string_append(text, " /");
    if (preset->input_scale != 1) {
        g_string_append(text, " input=");
        wg_text_append_float(text, preset->input_scale);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        const double value = get_setting(&preset->options, &settings[i]);

        if (value == 0)
            continue;
        g_string_append_printf(text, " %s=", settings[i].name);
        wg_text_append_float(text, (float)value);
    }
    if (preset->has_window)
        append_window(text, &preset->window);
    return g_string_free(text, FALSE);
}

static WgPreset *
refuse(const char *name, const char *word, const char *format, GError **error)
{
    g_autofree char *cut = g_strndup(word, LIMIT_SHOWN);
    g_autofree char *shown = g_strescape(cut, NULL);

    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, format, name, shown);
    return NULL;
}

/* One of "hz=", "samples=" and "channels="; what is not said is the watch's. FALSE where it is out
 * of range. */
static gboolean
read_window(const char *word, WgPreset *preset)
{
    WgWindowOptions *window = &preset->window;
    const char *at = word;
    double value;

    if (!preset->has_window)
        *window = wg_window_options_watch;
    preset->has_window = TRUE;
    if (wg_text_take_prefix(&at, "channels=")) {
        window->channels = wg_channels_parse(at, NULL);
    } else if (wg_text_take_prefix(&at, "hz=")) {
        if (!wg_text_take_real(&at, &value) || *at)
            return FALSE;
        window->rate_hz = (double)(float)value; /* as it is written */
    } else if (!wg_text_take_prefix(&at, "samples=") ||
               !wg_text_take_number(&at, &window->length) || *at) {
        return FALSE;
    }
    window->step = MAX(1, window->length / 2);
    return wg_window_options_check(window, NULL);
}

static gboolean
is_of_window(const char *word)
{
    return g_str_has_prefix(word, "hz=") || g_str_has_prefix(word, "samples=") ||
           g_str_has_prefix(word, "channels=");
}

/* "name=value"; FALSE where it is no setting. */
static gboolean
read_setting(const char *word, WgPreset *preset)
{
    const char *equals = strchr(word, '=');
    const char *at = equals ? equals + 1 : word;
    double value;

    if (is_of_window(word))
        return read_window(word, preset);
    if (!equals || !wg_text_take_real(&at, &value) || *at)
        return FALSE;
    if (g_str_has_prefix(word, "input=")) {
        preset->input_scale = (float)value;
        return preset->input_scale >= 1e-6f && preset->input_scale <= 1e6f;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        const Setting *setting = &settings[i];

        if (strlen(setting->name) != (gsize)(equals - word) ||
            !g_str_has_prefix(word, setting->name))
            continue;
        /* with a little room, for a float's nearest decimal may lie outside */
        if (value < setting->minimum || value > setting->maximum + 1e-6 ||
            (!setting->is_float && value != floor(value)))
            return FALSE;
        set_setting(&preset->options, setting, value);
        return TRUE;
    }
    return FALSE;
}

static gboolean
is_last_layer(const WgLayerSpec *layer)
{
    return g_str_equal(layer->op, "dense") && layer->units == 0;
}

WgPreset *
wg_preset_from_text(const char *name, const char *text, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, " ", 2 * LIMIT_LAYERS);
    g_autoptr(GArray) layers = g_array_new(FALSE, TRUE, sizeof(WgLayerSpec));
    WgPreset draft = {.name = name, .input_scale = 1, .options = {.seed = 1}};
    g_autoptr(WgPreset) preset = NULL;
    int at = 0;

    for (; words[at] && !g_str_equal(words[at], "/"); at++) {
        WgLayerSpec layer;

        if (layers->len == LIMIT_LAYERS ||
            !wg_layer_take_text(words[at], &layer, &draft.n_segments))
            return refuse(name, words[at],
                          _("the preset “%s” is damaged: “%s” is no layer that this program knows"),
                          error);
        if (layers->len > 0 && is_last_layer(&g_array_index(layers, WgLayerSpec, layers->len - 1)))
            return refuse(name, words[at],
                          _("the preset “%s” is damaged: “%s” follows the layer of the answers"),
                          error);
        g_array_append_val(layers, layer);
    }
    if (layers->len == 0 || !is_last_layer(&g_array_index(layers, WgLayerSpec, layers->len - 1)))
        return refuse(name, text,
                      _("the preset “%s” is damaged: “%s” has no layer of the answers at its end"),
                      error);
    draft.layers = (const WgLayerSpec *)(gpointer)layers->data;
    draft.n_layers = (int)layers->len;
    preset = wg_preset_copy(&draft);
    for (at += words[at] != NULL; words[at]; at++) {
        if (!read_setting(words[at], preset))
            return refuse(name, words[at],
                          _("the preset “%s” is damaged: “%s” is no setting that this program "
                            "knows, or out of range"),
                          error);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        if (get_setting(&preset->options, &settings[i]) < settings[i].minimum)
            return refuse(name, settings[i].name, _("the preset “%s” is damaged: “%s” is not said"),
                          error);
    }
    if (!wg_train_options_check(&preset->options, NULL))
        return refuse(name, "rate",
                      _("the preset “%s” is damaged: “%s” does not go with the other settings"),
                      error);
    return g_steal_pointer(&preset);
}
