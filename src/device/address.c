/* Splits and decodes the part of a watch's address after the kind. */
#include "device/address.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <string.h>

static char *
decode(const char *address, const char *text, GError **error)
{
    char *plain = g_uri_unescape_string(text, NULL);
    if (!plain)
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("“%s” in the address “%s” has a bad %%-escape"), text, address);
    return plain;
}

static gboolean
add_option(WgAddress *self, const char *address, const char *text, const char *const *known,
           GError **error)
{
    const char *equals = strchr(text, '=');
    g_autofree char *raw_name = equals ? g_strndup(text, (gsize)(equals - text)) : g_strdup(text);
    g_autofree char *name = decode(address, raw_name, error);
    g_autofree char *value = name ? decode(address, equals ? equals + 1 : "", error) : NULL;
    if (!value)
        return FALSE;
    if (!g_strv_contains(known, name)) {
        g_autofree char *all = g_strjoinv(", ", (char **)known);
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("the address “%s” has an unknown option “%s”: it takes %s"), address, name,
                    all);
        return FALSE;
    }
    if (g_hash_table_contains(self->options, name)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("the address “%s” gives “%s” twice"),
                    address, name);
        return FALSE;
    }
    g_hash_table_insert(self->options, g_steal_pointer(&name), g_steal_pointer(&value));
    return TRUE;
}

WgAddress *
wg_address_parse(const char *address, const char *rest, const char *const *known, GError **error)
{
    g_autoptr(WgAddress) self = g_new0(WgAddress, 1);
    g_auto(GStrv) halves = g_strsplit(rest, "?", 2);
    self->options = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    self->path = decode(address, halves[0] ? halves[0] : "", error);
    if (!self->path)
        return NULL;
    if (!halves[0] || !halves[1])
        return g_steal_pointer(&self);
    g_auto(GStrv) options = g_strsplit(halves[1], "&", -1);
    for (int i = 0; options[i]; i++)
        if (*options[i] && !add_option(self, address, options[i], known, error))
            return NULL;
    return g_steal_pointer(&self);
}

const char *
wg_address_get(const WgAddress *self, const char *name)
{
    return g_hash_table_lookup(self->options, name);
}

void
wg_address_free(WgAddress *self)
{
    g_clear_pointer(&self->options, g_hash_table_unref);
    g_free(self->path);
    g_free(self);
}
