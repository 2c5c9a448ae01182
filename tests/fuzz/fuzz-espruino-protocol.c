/* Any bytes as what a watch sends: parsed, and read as our own lines and literals. */
#include "fuzz.h"

#include "device/espruino-protocol.h"
#include "device/json-line.h"

static void
on_message(const WgMessage *message, gpointer user_data)
{
    if (message->kind == WG_MESSAGE_EVENT) {
        g_autoptr(JsonNode) line = wg_json_line_parse(message->data, message->length);
        gint64 number;

        wg_json_read_string(wg_json_get(line, "wg"));
        wg_json_read_int(wg_json_at(wg_json_get(line, "v"), 0), &number);
    }
    if (message->length) {
        g_autofree char *text = wg_espruino_unquote(message->data, message->length);
        g_autofree char *quoted = wg_espruino_quote(message->data, (gssize)message->length);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(WgEspruinoParser) parser = wg_espruino_parser_new(on_message, NULL);

    wg_espruino_parser_feed(parser, data, size / 2);
    wg_espruino_parser_feed(parser, data + size / 2, size - size / 2);
    wg_espruino_parser_flush(parser);
    return 0;
}
