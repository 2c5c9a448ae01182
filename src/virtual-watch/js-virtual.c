/* What WaggleVirtual, the battery and the radio are made of: natives below the preludes. */
#include "virtual-watch/connection.h"
#include "virtual-watch/engine.h"

static duk_ret_t
battery(duk_context *ctx)
{
    duk_push_int(ctx, wg_machine_get_battery(wg_engine_of(ctx)->machine));
    return 1;
}

static duk_ret_t
is_charging(duk_context *ctx)
{
    duk_push_boolean(ctx, wg_engine_of(ctx)->machine->battery_falls < 0);
    return 1;
}

/* setBattery(percent, falls percent an hour) */
static duk_ret_t
set_battery(duk_context *ctx)
{
    wg_machine_set_battery(wg_engine_of(ctx)->machine, duk_to_number(ctx, 0),
                           duk_to_number(ctx, 1));
    return 0;
}

/* pressSeconds(): 0: nobody presses the button by himself */
static duk_ret_t
press_seconds(duk_context *ctx)
{
    duk_push_number(ctx, wg_engine_of(ctx)->machine->options.press_seconds);
    return 1;
}

/* planLoss(heard, said, seconds, back, silent): each number -1 for not */
static duk_ret_t
plan_loss(duk_context *ctx)
{
    WgMachine *machine = wg_engine_of(ctx)->machine;
    const WgLossPlan plan = {
        .heard = (gint64)CLAMP(duk_to_number(ctx, 0), -1, G_MAXINT32),
        .said = (gint64)CLAMP(duk_to_number(ctx, 1), -1, G_MAXINT32),
        .seconds = duk_to_number(ctx, 2),
        .back_seconds = duk_to_number(ctx, 3),
        .is_silent = duk_to_boolean(ctx, 4),
    };
    wg_connection_plan_loss(machine->connection, &plan);
    wg_machine_reschedule(machine);
    return 0;
}

static duk_ret_t
is_connected(duk_context *ctx)
{
    duk_push_boolean(ctx, wg_connection_is_up(wg_engine_of(ctx)->machine->connection));
    return 1;
}

/* setHid(wanted): the radio takes it up when nobody is connected, so at once only at the start */
static duk_ret_t
set_hid(duk_context *ctx)
{
    WgMachine *machine = wg_engine_of(ctx)->machine;
    machine->hid_wanted = duk_to_boolean(ctx, 0);
    if (!machine->is_started || !wg_connection_is_up(machine->connection))
        machine->hid_active = machine->hid_wanted;
    return 0;
}

static duk_ret_t
has_hid(duk_context *ctx)
{
    duk_push_boolean(ctx, wg_engine_of(ctx)->machine->hid_active);
    return 1;
}

void
wg_js_virtual_add(duk_context *ctx)
{
    static const duk_function_list_entry functions[] = {
        {"battery", battery, 0},
        {"isCharging", is_charging, 0},
        {"setBattery", set_battery, 2},
        {"planLoss", plan_loss, 5},
        {"pressSeconds", press_seconds, 0},
        {"isConnected", is_connected, 0},
        {"setHid", set_hid, 1},
        {"hasHid", has_hid, 0},
        {NULL, NULL, 0},
    };
    duk_put_function_list(ctx, -1, functions);
}
