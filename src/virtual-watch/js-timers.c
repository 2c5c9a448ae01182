/* setTimeout and its kin, in the watch's virtual time. */
#include "virtual-watch/engine.h"

#define INTERVAL_MIN_MS 0.1 /* TIMER_MIN_INTERVAL, jsinteractive.h */

typedef struct {
    int id;
    double due_ms;
    double interval_ms; /* 0: once */
} WgTimer;

/* addTimer(delay, repeats) -> id; the function itself is kept by prelude/system.js */
static duk_ret_t
add_timer(duk_context *ctx)
{
    WgEngine *self = wg_engine_of(ctx);
    double delay = duk_to_number(ctx, 0);
    if (!(delay >= INTERVAL_MIN_MS))
        delay = INTERVAL_MIN_MS;
    WgTimer timer = {.id = ++self->next_timer_id, .due_ms = self->machine->now_ms + delay};
    timer.interval_ms = duk_to_boolean(ctx, 1) ? delay : 0;
    if (!self->timers)
        self->timers = g_array_new(FALSE, FALSE, sizeof(WgTimer));
    g_array_append_val(self->timers, timer);
    wg_machine_reschedule(self->machine);
    duk_push_int(ctx, timer.id);
    return 1;
}

static int
find_timer(WgEngine *self, int id)
{
    for (guint i = 0; self->timers && i < self->timers->len; i++)
        if (g_array_index(self->timers, WgTimer, i).id == id)
            return (int)i;
    return -1;
}

/* removeTimer(id) -> whether there was one */
static duk_ret_t
remove_timer(duk_context *ctx)
{
    WgEngine *self = wg_engine_of(ctx);
    const int i = find_timer(self, duk_to_int32(ctx, 0));
    if (i >= 0)
        g_array_remove_index(self->timers, (guint)i);
    duk_push_boolean(ctx, i >= 0);
    return 1;
}

/* changeTimer(id, interval) */
static duk_ret_t
change_timer(duk_context *ctx)
{
    WgEngine *self = wg_engine_of(ctx);
    const int i = find_timer(self, duk_to_int32(ctx, 0));
    const double delay = duk_to_number(ctx, 1);
    duk_push_boolean(ctx, i >= 0);
    if (i < 0)
        return 1;
    WgTimer *timer = &g_array_index(self->timers, WgTimer, (guint)i);
    timer->due_ms = self->machine->now_ms + MAX(delay, INTERVAL_MIN_MS);
    if (timer->interval_ms > 0)
        timer->interval_ms = MAX(delay, INTERVAL_MIN_MS);
    wg_machine_reschedule(self->machine);
    return 1;
}

static int
find_earliest(WgEngine *self)
{
    int earliest = -1;
    for (guint i = 0; self->timers && i < self->timers->len; i++)
        if (earliest < 0 || g_array_index(self->timers, WgTimer, i).due_ms <
                                g_array_index(self->timers, WgTimer, (guint)earliest).due_ms)
            earliest = (int)i;
    return earliest;
}

double
wg_engine_get_next_timer_ms(WgEngine *self)
{
    const int i = find_earliest(self);
    return i < 0 ? G_MAXDOUBLE : g_array_index(self->timers, WgTimer, (guint)i).due_ms;
}

void
wg_engine_fire_timer(WgEngine *self)
{
    const int i = find_earliest(self);
    if (i < 0)
        return;
    WgTimer *timer = &g_array_index(self->timers, WgTimer, (guint)i);
    const int id = timer->id;
    const gboolean repeats = timer->interval_ms > 0;
    timer->due_ms += timer->interval_ms;
    if (!repeats)
        g_array_remove_index(self->timers, (guint)i);
    duk_push_int(self->ctx, id);
    duk_push_boolean(self->ctx, !repeats);
    if (!wg_engine_call_tool(self, "fireTimer", 2))
        wg_engine_report(self);
    else
        duk_pop(self->ctx);
}

void
wg_js_timers_add(duk_context *ctx)
{
    static const duk_function_list_entry functions[] = {
        {"addTimer", add_timer, 2},
        {"removeTimer", remove_timer, 1},
        {"changeTimer", change_timer, 2},
        {NULL, NULL, 0},
    };
    duk_put_function_list(ctx, -1, functions);
}
