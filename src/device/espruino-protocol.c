/* Takes the bytes of an Espruino console apart into messages. */
#include "device/espruino-protocol.h"

#include <string.h>

#define SOH 0x01
#define ACK 0x06
#define DLE 0x10
#define XON 0x11
#define XOFF 0x13
#define NAK 0x15
#define ESC 0x1b
#define RS 0x1e
#define LENGTH_MASK 0x1fff
#define TYPE_MASK 0xe000

typedef enum {
    STATE_LINE,
    STATE_ESCAPE,  /* after ESC */
    STATE_CONTROL, /* after ESC [ : up to a letter */
    STATE_DLE,
    STATE_HEADER,
    STATE_DATA,
} State;

struct _WgEspruinoParser {
    WgMessageFunc func;
    gpointer user_data;
    State state;
    GString *line;
    gboolean is_event;   /* the line began with RS */
    gboolean is_dropped; /* an event that is too long */
    gboolean is_started; /* something of the line has been told or is no prompt */
    int n_header;
    guint16 header;
    GString *packet;
};

WgEspruinoParser *
wg_espruino_parser_new(WgMessageFunc func, gpointer user_data)
{
    WgEspruinoParser *self = g_new0(WgEspruinoParser, 1);
    self->func = func;
    self->user_data = user_data;
    self->line = g_string_new(NULL);
    self->packet = g_string_new(NULL);
    return self;
}

void
wg_espruino_parser_free(WgEspruinoParser *self)
{
    g_string_free(self->line, TRUE);
    g_string_free(self->packet, TRUE);
    g_free(self);
}

static void
tell(WgEspruinoParser *self, WgMessageKind kind, WgPacketType type, const GString *data)
{
    const WgMessage message = {kind, type, data ? data->str : "", data ? data->len : 0};
    self->func(&message, self->user_data);
}

/* Tells what has come of the line, if anything. */
static void
tell_text(WgEspruinoParser *self)
{
    if (self->line->len == 0)
        return;
    tell(self, WG_MESSAGE_TEXT, WG_PACKET_RESPONSE, self->line);
    g_string_truncate(self->line, 0);
}

static void
end_line(WgEspruinoParser *self)
{
    if (!self->is_event)
        tell_text(self);
    else if (!self->is_dropped && self->line->len)
        tell(self, WG_MESSAGE_EVENT, WG_PACKET_RESPONSE, self->line);
    g_string_truncate(self->line, 0);
    self->is_event = self->is_dropped = self->is_started = FALSE;
}

static void
add_to_event(WgEspruinoParser *self, char c)
{
    if (self->line->len >= WG_EVENT_MAX_BYTES)
        self->is_dropped = TRUE;
    else
        g_string_append_c(self->line, c);
}

static void
add_to_text(WgEspruinoParser *self, char c)
{
    if (c == '>' && !self->is_started && self->line->len == 0)
        return; /* a prompt */
    self->is_started = TRUE;
    g_string_append_c(self->line, c);
    if (self->line->len >= WG_TEXT_MAX_BYTES)
        tell_text(self);
}

static void
feed_line(WgEspruinoParser *self, guint8 byte)
{
    switch (byte) {
    case '\n':
        end_line(self);
        break;
    case '\r':
        if (self->is_event)
            end_line(self);
        break;
    case ACK:
        tell(self, WG_MESSAGE_ACK, WG_PACKET_RESPONSE, NULL);
        break;
    case NAK:
        tell(self, WG_MESSAGE_NAK, WG_PACKET_RESPONSE, NULL);
        break;
    case XON:
        tell(self, WG_MESSAGE_XON, WG_PACKET_RESPONSE, NULL);
        break;
    case XOFF:
        tell(self, WG_MESSAGE_XOFF, WG_PACKET_RESPONSE, NULL);
        break;
    case DLE:
        self->state = STATE_DLE;
        break;
    case ESC:
        self->state = STATE_ESCAPE;
        break;
    case RS:
        /* one that another cut short is lost; text before it was a line of its own */
        if (!self->is_event)
            tell_text(self);
        g_string_truncate(self->line, 0);
        self->is_event = TRUE;
        self->is_dropped = FALSE;
        break;
    default:
        if (self->is_event)
            add_to_event(self, (char)byte);
        else if (byte >= 0x20 || byte == '\t')
            add_to_text(self, (char)byte);
        break;
    }
}

static void
end_packet(WgEspruinoParser *self)
{
    self->state = STATE_LINE;
    tell(self, WG_MESSAGE_PACKET, (WgPacketType)(self->header & TYPE_MASK), self->packet);
    g_string_truncate(self->packet, 0);
}

static void
feed_header(WgEspruinoParser *self, guint8 byte)
{
    self->header = (guint16)(self->header << 8 | byte);
    if (++self->n_header < 2)
        return;
    self->state = STATE_DATA;
    g_string_truncate(self->packet, 0);
    if ((self->header & LENGTH_MASK) == 0)
        end_packet(self);
}

static void
feed_byte(WgEspruinoParser *self, guint8 byte)
{
    switch (self->state) {
    case STATE_LINE:
        feed_line(self, byte);
        break;
    case STATE_ESCAPE:
        self->state = byte == '[' ? STATE_CONTROL : STATE_LINE;
        break;
    case STATE_CONTROL:
        if (byte >= 0x40 && byte <= 0x7e) { /* the final byte, ECMA-48 5.4 */
            self->state = STATE_LINE;
            if (byte == 'J' && !self->is_event) { /* the watch takes its prompt and echo away */
                g_string_truncate(self->line, 0);
                self->is_started = FALSE;
            }
        } else if (byte < 0x20 || byte > 0x7e) {
            self->state = STATE_LINE; /* no control sequence after all */
            feed_line(self, byte);
        }
        break;
    case STATE_DLE:
        self->state = byte == SOH ? STATE_HEADER : STATE_LINE;
        self->n_header = 0;
        self->header = 0;
        if (byte != SOH)
            feed_line(self, byte);
        break;
    case STATE_HEADER:
        feed_header(self, byte);
        break;
    case STATE_DATA:
    default:
        g_string_append_c(self->packet, (char)byte);
        if (self->packet->len == (self->header & LENGTH_MASK))
            end_packet(self);
        break;
    }
}

void
wg_espruino_parser_feed(WgEspruinoParser *self, gconstpointer bytes, gsize n)
{
    const guint8 *data = bytes;
    for (gsize i = 0; i < n; i++)
        feed_byte(self, data[i]);
}

void
wg_espruino_parser_flush(WgEspruinoParser *self)
{
    if (!self->is_event)
        tell_text(self);
}

gboolean
wg_espruino_parser_is_in_packet(const WgEspruinoParser *self)
{
    return self->state == STATE_HEADER || self->state == STATE_DATA;
}

void
wg_espruino_parser_reset(WgEspruinoParser *self)
{
    self->state = STATE_LINE;
    self->is_event = self->is_dropped = self->is_started = FALSE;
    g_string_truncate(self->line, 0);
    g_string_truncate(self->packet, 0);
}
