/* Finds and copies presets and builds their networks for a number of classes. */
#include "train/preset.h"

#include "base/error.h"

#include <glib/gi18n.h>

char *
wg_preset_dup_help(void)
{
    GString *text = g_string_new("The networks after --preset, the first where none is told:\n");

    for (int i = 0; wg_presets[i]; i++)
        g_string_append_printf(text, "  %s\n", wg_presets[i]->title);
    return g_string_free(text, FALSE);
}

const WgPreset *
wg_preset_find(const char *name, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);

    for (int i = 0; wg_presets[i]; i++) {
        if (g_strcmp0(wg_presets[i]->name, name) == 0)
            return wg_presets[i];
        g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", wg_presets[i]->name);
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("there is no preset \"%s\", only %s"),
                name ? name : "", known->str);
    return NULL;
}

WgNetwork *
wg_preset_build(const WgPreset *preset, int length, int channels, int n_classes, guint64 seed,
                GError **error)
{
    g_autofree WgLayerSpec *layers =
        g_memdup2(preset->layers, sizeof(WgLayerSpec) * (gsize)preset->n_layers);

    if (n_classes < 2) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                    _("%d gesture to tell apart: a network needs at least 2"), n_classes);
        return NULL;
    }
    for (int i = 0; preset->n_segments > 1 && i < preset->n_layers; i++) {
        if (g_str_equal(layers[i].op, "max-pool") && layers[i].pool == 0)
            layers[i].pool = MAX(1, length / preset->n_segments);
    }
    layers[preset->n_layers - 1].units = n_classes;
    return wg_network_new(layers, preset->n_layers, length, channels, preset->input_scale, seed,
                          error);
}

WgPreset *
wg_preset_copy(const WgPreset *preset)
{
    WgPreset *self = g_memdup2(preset, sizeof *preset);

    self->name = g_strdup(preset->name);
    self->title = g_strdup(preset->title);
    self->layers = g_memdup2(preset->layers, sizeof(WgLayerSpec) * (gsize)preset->n_layers);
    return self;
}

void
wg_preset_free(WgPreset *preset)
{
    g_free((gpointer)preset->name);
    g_free((gpointer)preset->title);
    g_free((gpointer)preset->layers);
    g_free(preset);
}
