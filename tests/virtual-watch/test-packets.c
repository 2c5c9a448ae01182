/* Packets: evaluation, events, files both ways, what is refused, and firmware without them. */
#include "watch-process.h"

#include <string.h>

#define ACK 0x06
#define NAK 0x15

enum { EVAL = 0x2000, EVENT = 0x4000, FILE_SEND = 0x6000, DATA = 0x8000, FILE_RECV = 0xa000 };

static void
assert_answer(WatchProcess *watch, guint8 expected)
{
    g_autoptr(GBytes) answer = watch_process_read(watch, 1);
    g_assert_cmphex(*(const guint8 *)g_bytes_get_data(answer, NULL), ==, expected);
}

static char *
eval(WatchProcess *watch, const char *expression)
{
    guint16 type;
    watch_process_send_packet(watch, EVAL, expression, strlen(expression));
    assert_answer(watch, ACK);
    g_autoptr(GBytes) answer = watch_process_read_packet(watch, &type);
    g_assert_cmphex(type, ==, 0x0000);
    return g_strndup(g_bytes_get_data(answer, NULL), g_bytes_get_size(answer));
}

static void
test_eval_gives_ack_then_response(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_autofree char *sum = eval(watch, "1+2");
    g_assert_cmpstr(sum, ==, "3");
    g_autofree char *object = eval(watch, "{a:[1,\"x\\xff\"]}");
    g_assert_cmpstr(object, ==, "{a:[1,\"x\\xFF\"]}");
    g_autofree char *nothing = eval(watch, "undefined");
    g_assert_cmpstr(nothing, ==, "null");
}

static void
test_eval_error_gives_nak(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_send_packet(watch, EVAL, "foo()", 5);
    g_free(watch_process_read_until(watch, "\r\x1b[J")); /* the prompt goes first */
    assert_answer(watch, NAK);
    g_free(watch_process_read_until(watch, "Uncaught ReferenceError: \"foo\" is not defined\r\n"));
}

static void
test_ctrl_c_interrupts_an_evaluation(void)
{
    static const char endless[] = "(function(){print('<'+'go>');while(1);})()";
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_send_packet(watch, EVAL, endless, strlen(endless));
    g_free(watch_process_read_until(watch, "<go>"));
    watch_process_send(watch, "\x03", 1);
    g_free(watch_process_read_until(watch, "Execution Interrupted\r\n"));
    watch_process_assert_eval(watch, "1+2", "3");
}

static void
test_packets_leave_the_typed_line(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_send(watch, "40+", -1);
    g_free(watch_process_read_until(watch, "40+"));
    g_autofree char *answer = eval(watch, "7");
    watch_process_send(watch, "2\n", -1);
    g_free(watch_process_read_until(watch, "=42\r\n>"));
}

static void
test_events_reach_listeners(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_send_packet(watch, EVENT, "{\"t\":1}", 7);
    assert_answer(watch, NAK); /* nobody listens */
    g_free(watch_process_run(watch, "E.on('packet',function(e){got=e.t;})"));
    watch_process_send_packet(watch, EVENT, "{\"t\":9}", 7);
    assert_answer(watch, ACK);
    watch_process_send_packet(watch, EVENT, "nonsense", 8);
    assert_answer(watch, NAK);
    watch_process_assert_eval(watch, "got", "9");
}

static void
send_file(WatchProcess *watch, const char *name, const guint8 *data, gsize n, gsize chunk)
{
    g_autofree char *head = g_strdup_printf("{\"fn\":\"%s\",\"s\":%zu}", name, n);
    watch_process_send_packet(watch, FILE_SEND, head, strlen(head));
    assert_answer(watch, ACK);
    for (gsize i = 0; i < n; i += chunk) {
        watch_process_send_packet(watch, DATA, data + i, MIN(chunk, n - i));
        assert_answer(watch, ACK);
    }
}

static void
test_files_come_back_as_sent(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    guint8 data[5000];
    for (gsize i = 0; i < sizeof data; i++)
        data[i] = (guint8)(i * 7 + i / 256); /* 01, 03 and 10 among them */
    send_file(watch, "m.bin", data, sizeof data, 700);
    watch_process_send_packet(watch, FILE_RECV, "{\"fn\":\"m.bin\"}", 14);
    assert_answer(watch, ACK);
    g_autoptr(GByteArray) back = g_byte_array_new();
    for (;;) {
        guint16 type;
        g_autoptr(GBytes) part = watch_process_read_packet(watch, &type);
        g_assert_cmphex(type, ==, DATA);
        const gsize n = g_bytes_get_size(part);
        if (n == 0)
            break;
        g_assert_cmpuint(n, ==, MIN(1024, sizeof data - back->len));
        g_byte_array_append(back, g_bytes_get_data(part, NULL), (guint)n);
    }
    g_assert_cmpmem(back->data, back->len, data, sizeof data);
}

