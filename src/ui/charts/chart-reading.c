/* Reading a chart's values by keyboard: row after row of its table, in words. */
#include "ui/charts/chart-private.h"

#include "base/sentences.h"

#include <gdk/gdkkeysyms.h>
#include <string.h>

#define N_PAGE 10 /* rows that Page Up and Page Down go */

/* Words of one line of the table; those in quotation marks without them. */
static GPtrArray *
split_line(const char *line)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    GString *word = g_string_new(NULL);
    gboolean is_quoted = FALSE;

    for (const char *c = line; *c; c++) {
        if (*c == '"' && is_quoted && c[1] == '"') {
            g_string_append_c(word, '"');
            c++;
        } else if (*c == '"') {
            is_quoted = !is_quoted;
        } else if (*c == ',' && !is_quoted) {
            g_ptr_array_add(words, g_string_free(word, FALSE));
            word = g_string_new(NULL);
        } else {
            g_string_append_c(word, *c);
        }
    }
    g_ptr_array_add(words, g_string_free(word, FALSE));
    return words;
}

/* "seconds −1.2, x 0.31, y 0.02" */
static char *
tell_row(const char *header, const char *row)
{
    g_autoptr(GPtrArray) names = split_line(header), values = split_line(row);
    GString *words = g_string_new(NULL);

    for (guint i = 0; i < values->len; i++) {
        const char *value = g_ptr_array_index(values, i);

        if (!*value)
            continue;
        wg_append_part(words, ", ", "%s %s",
                       i < names->len ? (const char *)g_ptr_array_index(names, i) : "", value);
    }
    return g_string_free(words, FALSE);
}

void
wg_chart_reading_clear(WgChartReading *self)
{
    self->row = -1;
    g_clear_pointer(&self->words, g_free);
}

/* -1: no such key. */
static int
find_row(guint keyval, int row, int n_rows)
{
    switch (keyval) {
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
        return row + 1;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
        return row < 0 ? n_rows - 1 : MAX(row - 1, 0);
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
        return row + N_PAGE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
        return MAX(row - N_PAGE, 0);
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
        return 0;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
        return n_rows - 1;
    default:
        return -1;
    }
}

gboolean
wg_chart_reading_move(WgChartReading *self, WgChart *chart, guint keyval)
{
    g_autofree char *table = NULL;
    g_auto(GStrv) lines = NULL;
    int n_rows, row;

    if (keyval == GDK_KEY_Escape && self->row >= 0) {
        wg_chart_reading_clear(self);
        return TRUE;
    }
    table = wg_chart_dup_values(chart);
    if (!table)
        return FALSE;
    lines = g_strsplit(g_strchomp(table), "\n", -1);
    n_rows = (int)g_strv_length(lines) - 1;
    row = n_rows > 0 ? find_row(keyval, self->row, n_rows) : -1;
    if (row < 0)
        return FALSE;
    wg_chart_reading_clear(self);
    self->row = MIN(row, n_rows - 1);
    self->words = tell_row(lines[0], lines[1 + self->row]);
    return TRUE;
}

void
wg_chart_reading_draw(const WgChartReading *self, cairo_t *cr, const WgTheme *theme, double width,
                      double height)
{
    double text_width, text_height, box_width;

    if (!self->words)
        return;
    wg_theme_measure(theme, self->words, 1, &text_width, &text_height);
    box_width = MIN(text_width + 12, width);
    wg_theme_round(cr, (width - box_width) / 2, 2, box_width, text_height + 6, 6);
    gdk_cairo_set_source_rgba(cr, &theme->foreground);
    cairo_fill(cr);
    wg_theme_text(theme, cr, self->words, width / 2, 5, 0.5, 0, 1, box_width - 12,
                  &theme->background);
}
