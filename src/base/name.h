/* What can be the name of a gesture or a person. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_NAME_CHARS_MAX 64

/* Whether a new gesture or person may have this name: UTF-8 of 1 to WG_NAME_CHARS_MAX characters,
 * and none that a line of text obeys (control characters, line ends, controls of writing
 * direction). WG_ERROR_INPUT says in a sentence why not. Names that a project has already are not
 * asked. */
gboolean wg_name_check(const char *name, GError **error);

G_END_DECLS
