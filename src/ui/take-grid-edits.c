/* What is chosen in a grid of takes, and edits of that. */
#include "ui/take-grid-private.h"

GPtrArray *
wg_take_grid_dup_selected(WgTakeGrid *self)
{
    return wg_take_choice_dup(wg_take_grid_get_choice(self));
}

guint
wg_take_grid_get_n_selected(WgTakeGrid *self)
{
    return wg_take_choice_get_n_chosen(wg_take_grid_get_choice(self));
}

void
wg_take_grid_select_all(WgTakeGrid *self)
{
    wg_take_choice_set_all(wg_take_grid_get_choice(self), TRUE);
    wg_take_grid_chosen(self);
}

void
wg_take_grid_unselect_all(WgTakeGrid *self)
{
    wg_take_choice_set_all(wg_take_grid_get_choice(self), FALSE);
    wg_take_grid_chosen(self);
}

static GArray *
dup_selected_ids(WgTakeGrid *self)
{
    const WgTakeChoice *choice = wg_take_grid_get_choice(self);
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    for (guint i = 0; i < wg_take_choice_get_n(choice); i++) {
        if (wg_take_choice_contains(choice, i))
            g_array_append_val(ids, wg_recording_get_facts(wg_take_choice_get_take(choice, i))->id);
    }
    return ids;
}

/* `label` NULL: deletes them. */
static gboolean
edit_selected(WgTakeGrid *self, WgDesk *desk, const char *label)
{
    g_autoptr(GArray) ids = dup_selected_ids(self);
    WgEdits *edits = wg_desk_get_edits(desk);
    g_autoptr(GError) error = NULL;

    if (ids->len == 0)
        return FALSE;
    if (label ? wg_edits_relabel(edits, ids, label, &error) : wg_edits_delete(edits, ids, &error))
        return TRUE;
    wg_desk_fail(desk, error);
    return FALSE;
}

gboolean
wg_take_grid_delete_selected(WgTakeGrid *self, WgDesk *desk)
{
    return edit_selected(self, desk, NULL);
}

/* Of the chosen takes, or of all where none is chosen. */
static GArray *
dup_held_back_ids(WgTakeGrid *self)
{
    const gboolean is_any = wg_take_grid_get_n_selected(self) > 0;
    const WgTakeChoice *choice = wg_take_grid_get_choice(self);
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    for (guint i = 0; i < wg_take_choice_get_n(choice); i++) {
        const WgRecordingSpec *spec = wg_recording_get_facts(wg_take_choice_get_take(choice, i));

        if (spec->disabled && spec->held_back && (!is_any || wg_take_choice_contains(choice, i)))
            g_array_append_val(ids, spec->id);
    }
    return ids;
}

guint
wg_take_grid_get_n_held_back(WgTakeGrid *self)
{
    g_autoptr(GArray) ids = dup_held_back_ids(self);

    return ids->len;
}

gboolean
wg_take_grid_keep_selected(WgTakeGrid *self, WgDesk *desk)
{
    g_autoptr(GArray) ids = dup_held_back_ids(self);
    g_autoptr(GError) error = NULL;

    if (ids->len == 0)
        return FALSE;
    if (wg_edits_keep(wg_desk_get_edits(desk), ids, &error))
        return TRUE;
    wg_desk_fail(desk, error);
    return FALSE;
}

gboolean
wg_take_grid_relabel_selected(WgTakeGrid *self, WgDesk *desk, const char *label)
{
    return edit_selected(self, desk, label);
}

void
wg_take_grid_select_first(WgTakeGrid *self)
{
    WgTakeChoice *choice = wg_take_grid_get_choice(self);

    if (wg_take_choice_get_n(choice) == 0)
        return;
    wg_take_choice_set_only(choice, 0);
    wg_take_grid_chosen(self);
}
