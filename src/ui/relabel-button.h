/* A button whose popover gives the chosen takes another gesture. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_RELABEL_BUTTON (wg_relabel_button_get_type())
G_DECLARE_FINAL_TYPE(WgRelabelButton, wg_relabel_button, WG, RELABEL_BUTTON, GtkMenuButton)

/* Signal "chosen" (const char *label). */
void wg_relabel_button_set_desk(WgRelabelButton *self, WgDesk *desk);

/* Instead of “Relabel”; with a mnemonic. */
void wg_relabel_button_set_title(WgRelabelButton *self, const char *title);

G_END_DECLS
