/* Before an import: what would be read and how it was taken, which can be told otherwise. */
#pragma once

#include "ui/activity.h"
#include "ui/window.h"

G_BEGIN_DECLS

#define WG_TYPE_IMPORT_SHEET (wg_import_sheet_get_type())
G_DECLARE_FINAL_TYPE(WgImportSheet, wg_import_sheet, WG, IMPORT_SHEET, GtkWindow)

/* Shows it over that window for files and folders (NULL-terminated); one that is open goes. Its
 * button imports as told there, with progress in `activity`, into
 * a new project where none is open. */
void wg_import_sheet_present(WgWindow *parent, WgDesk *desk, WgActivity *activity,
                             const char *const *paths);

G_END_DECLS
