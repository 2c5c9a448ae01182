/* Finds a watch, connects it and looks its console up: each step looks at what BlueZ says now. */
#include "device/ble-connect.h"

#include "base/error.h"
#include "device/ble-farewell.h"
#include "device/ble-back.h"
#include "device/ble-name.h"
#include "device/bluez-words.h"

#include <glib/gi18n.h>

#define STAGE_MS 10000
#define MISSING_MS 2000 /* for a service that is registered after the others were told */
#define AGAIN_MS 500    /* until the next try to connect */
/* BlueZ lets a connection live for 2 s after the call that ends it (src/device.c,
 * DISCONNECT_TIMER), and another program may just have made that: what is connected already must
 * last as long. */
#define LASTS_MS 2500

typedef enum { ASKING, FINDING, CONNECTING, RESOLVING } Stage;

typedef struct {
    char *wanted, *adapter_id;
    const WgClock *clock;
    GTask *task;
    GCancellable *calls;
    GSource *cancelled;
    Stage stage, furthest;
    WgBleConnection *made; /* as far as it is */
    gulong changed_id;
    guint deadline_id, again_id;
    gboolean wants_discovery, pauses_discovery;
    gboolean is_connecting, did_connect; /* we asked BlueZ for it */
    gboolean lasts;                      /* or it was connected all the time */
    gboolean is_service_missing;
    GError *last_error; /* of a try to connect */
} Attempt;

static void step(Attempt *self);

static void
set_discovery(Attempt *self, gboolean wants, gboolean pauses)
{
    if (wants != self->wants_discovery)
        wg_bluez_want_discovery(self->made->bluez, wants);
    if (pauses != self->pauses_discovery)
        wg_bluez_pause_discovery(self->made->bluez, pauses);
    self->wants_discovery = wants;
    self->pauses_discovery = pauses;
}

static void
attempt_free(Attempt *self)
{
    g_free(self->wanted);
    g_free(self->adapter_id);
    g_clear_pointer(&self->made, wg_ble_connection_free);
    g_clear_object(&self->calls);
    g_clear_error(&self->last_error);
    g_free(self);
}

/* Ends it; takes the error, NULL: what was made is the result. */
static void
end(Attempt *self, GError *error)
{
    g_autoptr(GTask) task = self->task;
    WgBleConnection *made = self->made;
    g_cancellable_cancel(self->calls);
    g_source_destroy(self->cancelled);
    g_clear_pointer(&self->cancelled, g_source_unref);
    wg_clock_clear(self->clock, &self->deadline_id);
    wg_clock_clear(self->clock, &self->again_id);
    if (self->changed_id)
        g_signal_handler_disconnect(made->bluez, self->changed_id);
    if (made->bluez)
        set_discovery(self, FALSE, FALSE);
    /* one that is paired may be in use by the system, as a keyboard is */
    made->is_ours =
        self->did_connect || (made->device && !wg_dbus_device1_get_paired(made->device));
    if (error && made->device && made->is_ours &&
        (self->is_connecting || wg_dbus_device1_get_connected(made->device)))
        wg_ble_farewell_start(made->bluez, made->device, NULL);
    if (error)
        g_task_return_error(task, error);
    else
        g_task_return_pointer(task, g_steal_pointer(&self->made),
                              (GDestroyNotify)wg_ble_connection_free);
    attempt_free(self);
}

static GError *
say_late(Attempt *self)
{
    const char *name = self->made->name;
    const GError *discovery_error =
        self->stage == FINDING ? wg_bluez_get_discovery_error(self->made->bluez) : NULL;
    if (self->last_error || discovery_error)
        return wg_bluez_explain(self->last_error ? self->last_error : discovery_error, name);
    if (self->is_service_missing)
        return g_error_new(
            WG_ERROR, WG_ERROR_CONNECTION,
            _("%s has no console over Bluetooth (Nordic UART): on a Bangle.js, switch "
              "on Settings, Bluetooth, Programmable"),
            name);
    switch (self->stage) {
    case FINDING:
        return g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                           _("%s was not heard for %d s: bring it nearer, and disconnect it from a "
                             "phone or another program"),
                           name, STAGE_MS / 1000);
    case CONNECTING:
        return g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                           _("%s did not take the connection within %d s: bring it nearer, and "
                             "disconnect it from a phone or another program"),
                           name, STAGE_MS / 1000);
    case RESOLVING:
        return g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                           _("%s is connected but does not say what it offers: restart its "
                             "Bluetooth, or the watch"),
                           name);
    case ASKING:
    default:
        return g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                           _("the system's Bluetooth service does not answer: run “%s”"),
                           WG_BLUEZ_RESTART);
    }
}

