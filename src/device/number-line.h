/* One line of numbers as a board prints it, taken apart. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_LINE_CELLS 16 /* more on a line are not looked at */
#define WG_LINE_NAME 16  /* bytes of a name that are kept, with its '\0' */

typedef struct {
    char name[WG_LINE_NAME]; /* in lower case, "" where none stands before the number */
    double value;
} WgLineCell;

/* Between the numbers may stand commas, semicolons, tabs, spaces and brackets, names with ':' or
 * '=' or alone before their number, and units behind it: "0.1,-0.2,9.8", "x:0.1 y:0.2",
 * "ax=1 ay=2", "(1, 2, 3)", "{"x":1}". Returns how many numbers there are, 0 where a word stands
 * that belongs to none (a sentence with numbers in it is none). Where a semicolon, '|', tab or
 * space parts the numbers and none of them has more than one comma with digits on both sides, nor
 * any a point, such a comma is the decimal point: "0,05;-0,01;1,00"; in "1,2,3" it parts them. Any
 * thread. */
int wg_number_line_parse(const char *line, gsize n, WgLineCell cells[WG_LINE_CELLS]);
/* It would have `n_cells` numbers if "nan", "inf", "ovf", "null" and the like were some, and has at
 * least one of those: a sample that the board could not read. */
gboolean wg_number_line_is_damaged(const char *line, gsize n, int n_cells);
/* The names of a line that only names its columns ("time,x,y,z"); 0 where it is none. */
int wg_number_line_parse_header(const char *line, gsize n, WgLineCell cells[WG_LINE_CELLS]);

G_END_DECLS
