/* MicroPython's raw REPL as calls with answers: bytes in and out, and a clock. */
#pragma once

#include "device/clock.h"

G_BEGIN_DECLS

/* Its control characters (MicroPython's manual, "The MicroPython Interactive Interpreter Mode"). */
#define WG_PYTHON_INTERRUPT "\x03"
#define WG_PYTHON_TO_RAW "\x01"
#define WG_PYTHON_TO_FRIENDLY "\x02"
#define WG_PYTHON_RUN "\x04"
#define WG_PYTHON_RAW_PROMPT "raw REPL; CTRL-B to exit\r\n>"
/* Whatever runs ends, another program's raw REPL is left, and ours begins. */
#define WG_PYTHON_ENTER                                                                            \
    "\r" WG_PYTHON_INTERRUPT WG_PYTHON_INTERRUPT WG_PYTHON_TO_FRIENDLY WG_PYTHON_TO_RAW
/* A UART without flow control loses what comes faster (mpremote and pyboard.py do the same). */
#define WG_PYTHON_PART_BYTES 256
#define WG_PYTHON_PART_MS 10

typedef struct _WgPythonRepl WgPythonRepl;

typedef void (*WgPythonSendFunc)(const void *bytes, gsize n, gpointer user_data);
/* `output` is what the program printed, NULL with an error: WG_ERROR_INPUT with the exception's
 * last line, WG_ERROR_CONNECTION where nothing sensible came in time. The callee copies; it may run
 * the next one at once. */
typedef void (*WgPythonDoneFunc)(const char *output, const GError *error, gpointer user_data);

WgPythonRepl *wg_python_repl_new(const WgClock *clock, WgPythonSendFunc send, gpointer user_data);
/* Calls nobody any more. */
void wg_python_repl_free(WgPythonRepl *self);
/* Runs a program; one at a time. The first enters the raw REPL. Where the board knows raw paste
 * (1.14 and newer) it says how much it takes; else the program goes in parts with pauses. It may
 * run for `deadline_ms` once it is sent. What it defines stays for the next. */
void wg_python_repl_run(WgPythonRepl *self, const char *program, guint deadline_ms,
                        WgPythonDoneFunc done, gpointer user_data);
void wg_python_repl_take(WgPythonRepl *self, const void *bytes, gsize n);
/* Ends what runs with that error. */
void wg_python_repl_fail(WgPythonRepl *self, const GError *error);
gboolean wg_python_repl_is_running(const WgPythonRepl *self);
/* TRUE: the board itself says how much it takes, so a program may be long. */
gboolean wg_python_repl_has_paste(const WgPythonRepl *self);
/* The board has its own REPL back. */
void wg_python_repl_leave(WgPythonRepl *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgPythonRepl, wg_python_repl_free)

G_END_DECLS