static gboolean
on_deadline(gpointer user_data)
{
    Attempt *self = user_data;
    self->deadline_id = 0;
    end(self, say_late(self));
    return G_SOURCE_REMOVE;
}

static void
set_deadline(Attempt *self, guint ms)
{
    wg_clock_clear(self->clock, &self->deadline_id);
    self->deadline_id = wg_clock_add(self->clock, ms, on_deadline, self);
}

/* Each stage has its deadline when it is first reached: one that comes and goes ends. */
static void
enter(Attempt *self, Stage stage)
{
    self->stage = stage;
    self->is_service_missing = FALSE;
    if (stage > self->furthest)
        set_deadline(self, STAGE_MS);
    self->furthest = MAX(self->furthest, stage);
}

/* Of several of that name the one that is connected, or the strongest. */
static WgDbusDevice1 *
dup_device(Attempt *self)
{
    WgBluez *bluez = self->made->bluez;
    g_autoptr(WgDbusAdapter1) adapter = wg_bluez_dup_adapter(bluez, self->adapter_id);
    g_autoptr(GPtrArray) devices = wg_bluez_list_devices(bluez, adapter);
    WgDbusDevice1 *best = NULL;
    int best_rank = G_MININT;
    for (guint i = 0; i < devices->len; i++) {
        WgDbusDevice1 *device = g_ptr_array_index(devices, i);
        const int signal = wg_dbus_device1_get_rssi(device);
        const int heard = signal ? signal : G_MININT + 1;
        const int rank = wg_dbus_device1_get_connected(device) ? G_MAXINT : heard;
        if (wg_ble_is_wanted(self->wanted, device) && rank > best_rank) {
            best = device;
            best_rank = rank;
        }
    }
    return best ? g_object_ref(best) : NULL;
}

static void
find(Attempt *self)
{
    g_autoptr(WgTrouble) trouble = wg_bluez_dup_trouble(self->made->bluez, self->adapter_id);
    if (trouble) {
        end(self, wg_bluez_say_trouble(trouble));
        return;
    }
    g_autoptr(WgDbusDevice1) device = dup_device(self);
    if (!device) {
        set_discovery(self, TRUE, FALSE);
        return;
    }
    if (wg_bluez_is_leaving(self->made->bluez, g_dbus_proxy_get_object_path(G_DBUS_PROXY(device))))
        return;
    const char *name = wg_dbus_device1_get_alias(device);
    wg_ble_connection_take_name(self->made, name ? name : self->wanted);
    self->made->device = g_steal_pointer(&device);
    enter(self, CONNECTING);
    set_discovery(self, FALSE, TRUE);
    step(self);
}

static gboolean
on_again(gpointer user_data)
{
    Attempt *self = user_data;
    self->again_id = 0;
    self->lasts = wg_dbus_device1_get_connected(self->made->device);
    step(self);
    return G_SOURCE_REMOVE;
}

/* What may work the next time, as often it does over the air. */
static gboolean
is_passing(WgBluezFault fault)
{
    return fault == WG_BLUEZ_CONNECTED || fault == WG_BLUEZ_OUT_OF_REACH ||
           fault == WG_BLUEZ_GONE || fault == WG_BLUEZ_IN_PROGRESS;
}

static void
try_later(Attempt *self)
{
    self->is_connecting = FALSE;
    self->again_id = wg_clock_add(self->clock, AGAIN_MS, on_again, self);
    step(self);
}

static void
on_refreshed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) answer = g_dbus_proxy_call_finish(G_DBUS_PROXY(source), result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (answer) {
        g_autoptr(GVariant) value = NULL;
        g_variant_get(answer, "(v)", &value);
        g_dbus_proxy_set_cached_property(G_DBUS_PROXY(source), "Connected", value);
    } else {
        g_debug("whether it is connected cannot be asked: %s", error->message);
    }
    try_later(user_data);
}

/* BlueZ (5.66, device_add_connection) does not always tell that "Connected" has changed. */
static void
refresh(Attempt *self)
{
    g_dbus_proxy_call(G_DBUS_PROXY(self->made->device), "org.freedesktop.DBus.Properties.Get",
                      g_variant_new("(ss)", "org.bluez.Device1", "Connected"),
                      G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->calls, on_refreshed, self);
}

