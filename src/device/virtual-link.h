/* A link to waggle-watch, the virtual watch, started at the other end of a socket pair. */
#pragma once

#include "device/link.h"

G_BEGIN_DECLS

#define WG_TYPE_VIRTUAL_LINK (wg_virtual_link_get_type())
G_DECLARE_FINAL_TYPE(WgVirtualLink, wg_virtual_link, WG, VIRTUAL_LINK, WgLink)

/* `arguments` (NULL-terminated, copied): the program's, without its name. */
WgLink *wg_virtual_link_new(const char *address, const char *const *arguments);
/* The program: $WAGGLE_WATCH, else beside this program or in the build tree, else installed.
 * NULL with WG_ERROR_MISSING. */
char *wg_virtual_find_program(GError **error);

G_END_DECLS
