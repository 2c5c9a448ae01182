/* Presets by name: the built-in ones, then those that the project keeps. */
#include "workbench/kept-preset.h"

#include "base/error.h"
#include "dataset/project-presets.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME_MAX_BYTES 32

gboolean
wg_kept_preset_check_name(const char *name, GError **error)
{
    gboolean is_good = g_ascii_islower(name[0]) && strlen(name) <= NAME_MAX_BYTES;

    for (const char *at = name; *at; at++)
        is_good = is_good && (g_ascii_islower(*at) || g_ascii_isdigit(*at) || *at == '-');
    if (!is_good) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("“%s” cannot name a preset: take 1 to %d of a-z, 0-9 and -, a letter first"),
                    name, NAME_MAX_BYTES);
        return FALSE;
    }
    if (!wg_preset_find(name, NULL))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                _("“%s” is a preset that Waggle brings along: choose another name"), name);
    return FALSE;
}

gboolean
wg_kept_preset_check_new(WgProject *project, const char *name, GError **error)
{
    g_autoptr(WgPresetRecord) record = NULL;
    g_autoptr(GError) why = NULL;

    if (!wg_kept_preset_check_name(name, error))
        return FALSE;
    if (wg_project_is_read_only(project)) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    _("the project cannot be written there, so it cannot keep “%s”"), name);
        return FALSE;
    }
    record = wg_project_load_preset(project, name, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    if (!record)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                _("the project has a preset “%s” already: choose another name"), name);
    return FALSE;
}

gboolean
wg_kept_preset_add(WgProject *project, const char *name, const WgPreset *preset, const char *note,
                   GError **error)
{
    g_autofree char *text = wg_preset_to_text(preset);
    g_autoptr(WgPreset) again = NULL;

    if (!wg_kept_preset_check_name(name, error))
        return FALSE;
    again = wg_preset_from_text(name, text, error); /* what is kept can be read */
    return again && wg_project_add_preset(project, name, text, note, error);
}

/* What wg_preset_find says, and the project's names behind it. */
static void
refuse(WgProject *project, const char *name, GError *known, GError **error)
{
    g_autoptr(GPtrArray) presets = project ? wg_project_list_presets(project, NULL) : NULL;
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; presets && i < presets->len; i++) {
        const WgPresetRecord *record = g_ptr_array_index(presets, i);

        g_string_append_printf(names, "%s%s", i ? ", " : " and the project's ", record->name);
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "%s%s", known->message, names->str);
    g_error_free(known);
}

WgPreset *
wg_kept_preset_find(WgProject *project, const char *name, GError **error)
{
    GError *why = NULL;
    const WgPreset *preset = wg_preset_find(name, &why);
    g_autoptr(WgPresetRecord) record = NULL;
    g_autoptr(GError) trouble = NULL;

    if (preset)
        return wg_preset_copy(preset);
    if (project)
        record = wg_project_load_preset(project, name, &trouble);
    if (record || trouble)
        g_error_free(why);
    if (trouble)
        g_propagate_error(error, g_steal_pointer(&trouble));
    else if (record)
        return wg_preset_from_text(record->name, record->text, error);
    else
        refuse(project, name, why, error);
    return NULL;
}
