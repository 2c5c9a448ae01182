/* The kind of link "usb:": its address, and the boards that no tty leads to. */
#include "base/error.h"
#include "device/address.h"
#include "device/port-trouble.h"
#include "device/uevents.h"
#include "device/usb-link.h"

#include <glib/gi18n.h>
#include <unistd.h>

#define MAX_BAUD 10000000

typedef struct {
    WgFinder *finder; /* which ends the search before it goes */
    WgUevents *uevents;
    GPtrArray *addresses; /* told to the finder */
} Search;

static gboolean
parse_id(const char *text, guint16 *id)
{
    guint64 number;
    if (!g_ascii_string_to_unsigned(text, 16, 0, G_MAXUINT16, &number, NULL))
        return FALSE;
    *id = (guint16)number;
    return TRUE;
}

static WgLink *
create(const char *address, const char *rest, GError **error)
{
    static const char *const known[] = {"baud", "read", NULL}; /* read: of watch-python.c */
    g_autoptr(WgAddress) parts = wg_address_parse(address, rest, known, error);
    guint16 vendor, product;
    guint64 baud = 0;
    if (!parts)
        return NULL;
    g_auto(GStrv) ids = g_strsplit(parts->path, ":", 3);
    if (g_strv_length(ids) < 2 || !parse_id(ids[0], &vendor) || !parse_id(ids[1], &product)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("“%s” names no USB device: write usb:0483:5740, as lsusb does"), address);
        return NULL;
    }
    const char *text = wg_address_get(parts, "baud");
    if (text && !g_ascii_string_to_unsigned(text, 10, 1, MAX_BAUD, &baud, NULL)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("“baud=%s” is no rate of a serial device: write baud=115200"), text);
        return NULL;
    }
    return wg_usb_link_new(address, vendor, product, ids[2] && *ids[2] ? ids[2] : NULL, (int)baud);
}

static char *
build_address(const WgUsbBoard *board)
{
    g_autofree char *serial =
        board->serial ? g_uri_escape_string(board->serial, NULL, FALSE) : NULL;
    return g_strdup_printf("usb:%04x:%04x%s%s", board->vendor, board->product, serial ? ":" : "",
                           serial ? serial : "");
}

/* Those with a tty are found as serial:, unless only this way is open. */
static gboolean
is_for_usb(const WgUsbBoard *board)
{
    if (!board->has_acm)
        return FALSE;
    if (!board->ttys[0])
        return TRUE;
    return access(board->ttys[0], R_OK | W_OK) != 0 && access(board->node, R_OK | W_OK) == 0;
}

static void
look(gpointer user_data)
{
    Search *search = user_data;
    g_autoptr(GPtrArray) boards = wg_usb_boards_scan("/sys");
    g_autoptr(GPtrArray) before = g_steal_pointer(&search->addresses);
    search->addresses = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < boards->len; i++) {
        const WgUsbBoard *board = g_ptr_array_index(boards, i);
        if (!is_for_usb(board))
            continue;
        WgFoundWatch *watch = g_new0(WgFoundWatch, 1);
        watch->address = build_address(board);
        watch->name = g_strdup(board->name);
        watch->kind = board->known ? g_strdup(board->known->kind) : NULL;
        watch->trouble = wg_port_find_trouble(board->node, board);
        g_ptr_array_add(search->addresses, g_strdup(watch->address));
        wg_finder_put(search->finder, watch);
    }
    for (guint i = 0; i < before->len; i++) {
        const char *address = g_ptr_array_index(before, i);
        if (!g_ptr_array_find_with_equal_func(search->addresses, address, g_str_equal, NULL))
            wg_finder_remove(search->finder, address);
    }
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
    wg_uevents_free(search->uevents);
    g_ptr_array_unref(search->addresses);
    g_free(search);
}

const WgLinkKind wg_link_kind_usb = {"usb", "usb:0483:5740", create, start_finding, stop_finding};
