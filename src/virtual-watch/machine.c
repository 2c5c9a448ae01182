/* The loop of the virtual watch: input, virtual time, sensor, events, and the prompt after each. */
#include "virtual-watch/machine.h"

#include "base/error.h"
#include "virtual-watch/connection.h"
#include "virtual-watch/console.h"
#include "virtual-watch/engine.h"

#include <glib-unix.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define INPUT_MAX_BYTES (1u << 20) /* read ahead while a program runs */
#define TURN_US 20000              /* virtual events in a row before input has its turn again */
#define LAG_MAX_MS 1000.0          /* real time a busy watch may run behind; then its time slips */
#define SENSOR_SEED 20260819u      /* of the noise at rest: the same each time */
#define COMPACT_BATTERY 10         /* percent */
#define MS_PER_HOUR 3600000.0
#define TICK_MS 0.05 /* that a call or a pass of a loop takes a program there, about */
#define CTRL_C 3
#define CTRL_D 4
#define ALONE_US 5000000      /* how long a program may go on when nobody is there any more */
#define READER_PATIENCE_MS 10 /* between two looks at the input while a reader is slow */
#define FLUSH_MS 2000         /* how long the last words wait for a slow reader */

typedef struct {
    WgMachine machine;
    GByteArray *input;   /* come in */
    guint n_fed;         /* of them, given to the console */
    gint64 end_us;       /* when it was seen that the other end has closed; 0: not */
    gboolean is_in_turn; /* an event or what came in is being worked on */
    guint32 turn_ticks;  /* of the engine, when it began */
} Machine;

/* -- input ---------------------------------------------------------------------------------- */

/* Takes a Ctrl-C out of what is still to come. It counts only outside packets, whose bytes can be
 * anything. */
static gboolean
take_interrupt(Machine *whole)
{
    GByteArray *input = whole->input;
    if (wg_console_is_in_packet(whole->machine.console))
        return FALSE;
    for (guint i = whole->n_fed; i < input->len; i++) {
        const guint8 *p = input->data + i;
        if (*p == CTRL_C) {
            g_byte_array_remove_index(input, i);
            return TRUE;
        }
        if (input->len - i >= 4 && p[0] == 0x10 && p[1] == 0x01)
            i += 3 + ((guint)p[2] << 8 | p[3]) % 0x2000;
    }
    return FALSE;
}

static void
read_input(Machine *whole)
{
    WgMachine *self = &whole->machine;
    wg_connection_read(self->connection, whole->input, INPUT_MAX_BYTES);
    if (wg_connection_is_closed(self->connection) && whole->end_us == 0)
        whole->end_us = g_get_monotonic_time();
}

/* As the firmware, a program that prints without end waits for its reader, and Ctrl-C still works.
 */
static gboolean
wait_for_reader(Machine *whole)
{
    WgMachine *self = &whole->machine;
    gboolean interrupted = FALSE;
    while (!interrupted && whole->end_us == 0 &&
           wg_output_flush(self->output) > WG_OUTPUT_HIGH_WATER) {
        struct pollfd fd = {wg_output_get_fd(self->output), POLLOUT, 0};
        poll(&fd, 1, READER_PATIENCE_MS);
        read_input(whole);
        wg_connection_release(self->connection);
        interrupted = take_interrupt(whole);
    }
    return interrupted;
}

gboolean
wg_machine_poll(WgMachine *self)
{
    Machine *whole = (Machine *)self;
    read_input(whole);
    if (take_interrupt(whole) || wait_for_reader(whole))
        return TRUE;
    if (wg_output_is_lost(self->output))
        return TRUE;
    return whole->end_us && g_get_monotonic_time() - whole->end_us > ALONE_US;
}

static void
on_output_lost(gpointer user_data)
{
    WgMachine *self = user_data;
    if (wg_output_is_spent(self->output))
        wg_connection_lose(self->connection);
    else
        wg_connection_break(self->connection);
}

static gboolean
on_signal(gpointer user_data)
{
    wg_machine_stop(user_data);
    return G_SOURCE_CONTINUE;
}

/* -- turns ---------------------------------------------------------------------------------- */

