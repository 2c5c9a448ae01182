/* How a command's result reads for a person; one file a command, the others print their JSON. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct {
    const char *name;                   /* of the command */
    void (*print)(JsonObject *result);  /* at the end; NULL: its list was all */
    void (*print_row)(JsonObject *row); /* of a command that streams; may be NULL */
    /* Adds a line: a row of the list that its job tells in parts (WgJobKind's `streamed`); NULL
     * where there is none. */
    void (*write_row)(JsonObject *row, GString *text);
} WgPrinter;

extern const WgPrinter *const wg_printers[]; /* NULL-terminated */

/* "12.3 %" of a share. */
char *wg_print_share(double share);
/* Text is untrusted: it goes through wg_dup_shown(). */
void wg_print_text(const char *text);
void wg_write_text(GString *to, const char *text);
/* "1 take", "2 takes". */
void wg_print_count(gint64 n, const char *one, const char *many);
/* "FILE:LINE: " of its "file" and "line"; a file without lines alone, nothing where there is none.
 */
void wg_print_place(JsonObject *object);
/* Members of the array, each on a line after `prefix`. */
void wg_print_lines(JsonObject *object, const char *name, const char *prefix);
/* The most frequent mistakes of a report in words, so many at most. */
void wg_print_pairs(JsonObject *report, guint n_most);
/* What a .tflite holds, and whether the watch can run it. */
void wg_print_inspection(JsonObject *result);
/* The matrix with its labels, rows true, columns predicted. */
void wg_print_matrix(JsonObject *report);

G_END_DECLS
