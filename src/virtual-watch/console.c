/* What the watch does with each byte it is sent, and when it shows its prompt (jsinteractive.c). */
#include "virtual-watch/console.h"

#include "virtual-watch/connection.h"
#include "virtual-watch/engine.h"
#include "virtual-watch/input-line.h"
#include "virtual-watch/packet.h"
#include "virtual-watch/source-guard.h"

#include <string.h>

#define BANNER                                                                                     \
    "\n ____                 _ \n|  __|___ ___ ___ _ _|_|___ ___ \n"                               \
    "|  __|_ -| . |  _| | | |   | . |\n|____|___|  _|_| |___|_|_|_|___|\n"                         \
    "         |_| espruino.com\n "
#define BANNER_END " (virtual watch)\n"

typedef enum {
    STATE_NONE,
    STATE_DLE,            /* 10: a packet if 01 follows */
    STATE_RETURN,         /* \r: a \n behind it says nothing more */
    STATE_ESCAPE,         /* 1b */
    STATE_BRACKET,        /* 1b [ */
    STATE_BRACKET_NUMBER, /* 1b [ digits */
    STATE_O,              /* 1b O */
} State;

struct _WgConsole {
    WgMachine *machine;
    WgInputLine line;
    WgPacketReader packet;
    State state;
    int number; /* of an escape sequence */
    gboolean echo_off, echo_off_for_line;
    gboolean hidden; /* the prompt is not on the screen now */
};

static gboolean
has_echo(const WgConsole *self)
{
    return !self->echo_off && !self->echo_off_for_line;
}

WgConsole *
wg_console_new(WgMachine *machine)
{
    WgConsole *self = g_new0(WgConsole, 1);
    self->machine = machine;
    self->hidden = TRUE;
    wg_input_line_init(&self->line);
    wg_packet_reader_init(&self->packet, self);
    return self;
}

void
wg_console_free(WgConsole *self)
{
    wg_packet_reader_clear(&self->packet);
    wg_input_line_clear(&self->line);
    g_free(self);
}

WgMachine *
wg_console_get_machine(WgConsole *self)
{
    return self->machine;
}

void
wg_console_put(WgConsole *self, const char *bytes, gssize length)
{
    const gsize n = length < 0 ? strlen(bytes) : (gsize)length;
    if (self->machine->connection && wg_connection_is_up(self->machine->connection))
        wg_connection_note_written(self->machine->connection, n);
    wg_output_write(self->machine->output, bytes, n);
}

/* What editing wrote is sent only where the line is shown. */
static void
send_line_output(WgConsole *self)
{
    if (has_echo(self) && !self->hidden)
        wg_console_put(self, self->line.out->str, (gssize)self->line.out->len);
    g_string_truncate(self->line.out, 0);
}

static void
hide_line(WgConsole *self)
{
    if (self->hidden)
        return;
    wg_input_line_hide(&self->line);
    send_line_output(self);
    self->hidden = TRUE;
}

gboolean
wg_console_is_in_packet(const WgConsole *self)
{
    return wg_packet_reader_is_reading(&self->packet);
}

void
wg_console_expire_packet(WgConsole *self)
{
    wg_packet_reader_expire(&self->packet);
}

static void
put_text(WgConsole *self, const char *text, gsize length)
{
    const char *end = text + length;
    while (text < end) {
        const char *newline = memchr(text, '\n', (gsize)(end - text));
        const char *stop = newline ? newline : end;
        wg_console_put(self, text, stop - text);
        if (newline)
            wg_console_put(self, "\r\n", 2);
        text = newline ? newline + 1 : end;
    }
}

void
wg_console_print(WgConsole *self, const char *text, gssize length)
{
    hide_line(self);
    put_text(self, text, length < 0 ? strlen(text) : (gsize)length);
}

void
wg_console_put_text(WgConsole *self, const char *text)
{
    put_text(self, text, strlen(text));
}

void
wg_console_set_echo(WgConsole *self, gboolean echo)
{
    self->echo_off = !echo;
}

void
wg_console_restart(WgConsole *self, gboolean banner)
{
    self->echo_off = self->echo_off_for_line = FALSE;
    wg_input_line_reset(&self->line);
    self->hidden = TRUE;
    if (banner) {
        g_autofree char *text =
            g_strconcat(BANNER, self->machine->options.firmware, BANNER_END, NULL);
        put_text(self, text, strlen(text));
    }
    wg_console_put(self, "\r\n", 2);
}

static void
run_line(WgConsole *self)
{
    if (has_echo(self) && !self->hidden)
        wg_console_put(self, "\r\n", 2);
    if (!self->echo_off_for_line)
        self->hidden = TRUE;
    g_autofree char *line = g_strdup(self->line.text->str);
    g_strchomp(line);
    wg_input_line_reset(&self->line);
    WgEngine *engine = self->machine->engine;
    if (!wg_engine_eval(engine, line, strlen(line), "REPL", FALSE)) {
        wg_engine_report(engine);
    } else if (has_echo(self) && *line) {
        /* as the firmware: "=" and a shortened form of the value */
        if (wg_engine_call_tool(engine, "toREPL", 1)) {
            g_autoptr(GBytes) text = wg_engine_dup_bytes(engine->ctx, -1);
            gsize length = 0;
            const char *bytes = text ? g_bytes_get_data(text, &length) : "";
            wg_console_put(self, "=", 1);
            put_text(self, bytes, length);
            wg_console_put(self, "\r\n", 2);
            duk_pop(engine->ctx);
        } else {
            wg_engine_report(engine);
        }
    } else {
        duk_pop(engine->ctx);
    }
    if (*line && has_echo(self))
        wg_input_line_remember(&self->line, line);
    self->echo_off_for_line = FALSE;
}

