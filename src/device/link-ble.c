/* The kind of link "ble:": its address and the watches that are heard. */
#include "base/error.h"
#include "device/address.h"
#include "device/ble-link.h"
#include "device/ble-search.h"
#include "device/ble-uart.h"

#include <glib/gi18n.h>

static WgLink *
create(const char *address, const char *rest, GError **error)
{
    static const char *const known[] = {"adapter", "packet", NULL};
    guint64 packet = WG_BLE_PACKET_MOST;
    g_autoptr(WgAddress) parts = wg_address_parse(address, rest, known, error);
    if (!parts)
        return NULL;
    if (!*parts->path) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("“%s” names no watch: write ble:AA:BB:CC:DD:EE:FF or ble:NAME"), address);
        return NULL;
    }
    const char *text = wg_address_get(parts, "packet");
    if (text && !g_ascii_string_to_unsigned(text, 10, WG_BLE_PACKET_LEAST, WG_BLE_PACKET_MOST,
                                            &packet, NULL)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("“packet=%s” is no size of a packet: write %d to %d bytes"), text,
                    WG_BLE_PACKET_LEAST, WG_BLE_PACKET_MOST);
        return NULL;
    }
    WgLink *link = wg_ble_link_new(address, parts->path, wg_address_get(parts, "adapter"));
    wg_ble_link_set_packet(WG_BLE_LINK(link), (guint)packet);
    return link;
}

static gpointer
start_finding(WgFinder *finder)
{
    return wg_ble_search_new(finder, wg_clock_get_system());
}

static void
stop_finding(gpointer search)
{
    wg_ble_search_free(search);
}

static void
help(gpointer search, const char *address, GTask *task)
{
    wg_ble_search_help(search, task);
}

const WgLinkKind wg_link_kind_ble = {
    "ble", "ble:AA:BB:CC:DD:EE:FF or ble:NAME", create, start_finding, stop_finding, help,
};
