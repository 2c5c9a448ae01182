/* Where an export's files go: beside the place they are for, and there all at once at the end. */
#pragma once

#include "base/progress.h"
#include "dataset/import.h"

G_BEGIN_DECLS

/* `path` must not be there yet: nothing is replaced. `ending` of WgFileFormat: NULL makes a folder.
 * Errors: WG_ERROR_STORAGE. What it was told until wg_data_writer_finish() goes with it. */
WgDataWriter *wg_data_writer_new(const char *path, const char *ending, WgProgress *progress,
                                 GCancellable *cancellable, GError **error);
/* A file by its path in the folder; of an export that is one file, that one, whatever its path. */
gboolean wg_data_writer_add(WgDataWriter *self, const char *path, gconstpointer data, gsize length,
                            GError **error);
/* Adds NAME.spans.txt beside a file where the recording has spans (span-file.h), in the form of an
 * audio editor's label track. */
gboolean wg_data_writer_add_spans(WgDataWriter *self, const char *path, const WgRecordingSpec *spec,
                                  GError **error);
/* The next take, the i-th of n: tells how far it is. G_IO_ERROR_CANCELLED. */
gboolean wg_data_writer_tick(WgDataWriter *self, guint i, guint n, GError **error);
/* A text as the name of a file, without what ends a label there. Caller frees. */
char *wg_data_writer_make_name(const char *text);
/* "left.1.json", "left.2.json", ...: a new one each time; those of a person in a folder of that
 * name where `person` is not NULL. Caller frees. */
char *wg_data_writer_dup_name(WgDataWriter *self, const char *person, const char *label,
                              const char *ending);
/* What the files do not hold, for the user; takes the text, says it once. */
void wg_data_writer_say(WgDataWriter *self, char *text);
/* What was said (of char *), and how many files and bytes there are. */
GPtrArray *wg_data_writer_get_messages(WgDataWriter *self);
int wg_data_writer_get_n_files(WgDataWriter *self);
gint64 wg_data_writer_get_n_bytes(WgDataWriter *self);
/* Puts all in its place. */
gboolean wg_data_writer_finish(WgDataWriter *self, GError **error);
void wg_data_writer_free(WgDataWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgDataWriter, wg_data_writer_free)

G_END_DECLS
