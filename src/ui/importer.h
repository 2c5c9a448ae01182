/* Imports recordings into the open project, and says what was found. */
#pragma once

#include "ui/activity.h"

G_BEGIN_DECLS

/* A job "import" whose options and files are set; takes it. */
void wg_importer_run(WgDesk *desk, WgActivity *activity, WgJob *job);
/* Packs and other projects, as the job "merge" adds them; `paths` is NULL-terminated. */
void wg_importer_merge(WgDesk *desk, WgActivity *activity, const char *const *paths);
/* The sample recordings of two persons. */
void wg_importer_import_samples(WgDesk *desk, WgActivity *activity);
/* A file in the user's data folder, which is made; NULL (and a warning) when that fails. */
char *wg_importer_dup_data_path(const char *name);

G_END_DECLS
