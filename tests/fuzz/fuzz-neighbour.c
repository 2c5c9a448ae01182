/* Any bytes as what hardware says of itself before anybody trusts it: USB descriptors, names, a
 * Bluetooth neighbour's list of services. */
#include "base/shown.h"
#include "device/address.h"
#include "device/ble-name.h"
#include "device/sdp-record.h"
#include "device/usb-acm.h"
#include "fuzz.h"

#include <string.h>

static void
check_shown(const char *text)
{
    g_autofree char *shown = wg_dup_shown(text, 40);
    g_autofree char *name = wg_ble_dup_shown(text);

    if (!g_utf8_validate(shown, -1, NULL) || g_utf8_strlen(shown, -1) > 40)
        g_error("“%s” is not fit to be shown", shown);
    for (const char *c = shown; *c; c = g_utf8_next_char(c)) {
        if (g_unichar_iscntrl(g_utf8_get_char(c)))
            g_error("“%s” holds what a terminal obeys", shown);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const known[] = {"baud", "read", NULL};
    g_autofree char *text = g_strndup(size > 0 ? (const char *)data : "", size);
    g_autoptr(WgAddress) address = wg_address_parse(text, text, known, NULL);
    const int channel = wg_sdp_find_channel(data, size);
    WgUsbAcm acm;

    if (wg_usb_acm_find(data, size, 1, &acm) && !(acm.endpoint_in & 0x80))
        g_error("an endpoint that takes was found as one that gives");
    if (channel < 0 || channel > 30)
        g_error("channel %d", channel);
    check_shown(text);
    wg_ble_is_address(text);
    return 0;
}
