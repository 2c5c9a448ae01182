/* Asks the finalists of a search a long recording. */
#pragma once

#include "workbench/search.h"

G_BEGIN_DECLS

/* Trains each network of the last round that sees the watch's windows on all takes of its dataset
 * and asks its int8 form the options' stream, cut by the watch's detector, at the usual threshold
 * and tolerance of "stream"; its `stream` says how it did. From `end_us` on (monotonic; 0: open) no
 * more are begun but the first, the most accurate. Gives how many were left out for that, or as it
 * was cancelled, or -1 with an error of training or quantizing; one whose training diverged stays
 * unasked. In the calling thread and workers of its own; the same at any number of them. */
int wg_search_ask_stream(WgSearch *self, const WgSearchOptions *options, gint64 end_us,
                         WgProgress *progress, GCancellable *cancellable, GError **error);
/* The stream as the watch hears it, with a gesture of the dataset's in it at least; `note` (caller
 * frees) gets what the user is to know, or NULL. Errors: those of the file, WG_ERROR_INPUT. */
WgStream *wg_search_load_stream(const char *path, WgDataset *dataset, char **note, GError **error);

G_END_DECLS
