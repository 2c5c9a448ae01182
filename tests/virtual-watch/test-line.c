/* The line: slow, lost, found again, and firmware that knows no packets. */
#include "virtual-watch/pace.h"
#include "watch-process.h"

#include <string.h>

static void
test_pace_spreads_chunks_over_time(void)
{
    WgPace pace;
    wg_pace_init(&pace, 1000, 20, 5);
    wg_pace_put(&pace, 100, 50);
    g_assert_cmpfloat(wg_pace_get_next_ms(&pace), ==, 125); /* 20 bytes take 20 ms, and 5 more */
    g_assert_cmpuint(wg_pace_take(&pace, 124.9), ==, 0);
    g_assert_cmpuint(wg_pace_take(&pace, 125), ==, 20);
    g_assert_cmpuint(wg_pace_take(&pace, 155), ==, 30); /* the last ten took ten */
    g_assert_cmpfloat(wg_pace_get_next_ms(&pace), ==, G_MAXDOUBLE);
    wg_pace_put(&pace, 150, 1); /* the line is free since 150 */
    g_assert_cmpfloat(wg_pace_get_next_ms(&pace), ==, 156);
    wg_pace_clear(&pace);
}

static void
test_slow_line_says_the_same(void)
{
    static const char *const options[] = {"--rate=2000", "--chunk=20", "--latency=3", "--speed=50",
                                          NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    g_autofree char *expected = g_strnfill(500, '0');
    watch_process_assert_eval(watch, "new Uint8Array(500).join('')", expected);
}

/* What comes behind two seconds of line comes after a timer of half a second. */
static void
test_slow_line_takes_its_time(void)
{
    static const char *const options[] = {"--rate=1000", "--speed=2", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    g_autofree char *filler = g_strnfill(2000, ' ');
    g_autofree char *line = g_strdup_printf(
        "\x10s='';setTimeout(function(){s='timer';},500)\n\x10%s\n\x10print('<'+s+'>')\n", filler);
    watch_process_send(watch, line, -1);
    g_free(watch_process_read_until(watch, "<timer>"));
}

static void
test_is_lost_after_bytes_heard(void)
{
    static const char *const options[] = {"--drop-heard=20", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_send(watch, "\x10print('12345678')\n\x10print('never')\n", -1);
    g_free(watch_process_read_until(watch, "12345678\r\n"));
    g_assert_true(watch_process_wait_closed(watch));
}

static void
test_is_lost_after_bytes_said(void)
{
    static const char *const options[] = {"--drop-said=8", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options); /* "\r\n>" or ">" was said */
    watch_process_send(watch, "\x10print('123456789012')\n", -1);
    g_assert_true(watch_process_wait_closed(watch));
    g_autofree char *text = watch_process_take_rest(watch);
    g_assert_cmpuint(strlen(text), ==, 8 - 1);
}

static void
test_is_lost_after_a_time(void)
{
    static const char *const options[] = {"--drop-seconds=2", "--speed=20", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    g_assert_true(watch_process_wait_closed(watch));
}

/* Lost on command; what runs on it goes on, and is met again. */
static void
test_comes_back_as_the_same_watch(void)
{
    static const char *const options[] = {"--speed=20", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    const char *folder = watch_process_get_folder(watch);
    g_free(watch_process_run(watch,
                             "n=0;setInterval(function(){n++;},100);seen=[];NRF.on('disconnect',"
                             "function(r){seen.push('gone '+r);});NRF.on('connect',function(){"
                             "seen.push('here');})"));
    watch_process_send(watch, "\x10WaggleVirtual.drop({back:0})\nhalf a line", -1);
    g_assert_true(watch_process_wait_closed(watch));
    g_autoptr(WatchProcess) again = watch_process_new_reaching(folder, NULL);
    watch_process_assert_eval(again, "seen.join()", "gone 8,here");
    g_free(watch_process_run(again, "m=n"));
    watch_process_send(again, "\x10setTimeout(function(){print('<'+(n>m)+'>');},500)\n", -1);
    g_free(watch_process_read_until(again, "<true>"));
    watch_process_stop(watch);
}

static void
test_is_out_of_reach_until_it_is_back(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    const char *folder = watch_process_get_folder(watch);
    watch_process_send(watch, "\x10WaggleVirtual.drop({back:1000})\n", -1);
    g_assert_true(watch_process_wait_closed(watch));
    g_autoptr(WatchProcess) early = watch_process_new_reaching(folder, NULL);
    g_assert_true(watch_process_wait_closed(early));
    g_assert_true(watch_process_has_failed(early));
    watch_process_stop(watch);
}

/* The radio is deaf for a while and nobody closes anything. */
static void
test_silent_loss_closes_nothing(void)
{
    static const char *const options[] = {"--speed=20", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    g_free(watch_process_run(watch, "lost=false;NRF.on('disconnect',function(){lost=true;});"
                                    "NRF.on('connect',function(){print('<back>');})"));
    watch_process_send(watch,
                       "\x10WaggleVirtual.drop({silent:true,back:5});"
                       "setTimeout(function(){print('unheard');},1000);\n",
                       -1);
    g_autofree char *said = watch_process_read_until(watch, "<back>");
    g_assert_null(strstr(said, "unheard"));
    watch_process_assert_eval(watch, "lost", "true");
    watch_process_stop(watch);
}

static void
test_can_stay_when_the_other_end_closes(void)
{
    static const char *const options[] = {"--stays", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    g_free(watch_process_run(watch, "kept=5"));
    watch_process_close(watch);
    g_autoptr(WatchProcess) again =
        watch_process_new_reaching(watch_process_get_folder(watch), NULL);
    watch_process_assert_eval(again, "kept", "5");
    watch_process_stop(watch);
}

/* As the firmware: the packet's bytes are forgotten, its length is not. */
static void
test_a_cut_packet_swallows_what_comes_next(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_send(watch, "\x10WaggleVirtual.drop({heard:7,back:0});print('<'+'go>')\n", -1);
    g_free(watch_process_read_until(watch, "<go>\r\n>"));
    watch_process_send_packet(watch, 0x2000, "1+2+3", 5); /* the watch takes "1+2" of it */
    g_assert_true(watch_process_wait_closed(watch));
    g_autoptr(WatchProcess) again =
        watch_process_new_reaching(watch_process_get_folder(watch), NULL);
    watch_process_send(again, "7*6+0", 5);
    g_autoptr(GBytes) ack = watch_process_read(again, 1);
    g_assert_cmpint(*(const guint8 *)g_bytes_get_data(ack, NULL), ==, 0x06);
    guint16 type = 1;
    g_autoptr(GBytes) value = watch_process_read_packet(again, &type);
    g_assert_cmpmem(g_bytes_get_data(value, NULL), g_bytes_get_size(value), "42", 2);
    watch_process_stop(watch);
}

static void
test_old_firmware_has_no_packets(void)
{
    static const char *const options[] = {"--firmware=2v10", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_assert_eval(watch, "process.version+process.env.VERSION", "2v102v10");
    watch_process_send_packet(watch, 0x2000, "1+1", 3);
    watch_process_send(watch, "\n\x10print('<'+'text>')\n", -1);
    g_autofree char *said = watch_process_read_until(watch, "<text>");
    g_assert_null(strchr(said, 0x06));
}

static void
test_firmware_of_2v25_has_packets(void)
{
    static const char *const options[] = {"--firmware=2v25.5", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_send_packet(watch, 0x2000, "1+1", 3);
    g_autoptr(GBytes) ack = watch_process_read(watch, 1);
    g_assert_cmpint(*(const guint8 *)g_bytes_get_data(ack, NULL), ==, 0x06);
    guint16 type = 1;
    g_autoptr(GBytes) value = watch_process_read_packet(watch, &type);
    g_assert_cmpmem(g_bytes_get_data(value, NULL), g_bytes_get_size(value), "2", 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func("/virtual-watch/line/" name, function)
    ADD("pace-spreads-chunks-over-time", test_pace_spreads_chunks_over_time);
    ADD("slow-line-says-the-same", test_slow_line_says_the_same);
    ADD("slow-line-takes-its-time", test_slow_line_takes_its_time);
    ADD("is-lost-after-bytes-heard", test_is_lost_after_bytes_heard);
    ADD("is-lost-after-bytes-said", test_is_lost_after_bytes_said);
    ADD("is-lost-after-a-time", test_is_lost_after_a_time);
    ADD("comes-back-as-the-same-watch", test_comes_back_as_the_same_watch);
    ADD("is-out-of-reach-until-it-is-back", test_is_out_of_reach_until_it_is_back);
    ADD("silent-loss-closes-nothing", test_silent_loss_closes_nothing);
    ADD("can-stay-when-the-other-end-closes", test_can_stay_when_the_other_end_closes);
    ADD("a-cut-packet-swallows-what-comes-next", test_a_cut_packet_swallows_what_comes_next);
    ADD("old-firmware-has-no-packets", test_old_firmware_has_no_packets);
    ADD("firmware-of-2v25-has-packets", test_firmware_of_2v25_has_packets);
    return g_test_run();
}
