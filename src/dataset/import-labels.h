/* Makes one label of those that differ only in case, while recordings are read. Inside dataset/
 * only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WgImportLabels WgImportLabels;

/* `known` (NULL-terminated, may be NULL): the forms that are kept whatever comes. */
WgImportLabels *wg_import_labels_new(const char *const *known);
void wg_import_labels_free(WgImportLabels *self);
/* Counts a label and gives the form it has for now: a known one, else the one that came first.
 * Lives as long as `self`. */
const char *wg_import_labels_get(WgImportLabels *self, const char *label);
/* Once all is counted: the most frequent form of each that is not known wins. Adds a word to
 * `messages` (of char *) for each form that became another, and gives what is to be renamed of what
 * wg_import_labels_get() gave: char * to char *, transfer full. */
GHashTable *wg_import_labels_finish(WgImportLabels *self, GPtrArray *messages);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgImportLabels, wg_import_labels_free)

G_END_DECLS
