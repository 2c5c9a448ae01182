/* A list to choose the gesture that stands for all other movement, or none. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_OTHER_CHOICE (wg_other_choice_get_type())
G_DECLARE_FINAL_TYPE(WgOtherChoice, wg_other_choice, WG, OTHER_CHOICE, GtkComboBoxText)

/* Lists the desk's gestures. `guesses`: one that is called "other", "random", "nothing" or "idle"
 * is chosen until somebody chooses. */
void wg_other_choice_set_desk(WgOtherChoice *self, WgDesk *desk, gboolean guesses);
/* NULL: no gesture. Of the list, until it changes. */
const char *wg_other_choice_get(WgOtherChoice *self);

G_END_DECLS
