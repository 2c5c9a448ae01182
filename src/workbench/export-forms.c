/* The table of exporters: those of quant/, and those that need the programs of a watch. */
#include "workbench/export-forms.h"

#include "base/error.h"

const WgExporter *
wg_exporter_find(const char *name, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (int i = 0; wg_exporters[i]; i++) {
        if (g_strcmp0(wg_exporters[i]->name, name) == 0)
            return wg_exporters[i];
        g_string_append_printf(names, "%s%s", i ? ", " : "", wg_exporters[i]->name);
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--to takes one of %s, not “%s”", names->str,
                name ? name : "");
    return NULL;
}

char *
wg_exporter_dup_help(void)
{
    GString *text = g_string_new("The forms after --to:\n");

    for (int i = 0; wg_exporters[i]; i++)
        g_string_append_printf(text, "  %-18s %s: %s\n", wg_exporters[i]->name,
                               wg_exporters[i]->title, wg_exporters[i]->summary);
    return g_string_free(text, FALSE);
}
