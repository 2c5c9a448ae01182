/* BlueZ's errors as sentences with a remedy. */
#pragma once

#include "device/finder.h"

G_BEGIN_DECLS

typedef enum {
    WG_BLUEZ_FAILED,        /* anything else */
    WG_BLUEZ_OUT_OF_REACH,  /* it does not answer, now */
    WG_BLUEZ_GONE,          /* BlueZ forgot the object */
    WG_BLUEZ_IN_PROGRESS,   /* the same goes on already */
    WG_BLUEZ_CONNECTED,     /* it is what was asked for */
    WG_BLUEZ_OFF,           /* the adapter */
    WG_BLUEZ_BLOCKED,       /* by rfkill */
    WG_BLUEZ_DENIED,        /* this user may not */
    WG_BLUEZ_NOT_PAIRED,    /* wants authentication, or it failed */
    WG_BLUEZ_TAKEN,         /* by another program */
    WG_BLUEZ_NOT_SUPPORTED, /* the method */
    WG_BLUEZ_STOPPED,       /* no bluetoothd */
} WgBluezFault;

WgBluezFault wg_bluez_classify(const GError *error);
/* WG_ERROR_CONNECTION; `what` names the watch ("“Bangle.js 5a31”"). Owner: caller. */
GError *wg_bluez_explain(const GError *error, const char *what);
/* The same of a trouble, with its command. Owner: caller. */
GError *wg_bluez_say_trouble(const WgTrouble *trouble);

#define WG_BLUEZ_UNBLOCK "rfkill unblock bluetooth"
#define WG_BLUEZ_START "sudo systemctl enable --now bluetooth"
#define WG_BLUEZ_RESTART "sudo systemctl restart bluetooth"

G_END_DECLS
