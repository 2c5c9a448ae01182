/* Reads from sysfs which boards are on the USB. */
#include "device/usb-boards.h"

#include <glib/gi18n.h>
#include <string.h>

#define CLASS_HUB 9
#define MAX_NAME_CHARS 40

static void
board_free(gpointer data)
{
    WgUsbBoard *board = data;
    g_free(board->serial);
    g_free(board->name);
    g_free(board->node);
    g_strfreev(board->ttys);
    g_free(board);
}

/* NULL where the attribute is missing or empty. */
static char *
read_text(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *raw = NULL;
    if (!g_file_get_contents(path, &raw, NULL, NULL))
        return NULL;
    g_autofree char *text = g_strstrip(g_utf8_make_valid(raw, -1));
    if (!*text)
        return NULL;
    return g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), MAX_NAME_CHARS));
}

/* -1 where it is missing or no number. */
static int
read_number(const char *folder, const char *name, guint base)
{
    g_autofree char *text = read_text(folder, name);
    guint64 number;
    if (!text || !g_ascii_string_to_unsigned(text, base, 0, 0xffff, &number, NULL))
        return -1;
    return (int)number;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The entries of a folder in a fixed order. Owner: caller. */
static GPtrArray *
list_folder(const char *path)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)))
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    return names;
}

/* cdc_acm makes INTERFACE/tty/ttyACM0, the drivers of bridges INTERFACE/ttyUSB0. */
static void
collect_ttys(const char *folder, GPtrArray *ttys)
{
    g_autoptr(GPtrArray) names = list_folder(folder);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        if (g_str_equal(name, "tty")) {
            g_autofree char *below = g_build_filename(folder, name, NULL);
            collect_ttys(below, ttys);
        } else if (g_str_has_prefix(name, "ttyACM") || g_str_has_prefix(name, "ttyUSB")) {
            g_ptr_array_add(ttys, g_build_filename("/dev", name, NULL));
        }
    }
}

static char **
list_ttys(const char *folder)
{
    g_autoptr(GPtrArray) names = list_folder(folder);
    GPtrArray *ttys = g_ptr_array_new();
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *below = g_build_filename(folder, name, NULL);
        if (strchr(name, ':')) /* "1-1:1.0": an interface */
            collect_ttys(below, ttys);
    }
    g_ptr_array_add(ttys, NULL);
    return (char **)g_ptr_array_free(ttys, FALSE);
}

/* What the device says of itself serves where the table knows only its vendor. */
static char *
choose_name(const char *folder, const WgKnownBoard *known, int vendor, int product)
{
    g_autofree char *said = read_text(folder, "product");
    if (known && (known->product != WG_ANY_PRODUCT || !said))
        return g_strdup(known->name);
    return said ? g_steal_pointer(&said)
                : g_strdup_printf(_("USB device %04x:%04x"), (guint)vendor, (guint)product);
}

static gboolean
find_acm(const char *folder, WgUsbAcm *acm)
{
    g_autofree char *path = g_build_filename(folder, "descriptors", NULL);
    g_autofree char *bytes = NULL;
    gsize n = 0;
    const int configuration = read_number(folder, "bConfigurationValue", 10);
    return g_file_get_contents(path, &bytes, &n, NULL) &&
           wg_usb_acm_find((const guint8 *)bytes, n, configuration, acm);
}

/* NULL where there is no serial port. */
static WgUsbBoard *
read_board(const char *folder)
{
    const int vendor = read_number(folder, "idVendor", 16);
    const int product = read_number(folder, "idProduct", 16);
    const int bus = read_number(folder, "busnum", 10), device = read_number(folder, "devnum", 10);
    if (vendor < 0 || product < 0 || bus < 0 || device < 0 ||
        read_number(folder, "bDeviceClass", 16) == CLASS_HUB)
        return NULL;
    WgUsbBoard *board = g_new0(WgUsbBoard, 1);
    board->vendor = (guint16)vendor;
    board->product = (guint16)product;
    board->ttys = list_ttys(folder);
    board->has_acm = find_acm(folder, &board->acm);
    if (!board->ttys[0] && !board->has_acm) {
        board_free(board);
        return NULL;
    }
    board->known = wg_known_board_find(board->vendor, board->product);
    board->serial = read_text(folder, "serial");
    board->name = choose_name(folder, board->known, vendor, product);
    board->node = g_strdup_printf("/dev/bus/usb/%03d/%03d", bus, device);
    return board;
}

GPtrArray *
wg_usb_boards_scan(const char *sysfs)
{
    GPtrArray *boards = g_ptr_array_new_with_free_func(board_free);
    g_autofree char *root = g_build_filename(sysfs, "bus", "usb", "devices", NULL);
    g_autoptr(GPtrArray) names = list_folder(root);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *folder = g_build_filename(root, g_ptr_array_index(names, i), NULL);
        WgUsbBoard *board = read_board(folder);
        if (board)
            g_ptr_array_add(boards, board);
    }
    return boards;
}

const WgUsbBoard *
wg_usb_boards_find_tty(GPtrArray *boards, const char *tty)
{
    for (guint i = 0; i < boards->len; i++) {
        const WgUsbBoard *board = g_ptr_array_index(boards, i);
        if (g_strv_contains((const char *const *)board->ttys, tty))
            return board;
    }
    return NULL;
}
