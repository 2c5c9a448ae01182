/* Makes and imports recordings for tests. */
#pragma once

#include "dataset/import.h"

G_BEGIN_DECLS

/* A take of n samples that depends on `number` alone. */
WgRecording *wg_test_take(const char *label, const char *person, int number, int n_samples);
/* n_labels x n_persons x n_each of them. */
GPtrArray *wg_test_takes(int n_labels, int n_persons, int n_each);
/* Imports a file of that name and content, with another (`beside`, may be NULL) in its folder. */
WgImport *wg_test_import_files(const char *name, const void *content, gsize length,
                               const char *beside, const void *more, gsize more_length,
                               const WgImportOptions *options, GError **error);
WgImport *wg_test_import_text(const char *name, const char *text, const WgImportOptions *options,
                              GError **error);
/* Which must be there. */
const WgRecordingSpec *wg_test_get_take(WgImport *import, guint i);

G_END_DECLS
