/* Text from a watch, a file or a neighbour, made fit to be shown. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Any bytes up to the '\0' as UTF-8 without what a terminal or a line of text obeys: control
 * characters, line ends and the controls of writing direction become '?'. Cut to `max_chars`
 * characters with an ellipsis as the last, 0: not cut. No markup is escaped. Owner: caller. */
char *wg_dup_shown(const char *text, int max_chars);

G_END_DECLS
