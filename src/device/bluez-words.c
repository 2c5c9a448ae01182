/* BlueZ's errors as sentences with a remedy. */
#include "device/bluez-words.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
    const char *name, *part; /* of the error's name after "org.", and of its message (NULL: any) */
    WgBluezFault fault;
} Row;

/* Names: doc/device-api.txt, gatt-api.txt; messages: src/error.c and src/device.c of BlueZ 5.66.
 * The first row that fits. */
static const Row rows[] = {
    {"freedesktop.DBus.Error.AccessDenied", NULL, WG_BLUEZ_DENIED},
    {"freedesktop.DBus.Error.ServiceUnknown", NULL, WG_BLUEZ_STOPPED},
    {"freedesktop.DBus.Error.NameHasNoOwner", NULL, WG_BLUEZ_STOPPED},
    {"freedesktop.DBus.Error.NoReply", "disconnected", WG_BLUEZ_STOPPED},
    {"freedesktop.DBus.Error.UnknownMethod", "doesn't exist", WG_BLUEZ_GONE},
    {"freedesktop.DBus.Error.UnknownMethod", "does not exist", WG_BLUEZ_GONE},
    {"freedesktop.DBus.Error.UnknownMethod", NULL, WG_BLUEZ_NOT_SUPPORTED},
    {"freedesktop.DBus.Error.UnknownObject", NULL, WG_BLUEZ_GONE},
    {"bluez.Error.DoesNotExist", NULL, WG_BLUEZ_GONE},
    {"bluez.Error.AlreadyConnected", NULL, WG_BLUEZ_CONNECTED},
    {"bluez.Error.InProgress", NULL, WG_BLUEZ_IN_PROGRESS},
    {"bluez.Error.NotReady", NULL, WG_BLUEZ_OFF},
    {"bluez.Error.Blocked", NULL, WG_BLUEZ_BLOCKED},
    {"bluez.Error.Failed", "rfkill", WG_BLUEZ_BLOCKED},
    {"bluez.Error.Failed", "adapter-not-powered", WG_BLUEZ_OFF},
    {"bluez.Error.NotPermitted", "acquired", WG_BLUEZ_TAKEN},
    {"bluez.Error.NotPermitted", "locked", WG_BLUEZ_TAKEN},
    {"bluez.Error.NotAuthorized", NULL, WG_BLUEZ_NOT_PAIRED},
    {"bluez.Error.Authentication", NULL, WG_BLUEZ_NOT_PAIRED},
    {"bluez.Error.NotPermitted", NULL, WG_BLUEZ_NOT_PAIRED},
    {"bluez.Error.Failed", "0x05", WG_BLUEZ_NOT_PAIRED}, /* ATT: insufficient authentication */
    {"bluez.Error.Failed", "0x0f", WG_BLUEZ_NOT_PAIRED}, /* ATT: insufficient encryption */
    {"bluez.Error.Failed", "authentication", WG_BLUEZ_NOT_PAIRED},
    {"bluez.Error.Failed", "key-missing", WG_BLUEZ_NOT_PAIRED},
    {"bluez.Error.NotSupported", NULL, WG_BLUEZ_NOT_SUPPORTED},
    {"bluez.Error.NotConnected", NULL, WG_BLUEZ_OUT_OF_REACH},
    {"bluez.Error.ConnectionAttemptFailed", NULL, WG_BLUEZ_OUT_OF_REACH},
    {"bluez.Error.Failed", "connection", WG_BLUEZ_OUT_OF_REACH},
    {"bluez.Error.Failed", "timed out", WG_BLUEZ_OUT_OF_REACH},
    {"bluez.Error.Failed", "Not connected", WG_BLUEZ_OUT_OF_REACH},
    {"bluez.Error.Failed", "Host is down", WG_BLUEZ_OUT_OF_REACH},
};

WgBluezFault
wg_bluez_classify(const GError *error)
{
    g_autofree char *remote = g_dbus_error_get_remote_error(error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
        return WG_BLUEZ_OUT_OF_REACH;
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CLOSED) ||
        g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
        return WG_BLUEZ_STOPPED;
    if (!remote || !g_str_has_prefix(remote, "org."))
        return WG_BLUEZ_FAILED;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (g_str_has_prefix(remote + strlen("org."), rows[i].name) &&
            (!rows[i].part || strstr(error->message, rows[i].part)))
            return rows[i].fault;
    return WG_BLUEZ_FAILED;
}

GError *
wg_bluez_explain(const GError *error, const char *what)
{
    g_autoptr(GError) plain = g_error_copy(error);
    const WgBluezFault fault = wg_bluez_classify(error);
    g_dbus_error_strip_remote_error(plain);
    switch (fault) {
    case WG_BLUEZ_OUT_OF_REACH:
    case WG_BLUEZ_GONE:
        return g_error_new(
            WG_ERROR, WG_ERROR_CONNECTION,
            _("%s is out of reach: bring it nearer, and disconnect it from a phone or "
              "another program"),
            what);
    case WG_BLUEZ_IN_PROGRESS:
    case WG_BLUEZ_TAKEN:
        return g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                           _("%s is in use by another program on this computer: close that one"),
                           what);
    case WG_BLUEZ_OFF:
        return g_error_new(
            WG_ERROR, WG_ERROR_CONNECTION,
            _("Bluetooth is switched off: switch it on, with “bluetoothctl power on” "
              "or in the system's settings"));
    case WG_BLUEZ_BLOCKED:
        return g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                           _("Bluetooth is blocked (flight mode): run “%s”"), WG_BLUEZ_UNBLOCK);
    case WG_BLUEZ_DENIED:
        return g_error_new(
            WG_ERROR, WG_ERROR_CONNECTION,
            _("you may not use Bluetooth here: run “sudo usermod -a -G bluetooth %s”, "
              "then log out and in"),
            g_get_user_name());
    case WG_BLUEZ_NOT_PAIRED:
        return g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                           _("%s wants to be paired first: pair it in the system's Bluetooth "
                             "settings, or remove it there and pair it anew"),
                           what);
    case WG_BLUEZ_STOPPED:
        return g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                           _("the system's Bluetooth service has stopped: run “%s”"),
                           WG_BLUEZ_START);
    case WG_BLUEZ_FAILED:
    case WG_BLUEZ_CONNECTED:
    case WG_BLUEZ_NOT_SUPPORTED:
    default:
        return g_error_new(WG_ERROR, WG_ERROR_CONNECTION, _("%s cannot be used over Bluetooth: %s"),
                           what, plain->message);
    }
}

GError *
wg_bluez_say_trouble(const WgTrouble *trouble)
{
    if (!trouble->command)
        return g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, trouble->text);
    return g_error_new(WG_ERROR, WG_ERROR_CONNECTION, _("%s, with “%s”"), trouble->text,
                       trouble->command);
}
