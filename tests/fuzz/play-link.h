/* A link to a device that is played: keeps what is sent to it, and ends the program where something
 * that the device said goes back. */
#pragma once

#include "device/link.h"

G_BEGIN_DECLS

#define PLAY_LINK_MARK "Evil" /* in what the device says: it must not come back */

#define PLAY_TYPE_LINK (play_link_get_type())
G_DECLARE_FINAL_TYPE(PlayLink, play_link, PLAY, LINK, WgLink)

/* What was sent is open to see. */
struct _PlayLink {
    WgLink parent;
    GString *sent;
};

G_END_DECLS
