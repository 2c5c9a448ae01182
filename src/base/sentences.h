/* Text for people put together from whole sentences, or from the parts of a list. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends the sentence, which is printed as by printf(), and before it a space where there is text
 * already. So no text to be translated begins or ends with a space. Any thread. */
void wg_append_sentence(GString *text, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The same for a part of a sentence behind `separator`: ", ", "; " or ": ", as the language writes
 * them. Any thread. */
void wg_append_part(GString *text, const char *separator, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* A message of a part of the program, as "file x is missing", as the sentence that a person reads:
 * with a capital, unless it begins with the name of a file, and a full stop where it has none.
 * Transfer full. Any thread. */
char *wg_dup_sentence(const char *message);

/* As g_prefix_error(), with a colon between the prefix and the message. Any thread. */
void wg_error_prefix(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

G_END_DECLS
