/* The kind of link "ble:": its address and the watches that are heard. */
#include "base/error.h"
#include "device/address.h"
#include "device/ble-link.h"
#include "device/ble-search.h"

static WgLink *
create(const char *address, const char *rest, GError **error)
{
    static const char *const known[] = {"adapter", NULL};
    g_autoptr(WgAddress) parts = wg_address_parse(address, rest, known, error);
    if (!parts)
        return NULL;
    if (!*parts->path) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "“%s” names no watch: write ble:AA:BB:CC:DD:EE:FF or ble:NAME", address);
        return NULL;
    }
    return wg_ble_link_new(address, parts->path, wg_address_get(parts, "adapter"));
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
