/* What has happened, or gone wrong, above the page; and that takes were deleted, with the way back.
 */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_MESSAGE_BAR (wg_message_bar_get_type())
G_DECLARE_FINAL_TYPE(WgMessageBar, wg_message_bar, WG, MESSAGE_BAR, GtkInfoBar)

/* Shows what the desk says, until other work begins. Once. */
void wg_message_bar_set_desk(WgMessageBar *self, WgDesk *desk);
void wg_message_bar_hide(WgMessageBar *self);
/* Another project is there: that it has fewer takes is no deletion. */
void wg_message_bar_begin_anew(WgMessageBar *self);

G_END_DECLS
