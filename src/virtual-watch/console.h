/* The console: an input line with echo and prompt, and Espruino's packets between. */
#pragma once

#include "virtual-watch/machine.h"

G_BEGIN_DECLS

WgConsole *wg_console_new(WgMachine *machine);
void wg_console_free(WgConsole *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgConsole, wg_console_free)

/* One byte from the other end, in order. May run JavaScript. */
void wg_console_feed(WgConsole *self, guint8 byte);
/* A turn of the loop is over: shows the prompt again if something was printed over it. */
void wg_console_end_turn(WgConsole *self);
/* Text of a program or an error: takes the input line away first; "\n" leaves as "\r\n".
 * `length` -1: up to the NUL. */
void wg_console_print(WgConsole *self, const char *text, gssize length);
/* Text of the firmware itself, wherever the input line is. */
void wg_console_put_text(WgConsole *self, const char *text);
void wg_console_set_echo(WgConsole *self, gboolean echo);
/* After a restart: echo on, empty line; `banner`: what reset() shows. */
void wg_console_restart(WgConsole *self, gboolean banner);

/* The line was lost: what was typed so far is forgotten. As in the firmware, a packet that was on
 * its way still takes what comes next, until it is complete or its 5 s are over. */
void wg_console_hang_up(WgConsole *self);

/* In the middle of a packet, where no byte is a Ctrl-C. */
gboolean wg_console_is_in_packet(const WgConsole *self);
/* As wg_packet_reader_expire. */
void wg_console_expire_packet(WgConsole *self);

/* For packet.c */
void wg_console_put(WgConsole *self, const char *bytes, gssize length);
WgMachine *wg_console_get_machine(WgConsole *self);

G_END_DECLS
