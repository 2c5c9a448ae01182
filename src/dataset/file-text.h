/* Files of text from other systems, made the UTF-8 with line feeds that readers know. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A byte order mark goes, UTF-16 becomes UTF-8, and so does what is no UTF-8: it is taken as
 * Windows-1252, which holds Latin-1, and `is_guess` is set. Carriage returns that alone end the
 * lines become line feeds, but in JSON, where they mean nothing. What is no text stays as it is.
 * `content` is replaced, a zero byte behind it. WG_ERROR_INPUT: it is no whole UTF-16. */
gboolean wg_file_text_decode(const char *path, char **content, gsize *length, gboolean *is_guess,
                             GError **error);
/* What is said of a file whose encoding was guessed, behind its name. */
const char *wg_file_text_get_guess(void);

G_END_DECLS