static void
test_missing_file_gives_nak(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_send_packet(watch, FILE_RECV, "{\"fn\":\"none\"}", 13);
    assert_answer(watch, NAK);
    watch_process_send_packet(watch, DATA, "x", 1);
    assert_answer(watch, NAK);
    watch_process_send_packet(watch, FILE_SEND, "{\"fn\":\"a\"}", 10);
    assert_answer(watch, NAK); /* no size */
    watch_process_send_packet(watch, 0xc000, "x", 1);
    assert_answer(watch, NAK);
}

static void
test_failed_write_is_still_acknowledged(void)
{
    static const char *const options[] = {"--storage-bytes", "1000", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    const guint8 data[2000] = {1, 2, 3};
    watch_process_send_packet(watch, FILE_SEND, "{\"fn\":\"big\",\"s\":2000}", 21);
    assert_answer(watch, ACK);
    watch_process_send_packet(watch, DATA, data, sizeof data);
    g_free(watch_process_read_until(watch, "\r\x1b[J"));
    assert_answer(watch, ACK);
    g_free(watch_process_read_until(watch, "Uncaught Error: Unable to find or create file\r\n"));
    watch_process_assert_eval(watch, "require('Storage').read('big')===undefined", "true");
}

static void
test_incomplete_packet_is_dropped(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_send(watch,
                       "\x10\x01\x20\x05"
                       "1+",
                       6);
    assert_answer(watch, NAK); /* after its five seconds */
    watch_process_assert_eval(watch, "'on'", "on");
}

static void
test_old_firmware_knows_no_packets(void)
{
    static const char *const options[] = {"--no-packets", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_send_packet(watch, EVAL, "1+2", 3);
    watch_process_send(watch, "\x03\n", 2);
    watch_process_assert_eval(watch, "'text'", "text");
}

static void
test_control_c_in_a_packet_is_data(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_autofree char *length = eval(watch, "\"a\x03"
                                          "b\".length");
    g_assert_cmpstr(length, ==, "3");
}

static void
test_eval_takes_one_expression(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_autofree char *ended = eval(watch, "1+2; ");
    g_assert_cmpstr(ended, ==, "3");
    watch_process_send_packet(watch, EVAL, "var a=1", 7);
    g_free(watch_process_read_until(watch, "\r\x1b[J\x15Uncaught SyntaxError"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/virtual-watch/packets/eval-gives-ack-then-response",
                    test_eval_gives_ack_then_response);
    g_test_add_func("/virtual-watch/packets/eval-error-gives-nak", test_eval_error_gives_nak);
    g_test_add_func("/virtual-watch/packets/ctrl-c-interrupts-an-evaluation",
                    test_ctrl_c_interrupts_an_evaluation);
    g_test_add_func("/virtual-watch/packets/eval-takes-one-expression",
                    test_eval_takes_one_expression);
    g_test_add_func("/virtual-watch/packets/leave-the-typed-line",
                    test_packets_leave_the_typed_line);
    g_test_add_func("/virtual-watch/packets/events-reach-listeners", test_events_reach_listeners);
    g_test_add_func("/virtual-watch/packets/files-come-back-as-sent", test_files_come_back_as_sent);
    g_test_add_func("/virtual-watch/packets/missing-file-gives-nak", test_missing_file_gives_nak);
    g_test_add_func("/virtual-watch/packets/failed-write-is-still-acknowledged",
                    test_failed_write_is_still_acknowledged);
    g_test_add_func("/virtual-watch/packets/incomplete-packet-is-dropped",
                    test_incomplete_packet_is_dropped);
    g_test_add_func("/virtual-watch/packets/old-firmware-knows-no-packets",
                    test_old_firmware_knows_no_packets);
    g_test_add_func("/virtual-watch/packets/control-c-in-a-packet-is-data",
                    test_control_c_in_a_packet_is_data);
    return g_test_run();
}
