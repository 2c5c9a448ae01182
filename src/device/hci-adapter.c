/* What the kernel says of the Bluetooth adapters, through libbluetooth. */
#include "device/hci-adapter.h"

#include <bluetooth/bluetooth.h>
#include <bluetooth/hci.h>
#include <bluetooth/hci_lib.h>
#include <glib/gi18n.h>

char *
wg_hci_dup_trouble(void)
{
    g_autofree char *down = NULL;
    for (int id = 0; id < HCI_MAX_DEV; id++) {
        struct hci_dev_info info = {.dev_id = (uint16_t)id};
        char address[18] = "";
        if (hci_devinfo(id, &info) != 0)
            continue;
        if (hci_test_bit(HCI_UP, &info.flags))
            return NULL;
        ba2str(&info.bdaddr, address);
        if (!down)
            down = g_strdup_printf(_("the Bluetooth adapter %.8s (%s) is switched off: run "
                                     "“bluetoothctl power on”, or “rfkill unblock bluetooth” where "
                                     "it is blocked"),
                                   info.name, address);
    }
    return down ? g_steal_pointer(&down)
                : g_strdup(_("this computer has no Bluetooth adapter: plug one in, or connect by "
                             "cable"));
}
