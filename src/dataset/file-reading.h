/* What the readers of file formats have in common. */
#pragma once

#include "dataset/import.h"

G_BEGIN_DECLS

/* No unit of any accelerometer makes more of what a watch can feel. */
#define WG_VALUE_MAX 1e7

/* The label of a file that does not tell one: `options`' own, else the part of its name before its
 * first dot. NULL and WG_ERROR_INPUT: its name is none. Caller frees. */
char *wg_file_dup_label(const char *path, const WgImportOptions *options, GError **error);
/* Adds "path: text" to the messages, once an import for each `key`. */
void wg_file_say_once(WgFileContent *found, const char *path, const char *key, const char *text);
/* That the file's encoding was guessed (file-text.h), once an import. */
void wg_file_say_guess(WgFileContent *found, const char *path);

G_END_DECLS
