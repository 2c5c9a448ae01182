/* A list to choose the gesture that stands for all other movement, or none. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_OTHER_CHOICE (wg_other_choice_get_type())
G_DECLARE_FINAL_TYPE(WgOtherChoice, wg_other_choice, WG, OTHER_CHOICE, GtkComboBoxText)

/* What a person calls movement that is no gesture, where a project has no name for it yet. */
const char *wg_other_choice_get_word(void);

/* Whether it is that word, or as such a gesture is usually called: wg_label_is_other(). */
gboolean wg_other_choice_is_usual(const char *label);
/* Lists the desk's gestures. `guesses`: one that is called so is chosen until somebody chooses. */
void wg_other_choice_set_desk(WgOtherChoice *self, WgDesk *desk, gboolean guesses);
/* NULL: no gesture. Of the list, until it changes. */
const char *wg_other_choice_get(WgOtherChoice *self);

G_END_DECLS
