/* The kind of link "replay:": its address. */
#include "base/error.h"
#include "device/address.h"
#include "device/replay-link.h"

#include <glib/gi18n.h>

#define SPEED_MIN 0.001
#define SPEED_MAX 1000000.0

static WgLink *
create(const char *address, const char *rest, GError **error)
{
    static const char *const known[] = {"speed", NULL};
    g_autoptr(WgAddress) parts = wg_address_parse(address, rest, known, error);
    const char *text = parts ? wg_address_get(parts, "speed") : NULL;
    char *end = NULL;
    double speed = 1;

    if (!parts)
        return NULL;
    if (!*parts->path) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("“%s” names no trace: write replay:FILE"),
                    address);
        return NULL;
    }
    if (text) {
        speed = g_ascii_strtod(text, &end);
        if (end == text || *end || !(speed >= SPEED_MIN && speed <= SPEED_MAX)) {
            g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                        _("the address “%s” gives speed “%s”: it is a number of %g to %.0f"),
                        address, text, SPEED_MIN, SPEED_MAX);
            return NULL;
        }
    }
    return wg_replay_link_new(address, parts->path, speed);
}

const WgLinkKind wg_link_kind_replay = {"replay", "replay:FILE[?speed=N]", create, NULL, NULL,
                                        NULL};
