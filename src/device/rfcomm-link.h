/* A link over Bluetooth's serial port (RFCOMM), for boards with SPP. */
#pragma once

#include "device/clock.h"
#include "device/link.h"

G_BEGIN_DECLS

#define WG_TYPE_RFCOMM_LINK (wg_rfcomm_link_get_type())
G_DECLARE_FINAL_TYPE(WgRfcommLink, wg_rfcomm_link, WG, RFCOMM_LINK, WgLink)

#define WG_RFCOMM_CHANNEL_MOST 30

/* `device`: AA:BB:CC:DD:EE:FF; `channel`: 1 to 30, 0: the device is asked. */
WgLink *wg_rfcomm_link_new(const char *address, const char *device, int channel);
/* Deadlines from now on run on this clock, which must outlive it; for tests. */
void wg_rfcomm_link_set_clock(WgRfcommLink *self, const WgClock *clock);
/* What an errno of a connection means, and what helps. Owner: caller. */
char *wg_rfcomm_explain(const char *device, int error_number);

G_END_DECLS
