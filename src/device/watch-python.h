/* A MicroPython board at the other end: its raw REPL, and our program in its memory. */
#pragma once

#include "device/watch.h"

G_BEGIN_DECLS

/* Of a watch that is ready and talks WG_TALK_PYTHON: sends data/boards/record.py, which prints a
 * sample each 10 ms or as fast as the board can; done when the first line came. An expression in
 * the address (serial:PATH?read=EXPRESSION) is how the three values are read, else the program
 * looks for an accelerometer: WG_ERROR_UNSUPPORTED where it finds none, or the expression fails. */
void wg_watch_start_program_async(WgWatch *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_watch_start_program_finish(WgWatch *self, GAsyncResult *result, GError **error);
/* The board is as it was, with its own REPL; nothing is left on it. */
void wg_watch_stop_program(WgWatch *self);

G_END_DECLS
