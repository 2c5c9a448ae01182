/* Carries bytes in and out at the pace of the line, and lives through its loss. */
#include "virtual-watch/connection.h"

#include "virtual-watch/console.h"
#include "virtual-watch/engine.h"
#include "virtual-watch/linger.h"
#include "virtual-watch/pace.h"
#include "virtual-watch/rendezvous.h"
#include "virtual-watch/terminal.h"

#include <glib-unix.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define READ_BYTES 4096

typedef enum {
    LINE_UP,
    LINE_DEAF, /* open still, but nothing comes through */
    LINE_AWAY, /* closed: found again through the rendezvous, or a new terminal */
} LineState;

struct _WgConnection {
    WgMachine *machine;
    WgLossPlan plan;
    int input_fd, output_fd; /* -1: closed */
    gboolean owns_fds;       /* handed over by the rendezvous */
    WgTerminal *terminal;
    LineState state;
    double back_ms; /* DEAF, AWAY: from when it is found again */
    double drop_ms; /* of drop_seconds; G_MAXDOUBLE: not */
    gint64 n_heard;
    WgPace in, out;
    GByteArray *coming; /* read, and still on the slow line */
    gboolean closed, outlives;
    guint source_id;
    WgLinger linger;
    WgRendezvous *rendezvous;
};

static void go_away(WgConnection *self);
static void await(WgConnection *self);

/* -- in ------------------------------------------------------------------------------------- */

/* The other end has closed. A watch that is to outlive that stays. */
static void
end(WgConnection *self)
{
    if (self->state == LINE_AWAY)
        return;
    if (!self->outlives || self->terminal) {
        self->closed = TRUE;
        return;
    }
    if (self->state == LINE_UP)
        self->back_ms = wg_machine_get_time_ms(self->machine);
    go_away(self);
}

static gsize
fill(WgConnection *self, GByteArray *bytes, gsize most)
{
    gsize n_read = 0;
    while (!self->closed && self->input_fd >= 0 && bytes->len < most) {
        guint8 part[READ_BYTES];
        const ssize_t n = read(self->input_fd, part, sizeof part);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            break;
        if (n <= 0) {
            end(self);
            break;
        }
        if (self->state == LINE_UP) {
            g_byte_array_append(bytes, part, (guint)n);
            n_read += (gsize)n;
        }
    }
    return n_read;
}

void
wg_connection_read(WgConnection *self, GByteArray *input, gsize most)
{
    if (!wg_pace_is_slow(&self->in)) {
        fill(self, input, most);
        return;
    }
    const double now_ms = wg_machine_get_time_ms(self->machine);
    wg_pace_put(&self->in, now_ms, fill(self, self->coming, most));
    const guint n = (guint)wg_pace_take(&self->in, now_ms);
    if (n == 0 || n > self->coming->len)
        return;
    g_byte_array_append(input, self->coming->data, n);
    g_byte_array_remove_range(self->coming, 0, n);
}

gboolean
wg_connection_is_closed(const WgConnection *self)
{
    return self->closed && self->coming->len == 0;
}

void
wg_connection_break(WgConnection *self)
{
    end(self);
    if (self->closed)
        wg_machine_stop(self->machine);
}

gboolean
wg_connection_is_up(const WgConnection *self)
{
    return self->state == LINE_UP && !self->closed;
}

void
wg_connection_count_heard(WgConnection *self)
{
    self->n_heard++;
}

gboolean
wg_connection_is_spent(const WgConnection *self)
{
    return self->plan.heard >= 0 && self->n_heard >= self->plan.heard;
}

static gboolean
on_input(int fd, GIOCondition condition, gpointer user_data)
{
    WgConnection *self = user_data;
    const guint id = self->source_id;
    wg_machine_take_turn(self->machine);
    if (!self->closed)
        return self->source_id == id ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
    if (self->source_id == id)
        self->source_id = 0;
    if (wg_connection_is_closed(self))
        wg_machine_stop(self->machine);
    return G_SOURCE_REMOVE;
}

