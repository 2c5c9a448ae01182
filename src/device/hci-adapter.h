/* What the kernel says of the Bluetooth adapters, where BlueZ's service cannot be asked. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NULL where an adapter is up, else why none can be used and the remedy. Owner: caller. */
char *wg_hci_dup_trouble(void);

G_END_DECLS
