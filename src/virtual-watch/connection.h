/* The watch's line to the other end: slow if asked, lost if asked, and found again. */
#pragma once

#include "virtual-watch/machine.h"

G_BEGIN_DECLS

typedef struct _WgConnection WgConnection;

/* The descriptors stay the caller's until the line is lost. */
WgConnection *wg_connection_new(WgMachine *machine, int input_fd, int output_fd);
void wg_connection_free(WgConnection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgConnection, wg_connection_free)
/* Where the line is this pseudo-terminal: losing it takes the terminal away. Stays the caller's. */
void wg_connection_set_terminal(WgConnection *self, WgTerminal *terminal);

/* Listens to the line; wg_machine_take_turn is called when something has come. */
void wg_connection_start(WgConnection *self);
/* Appends what has come to `input`, at most up to `most` bytes in it. */
void wg_connection_read(WgConnection *self, GByteArray *input, gsize most);
/* The other end has closed, and nobody is awaited. */
gboolean wg_connection_is_closed(const WgConnection *self);
/* The other end takes nothing any more. */
void wg_connection_break(WgConnection *self);
/* The watch can be spoken to at this moment. */
gboolean wg_connection_is_up(const WgConnection *self);
/* The watch has taken one byte. */
void wg_connection_count_heard(WgConnection *self);
/* It has taken as many as it was to take: the line is to be lost before the next one. */
gboolean wg_connection_is_spent(const WgConnection *self);
/* Text waits in the machine's output: says when it may leave. */
void wg_connection_note_written(WgConnection *self, gsize n);

/* What of it is due by the machine's time; virtual milliseconds, G_MAXDOUBLE: nothing. */
double wg_connection_get_next_ms(const WgConnection *self);
void wg_connection_advance(WgConnection *self);
/* Only what may leave by now, also while a program runs. */
void wg_connection_release(WgConnection *self);

/* Out of reach, as the plan says; not from inside a running program. */
void wg_connection_lose(WgConnection *self);
/* A new plan, counted from now. */
void wg_connection_plan_loss(WgConnection *self, const WgLossPlan *plan);

G_END_DECLS
