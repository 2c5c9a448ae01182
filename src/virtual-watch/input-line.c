/* Editing of the input line, with the control codes that Espruino sends (jsinteractive.c). */
#include "virtual-watch/input-line.h"

#include <string.h>

#define HISTORY_MAX 100 /* lines kept */

void
wg_input_line_init(WgInputLine *self)
{
    *self = (WgInputLine){.text = g_string_new(NULL),
                          .out = g_string_new(NULL),
                          .history = g_ptr_array_new_with_free_func(g_free)};
}

void
wg_input_line_clear(WgInputLine *self)
{
    g_string_free(self->text, TRUE);
    g_string_free(self->out, TRUE);
    g_ptr_array_unref(self->history);
}

void
wg_input_line_reset(WgInputLine *self)
{
    g_string_truncate(self->text, 0);
    self->cursor = 0;
    self->history_at = self->history->len;
}

static void
put(WgInputLine *self, const char *text)
{
    g_string_append(self->out, text);
}

static void
place(const WgInputLine *self, gsize position, int *row, int *column)
{
    *row = *column = 0;
    for (gsize i = 0; i < position; i++) {
        *column = self->text->str[i] == '\n' ? 0 : *column + 1;
        *row += self->text->str[i] == '\n';
    }
}

static void
move_on_screen(WgInputLine *self, gsize from, gsize to)
{
    int from_row, from_column, to_row, to_column;
    place(self, from, &from_row, &from_column);
    place(self, to, &to_row, &to_column);
    for (; from_column < to_column; from_column++)
        put(self, "\x1b[C");
    for (; from_column > to_column; from_column--)
        put(self, "\x1b[D");
    for (; from_row < to_row; from_row++)
        put(self, "\x1b[B");
    for (; from_row > to_row; from_row--)
        put(self, "\x1b[A");
}

/* The row from the cursor on, a blank over what was there, and back. */
static void
show_rest_of_row(WgInputLine *self)
{
    gsize n = 0;
    const char *rest = self->text->str + self->cursor;
    while (rest[n] && rest[n] != '\n')
        n++;
    g_string_append_len(self->out, rest, (gssize)n);
    put(self, " ");
    for (gsize i = 0; i <= n; i++)
        put(self, "\b");
}

static void
show_from(WgInputLine *self, gsize from)
{
    for (const char *p = self->text->str + from; *p; p++)
        put(self, *p == '\n' ? "\r\n:" : (char[]){*p, 0});
}

void
wg_input_line_insert(WgInputLine *self, char c)
{
    const gboolean at_end = self->cursor == self->text->len;
    g_string_insert_c(self->text, (gssize)self->cursor, c);
    self->cursor++;
    if (c == '\n') {
        if (at_end) {
            put(self, "\r\n:");
            return;
        }
        put(self, "\x1b[J");
        show_from(self, self->cursor - 1);
        move_on_screen(self, self->text->len, self->cursor);
        return;
    }
    if (!at_end) {
        self->cursor--;
        show_rest_of_row(self);
        self->cursor++;
    }
    g_string_append_c(self->out, c);
}

void
wg_input_line_delete(WgInputLine *self, gboolean backwards)
{
    if (backwards ? self->cursor == 0 : self->cursor >= self->text->len)
        return;
    const gsize at = backwards ? self->cursor - 1 : self->cursor;
    const gboolean newline = self->text->str[at] == '\n';
    if (newline) {
        move_on_screen(self, self->cursor, at);
        put(self, "\x1b[J");
    } else if (backwards) {
        put(self, "\b");
    }
    g_string_erase(self->text, (gssize)at, 1);
    self->cursor = at;
    if (newline) {
        show_from(self, at);
        move_on_screen(self, self->text->len, at);
    } else {
        show_rest_of_row(self);
    }
}

void
wg_input_line_move(WgInputLine *self, int columns)
{
    if (columns < 0 && self->cursor > 0 && self->text->str[self->cursor - 1] != '\n') {
        self->cursor--;
        put(self, "\x1b[D");
    } else if (columns > 0 && self->cursor < self->text->len &&
               self->text->str[self->cursor] != '\n') {
        self->cursor++;
        put(self, "\x1b[C");
    }
}

void
wg_input_line_home(WgInputLine *self)
{
    while (self->cursor > 0 && self->text->str[self->cursor - 1] != '\n') {
        put(self, "\b");
        self->cursor--;
    }
}

void
wg_input_line_end(WgInputLine *self)
{
    while (self->cursor < self->text->len && self->text->str[self->cursor] != '\n')
        g_string_append_c(self->out, self->text->str[self->cursor++]);
}

void
wg_input_line_hide(WgInputLine *self)
{
    move_on_screen(self, self->cursor, 0);
    put(self, "\r\x1b[J");
}

void
wg_input_line_show(WgInputLine *self)
{
    put(self, ">");
    show_from(self, 0);
    move_on_screen(self, self->text->len, self->cursor);
}

gboolean
wg_input_line_is_at_end(const WgInputLine *self)
{
    for (gsize i = self->cursor; i < self->text->len; i++)
        if (!g_ascii_isspace(self->text->str[i]))
            return FALSE;
    return TRUE;
}

void
wg_input_line_remember(WgInputLine *self, const char *line)
{
    guint same;
    if (g_ptr_array_find_with_equal_func(self->history, line, g_str_equal, &same))
        g_ptr_array_remove_index(self->history, same);
    if (self->history->len >= HISTORY_MAX)
        g_ptr_array_remove_index(self->history, 0);
    g_ptr_array_add(self->history, g_strdup(line));
    self->history_at = self->history->len;
}

void
wg_input_line_recall(WgInputLine *self, gboolean before)
{
    if (before ? self->history_at == 0 : self->history_at >= self->history->len)
        return;
    self->history_at += before ? (guint)-1 : 1;
    move_on_screen(self, self->cursor, 0);
    put(self, "\x1b[J");
    const char *line = self->history_at < self->history->len
                           ? g_ptr_array_index(self->history, self->history_at)
                           : "";
    g_string_assign(self->text, line);
    self->cursor = self->text->len;
    show_from(self, 0);
}
