/* What a watch's wearer does: the performance is played to its sensor, which is read on time. */
#include "virtual-watch/machine.h"

#include "dataset/performance.h"
#include "virtual-watch/console.h"
#include "virtual-watch/engine.h"

#include <string.h>

static void
play_next_take(WgMachine *self)
{
    GPtrArray *takes = self->options.performance;
    gint16 from[3];
    wg_sensor_get_end(self->sensor, from);
    g_autoptr(GArray) raw = NULL;
    const WgTake *take = self->take < takes->len ? g_ptr_array_index(takes, self->take) : NULL;
    if (take)
        raw = wg_performance_build(take, from, self->options.plain_takes);
    else
        raw = wg_performance_build_rest(from);
    self->take++;
    wg_sensor_play(self->sensor, (const gint16 *)(const void *)raw->data, (int)raw->len,
                   take ? take->period_ms : WG_SENSOR_PERIOD_MS);
}

static void
tell_performed(WgMachine *self)
{
    g_autofree char *line =
        g_strdup_printf("\x1e{\"wg\":\"performed\",\"n\":%u}\n", self->options.performance->len);
    self->performed = TRUE;
    self->performing = FALSE;
    wg_console_print(self->console, line, -1);
}

static void
emit_gesture(WgMachine *self, int n)
{
    duk_context *ctx = self->engine->ctx;
    const gsize size = (gsize)n * 3;
    memcpy(duk_push_fixed_buffer(ctx, size), self->sensor->gesture, size);
    duk_push_buffer_object(ctx, -1, 0, size, DUK_BUFOBJ_INT8ARRAY);
    duk_remove(ctx, -2);
    if (!wg_engine_call_tool(self->engine, "gesture", 1))
        wg_engine_report(self->engine);
    else
        duk_pop(ctx);
}

void
wg_machine_read_sensor(WgMachine *self)
{
    const gboolean listens = wg_engine_count_listeners(self->engine, "Bangle", "accel") > 0;
    if (self->performing && !wg_sensor_is_playing(self->sensor)) {
        if (self->take > self->options.performance->len)
            tell_performed(self);
        else
            play_next_take(self);
    }
    const int n = wg_sensor_read(self->sensor, listens);
    self->sensor->next_ms = self->now_ms + self->sensor->period_ms;
    if (listens && self->sensor->is_new) {
        if (!wg_engine_call_tool(self->engine, "accelEvent", 0))
            wg_engine_report(self->engine);
        else
            duk_pop(self->engine->ctx);
    }
    if (n > 0)
        emit_gesture(self, n);
}

void
wg_machine_start_performance(WgMachine *self)
{
    if (self->options.performance && !self->performed)
        self->performing = TRUE;
}
