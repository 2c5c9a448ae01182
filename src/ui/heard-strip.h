/* The last answers of the watch in a row, the newest first; one that was wrong becomes a take. */
#pragma once

#include "ui/desk.h"
#include "ui/heard.h"

G_BEGIN_DECLS

#define WG_TYPE_HEARD_STRIP (wg_heard_strip_get_type())
G_DECLARE_FINAL_TYPE(WgHeardStrip, wg_heard_strip, WG, HEARD_STRIP, GtkBox)

/* Signal "corrected", with the WgHeard: one of them is a new take of the project, with its right
 * name. */
void wg_heard_strip_set_desk(WgHeardStrip *self, WgDesk *desk);
/* At the front, and chosen; the oldest of more than 24 goes. */
void wg_heard_strip_add(WgHeardStrip *self, WgHeard *heard);

G_END_DECLS