void
wg_connection_start(WgConnection *self)
{
    self->source_id = g_unix_fd_add(self->input_fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, self);
}

/* -- out ------------------------------------------------------------------------------------ */

void
wg_connection_note_written(WgConnection *self, gsize n)
{
    if (wg_pace_is_slow(&self->out))
        wg_pace_put(&self->out, wg_machine_get_time_ms(self->machine), n);
}

void
wg_connection_release(WgConnection *self)
{
    if (wg_pace_is_slow(&self->out))
        wg_output_release(self->machine->output,
                          wg_pace_take(&self->out, wg_machine_get_time_ms(self->machine)));
}

/* -- losing it ------------------------------------------------------------------------------ */

static void
forget_line(WgConnection *self)
{
    wg_pace_reset(&self->in);
    wg_pace_reset(&self->out);
    g_byte_array_set_size(self->coming, 0);
    self->plan.heard = -1;
    self->drop_ms = G_MAXDOUBLE;
    wg_output_set_limit(self->machine->output, -1);
}

/* What the firmware does when its radio tells that nobody is there any more. */
static void
hang_up(WgConnection *self)
{
    wg_output_set_fd(self->machine->output, -1);
    wg_console_hang_up(self->machine->console);
    self->machine->hid_active =
        self->machine->hid_wanted; /* services change when nobody is there */
    wg_engine_tell_connected(self->machine->engine, FALSE);
}

static void
close_fds(WgConnection *self)
{
    g_clear_handle_id(&self->source_id, g_source_remove);
    if (self->terminal) {
        wg_terminal_hang_up(self->terminal);
    } else if (self->owns_fds) {
        close(self->input_fd);
        close(self->output_fd);
    } else {
        /* they are standard input, output and error: their numbers must stay taken */
        const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
        for (int fd = 0; nothing >= 0 && fd <= STDERR_FILENO; fd++)
            dup2(nothing, fd);
        if (nothing >= 0)
            close(nothing);
    }
    self->input_fd = self->output_fd = -1;
}

static void
go_away(WgConnection *self)
{
    if (self->state == LINE_UP)
        hang_up(self);
    self->state = LINE_AWAY;
    await(self); /* first: who sees the line closed may come back at once */
    close_fds(self);
    if (self->rendezvous)
        wg_rendezvous_let_go(self->rendezvous);
}

void
wg_connection_lose(WgConnection *self)
{
    const double back_seconds = self->plan.back_seconds;
    if (self->state != LINE_UP)
        return;
    wg_output_flush(self->machine->output);
    forget_line(self);
    if (back_seconds < 0 && !self->plan.is_silent) {
        wg_output_set_fd(self->machine->output, -1); /* what did not leave by now never does */
        wg_machine_stop(self->machine);
        return;
    }
    self->back_ms = back_seconds < 0 ? G_MAXDOUBLE
                                     : wg_machine_get_time_ms(self->machine) + back_seconds * 1000;
    self->outlives = back_seconds >= 0;
    if (self->plan.is_silent) {
        hang_up(self);
        self->state = LINE_DEAF;
        await(self);
    } else {
        go_away(self);
    }
    wg_machine_reschedule(self->machine);
}

void
wg_connection_plan_loss(WgConnection *self, const WgLossPlan *plan)
{
    WgOutput *output = self->machine->output;
    self->plan = *plan;
    self->n_heard = 0;
    self->drop_ms = plan->seconds >= 0
                        ? wg_machine_get_time_ms(self->machine) + plan->seconds * 1000
                        : G_MAXDOUBLE;
    wg_output_set_limit(output,
                        plan->said >= 0 ? (gint64)wg_output_get_queued(output) + plan->said : -1);
}

/* -- finding it again ----------------------------------------------------------------------- */

static void
come_up(WgConnection *self, int input_fd, int output_fd)
{
    wg_linger_stop(&self->linger);
    self->input_fd = input_fd;
    self->output_fd = output_fd;
    g_unix_set_fd_nonblocking(input_fd, TRUE, NULL);
    self->state = LINE_UP;
    wg_output_set_fd(self->machine->output, output_fd);
    if (self->source_id == 0)
        wg_connection_start(self);
    wg_engine_tell_connected(self->machine->engine, TRUE);
    wg_machine_reschedule(self->machine);
}

