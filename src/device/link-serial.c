/* The kind of link "serial:": its address and what is plugged in. */
#include "base/error.h"
#include "device/address.h"
#include "device/serial-link.h"

#define DEFAULT_BAUD 115200
#define MAX_BAUD 10000000

static WgLink *
create(const char *address, const char *rest, GError **error)
{
    static const char *const known[] = {"baud", NULL};
    g_autoptr(WgAddress) parts = wg_address_parse(address, rest, known, error);
    guint64 baud = DEFAULT_BAUD;
    if (!parts)
        return NULL;
    if (!*parts->path) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "“%s” names no device: write serial:/dev/ttyACM0", address);
        return NULL;
    }
    const char *text = wg_address_get(parts, "baud");
    if (text && (!g_ascii_string_to_unsigned(text, 10, 1, MAX_BAUD, &baud, NULL) ||
                 !wg_serial_is_baud((int)baud))) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "“baud=%s” is no rate of a serial device: write baud=115200", text);
        return NULL;
    }
    return wg_serial_link_new(address, parts->path, (int)baud);
}

static gpointer
start_finding(WgFinder *finder)
{
    g_autoptr(GDir) dir = g_dir_open("/dev", 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        if (!g_str_has_prefix(name, "ttyACM") && !g_str_has_prefix(name, "ttyUSB"))
            continue;
        g_autofree char *path = g_build_filename("/dev", name, NULL);
        WgFoundWatch *watch = g_new0(WgFoundWatch, 1);
        watch->address = g_strdup_printf("serial:%s", path);
        watch->name = g_strdup_printf("USB serial device %s", name);
        g_autofree char *trouble = wg_serial_dup_trouble(path);
        watch->trouble = trouble ? wg_trouble_new(trouble, NULL, NULL) : NULL;
        wg_finder_put(finder, watch);
    }
    return NULL;
}

const WgLinkKind wg_link_kind_serial = {"serial", "serial:/dev/ttyACM0[?baud=115200]", create,
                                        start_finding};