static void
restart_if_asked(WgMachine *self)
{
    while (self->engine->todo != WG_TODO_NONE) {
        g_autofree char *file = g_steal_pointer(&self->engine->load_name);
        const gboolean banner = self->engine->todo == WG_TODO_RESET;
        g_clear_pointer(&self->engine, wg_engine_free);
        wg_console_restart(self->console, banner);
        self->engine = wg_engine_new(self, file);
        wg_engine_run_events(self->engine);
    }
}

static void
settle(WgMachine *self)
{
    wg_engine_run_events(self->engine);
    restart_if_asked(self);
    wg_console_end_turn(self->console);
}

/* Gives the console all that has come in. */
static void
turn(WgMachine *self)
{
    Machine *whole = (Machine *)self;
    const gboolean is_heard = whole->input->len > 0;
    while (whole->n_fed < whole->input->len && !wg_connection_is_spent(self->connection)) {
        const guint8 byte = whole->input->data[whole->n_fed++];
        if (byte == CTRL_D && self->ends_on_ctrl_d && !wg_console_is_in_packet(self->console))
            wg_machine_stop(self);
        wg_connection_count_heard(self->connection);
        wg_console_feed(self->console, byte);
        if (byte == '\n' || byte == '\r' || self->engine->todo != WG_TODO_NONE)
            settle(self);
    }
    g_byte_array_set_size(whole->input, 0);
    whole->n_fed = 0;
    settle(self);
    wg_output_flush(self->output);
    if (is_heard && wg_connection_is_spent(self->connection))
        wg_connection_lose(self->connection);
    wg_machine_reschedule(self);
}

/* -- virtual time --------------------------------------------------------------------------- */

static double
real_to_virtual(const WgMachine *self)
{
    return self->anchor_ms +
           (double)(g_get_monotonic_time() - self->anchor_us) / 1000 * self->options.speed;
}

static double
next_due(WgMachine *self)
{
    return MIN(MIN(self->sensor->next_ms, wg_engine_get_next_timer_ms(self->engine)),
               wg_connection_get_next_ms(self->connection));
}

static void
set_virtual_time(WgMachine *self, double now_ms)
{
    self->anchor_us = g_get_monotonic_time();
    self->anchor_ms = self->now_ms = now_ms;
}

void
wg_machine_reschedule(WgMachine *self)
{
    const double real_ms = (next_due(self) - self->anchor_ms) / self->options.speed;
    g_source_set_ready_time(self->clock, self->anchor_us + (gint64)(real_ms * 1000));
}

static void
begin_turn(WgMachine *self)
{
    Machine *whole = (Machine *)self;
    whole->is_in_turn = TRUE;
    whole->turn_ticks = self->engine->n_ticks;
}

static void
run_due(WgMachine *self)
{
    Machine *whole = (Machine *)self;
    const gint64 start_us = g_get_monotonic_time();
    const double target = real_to_virtual(self);
    while (next_due(self) <= target && g_get_monotonic_time() - start_us < TURN_US) {
        const double due_ms = next_due(self);
        self->now_ms = MAX(self->now_ms, due_ms);
        begin_turn(self);
        if (wg_connection_get_next_ms(self->connection) <= due_ms) {
            wg_connection_advance(self->connection);
            wg_machine_take_turn(self);
        } else if (self->sensor->next_ms <= due_ms) {
            wg_machine_read_sensor(self);
        } else {
            wg_engine_fire_timer(self->engine);
        }
        settle(self);
        whole->is_in_turn = FALSE;
    }
    if (next_due(self) > target)
        self->now_ms = MAX(self->now_ms, target);
    else if (target - self->now_ms > LAG_MAX_MS * self->options.speed)
        set_virtual_time(self, self->now_ms);
}

void
wg_machine_take_turn(WgMachine *self)
{
    Machine *whole = (Machine *)self;
    const gboolean is_within = whole->is_in_turn;
    read_input(whole);
    if (!is_within) {
        self->now_ms = MAX(self->now_ms, MIN(real_to_virtual(self), next_due(self)));
        begin_turn(self);
    }
    turn(self);
    if (!is_within)
        whole->is_in_turn = FALSE;
}

