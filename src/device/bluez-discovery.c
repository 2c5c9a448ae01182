/* Discovery over the air: one call to BlueZ at a time, towards what is wanted now. */
#include "device/bluez-discovery.h"

/* BlueZ forgets the signal strength of what it heard when a discovery ends, and tells it only when
 * it differs: a new round is what shows that a watch is still there. */
#define ROUND_MS 5000
#define RETRY_MS 2000

typedef enum { OFF, STARTING, ON, STOPPING } State;

struct _WgDiscovery {
    void (*changed)(gpointer user_data);
    gpointer user_data;
    const WgClock *clock;
    WgDbusAdapter1 *adapter; /* to be used; NULL: none */
    WgDbusAdapter1 *used;    /* by the state */
    int n_wants, n_pauses;
    State state;
    gboolean is_round_over, is_waiting;
    guint timer_id;
    GCancellable *calls;
    GError *error;
};

static void update(WgDiscovery *self);

static gboolean
on_timer(gpointer user_data)
{
    WgDiscovery *self = user_data;
    self->timer_id = 0;
    self->is_round_over = self->state == ON;
    self->is_waiting = FALSE;
    update(self);
    return G_SOURCE_REMOVE;
}

static void
enter(WgDiscovery *self, State state)
{
    wg_clock_clear(self->clock, &self->timer_id);
    self->state = state;
    self->is_round_over = self->is_waiting = FALSE;
    if (state == ON)
        self->timer_id = wg_clock_add(self->clock, ROUND_MS, on_timer, self);
}

static void
on_started(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    if (!wg_dbus_adapter1_call_start_discovery_finish(WG_DBUS_ADAPTER1(source), result, &error) &&
        g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    WgDiscovery *self = user_data;
    g_clear_error(&self->error);
    if (error) {
        g_debug("the discovery does not start: %s", error->message);
        enter(self, OFF);
        self->is_waiting = TRUE;
        self->timer_id = wg_clock_add(self->clock, RETRY_MS, on_timer, self);
        self->error = g_steal_pointer(&error);
    } else {
        enter(self, ON);
    }
    update(self);
    self->changed(self->user_data);
}

static void
on_stopped(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    if (!wg_dbus_adapter1_call_stop_discovery_finish(WG_DBUS_ADAPTER1(source), result, &error)) {
        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            return;
        g_debug("the discovery had ended: %s", error->message);
    }
    WgDiscovery *self = user_data;
    enter(self, OFF);
    update(self);
    self->changed(self->user_data);
}

static void
start(WgDiscovery *self)
{
    GVariantBuilder filter;
    g_variant_builder_init(&filter, G_VARIANT_TYPE_VARDICT);
    /* not by UUID: some watches advertise their name only */
    g_variant_builder_add(&filter, "{sv}", "Transport", g_variant_new_string("le"));
    g_set_object(&self->used, self->adapter);
    enter(self, STARTING);
    wg_dbus_adapter1_call_set_discovery_filter(self->used, g_variant_builder_end(&filter),
                                               G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL,
                                               NULL);
    wg_dbus_adapter1_call_start_discovery(self->used, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                                          self->calls, on_started, self);
}

static void
update(WgDiscovery *self)
{
    const gboolean is_wanted = self->n_wants > 0 && self->n_pauses == 0 && self->adapter;
    if (self->state == OFF && is_wanted && !self->is_waiting)
        start(self);
    else if (self->state == ON &&
             (!is_wanted || self->is_round_over || self->used != self->adapter)) {
        enter(self, STOPPING);
        wg_dbus_adapter1_call_stop_discovery(self->used, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                                             self->calls, on_stopped, self);
    }
}

void
wg_discovery_set_adapter(WgDiscovery *self, WgDbusAdapter1 *adapter)
{
    if (!g_set_object(&self->adapter, adapter))
        return;
    g_clear_error(&self->error);
    update(self);
}

void
wg_discovery_want(WgDiscovery *self, gboolean wants)
{
    self->n_wants += wants ? 1 : -1;
    update(self);
}

void
wg_discovery_pause(WgDiscovery *self, gboolean pauses)
{
    self->n_pauses += pauses ? 1 : -1;
    update(self);
}

gboolean
wg_discovery_is_on(WgDiscovery *self)
{
    return self->state != OFF;
}

const GError *
wg_discovery_get_error(WgDiscovery *self)
{
    return self->error;
}

void
wg_discovery_set_clock(WgDiscovery *self, const WgClock *clock)
{
    g_return_if_fail(!self->timer_id);
    self->clock = clock;
}

WgDiscovery *
wg_discovery_new(void (*changed)(gpointer user_data), gpointer user_data)
{
    WgDiscovery *self = g_new0(WgDiscovery, 1);
    self->changed = changed;
    self->user_data = user_data;
    self->clock = wg_clock_get_system();
    self->calls = g_cancellable_new();
    return self;
}

void
wg_discovery_free(WgDiscovery *self)
{
    g_cancellable_cancel(self->calls);
    wg_clock_clear(self->clock, &self->timer_id);
    if (self->state == STARTING || self->state == ON)
        wg_dbus_adapter1_call_stop_discovery(self->used, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                                             NULL, NULL);
    g_clear_object(&self->calls);
    g_clear_object(&self->adapter);
    g_clear_object(&self->used);
    g_clear_error(&self->error);
    g_free(self);
}
