/* Those takes of a folder that have one scale, and what is said of it. Inside dataset/ only. */
#pragma once

#include "dataset/import.h"

G_BEGIN_DECLS

/* Those takes of a folder that have one scale: of one format, and of files that say the same unit,
 * or rest as if they had it. */
typedef struct {
    const WgFileFormat *format;
    char *file; /* the last that was added to it, which is the only one if n_files is 1 */
    char *first_file;
    int n_files;
    gboolean is_history;
    double own_units;     /* that its takes say themselves, 0: they do not */
    double unknown_units; /* where nothing rests in it */
    gboolean is_judged;
    double rest, units;
    int n, n_clipped; /* takes that were handed on */
} WgImportGroup;

void wg_import_group_free(gpointer self);
/* Keeps in mind which files it has; those of a file come behind each other. */
void wg_import_group_note_file(WgImportGroup *self, const char *file);
/* What the scale was taken to be, and why; `folder`: it is all that is in that, NULL: it is not.
 * Transfer full. */
char *wg_import_group_describe(const WgImportGroup *self, const char *folder, gboolean is_told);

G_END_DECLS
