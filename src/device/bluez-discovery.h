/* Discovery over the air: started, stopped, paused and renewed as its users want. */
#pragma once

#include "device/bluez-dbus.h"
#include "device/clock.h"

G_BEGIN_DECLS

typedef struct _WgDiscovery WgDiscovery;

/* `changed` comes when it began or ended, never from within a call. */
WgDiscovery *wg_discovery_new(void (*changed)(gpointer user_data), gpointer user_data);
void wg_discovery_set_clock(WgDiscovery *self, const WgClock *clock);
/* The adapter to discover with, which is on; NULL: none. */
void wg_discovery_set_adapter(WgDiscovery *self, WgDbusAdapter1 *adapter);
/* Each call is to be matched by its opposite. */
void wg_discovery_want(WgDiscovery *self, gboolean wants);
void wg_discovery_pause(WgDiscovery *self, gboolean pauses);
gboolean wg_discovery_is_on(WgDiscovery *self);
const GError *wg_discovery_get_error(WgDiscovery *self);
void wg_discovery_free(WgDiscovery *self);

G_END_DECLS
