/* Rewrites JavaScript so that every loop and call can be interrupted: the watch's Ctrl-C. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_GUARD_FUNCTION "__wg_tick"

/* Debian's Duktape is built without its execution-timeout hook, and an interrupted program must
 * keep its state, so the hook is put into the program's text instead: a call of WG_GUARD_FUNCTION
 * (which returns true, or throws) in the condition of each loop and at the start of each function.
 * Lines stay as they are. Bytes >= 0x80 become Latin-1 characters as on the watch, except in string
 * literals that are UTF-8 throughout. Result: UTF-8, owned by the caller. */
char *wg_source_guard(const char *source, gsize length, gsize *out_length);
/* How many brackets are open at the end of the text: negative when one closes too much, large
 * inside an unfinished comment, 0 inside an unfinished string (jsiCountBracketsInInput). */
int wg_source_count_open_brackets(const char *source, gsize length);
/* Whether bytes are UTF-8 with at least one character beyond ASCII. */
gboolean wg_source_is_utf8(const char *bytes, gsize length);

G_END_DECLS
