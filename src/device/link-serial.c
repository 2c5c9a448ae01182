/* The kind of link "serial:": its address and what is plugged in. */
#include "base/error.h"
#include "device/address.h"
#include "device/port-trouble.h"
#include "device/serial-link.h"
#include "device/uevents.h"

#include <glib/gi18n.h>
#include <unistd.h>

#define MAX_BAUD 10000000
#define LOOK_AGAIN_S 2

typedef struct {
    WgFinder *finder; /* which ends the search before it goes */
    WgUevents *uevents;
    GPtrArray *addresses; /* told to the finder */
    guint again_id;       /* while a port is in use: nothing tells when it is free */
} Search;

static WgLink *
create(const char *address, const char *rest, GError **error)
{
    static const char *const known[] = {"baud", "read", NULL}; /* read: of watch-python.c */
    g_autoptr(WgAddress) parts = wg_address_parse(address, rest, known, error);
    guint64 baud = WG_DEFAULT_BAUD;
    if (!parts)
        return NULL;
    if (!*parts->path) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("“%s” names no device: write serial:/dev/ttyACM0"), address);
        return NULL;
    }
    const char *text = wg_address_get(parts, "baud");
    if (text && !g_ascii_string_to_unsigned(text, 10, 1, MAX_BAUD, &baud, NULL)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("“baud=%s” is no rate of a serial device: write baud=115200"), text);
        return NULL;
    }
    return wg_serial_link_new(address, parts->path, (int)baud);
}

static gboolean
is_usb_tty(const char *name)
{
    return g_str_has_prefix(name, "ttyACM") || g_str_has_prefix(name, "ttyUSB");
}

/* As WgFoundWatch, or NULL where the board is found as usb:, the only way to it. */
static WgFoundWatch *
describe(const char *path, const WgUsbBoard *board)
{
    WgTrouble *trouble = wg_port_find_trouble(path, board);
    if (trouble && board && board->has_acm && access(board->node, R_OK | W_OK) == 0) {
        wg_trouble_free(trouble);
        return NULL;
    }
    WgFoundWatch *watch = g_new0(WgFoundWatch, 1);
    g_autofree char *name = g_path_get_basename(path);
    watch->address = g_strdup_printf("serial:%s", path);
    watch->name = board ? g_strdup(board->name) : g_strdup_printf(_("USB serial device %s"), name);
    watch->kind = board && board->known ? g_strdup(board->known->kind) : NULL;
    watch->trouble = trouble;
    return watch;
}

static void look(gpointer user_data);

static gboolean
look_again(gpointer user_data)
{
    Search *search = user_data;
    search->again_id = 0;
    look(search);
    return G_SOURCE_REMOVE;
}

static void
look(gpointer user_data)
{
    Search *search = user_data;
    gboolean is_busy = FALSE;
    g_autoptr(GPtrArray) boards = wg_usb_boards_scan("/sys");
    g_autoptr(GPtrArray) before = g_steal_pointer(&search->addresses);
    g_autoptr(GDir) dir = g_dir_open("/dev", 0, NULL);
    const char *name;
    search->addresses = g_ptr_array_new_with_free_func(g_free);
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename("/dev", name, NULL);
        WgFoundWatch *watch =
            is_usb_tty(name) ? describe(path, wg_usb_boards_find_tty(boards, path)) : NULL;
        if (!watch)
            continue;
        if (!watch->trouble && (watch->trouble = wg_port_find_holder(path)))
            is_busy = TRUE;
        g_ptr_array_add(search->addresses, g_strdup(watch->address));
        wg_finder_put(search->finder, watch);
    }
    for (guint i = 0; i < before->len; i++) {
        const char *address = g_ptr_array_index(before, i);
        if (!g_ptr_array_find_with_equal_func(search->addresses, address, g_str_equal, NULL))
            wg_finder_remove(search->finder, address);
    }
    if (is_busy && !search->again_id)
        search->again_id = g_timeout_add_seconds(LOOK_AGAIN_S, look_again, search);
}

static gpointer
start_finding(WgFinder *finder)
{
    Search *search = g_new0(Search, 1);
    search->finder = finder;
    search->addresses = g_ptr_array_new_with_free_func(g_free);
    search->uevents = wg_uevents_new(look, search);
    look(search);
    return search;
}

static void
stop_finding(gpointer data)
{
    Search *search = data;
    g_clear_handle_id(&search->again_id, g_source_remove);
    wg_uevents_free(search->uevents);
    g_ptr_array_unref(search->addresses);
    g_free(search);
}

const WgLinkKind wg_link_kind_serial = {"serial", "serial:/dev/ttyACM0[?baud=115200]", create,
                                        start_finding, stop_finding};
