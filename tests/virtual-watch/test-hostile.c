/* Whatever comes down the line, the watch stays alive and answers again. */
#include "watch-process.h"

#include "base/random.h"

#include <string.h>

#define N_ROUNDS 300

static void
assert_alive(WatchProcess *watch)
{
    /* ends a packet that was promised (a data byte is never short of 8191), a comment, a bracket */
    g_autofree char *filler = g_strnfill(8200, '\n');
    watch_process_send(watch, filler, -1);
    watch_process_send(watch,
                       "\x03\n*/\n\x03\n\x10"
                       "echo(1)\n\x10print('a'+'live')\n",
                       -1);
    g_free(watch_process_read_until(watch, "alive"));
}

static void
test_garbage_never_kills_it(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    for (int round = 0; round < N_ROUNDS; round++) {
        WgRandom random;
        wg_random_init(&random, 7, (guint64)round);
        guint8 bytes[600];
        const guint32 n = 1 + wg_random_below(&random, sizeof bytes);
        for (guint32 i = 0; i < n; i++)
            bytes[i] = (guint8)wg_random_below(&random, 256);
        watch_process_send(watch, bytes, (gssize)n);
        if (round % 30 == 29)
            assert_alive(watch);
    }
}

static void
test_garbage_packets_never_kill_it(void)
{
    static const char *const texts[] = {
        "{\"fn\":\"a\",\"s\":9}",
        "{\"fn\":1}",
        "{\"fn\":\"a\",\"s\":-5}",
        "{}",
        "[]",
        "null",
        "1/0",
        "({)",
        "'\\xff",
        "{\"fn\":\"\",\"s\":1e99}",
        "{\"fn\":\"a\"}",
        "new Uint8Array(1e9)",
        "Array(1e8).join('x')",
        "(function f(){f()})()",
        "Object.defineProperty({},'a',{get:f})",
    };
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    for (int round = 0; round < N_ROUNDS; round++) {
        WgRandom random;
        wg_random_init(&random, 11, (guint64)round);
        const guint16 type = (guint16)(wg_random_below(&random, 8) << 13);
        guint8 bytes[64];
        const guint32 n = wg_random_below(&random, sizeof bytes);
        for (guint32 i = 0; i < n; i++)
            bytes[i] = (guint8)wg_random_below(&random, 256);
        const char *text = texts[wg_random_below(&random, G_N_ELEMENTS(texts))];
        if (round % 2)
            watch_process_send_packet(watch, type, bytes, n);
        else
            watch_process_send_packet(watch, type, text, strlen(text));
        if (round % 30 == 29)
            assert_alive(watch);
    }
}

static void
test_hostile_programs_are_survived(void)
{
    static const char *const programs[] = {
        "(function f(){f();})()",
        "var a=[];a[0]=a;print(a)",
        "var s='x';while(1)s+=s;",
        "new ArrayBuffer(1e9)",
        "Object.prototype.toString=function(){throw 1;};print({})",
        "Object.defineProperty(Error.prototype,'message',{get:function(){throw 2;}});throw new "
        "Error()",
        "throw {toString:function(){throw {toString:function(){throw 3;}};}}",
        "throw null",
        "require('Storage').write({toString:0},undefined)",
        "require('tensorflow').create({},{})",
        "TFMicroInterpreter.prototype.invoke.call({})",
        "setTimeout(null)",
        "Bangle.on('gesture',5)",
        "WaggleVirtual.performSamples({length:1e9})",
        "JSON.parse('[1,')",
        "'\\ud800'.charCodeAt(0);print('\\ud800\\ud83d\\ude00')",
        "print(new Proxy({},{ownKeys:function(){throw 4;}}))",
        "delete __wg_tick;__wg_tick=null;for(var i=0;i<9;i++);",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
        g_autofree char *line = g_strdup_printf("\x10%s\n", programs[i]);
        watch_process_send(watch, line, -1);
        watch_process_send(watch, "\x10print('a'+'live')\n", -1);
        g_free(watch_process_read_until(watch, "alive"));
    }
}

static void
test_gone_reader_ends_it(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    /* freeing closes the connection under the running program, and waits for a clean end */
    watch_process_send(watch, "\x10while(1)print('on and on');\n", -1);
    g_free(watch_process_read_until(watch, "on and on"));
}

static void
test_connection_can_be_lost(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_send(watch, "\x10WaggleVirtual.disconnect()\n", -1);
    g_assert_true(watch_process_wait_closed(watch));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/virtual-watch/hostile/garbage-never-kills-it", test_garbage_never_kills_it);
    g_test_add_func("/virtual-watch/hostile/garbage-packets-never-kill-it",
                    test_garbage_packets_never_kill_it);
    g_test_add_func("/virtual-watch/hostile/programs-are-survived",
                    test_hostile_programs_are_survived);
    g_test_add_func("/virtual-watch/hostile/gone-reader-ends-it", test_gone_reader_ends_it);
    g_test_add_func("/virtual-watch/hostile/connection-can-be-lost", test_connection_can_be_lost);
    return g_test_run();
}
