/* The user guide, opened at the page that tells of what is shown. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* In the desktop's help viewer; where there is none, as HTML in the browser; else the window says
 * where the guide is. `page` names help/C/PAGE.page. */
void wg_help_show(WgWindow *window, const char *page);
/* F1 opens it in all windows of the program: the dialogs, too, are no windows that keys of actions
 * work in. Once. */
void wg_help_listen(void);

G_END_DECLS