static void
on_connected(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    const gboolean done =
        wg_dbus_device1_call_connect_finish(WG_DBUS_DEVICE1(source), result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    Attempt *self = user_data;
    const WgBluezFault fault = done ? WG_BLUEZ_CONNECTED : wg_bluez_classify(error);
    self->did_connect = self->did_connect || done;
    if (self->stage != CONNECTING) { /* it is connected already, as the property said */
        self->is_connecting = FALSE;
    } else if (!is_passing(fault)) {
        end(self, wg_bluez_explain(error, self->made->name));
    } else if (fault == WG_BLUEZ_CONNECTED) {
        refresh(self);
    } else {
        g_debug("connecting anew after: %s", error->message);
        g_clear_error(&self->last_error);
        self->last_error = g_steal_pointer(&error);
        try_later(self);
    }
}

static void
connect_device(Attempt *self)
{
    WgBleConnection *made = self->made;
    if (!wg_bluez_has(made->bluez, made->device)) {
        g_clear_object(&made->device);
        self->is_connecting = FALSE;
        enter(self, FINDING);
        set_discovery(self, TRUE, FALSE);
        step(self);
    } else if (wg_dbus_device1_get_connected(made->device) && !self->did_connect &&
               !self->is_connecting && !self->lasts) {
        if (!self->again_id)
            self->again_id = wg_clock_add(self->clock, LASTS_MS, on_again, self);
    } else if (wg_dbus_device1_get_connected(made->device)) {
        g_clear_error(&self->last_error);
        enter(self, RESOLVING);
        step(self);
    } else if (!self->is_connecting && !self->again_id && !wg_bluez_is_discovering(made->bluez)) {
        self->is_connecting = TRUE;
        wg_dbus_device1_call_connect(made->device, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->calls,
                                     on_connected, self);
    }
}

static void
resolve(Attempt *self)
{
    WgBleConnection *made = self->made;
    if (!wg_bluez_has(made->bluez, made->device) || !wg_dbus_device1_get_connected(made->device)) {
        enter(self, CONNECTING);
        step(self);
        return;
    }
    if (!wg_dbus_device1_get_services_resolved(made->device))
        return;
    if (wg_ble_connection_look_up(made)) {
        end(self, NULL);
        return;
    }
    if (!self->is_service_missing)
        set_deadline(self, MISSING_MS);
    self->is_service_missing = TRUE;
}

static void
step(Attempt *self)
{
    switch (self->stage) {
    case FINDING:
        find(self);
        break;
    case CONNECTING:
        connect_device(self);
        break;
    case RESOLVING:
        resolve(self);
        break;
    case ASKING:
    default:
        break;
    }
}

static void
on_bluez(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgBluez) bluez = wg_bluez_get_finish(result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    Attempt *self = user_data;
    if (!bluez) {
        end(self, g_steal_pointer(&error));
        return;
    }
    self->made->bluez = g_object_ref(bluez);
    self->changed_id = g_signal_connect_swapped(bluez, "changed", G_CALLBACK(step), self);
    enter(self, FINDING);
    step(self);
}

static gboolean
on_cancelled(GCancellable *cancellable, gpointer user_data)
{
    end(user_data, g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, _("stopped")));
    return G_SOURCE_REMOVE;
}

void
wg_ble_connect_async(const char *wanted, const char *adapter, const WgClock *clock,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    Attempt *self = g_new0(Attempt, 1);
    self->task = g_task_new(NULL, cancellable, callback, user_data);
    g_task_set_check_cancellable(self->task, FALSE); /* what was made must be undone by its owner */
    self->wanted = g_strdup(wanted);
    self->adapter_id = g_strdup(adapter);
    self->clock = clock;
    self->calls = g_cancellable_new();
    self->made = g_new0(WgBleConnection, 1);
    wg_ble_connection_take_name(self->made, wanted);
    self->cancelled = g_cancellable_source_new(cancellable);
    g_source_set_callback(self->cancelled, G_SOURCE_FUNC(on_cancelled), self, NULL);
    g_source_attach(self->cancelled, g_main_context_get_thread_default());
    set_deadline(self, STAGE_MS);
    wg_bluez_get_async(self->calls, on_bluez, self);
}

WgBleConnection *
wg_ble_connect_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
