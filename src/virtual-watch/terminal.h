/* A terminal for the watch: a new pseudo-terminal, or the one it was started on, made raw. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WgTerminal WgTerminal;

/* Opens a pseudo-terminal and prints its path to standard error. `path`: "new", or where a symbolic
 * link to it is made (an older link is replaced, nothing else is) and removed again at the end.
 * Errors: WG_ERROR_CONNECTION. */
WgTerminal *wg_terminal_open(const char *path, GError **error);
/* Makes the terminal behind `fd` raw until the object is freed. */
WgTerminal *wg_terminal_take_over(int fd);
/* Takes the pseudo-terminal and its link away, as a device that is unplugged. */
void wg_terminal_hang_up(WgTerminal *self);
/* A new one under the same link. Errors: WG_ERROR_CONNECTION. */
gboolean wg_terminal_reopen(WgTerminal *self, GError **error);
int wg_terminal_get_fd(const WgTerminal *self);
void wg_terminal_free(WgTerminal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgTerminal, wg_terminal_free)

G_END_DECLS
