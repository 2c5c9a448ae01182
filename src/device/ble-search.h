/* Looks for watches over Bluetooth LE and tells the finder. */
#pragma once

#include "device/clock.h"
#include "device/finder.h"

G_BEGIN_DECLS

typedef struct _WgBleSearch WgBleSearch;

/* The finder and the clock must outlive it. */
WgBleSearch *wg_ble_search_new(WgFinder *finder, const WgClock *clock);
/* Switches the adapter on; takes the task, and returns a boolean to it. */
void wg_ble_search_help(WgBleSearch *self, GTask *task);
void wg_ble_search_free(WgBleSearch *self);

G_END_DECLS
