/* A button whose menu lists the forms that a model can be exported in, and asks for a place. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_EXPORT_BUTTON (wg_export_button_get_type())
G_DECLARE_FINAL_TYPE(WgExportButton, wg_export_button, WG, EXPORT_BUTTON, GtkMenuButton)

/* Signal "chosen" (const char *form, const char *path): of the job "export". The project's name
 * stands in the chooser, which asks before a file is replaced. */
void wg_export_button_set_desk(WgExportButton *self, WgDesk *desk);

G_END_DECLS