static gboolean
on_clock(gpointer user_data)
{
    WgMachine *self = user_data;
    run_due(self);
    wg_machine_take_turn(self);
    if (wg_connection_is_closed(self->connection))
        wg_machine_stop(self);
    return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_clock(GSource *source, GSourceFunc callback, gpointer user_data)
{
    g_source_set_ready_time(source, -1);
    return callback(user_data);
}

double
wg_machine_get_time_ms(WgMachine *self)
{
    return MAX(self->now_ms, real_to_virtual(self));
}

double
wg_machine_get_program_time_ms(WgMachine *self)
{
    const Machine *whole = (const Machine *)self;
    const guint32 n_ticks = self->engine->n_ticks;
    if (!whole->is_in_turn || n_ticks < whole->turn_ticks)
        return self->now_ms;
    return self->now_ms + (n_ticks - whole->turn_ticks) * TICK_MS;
}

void
wg_machine_stop(WgMachine *self)
{
    g_main_loop_quit(self->loop);
}

int
wg_machine_get_battery(WgMachine *self)
{
    const double hours = (wg_machine_get_time_ms(self) - self->battery_ms) / MS_PER_HOUR;
    return (int)CLAMP(self->battery_percent - self->battery_falls * hours, 0, 100);
}

void
wg_machine_set_battery(WgMachine *self, double percent, double falls)
{
    self->battery_percent = percent;
    self->battery_falls = falls;
    self->battery_ms = wg_machine_get_time_ms(self);
}

/* As jsfCompact: it says so, and a watch that is nearly empty does not begin. */
static gboolean
on_compact(gpointer user_data)
{
    WgMachine *self = user_data;
    const gboolean may = wg_machine_get_battery(self) >= COMPACT_BATTERY;
    wg_console_put_text(self->console,
                        may ? "Compacting... \n"
                            : "Less than 10 percent battery remaining - cannot compact\n");
    return may;
}

/* -- life ----------------------------------------------------------------------------------- */

WgMachine *
wg_machine_new(const WgMachineOptions *options, int input_fd, int output_fd, GError **error)
{
    static GSourceFuncs clock_functions = {.dispatch = dispatch_clock};
    g_autoptr(WgFlash) flash = wg_flash_new(options->folder, options->storage_bytes, error);
    if (!flash)
        return NULL;
    Machine *whole = g_new0(Machine, 1);
    WgMachine *self = &whole->machine;
    self->options = *options;
    self->flash = g_steal_pointer(&flash);
    wg_flash_set_compact_callback(self->flash, on_compact, self);
    whole->input = g_byte_array_new();
    self->loop = g_main_loop_new(NULL, FALSE);
    self->output = wg_output_new(output_fd, on_output_lost, self);
    self->console = wg_console_new(self);
    self->sensor = wg_sensor_new(SENSOR_SEED);
    self->clock = g_source_new(&clock_functions, sizeof(GSource));
    g_source_set_callback(self->clock, on_clock, self, NULL);
    g_source_attach(self->clock, NULL);
    set_virtual_time(self, 0);
    wg_machine_set_battery(self, options->battery_percent, options->battery_falls);
    self->connection = wg_connection_new(self, input_fd, output_fd);
    self->engine = wg_engine_new(self, WG_ENGINE_START_FILE);
    wg_engine_run_events(self->engine);
    restart_if_asked(self);
    self->is_started = TRUE;
    return self;
}

void
wg_machine_run(WgMachine *self)
{
    wg_connection_start(self->connection);
    const guint signals[] = {g_unix_signal_add(SIGTERM, on_signal, self),
                             g_unix_signal_add(SIGINT, on_signal, self),
                             g_unix_signal_add(SIGHUP, on_signal, self)};
    turn(self);
    g_main_loop_run(self->loop);
    for (gsize i = 0; i < G_N_ELEMENTS(signals); i++)
        g_source_remove(signals[i]);
    struct pollfd out = {wg_output_get_fd(self->output), POLLOUT, 0};
    while (out.fd >= 0 && wg_output_get_free(self->output) > 0 &&
           wg_output_flush(self->output) > 0 && poll(&out, 1, FLUSH_MS) > 0)
        ;
}

void
wg_machine_free(WgMachine *self)
{
    g_source_destroy(self->clock);
    g_source_unref(self->clock);
    g_clear_pointer(&self->engine, wg_engine_free);
    wg_connection_free(self->connection);
    wg_console_free(self->console);
    wg_sensor_free(self->sensor);
    wg_output_free(self->output);
    wg_flash_free(self->flash);
    g_main_loop_unref(self->loop);
    g_byte_array_unref(((Machine *)self)->input);
    g_free(self);
}
