/* Where a string stands in a list. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first place of `text` in `strings` (NULL-terminated; NULL: empty); -1: it is none of them, as
 * NULL never is. Any thread. */
int wg_find_string(const char *const *strings, const char *text);

G_END_DECLS
