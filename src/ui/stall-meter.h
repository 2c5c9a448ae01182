/* Measures how long the window does not answer: the gaps between turns of the main loop. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the environment names a file in WAGGLE_STALLS, each gap of more than 10 ms beyond what was
 * asked for is added to it as wg_meter_end() writes it. Main thread, once; it runs to the end of
 * the program. */
void wg_stall_meter_start(void);

G_END_DECLS
