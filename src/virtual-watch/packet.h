/* Espruino's packets, the watch's side: 10 01, type and length, data; answered by ACK or NAK. */
#pragma once

#include "virtual-watch/console.h"

G_BEGIN_DECLS

typedef struct {
    WgConsole *console;
    int n_header; /* bytes of type and length seen: 0, 1, 2; -1: no packet is coming */
    guint16 header;
    GByteArray *data;
    guint timeout_id, file_timeout_id;
    char *file_name; /* FILE_SEND told it; NULL: no file is coming */
    gint64 file_size, file_offset;
} WgPacketReader;

void wg_packet_reader_init(WgPacketReader *self, WgConsole *console);
void wg_packet_reader_clear(WgPacketReader *self);
/* After 10 01. Drops the packet with a NAK when it is not complete within 5 s. */
void wg_packet_reader_start(WgPacketReader *self);
/* As if the time that an unfinished packet has were over; for tests whose time is not real. */
void wg_packet_reader_expire(WgPacketReader *self);
gboolean wg_packet_reader_is_reading(const WgPacketReader *self);
/* Its data so far, not its length. */
void wg_packet_reader_forget(WgPacketReader *self);
/* One byte of the packet; carries it out when it is the last. */
void wg_packet_reader_feed(WgPacketReader *self, guint8 byte);

G_END_DECLS
