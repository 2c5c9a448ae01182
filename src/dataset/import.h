/* Reads foreign files into recordings; one reader a file format, found by content. */
#pragma once

#include <gio/gio.h>

#include "base/progress.h"
#include "dataset/recording.h"
#include "dataset/refusals.h"

G_BEGIN_DECLS

typedef struct {
    const char *format; /* NULL: by content */
    const char *label;  /* NULL: the file's own */
    const char *person; /* NULL: unknown */
    double units_per_g; /* 0: auto, judged by what rests, in each format of a folder */
    double rate_hz;     /* 0: the file's own, or the format's; WG_RATE_HZ_MIN..MAX */
    const char *axes;   /* "x,-z,y": which of the file's axes becomes x, y and z (axes.h); NULL:
                         * as they are */
    const char *key; /* checks signed files (HMAC); NULL: they are read and said to be unchecked */
} WgImportOptions;

typedef struct {
    GPtrArray *recordings; /* of WgRecording; empty where they were handed on */
    GPtrArray *messages; /* of char *: what was chosen (units, rates, labels made one), in words */
    WgRefusals *refused;
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
    WgRefusals *refused;
    GHashTable *kept;     /* char * to JsonNode: what a reader knows from the files before, by names
                           * that begin with the format's; NULL: nothing is kept */
    double unknown_units; /* a g, of takes that do not tell and in which nothing rests; 0: 1, of
                           * the watch's history 64 */
} WgFileContent;

/* What the files of a format hold beside three axes and a label. What they do not, an export says.
 */
typedef enum {
    WG_HOLDS_ANGULAR_RATE = 1 << 0,
    WG_HOLDS_SPANS = 1 << 1,
    WG_HOLDS_ORIGINAL = 1 << 2, /* the values as they were measured, and their unit */
    WG_HOLDS_RATE = 1 << 3,     /* any; else those told in `rate_hz` */
    WG_HOLDS_PERSON = 1 << 4,
    WG_HOLDS_DEVICE = 1 << 5,
    WG_HOLDS_LABEL = 1 << 6, /* any text; else what a file's name can be */
    WG_HOLDS_UNIT = 1 << 7,  /* values in g, m/s2 and mg as they are; others are turned into g */
    WG_HOLDS_ANY_VALUE = 1 << 8, /* else whole numbers of the watch's history, 64 or 32 a g */
    WG_HOLDS_ALL = (1 << 9) - 1,
} WgFormatHolds;

typedef struct {
    const char *key; /* signs the files (HMAC), NULL: unsigned */
} WgExportDataOptions;

typedef struct _WgDataWriter WgDataWriter; /* dataset/data-writer.h */

/* A file format: one file a reader, named in this folder's meson.build. */
typedef struct {
    const char *name;                                                    /* "seed-text" */
    const char *description;                                             /* N_(), for --help */
    int (*matches)(const char *name, const char *content, gsize length); /* 0 no .. 100 certainly */
    /* Adds takes in the file's own units, what it chose "name: what" and refusals "name:line: why".
     */
    gboolean (*read)(const char *name, const char *content, gsize length,
                     const WgImportOptions *options, WgFileContent *found, GError **error);

    /* The rest is 0 in a format without it. Names of files beside the recordings that say more of
     * them: no recordings themselves, the reader looks for them. NULL-terminated. */
    const char *const *companions;
    /* Hands the takes, in their order, as files to the writer; NULL: this format is read only. */
    gboolean (*write)(GPtrArray *recordings, const WgExportDataOptions *options, WgDataWriter *out,
                      GError **error);
    const char *ending; /* ".json": what is written is one file; NULL: a folder of files */
    WgFormatHolds holds;
    double rate_hz;   /* that a reader takes without WG_HOLDS_RATE; 0: any */
    gboolean has_key; /* its files can be signed */
} WgFileFormat;

extern const WgFileFormat *const wg_file_formats[];
/* WG_ERROR_USAGE naming those there are; `is_written`: those with a writer. */
const WgFileFormat *wg_file_format_find(const char *name, gboolean is_written, GError **error);
/* The format whose reader is the surest of that content (a zero byte behind it); NULL: none is. */
const WgFileFormat *wg_file_format_judge(const char *name, const char *content, gsize length);
/* Whether a file beside recordings is of that name. */
gboolean wg_file_format_is_companion(const char *path);
/* Lines for --help: name and description; caller frees. */
char *wg_file_format_dup_help(gboolean is_written);

G_END_DECLS
