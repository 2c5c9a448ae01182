/* A line of a CSV file and its cells. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More columns than this are one cell. */
#define WG_CSV_COLUMNS_MAX 64

/* The cells of a line, trimmed and without their quotation marks; separated by semicolons where it
 * has one (then a comma may be the decimal one), by tabs where it has one, else by commas.
 * NULL-terminated, transfer full. */
char **wg_csv_split(const char *line);
/* The first cell that is one of these words, whatever their case; -1: none. */
int wg_csv_find(char **cells, const char *const *words, int n_words);
/* The text as a cell that wg_csv_split() gives back, but for line ends and tabs, which become
 * spaces. */
void wg_csv_append_cell(GString *line, const char *text);
/* Nothing but spaces and separators. */
gboolean wg_csv_is_blank(const char *line);

G_END_DECLS
