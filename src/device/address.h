/* The part of a watch's address after the kind: PATH[?name=value&name=value]. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    char *path;          /* decoded; "" when there is none */
    GHashTable *options; /* decoded name -> decoded value ("" where there is no '=') */
} WgAddress;

/* Splits and URL-decodes `rest`; a name that is not in `known` (NULL-terminated), one given twice
 * or a malformed escape is WG_ERROR_USAGE. `address` is for the message. Owner: caller. */
WgAddress *wg_address_parse(const char *address, const char *rest, const char *const *known,
                            GError **error);
/* NULL when it was not given. */
const char *wg_address_get(const WgAddress *self, const char *name);
void wg_address_free(WgAddress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgAddress, wg_address_free)

G_END_DECLS
