/* The Espruino console as pure bytes <-> messages: no input or output, no time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The type in the top three bits of a packet's header (Espruino, jsinteractive.c). */
typedef enum {
    WG_PACKET_RESPONSE = 0x0000,
    WG_PACKET_EVAL = 0x2000,
    WG_PACKET_EVENT = 0x4000,
    WG_PACKET_FILE_SEND = 0x6000,
    WG_PACKET_DATA = 0x8000,
    WG_PACKET_FILE_RECV = 0xa000,
} WgPacketType;

#define WG_PACKET_MAX_BYTES 8191 /* the length has 13 bits */
#define WG_TEXT_MAX_BYTES 1024   /* a longer line of text comes in pieces */
#define WG_EVENT_MAX_BYTES 16384 /* a longer line of ours is dropped */

typedef enum {
    WG_MESSAGE_TEXT,  /* a line of the console without prompt, line end and screen control */
    WG_MESSAGE_EVENT, /* a line of ours: what stood between \x1e and the line end */
    WG_MESSAGE_ACK,
    WG_MESSAGE_NAK,
    WG_MESSAGE_XON,
    WG_MESSAGE_XOFF,
    WG_MESSAGE_PACKET, /* `type` and data */
} WgMessageKind;

typedef struct {
    WgMessageKind kind;
    WgPacketType type;
    const char *data; /* `length` bytes and a '\0' behind them; any bytes may be among them */
    gsize length;
} WgMessage;

/* The message is valid during the call; the parser must not be freed or fed from within. */
typedef void (*WgMessageFunc)(const WgMessage *message, gpointer user_data);

typedef struct _WgEspruinoParser WgEspruinoParser;

WgEspruinoParser *wg_espruino_parser_new(WgMessageFunc func, gpointer user_data);
/* Takes what came, split anywhere. Equal bytes give equal messages however they are split. */
void wg_espruino_parser_feed(WgEspruinoParser *self, gconstpointer bytes, gsize n);
/* Tells the text of a line that has not ended yet, as before a deadline's message. */
void wg_espruino_parser_flush(WgEspruinoParser *self);
/* TRUE in the middle of a packet: the rest is still to come. */
gboolean wg_espruino_parser_is_in_packet(const WgEspruinoParser *self);
/* Forgets what has come in part, as after a new connection. */
void wg_espruino_parser_reset(WgEspruinoParser *self);
void wg_espruino_parser_free(WgEspruinoParser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgEspruinoParser, wg_espruino_parser_free)

/* `n` at most WG_PACKET_MAX_BYTES. Owner: caller. */
GBytes *wg_espruino_build_packet(WgPacketType type, gconstpointer data, gsize n);
/* {"fn":name,"s":size}: a file for Storage; DATA packets follow. */
GBytes *wg_espruino_build_file_send(const char *name, gsize size);
GBytes *wg_espruino_build_file_recv(const char *name);
/* A line that is run and not echoed; `code` is one line. */
GBytes *wg_espruino_build_line(const char *code);
/* A JavaScript string literal with its quotes, in printable ASCII only: nothing in `text` (n bytes,
 * UTF-8; -1: up to the '\0') can end it. Where it is not UTF-8 each byte becomes a character of its
 * value. */
char *wg_espruino_quote(const char *text, gssize n);
/* The text of a JavaScript string literal as Espruino writes it (\xHH, \uHHHH, octal), as UTF-8;
 * NULL where it is none. */
char *wg_espruino_unquote(const char *literal, gsize n);

G_END_DECLS