static void
end_line(WgConsole *self, gboolean run)
{
    const GString *text = self->line.text;
    if (run && wg_input_line_is_at_end(&self->line) &&
        wg_source_count_open_brackets(text->str, text->len) <= 0)
        run_line(self);
    else
        wg_input_line_insert(&self->line, '\n');
}

static void
interrupt_line(WgConsole *self)
{
    if (self->line.text->len == 0)
        return;
    hide_line(self);
    wg_input_line_reset(&self->line);
}

void
wg_console_hang_up(WgConsole *self)
{
    if (wg_packet_reader_is_reading(&self->packet))
        wg_packet_reader_forget(&self->packet);
    else
        wg_input_line_reset(&self->line);
}

static void
feed_bracket_number(WgConsole *self, guint8 byte)
{
    if (g_ascii_isdigit(byte)) {
        self->number = MIN(self->number * 10 + byte - '0', 9999);
        return;
    }
    self->state = STATE_NONE;
    if (byte == 'H' && self->number == 2)
        interrupt_line(self);
    else if (byte == '~' && self->number == 1)
        wg_input_line_home(&self->line);
    else if (byte == '~' && self->number == 3)
        wg_input_line_delete(&self->line, FALSE);
    else if (byte == '~' && self->number == 4)
        wg_input_line_end(&self->line);
}

static void
feed_bracket(WgConsole *self, guint8 byte)
{
    self->state = STATE_NONE;
    if (g_ascii_isdigit(byte)) {
        self->number = byte - '0';
        self->state = STATE_BRACKET_NUMBER;
    } else if (byte == 'C' || byte == 'D') {
        wg_input_line_move(&self->line, byte == 'C' ? 1 : -1);
    } else if (byte == 'A' || byte == 'B') {
        wg_input_line_recall(&self->line, byte == 'A');
    } else if (byte == 'F') {
        wg_input_line_end(&self->line);
    } else if (byte == 'H') {
        wg_input_line_home(&self->line);
    }
}

static void
feed_escape(WgConsole *self, guint8 byte)
{
    self->state = byte == '[' ? STATE_BRACKET : byte == 'O' ? STATE_O : STATE_NONE;
    if (byte == '\n')
        end_line(self, FALSE);
}

static void
feed_plain(WgConsole *self, guint8 byte)
{
    const gboolean after_return = self->state == STATE_RETURN;
    self->state = STATE_NONE;
    if (byte == '\b' || byte == 0x7f) {
        wg_input_line_delete(&self->line, TRUE);
    } else if (byte == '\r' || (byte == '\n' && !after_return)) {
        if (byte == '\r')
            self->state = STATE_RETURN;
        end_line(self, TRUE);
    } else if (byte == '\t') {
        for (int i = 0; i < 4; i++)
            wg_input_line_insert(&self->line, ' ');
    } else if (byte >= 32) {
        wg_input_line_insert(&self->line, (char)byte);
    }
}

static void
feed_dle(WgConsole *self)
{
    if (self->line.text->len == 0)
        self->echo_off_for_line = TRUE;
    self->state = STATE_DLE;
}

static void
feed_enquiry(WgConsole *self)
{
    if (self->line.text->len)
        return;
    g_autofree char *answer =
        g_strconcat("Espruino ", self->machine->options.firmware, " " WG_MACHINE_BOARD "\n", NULL);
    put_text(self, answer, strlen(answer));
}

static void
start_packet(WgConsole *self)
{
    /* its DLE had turned the echo off for a line that does not come */
    if (self->line.text->len == 0)
        self->echo_off_for_line = FALSE;
    self->state = STATE_NONE;
    wg_packet_reader_start(&self->packet);
}

void
wg_console_feed(WgConsole *self, guint8 byte)
{
    if (wg_packet_reader_is_reading(&self->packet)) {
        wg_packet_reader_feed(&self->packet, byte);
        return;
    }
    if (byte == 0) {
        self->state = STATE_NONE;
    } else if (byte == 1) {
        if (self->state == STATE_DLE && self->machine->options.has_packets)
            start_packet(self);
    } else if (byte == 3) {
        interrupt_line(self);
    } else if (byte == 5) {
        feed_enquiry(self);
    } else if (byte == 0x10) {
        feed_dle(self);
    } else if (byte == 0x1b) {
        self->state = STATE_ESCAPE;
    } else if (self->state == STATE_ESCAPE) {
        feed_escape(self, byte);
    } else if (self->state == STATE_BRACKET) {
        feed_bracket(self, byte);
    } else if (self->state == STATE_BRACKET_NUMBER) {
        feed_bracket_number(self, byte);
    } else if (self->state == STATE_O) {
        self->state = STATE_NONE;
        if (byte == 'F')
            wg_input_line_end(&self->line);
        else if (byte == 'H')
            wg_input_line_home(&self->line);
    } else {
        feed_plain(self, byte);
    }
    send_line_output(self);
}

void
wg_console_end_turn(WgConsole *self)
{
    if (!self->hidden)
        return;
    self->hidden = FALSE;
    wg_input_line_show(&self->line);
    send_line_output(self);
}
