/* How long a watch that was lost waits for somebody to come back to it. */
#pragma once

#include "virtual-watch/machine.h"

G_BEGIN_DECLS

typedef struct {
    WgMachine *machine;
    double back_ms; /* virtual time from when it can be found again */
    int n_seconds;  /* real, since then */
    guint id;       /* 0: it does not wait */
} WgLinger;

/* Waits from its beginning. It ends with the machine: 30 s after back_ms, or where its folder is
 * gone. */
void wg_linger_start(WgLinger *self, WgMachine *machine, double back_ms);
void wg_linger_stop(WgLinger *self);

G_END_DECLS
