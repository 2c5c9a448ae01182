/* A file beside a continuous recording that labels spans of it. Inside dataset/ only. */
#pragma once

#include "dataset/import.h"

G_BEGIN_DECLS

/* Whether a path names such a file: it ends in ".spans.csv" or ".spans.txt". */
gboolean wg_span_file_is(const char *path);
/* Labels the one recording that `found` has from index `first` on by the file beside `path`
 * (walk.csv: walk.spans.csv or walk.spans.txt), where there is one; it replaces the recording. A
 * line has start and end in seconds and a label, parted by commas, semicolons or tabs (the label
 * track of an audio editor is such a file); a first line without numbers is a header. A line that
 * is none, ends before it starts, leaves the recording or overlaps one before it goes to `refused`
 * as "file:line: why". Errors: WG_ERROR_INPUT when `path` holds several recordings, and those of
 * reading. */
gboolean wg_span_file_apply(const char *path, WgFileContent *found, guint first, GError **error);

G_END_DECLS
