/* The preset of a network that has lost filters, kept so that what trains anew keeps its size. */
#include "workbench/pruned-preset.h"

#include "dataset/project-presets.h"
#include "train/preset-text.h"
#include "workbench/kept-preset.h"

#include <glib/gi18n.h>
#include <math.h>

#define NAMES_MAX 99

static gboolean
is_built_alike(const WgPreset *preset, const WgNetwork *network)
{
    if (wg_network_get_n_layers(network) != preset->n_layers)
        return FALSE;
    for (int i = 0; i < preset->n_layers; i++) {
        if (!g_str_equal(preset->layers[i].op, wg_network_get_layer(network, i)->spec.op))
            return FALSE;
    }
    return TRUE;
}

/* The last layer is as wide as there are gestures. */
static WgPreset *
make_preset(const WgPreset *preset, const WgNetwork *network)
{
    g_autofree WgLayerSpec *layers =
        g_memdup2(preset->layers, sizeof(WgLayerSpec) * (gsize)preset->n_layers);
    WgPreset draft = *preset;

    for (int i = 0; i + 1 < preset->n_layers; i++)
        layers[i].units = layers[i].units > 0 ? wg_network_get_layer(network, i)->spec.units : 0;
    draft.layers = layers;
    return wg_preset_copy(&draft);
}

/* "waggle-50", "waggle-50-2", ...: the first that is free, or holds the same. NULL: none is. */
static char *
choose_name(WgProject *project, const WgPreset *pruned, int percent, gboolean *is_kept,
            GError **error)
{
    g_autofree char *text = wg_preset_to_text(pruned);

    for (int i = 1; i <= NAMES_MAX; i++) {
        g_autofree char *name = i == 1 ? g_strdup_printf("%s-%d", pruned->name, percent)
                                       : g_strdup_printf("%s-%d-%d", pruned->name, percent, i);
        g_autoptr(GError) why = NULL;
        g_autoptr(WgPresetRecord) record = wg_project_load_preset(project, name, &why);

        if (why) {
            g_propagate_error(error, g_steal_pointer(&why));
            return NULL;
        }
        *is_kept = record && g_strcmp0(record->text, text) == 0;
        if (!record || *is_kept)
            return g_steal_pointer(&name);
    }
    return g_strdup(pruned->name);
}

char *
wg_pruned_preset_keep(WgProject *project, const WgPreset *preset, const WgNetwork *network,
                      double percent_left, GError **error)
{
    g_autoptr(WgPreset) pruned =
        is_built_alike(preset, network) ? make_preset(preset, network) : NULL;
    g_autofree char *name = NULL;
    g_autofree char *note = NULL;
    gboolean is_kept = FALSE;

    if (!pruned)
        return g_strdup(preset->name);
    name = choose_name(project, pruned, (int)lrint(percent_left), &is_kept, error);
    note = g_strdup_printf(_("What prune left of %s."), preset->name);
    if (!name || (!is_kept && !wg_kept_preset_add(project, name, pruned, note, error)))
        return NULL;
    return g_steal_pointer(&name);
}