static gboolean
on_offer(gpointer user_data, int input_fd, int output_fd)
{
    WgConnection *self = user_data;
    /* whoever comes may have closed the old line first, and that was not looked at yet */
    if (self->state == LINE_UP)
        wg_machine_take_turn(self->machine);
    if (self->state == LINE_UP || wg_machine_get_time_ms(self->machine) < self->back_ms)
        return FALSE;
    if (self->state == LINE_DEAF)
        close_fds(self);
    self->owns_fds = TRUE;
    come_up(self, input_fd, output_fd);
    return TRUE;
}

static void
await(WgConnection *self)
{
    if (self->terminal)
        return;
    if (!self->rendezvous)
        self->rendezvous = wg_rendezvous_new(self->machine->options.folder, on_offer, self);
    if (self->state == LINE_AWAY)
        wg_linger_start(&self->linger, self->machine, self->back_ms);
}

static void
come_back(WgConnection *self)
{
    g_autoptr(GError) error = NULL;
    if (self->state == LINE_DEAF) {
        come_up(self, self->input_fd, self->output_fd);
    } else if (self->terminal) {
        if (!wg_terminal_reopen(self->terminal, &error)) {
            g_printerr("waggle-watch: %s\n", error->message);
            wg_machine_stop(self->machine);
            return;
        }
        const int fd = wg_terminal_get_fd(self->terminal);
        come_up(self, fd, fd);
    }
}

/* -- time ----------------------------------------------------------------------------------- */

double
wg_connection_get_next_ms(const WgConnection *self)
{
    if (self->state != LINE_UP)
        return self->state == LINE_DEAF || self->terminal ? self->back_ms : G_MAXDOUBLE;
    const double moved_ms = MIN(wg_pace_get_next_ms(&self->in), wg_pace_get_next_ms(&self->out));
    return MIN(moved_ms, self->drop_ms);
}

void
wg_connection_advance(WgConnection *self)
{
    const double now_ms = self->machine->now_ms;
    wg_connection_release(self);
    if (self->state == LINE_UP && self->drop_ms <= now_ms)
        wg_connection_lose(self);
    else if (self->state != LINE_UP && wg_connection_get_next_ms(self) <= now_ms)
        come_back(self);
}

/* -- life ----------------------------------------------------------------------------------- */

WgConnection *
wg_connection_new(WgMachine *machine, int input_fd, int output_fd)
{
    WgConnection *self = g_new0(WgConnection, 1);
    const WgLineOptions *options = &machine->options.line;
    self->machine = machine;
    self->input_fd = input_fd;
    self->output_fd = output_fd;
    g_unix_set_fd_nonblocking(input_fd, TRUE, NULL);
    self->outlives = options->stays;
    self->coming = g_byte_array_new();
    wg_pace_init(&self->in, options->bytes_per_second, options->chunk_bytes, options->latency_ms);
    wg_pace_init(&self->out, options->bytes_per_second, options->chunk_bytes, options->latency_ms);
    if (wg_pace_is_slow(&self->out))
        wg_output_hold(machine->output);
    wg_connection_plan_loss(self, &options->loss);
    return self;
}

void
wg_connection_set_terminal(WgConnection *self, WgTerminal *terminal)
{
    self->terminal = terminal;
}

void
wg_connection_free(WgConnection *self)
{
    g_clear_handle_id(&self->source_id, g_source_remove);
    wg_linger_stop(&self->linger);
    g_clear_pointer(&self->rendezvous, wg_rendezvous_free);
    if (self->owns_fds && self->input_fd >= 0) {
        close(self->input_fd);
        close(self->output_fd);
    }
    wg_pace_clear(&self->in);
    wg_pace_clear(&self->out);
    g_byte_array_unref(self->coming);
    g_free(self);
}
