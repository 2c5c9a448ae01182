/* Imports recordings into the open project, and says what was found. */
#pragma once

#include "ui/activity.h"

G_BEGIN_DECLS

/* `paths`: NULL-terminated files and folders. */
void wg_importer_import(WgDesk *desk, WgActivity *activity, const char *const *paths);
/* The same of packs and other projects, as the job "merge" adds them. */
void wg_importer_merge(WgDesk *desk, WgActivity *activity, const char *const *paths);
/* The sample recordings of two persons. */
void wg_importer_import_samples(WgDesk *desk, WgActivity *activity);
/* A file in the user's data folder, which is made; NULL (and a warning) when that fails. */
char *wg_importer_dup_data_path(const char *name);

G_END_DECLS
