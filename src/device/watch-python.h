/* A MicroPython board at the other end: its raw REPL, and our program in its memory. */
#pragma once

#include "device/watch.h"

G_BEGIN_DECLS

/* The programs of data/boards, in the order of `board_programs` in this folder's meson.build. */
enum { WG_BOARD_RECORD, WG_BOARD_DEPLOY };
extern const char *const wg_board_programs[];

/* Of a watch that is ready and talks WG_TALK_PYTHON: sends data/boards/record.py, which prints a
 * sample each 10 ms or as fast as the board can; done when the first line came. An expression in
 * the address (serial:PATH?read=EXPRESSION) is how the three values are read, else the program
 * looks for an accelerometer: WG_ERROR_UNSUPPORTED where it finds none, or the expression fails. */
void wg_watch_start_program_async(WgWatch *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_watch_start_program_finish(WgWatch *self, GAsyncResult *result, GError **error);
/* The board is as it was, with its own REPL; nothing is left on it. */
void wg_watch_stop_program(WgWatch *self);

/* Runs a program of a few lines in the board's memory (python-repl.h); what it printed is the
 * answer, transfer full. WG_ERROR_INPUT: an exception, with its last line; WG_ERROR_CONNECTION: it
 * has gone, or said nothing sensible in time. What it defines stays until the board is reset. */
void wg_watch_run_python_async(WgWatch *self, const char *program, guint deadline_ms,
                               GAsyncReadyCallback callback, gpointer user_data);
char *wg_watch_run_python_finish(WgWatch *self, GAsyncResult *result, GError **error);
#define WG_PYTHON_NUMBERS_MAX 72
/* The answer of exactly n whole numbers (up to WG_PYTHON_NUMBERS_MAX) with spaces or line ends
 * between; WG_ERROR_VERIFY where it is another. */
gboolean wg_watch_read_numbers(WgWatch *self, const char *answer, gint64 *numbers, int n,
                               GError **error);
/* TRUE once a program has run: the board says itself how much it takes, so programs may be long. */
gboolean wg_watch_python_has_paste(WgWatch *self);
/* After the last of them: the board has its own REPL back. */
void wg_watch_leave_python(WgWatch *self);

G_END_DECLS
