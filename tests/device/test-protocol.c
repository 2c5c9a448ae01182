/* The Espruino console's bytes <-> messages. */
#include "base/random.h"
#include "device/espruino-protocol.h"

#include <string.h>

static void
on_message(const WgMessage *message, gpointer user_data)
{
    g_autofree char *data = g_strescape(message->data, NULL);
    g_assert_cmpint(message->data[message->length], ==, '\0');
    g_string_append_printf(user_data, "%d/%x/%zu:%s\n", message->kind, (guint)message->type,
                           message->length, data);
}

/* The messages of these bytes, fed in pieces of at most `max_piece`. */
static char *
parse(const guint8 *bytes, gsize n, gsize max_piece, WgRandom *random)
{
    GString *log = g_string_new(NULL);
    g_autoptr(WgEspruinoParser) parser = wg_espruino_parser_new(on_message, log);
    for (gsize i = 0; i < n;) {
        gsize piece = 1 + wg_random_below(random, (guint32)max_piece);
        piece = MIN(piece, n - i);
        wg_espruino_parser_feed(parser, bytes + i, piece);
        i += piece;
    }
    wg_espruino_parser_flush(parser);
    return g_string_free(log, FALSE);
}

static void
assert_parsed(const char *bytes, gsize n, const char *expected)
{
    WgRandom random;
    wg_random_init(&random, 1, 1);
    g_autofree char *whole = parse((const guint8 *)bytes, n, 1 << 20, &random);
    g_autofree char *single = parse((const guint8 *)bytes, n, 1, &random);
    g_assert_cmpstr(whole, ==, expected);
    g_assert_cmpstr(single, ==, expected);
}

static void
test_tells_text_from_answers(void)
{
    assert_parsed("\r\n>hello\r\n>", 11, "0/0/5:hello\n");
    assert_parsed("\x06\x10\x01\x00\x03"
                  "\x06"
                  "a\n\x15\x11\x13",
                  11, "2/0/0:\n6/0/3:\\006a\\n\n3/0/0:\n4/0/0:\n5/0/0:\n");
    assert_parsed("\x10\x01\xa0\x00ok\n", 7, "6/a000/0:\n0/0/2:ok\n");
}

static void
test_cuts_own_lines_out(void)
{
    assert_parsed("say\x1e{\"wg\":1}\nmore\n", 18, "0/0/3:say\n1/0/8:{\\\"wg\\\":1}\n0/0/4:more\n");
    /* an acknowledgement in the middle of one is an acknowledgement */
    assert_parsed("\x1e{\x06}\n", 5, "2/0/0:\n1/0/2:{}\n");
    /* one that was cut short is lost, the next is whole */
    assert_parsed("\x1e{\"a\x1e{}\r\n", 9, "1/0/2:{}\n");
}

static void
test_leaves_screen_control_out(void)
{
    assert_parsed("\x1b[J>\x1b[1;31mred\x1b[0m\r\n", 20, "0/0/3:red\n");
    assert_parsed(">typed\x1b[Jx\n", 11, "0/0/1:x\n");
}

static void
test_drops_an_endless_event_and_cuts_endless_text(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    WgRandom random;
    wg_random_init(&random, 1, 1);
    g_byte_array_append(bytes, (const guint8 *)"\x1e", 1);
    for (int i = 0; i < WG_EVENT_MAX_BYTES + 10; i++)
        g_byte_array_append(bytes, (const guint8 *)"a", 1);
    g_byte_array_append(bytes, (const guint8 *)"\n\x1e{}\n", 5);
    g_autofree char *told = parse(bytes->data, bytes->len, 1000, &random);
    g_assert_cmpstr(told, ==, "1/0/2:{}\n");

    g_byte_array_set_size(bytes, 0);
    for (int i = 0; i < 2 * WG_TEXT_MAX_BYTES; i++)
        g_byte_array_append(bytes, (const guint8 *)"a", 1);
    g_autofree char *pieces = parse(bytes->data, bytes->len, 1000, &random);
    g_auto(GStrv) lines = g_strsplit(pieces, "\n", -1);
    g_assert_cmpint(g_strv_length(lines), ==, 3); /* two and the end */
}

