/* The sentence for an edit. */
#pragma once

#include "dataset/project-edits.h"

G_BEGIN_DECLS

/* "Delete 3 takes". Owner: caller; never NULL. */
char *wg_edit_note_to_text(const WgEditNote *note);

G_END_DECLS
