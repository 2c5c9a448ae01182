/* The line being typed on the console: text, cursor, and what a terminal must be told to show it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    GString *text;
    gsize cursor;
    GString *out;       /* what the terminal is to be sent; the caller takes it */
    GPtrArray *history; /* of char *, the newest last */
    guint history_at;   /* history->len: none shown */
} WgInputLine;

void wg_input_line_init(WgInputLine *self);
void wg_input_line_clear(WgInputLine *self);
/* Empties the line without a word to the terminal. */
void wg_input_line_reset(WgInputLine *self);
void wg_input_line_insert(WgInputLine *self, char c);
void wg_input_line_delete(WgInputLine *self, gboolean backwards);
void wg_input_line_move(WgInputLine *self, int columns); /* within its row */
void wg_input_line_home(WgInputLine *self);
void wg_input_line_end(WgInputLine *self);
/* Takes the shown line from the screen; shows it again behind the prompt. */
void wg_input_line_hide(WgInputLine *self);
void wg_input_line_show(WgInputLine *self);
/* Nothing but blanks behind the cursor. */
gboolean wg_input_line_is_at_end(const WgInputLine *self);
void wg_input_line_remember(WgInputLine *self, const char *line);
/* The line before (or after) this one in history; it replaces the text. */
void wg_input_line_recall(WgInputLine *self, gboolean before);

G_END_DECLS
