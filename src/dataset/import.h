/* Reads foreign files into recordings; one reader a file format, found by content. */
#pragma once

#include <gio/gio.h>

#include "base/progress.h"
#include "dataset/recording.h"

G_BEGIN_DECLS

typedef struct {
    const char *format; /* NULL: by content */
    const char *label;  /* NULL: the file's own */
    const char *person; /* NULL: unknown */
    double units_per_g; /* 0: auto, judged by the resting magnitude a folder */
    double rate_hz;     /* 0: the file's own, or the format's; WG_RATE_HZ_MIN..MAX */
} WgImportOptions;

typedef struct {
    GPtrArray *recordings; /* of WgRecording; empty where they were handed on */
    GPtrArray *messages; /* of char *: what was chosen (units, rates, labels made one), in words */
    GPtrArray *refused;  /* of char *: "file:line: why" */
    GHashTable
        *renamed;     /* char * to char *: labels that were handed on, and turned out otherwise */
    int n, n_clipped; /* takes in all, and those that clip */
} WgImport;

/* Takes recordings (transfer full, of WgRecording) as they are read. FALSE ends the reading. */
typedef gboolean (*WgImportTake)(GPtrArray *recordings, gpointer user_data, GError **error);

/* Reads files and folders (through and through, sorted). Labels that differ only in case become
 * one: the form in `known_labels` if there (NULL-terminated, may be NULL), else the most frequent,
 * and it is said once. A file NAME.spans.csv beside NAME.csv labels spans of it (span-file.h). An
 * unreadable path is an error; a refused line is not. Any thread. */
WgImport *wg_import_read(const char *const *paths, const WgImportOptions *options,
                         const char *const *known_labels, WgProgress *progress,
                         GCancellable *cancellable, GError **error);
/* The same, but hands on a few thousand recordings after the other, so that memory is bounded
 * whatever there is: on the thread of the call. The label of some may turn out otherwise at the
 * end. */
WgImport *wg_import_read_on(const char *const *paths, const WgImportOptions *options,
                            const char *const *known_labels, WgImportTake take, gpointer user_data,
                            WgProgress *progress, GCancellable *cancellable, GError **error);
void wg_import_free(WgImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgImport, wg_import_free)

/* What a reader adds to. */
typedef struct {
    GPtrArray *takes; /* of WgRecording, raw: original_units_per_g is 0 when unknown */
    GPtrArray *messages;
    GPtrArray *refused;
} WgFileContent;

/* A file format: one file a reader, named in this folder's meson.build. */
typedef struct {
    const char *name;                                                    /* "seed-text" */
    const char *description;                                             /* for --help */
    int (*matches)(const char *name, const char *content, gsize length); /* 0 no .. 100 certainly */
    /* Adds takes in the file's own units, what it chose "name: what" and refusals "name:line: why".
     */
    gboolean (*read)(const char *name, const char *content, gsize length,
                     const WgImportOptions *options, WgFileContent *found, GError **error);
} WgFileFormat;

extern const WgFileFormat *const wg_file_formats[];

G_END_DECLS
