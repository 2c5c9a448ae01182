/* Measures how long the window does not answer: the gaps between turns of the main loop. */
#include "ui/stall-meter.h"

#include "ui/meter.h"

#define TURN_MS 10
#define TOLD_US 10000

static gboolean
on_turn(gpointer meter)
{
    wg_meter_end(meter, TURN_MS * 1000, TOLD_US);
    wg_meter_begin(meter);
    return G_SOURCE_CONTINUE;
}

static void
meter_free(gpointer meter)
{
    wg_meter_free(meter);
}

void
wg_stall_meter_start(void)
{
    WgMeter *meter = wg_meter_new("WAGGLE_STALLS");

    if (!meter)
        return;
    wg_meter_begin(meter);
    g_timeout_add_full(G_PRIORITY_HIGH, TURN_MS, on_turn, meter, meter_free);
}
