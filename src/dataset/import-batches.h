/* The takes of a folder until it is known in what units they are. Inside dataset/ only. */
#pragma once

#include "dataset/import-labels.h"
#include "dataset/import.h"

G_BEGIN_DECLS

typedef struct _WgImportBatches WgImportBatches;

/* All that is given must live as long as it. */
WgImportBatches *wg_import_batches_new(const WgImportOptions *options, WgImportLabels *labels,
                                       WgImport *import, WgImportTake take, gpointer user_data);
void wg_import_batches_free(WgImportBatches *self);
/* Takes of a file, raw, behind those of the files before it. One scale have those of a folder that
 * are of one format and say the same unit themselves, or rest as if they had it; where they say
 * none and nothing rests in them it is `unknown_units`, 0: the customary one. */
void wg_import_batches_add(WgImportBatches *self, const char *path, const WgFileFormat *format,
                           GPtrArray *takes, double unknown_units);
/* Hands on what is enough to be judged. FALSE: `take` failed. */
gboolean wg_import_batches_hand_on(WgImportBatches *self, GError **error);
/* Hands on all there is of that folder, to which nothing comes any more, and tells its units. */
gboolean wg_import_batches_close(WgImportBatches *self, const char *folder, GError **error);
/* Words on the folders for which there were too many. */
void wg_import_batches_sum_up(WgImportBatches *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgImportBatches, wg_import_batches_free)

G_END_DECLS
