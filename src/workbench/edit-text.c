/* The sentence for an edit. */
#include "workbench/edit-text.h"

#include <glib/gi18n.h>

/* With one place for the number of takes; NULL: it has no such sentence. */
static const char *
get_form(const char *kind, gulong n)
{
    if (g_str_equal(kind, WG_EDIT_DELETE))
        return ngettext("Delete %d take", "Delete %d takes", n);
    if (g_str_equal(kind, WG_EDIT_TAKE_BACK))
        return ngettext("Bring back %d deleted take", "Bring back %d deleted takes", n);
    if (g_str_equal(kind, WG_EDIT_KEEP))
        return ngettext("Keep %d take", "Keep %d takes", n);
    if (g_str_equal(kind, WG_EDIT_DISABLE))
        return ngettext("Leave out %d take", "Leave out %d takes", n);
    if (g_str_equal(kind, WG_EDIT_ENABLE))
        return ngettext("Use %d take again", "Use %d takes again", n);
    if (g_str_equal(kind, WG_EDIT_RELABEL))
        return ngettext("Relabel %d take", "Relabel %d takes", n);
    if (g_str_equal(kind, WG_EDIT_PERSON))
        return ngettext("Name the person of %d take", "Name the person of %d takes", n);
    if (g_str_equal(kind, WG_EDIT_WRIST))
        return ngettext("Name the wrist of %d take", "Name the wrist of %d takes", n);
    if (g_str_equal(kind, WG_EDIT_TRIM))
        return ngettext("Trim %d take", "Trim %d takes", n);
    if (g_str_equal(kind, WG_EDIT_UNTRIM))
        return ngettext("Use all of %d take", "Use all of %d takes", n);
    if (g_str_equal(kind, WG_EDIT_SPANS))
        return ngettext("Label stretches of %d recording", "Label stretches of %d recordings", n);
    if (g_str_equal(kind, WG_EDIT_RECORD))
        return ngettext("Record %d take", "Record %d takes", n);
    if (g_str_equal(kind, WG_EDIT_IMPORT))
        return ngettext("Import %d take", "Import %d takes", n);
    return NULL;
}

char *
wg_edit_note_to_text(const WgEditNote *note)
{
    const char *form = get_form(note->kind, (gulong)note->n);
    /* the long recording is one of those it changed */
    const int n_pieces = MAX(note->n - 1, 0);

    if (form)
        return g_strdup_printf(form, note->n);
    if (g_str_equal(note->kind, WG_EDIT_SPLIT))
        return g_strdup_printf(ngettext("Split a recording into %d take",
                                        "Split a recording into %d takes", (gulong)n_pieces),
                               n_pieces);
    if (g_str_equal(note->kind, WG_EDIT_RENAME) && note->detail)
        return g_strdup_printf(_("Rename “%s”"), note->detail);
    if (g_str_equal(note->kind, WG_EDIT_MODEL))
        return g_strdup(_("Choose another model"));
    return g_strdup(note->detail ? note->detail : _("An edit"));
}