/* A stream that has all that a watch sends, and some that it never should. */
static GByteArray *
build_stream(WgRandom *random)
{
    static const char *const parts[] = {"\r\n>",
                                        "hello\r\n",
                                        "\x1e{\"wg\":\"take\",\"x\":[1,2]}\n",
                                        "\x06",
                                        "\x15",
                                        "\x11",
                                        "\x13",
                                        "\x1b[J",
                                        "\x1b[2",
                                        "\x10",
                                        "\x10\x01",
                                        "\x1e",
                                        "Uncaught Error: no\n",
                                        "\xff\xfe",
                                        "\t"};
    GByteArray *bytes = g_byte_array_new();
    for (int i = 0; i < 40; i++) {
        guint8 data[300];
        const guint n = wg_random_below(random, sizeof data);
        const guint kind = wg_random_below(random, G_N_ELEMENTS(parts) + 3);
        for (guint k = 0; k < n; k++)
            data[k] = (guint8)wg_random_next(random);
        if (kind < G_N_ELEMENTS(parts)) {
            g_byte_array_append(bytes, (const guint8 *)parts[kind], (guint)strlen(parts[kind]));
        } else if (kind == G_N_ELEMENTS(parts)) {
            g_byte_array_append(bytes, data, MIN(n, 20));
        } else {
            const WgPacketType type = (WgPacketType)(wg_random_below(random, 6) << 13);
            g_autoptr(GBytes) packet = wg_espruino_build_packet(type, data, n);
            g_byte_array_append(bytes, g_bytes_get_data(packet, NULL),
                                (guint)g_bytes_get_size(packet));
        }
    }
    return bytes;
}

static void
test_any_split_gives_the_same(void)
{
    WgRandom random;
    gsize n_told = 0;
    wg_random_init(&random, 7, 1);
    for (int i = 0; i < 300; i++) {
        g_autoptr(GByteArray) bytes = build_stream(&random);
        g_autofree char *whole = parse(bytes->data, bytes->len, 1 << 20, &random);
        g_autofree char *single = parse(bytes->data, bytes->len, 1, &random);
        g_autofree char *mixed = parse(bytes->data, bytes->len, 40, &random);
        g_assert_cmpstr(whole, ==, single);
        g_assert_cmpstr(whole, ==, mixed);
        n_told += strlen(whole);
    }
    g_assert_cmpint(n_told, >, 10000);
}

static void
test_packets_come_back_as_they_were_built(void)
{
    guint8 data[WG_PACKET_MAX_BYTES];
    WgRandom random;
    wg_random_init(&random, 9, 1);
    for (gsize i = 0; i < sizeof data; i++)
        data[i] = (guint8)wg_random_next(&random);
    for (gsize n = 0; n <= sizeof data; n += 819) {
        GString *log = g_string_new(NULL);
        g_autoptr(WgEspruinoParser) parser = wg_espruino_parser_new(on_message, log);
        g_autoptr(GBytes) packet = wg_espruino_build_packet(WG_PACKET_DATA, data, n);
        gsize length;
        const guint8 *sent = g_bytes_get_data(packet, &length);
        g_assert_cmpint(length, ==, n + 4);
        wg_espruino_parser_feed(parser, sent, length - 1);
        g_assert_true(wg_espruino_parser_is_in_packet(parser));
        wg_espruino_parser_feed(parser, sent + length - 1, 1);
        g_assert_false(wg_espruino_parser_is_in_packet(parser));
        g_autofree char *start = g_strdup_printf("6/8000/%zu:", n);
        g_assert_true(g_str_has_prefix(log->str, start));
        g_string_free(log, TRUE);
    }
}

static void
test_quoting_keeps_hostile_text(void)
{
    static const char *const texts[] = {"",
                                        "flick",
                                        "\");load();(\"",
                                        "a\nb\rc",
                                        "\\",
                                        "'",
                                        "</script>",
                                        "caf\xc3\xa9",
                                        "\x7f",
                                        "\xe2\x80\xa8 line separator",
                                        "\xf0\x9f\x91\x8b"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *quoted = wg_espruino_quote(texts[i], -1);
        for (const char *p = quoted; *p; p++)
            g_assert_true(*p >= 0x20 && *p < 0x7f);
        g_autofree char *back = wg_espruino_unquote(quoted, strlen(quoted));
        g_assert_cmpstr(back, ==, texts[i]);
    }
}

static void
test_unquoting_refuses_what_is_no_literal(void)
{
    static const char *const texts[] = {"",     "\"",       "a",      "\"a",
                                        "\"a'", "\"a\"b\"", "\"\\\"", "\"\\u12\""};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_assert_null(wg_espruino_unquote(texts[i], strlen(texts[i])));
    g_autofree char *octal = wg_espruino_unquote("'\\101\\x42\\0'", 12);
    g_assert_cmpstr(octal, ==, "AB");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/device/protocol/tells-text-from-answers", test_tells_text_from_answers);
    g_test_add_func("/device/protocol/cuts-own-lines-out", test_cuts_own_lines_out);
    g_test_add_func("/device/protocol/leaves-screen-control-out", test_leaves_screen_control_out);
    g_test_add_func("/device/protocol/drops-an-endless-event",
                    test_drops_an_endless_event_and_cuts_endless_text);
    g_test_add_func("/device/protocol/any-split-gives-the-same", test_any_split_gives_the_same);
    g_test_add_func("/device/protocol/packets-round-trip",
                    test_packets_come_back_as_they_were_built);
    g_test_add_func("/device/protocol/quoting-keeps-hostile-text", test_quoting_keeps_hostile_text);
    g_test_add_func("/device/protocol/unquoting-refuses",
                    test_unquoting_refuses_what_is_no_literal);
    return g_test_run();
}
