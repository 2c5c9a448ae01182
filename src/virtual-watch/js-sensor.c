/* What Bangle's sensors and WaggleVirtual are made of: natives below prelude/bangle.js. */
#include "virtual-watch/js-error.h"

#include "dataset/performance.h"
#include "virtual-watch/takes.h"

#include <string.h>

/* accel() -> {x, y, z, diff, mag} in g */
static duk_ret_t
accel(duk_context *ctx)
{
    static const char *const axes[] = {"x", "y", "z"};
    const WgSensor *sensor = wg_engine_of(ctx)->machine->sensor;
    duk_push_object(ctx);
    for (int axis = 0; axis < 3; axis++) {
        duk_push_number(ctx, (double)sensor->raw[axis] / WG_SENSOR_RAW_PER_G);
        duk_put_prop_string(ctx, -2, axes[axis]);
    }
    duk_push_number(ctx, sensor->difference_g);
    duk_put_prop_string(ctx, -2, "diff");
    duk_push_number(ctx, sensor->magnitude_g);
    duk_put_prop_string(ctx, -2, "mag");
    return 1;
}

static duk_ret_t
set_period(duk_context *ctx)
{
    WgMachine *machine = wg_engine_of(ctx)->machine;
    const gboolean done = wg_sensor_set_period(machine->sensor, duk_to_number(ctx, 0));
    if (done)
        machine->sensor->next_ms = machine->now_ms + machine->sensor->period_ms;
    wg_machine_reschedule(machine);
    duk_push_boolean(ctx, done);
    return 1;
}

static duk_ret_t
get_period(duk_context *ctx)
{
    duk_push_number(ctx, wg_engine_of(ctx)->machine->sensor->period_ms);
    return 1;
}

static duk_ret_t
set_power_save(duk_context *ctx)
{
    wg_engine_of(ctx)->machine->sensor->power_save = duk_to_boolean(ctx, 0);
    return 0;
}

static duk_ret_t
write_register(duk_context *ctx)
{
    wg_sensor_write_register(wg_engine_of(ctx)->machine->sensor, duk_to_int32(ctx, 0),
                             duk_to_int32(ctx, 1));
    return 0;
}

static duk_ret_t
read_register(duk_context *ctx)
{
    duk_push_int(ctx,
                 wg_sensor_read_register(wg_engine_of(ctx)->machine->sensor, duk_to_int32(ctx, 0)));
    return 1;
}

/* gestureWanted(): something listens for gestures now */
static duk_ret_t
gesture_wanted(duk_context *ctx)
{
    wg_machine_start_performance(wg_engine_of(ctx)->machine);
    return 0;
}

/* At once: what was being performed is broken off, and the hand is where the take begins. */
static void
play(WgMachine *machine, const WgTake *take, gboolean at_once)
{
    gint16 from[3];
    if (at_once)
        wg_sensor_stop(machine->sensor);
    wg_sensor_get_end(machine->sensor, from);
    for (int axis = 0; at_once && take->history && axis < 3; axis++)
        from[axis] = (gint16)(take->history[axis] * (1 << 7)); /* as in wg_performance_build() */
    g_autoptr(GArray) raw = wg_performance_build(take, from, machine->options.plain_takes);
    wg_sensor_play(machine->sensor, (const gint16 *)(const void *)raw->data, (int)raw->len,
                   WG_SENSOR_PERIOD_MS);
    wg_sensor_get_end(machine->sensor, from);
    g_autoptr(GArray) back = wg_performance_build_rest(from);
    wg_sensor_play(machine->sensor, (const gint16 *)(const void *)back->data, (int)back->len,
                   WG_SENSOR_PERIOD_MS);
    machine->sensor->next_ms = MIN(machine->sensor->next_ms, machine->now_ms + WG_SENSOR_PERIOD_MS);
    wg_machine_reschedule(machine);
}

/* perform(label, number, atOnce) -> how many takes of it there are; plays that number's, modulo */
static duk_ret_t
perform(duk_context *ctx)
{
    WgMachine *machine = wg_engine_of(ctx)->machine;
    g_autofree char *label = wg_engine_dup_name(ctx, 0);
    const guint number = duk_to_uint32(ctx, 1);
    GError *error = NULL;
    g_autoptr(GPtrArray) takes = wg_takes_load(label, machine->options.project, &error);
    if (!takes) {
        g_clear_pointer(&label, g_free);
        return wg_js_throw(ctx, DUK_ERR_ERROR, error);
    }
    play(machine, g_ptr_array_index(takes, number % takes->len), duk_to_boolean(ctx, 2));
    duk_push_uint(ctx, takes->len);
    return 1;
}

/* performSamples([x, y, z, x, ...]): raw, 8192 per g, every 80 ms */
static duk_ret_t
perform_samples(duk_context *ctx)
{
    const duk_size_t n = duk_get_length(ctx, 0) / 3;
    gint16 *raw = duk_push_fixed_buffer(ctx, (n * 3 + 1) * sizeof(gint16)); /* freed by unwinding */
    for (duk_size_t i = 0; i < n * 3; i++) {
        duk_get_prop_index(ctx, 0, (duk_uarridx_t)i);
        raw[i] = (gint16)CLAMP(duk_to_int(ctx, -1), G_MININT16, G_MAXINT16);
        duk_pop(ctx);
    }
    if (n) {
        g_autoptr(WgTake) take = wg_take_new_raw(raw, (int)n);
        play(wg_engine_of(ctx)->machine, take, FALSE);
    }
    duk_push_uint(ctx, (duk_uint_t)n);
    return 1;
}

static duk_ret_t
is_performing(duk_context *ctx)
{
    const WgMachine *machine = wg_engine_of(ctx)->machine;
    duk_push_boolean(ctx, machine->performing || wg_sensor_is_playing(machine->sensor));
    return 1;
}

void
wg_js_sensor_add(duk_context *ctx)
{
    static const duk_function_list_entry functions[] = {
        {"accel", accel, 0},
        {"setPeriod", set_period, 1},
        {"getPeriod", get_period, 0},
        {"setPowerSave", set_power_save, 1},
        {"writeRegister", write_register, 2},
        {"readRegister", read_register, 1},
        {"gestureWanted", gesture_wanted, 0},
        {"perform", perform, 3},
        {"performSamples", perform_samples, 1},
        {"isPerforming", is_performing, 0},
        {NULL, NULL, 0},
    };
    duk_put_function_list(ctx, -1, functions);
}
