/* Boards that are no Espruino: what they talk, and the numbers they print. */
#pragma once

#include "device/number-lines.h"
#include "device/watch.h"

G_BEGIN_DECLS

typedef enum {
    WG_TALK_ESPRUINO,
    WG_TALK_LINES,  /* it only prints numbers */
    WG_TALK_PYTHON, /* MicroPython: a program of ours in its memory prints them */
} WgWatchTalk;

/* Of a watch that is ready. Models and programs need WG_TALK_ESPRUINO: with another talk all calls
 * of watch.h that ask it for something end with WG_ERROR_UNSUPPORTED; its samples are recorded. */
WgWatchTalk wg_watch_get_talk(WgWatch *self);
/* What it prints is told to `func` from now on, as samples, until func is NULL; one at a time. With
 * WG_TALK_PYTHON wg_watch_start_program_async() makes it print. */
void wg_watch_hear_numbers(WgWatch *self, WgNumberFunc func, gpointer user_data);
/* The stream that they come from: its rate, its unit. NULL where the talk has none. */
WgNumberLines *wg_watch_get_numbers(WgWatch *self);

G_END_DECLS
