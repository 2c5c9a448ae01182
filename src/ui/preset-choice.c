/* The list of networks to choose from: those built in, and those that a project keeps. */
#include "ui/preset-choice.h"

#include "dataset/project-presets.h"
#include "workbench/kept-preset.h"

#include <glib/gi18n.h>

/* Large text or a longer language must not widen the page. */
static void
let_shrink(GtkCellLayout *list)
{
    g_autoptr(GList) cells = gtk_cell_layout_get_cells(list);

    for (GList *link = cells; link; link = link->next)
        g_object_set(link->data, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars", 12, NULL);
}

void
wg_preset_choice_fill(GtkComboBoxText *box)
{
    let_shrink(GTK_CELL_LAYOUT(box));
    for (int i = 0; wg_presets[i]; i++)
        gtk_combo_box_text_append(box, wg_presets[i]->name, _(wg_presets[i]->title));
    gtk_combo_box_set_active(GTK_COMBO_BOX(box), 0);
}

void
wg_preset_choice_follow(GtkComboBoxText *box, WgProject *project)
{
    GtkComboBox *list = GTK_COMBO_BOX(box);
    g_autofree char *chosen = g_strdup(gtk_combo_box_get_active_id(list));
    g_autoptr(GPtrArray) kept = project ? wg_project_list_presets(project, NULL) : NULL;
    int n_built_in = 0;

    while (wg_presets[n_built_in])
        n_built_in++;
    for (int n = gtk_tree_model_iter_n_children(gtk_combo_box_get_model(list), NULL);
         n > n_built_in; n--)
        gtk_combo_box_text_remove(box, n - 1);
    for (guint i = 0; kept && i < kept->len; i++) {
        const WgPresetRecord *record = g_ptr_array_index(kept, i);
        g_autofree char *text = g_strdup_printf(_("%s: found by a search"), record->name);

        gtk_combo_box_text_append(box, record->name, text);
    }
    if (!gtk_combo_box_set_active_id(list, chosen))
        gtk_combo_box_set_active(list, 0);
}
