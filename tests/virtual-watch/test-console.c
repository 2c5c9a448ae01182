/* The text console: echo, prompts, values, errors, interruption, timers. */
#include "watch-process.h"

#include <string.h>

static void
assert_says(WatchProcess *watch, const char *sent, const char *expected)
{
    watch_process_send(watch, sent, -1);
    g_autofree char *said = watch_process_read_until(watch, expected + strlen(expected) - 3);
    /* the rest of what must come, when the last three bytes came early */
    while (strlen(said) < strlen(expected)) {
        g_autofree char *more = watch_process_read_until(watch, expected + strlen(expected) - 3);
        char *both = g_strconcat(said, more, NULL);
        g_free(said);
        said = both;
    }
    g_assert_cmpstr(said, ==, expected);
}

static void
test_echoes_and_shows_values(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    assert_says(watch, "1+2\n", "1+2\r\n=3\r\n>");
    assert_says(watch, "\"a\\n\"\r\n", "\"a\\n\"\r\n=\"a\\n\"\r\n>");
    assert_says(watch, "print(5)\n", "print(5)\r\n5\r\n=undefined\r\n>");
    assert_says(watch, "({a:1,\"b c\":[1,2]})\n",
                "({a:1,\"b c\":[1,2]})\r\n={ a: 1, \r\n  \"b c\": [ 1, 2 ]\r\n }\r\n>");
}

static void
test_is_silent_for_lines_after_dle(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    assert_says(watch, "\x10print(\"x\")\n", "x\r\n>");
    assert_says(watch, "\x10var a=1\n1\n", "1\r\n=1\r\n>");
}

static void
test_echo_can_be_turned_off(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_send(watch,
                       "\x10"
                       "echo(0)\n1+1\nprint(\"seen\")\n\x10"
                       "echo(1)\n7\n",
                       -1);
    g_autofree char *said = watch_process_read_until(watch, "=7\r\n>");
    g_assert_cmpstr(said, ==, "seen\r\n7\r\n=7\r\n>");
}

static void
test_takes_the_prompt_away_to_print(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    assert_says(watch, "\x10setTimeout(function(){print(\"tick\");},20)\nab",
                "ab\x1b[D\x1b[D\r\x1b[Jtick\r\n>ab");
}

static void
test_waits_for_closing_brackets(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    assert_says(watch, "[1,\n2]\n", "[1,\r\n:2]\r\n=[ 1, 2 ]\r\n>");
    assert_says(watch, "/* a\n*/3\n", "/* a\r\n:*/3\r\n=3\r\n>");
}

static void
test_edits_the_line(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_send(watch, "1x\b+1\n", -1);
    g_free(watch_process_read_until(watch, "=2\r\n>"));
    watch_process_send(watch, "12\x1b[D3\x1b[F\n", -1);
    g_free(watch_process_read_until(watch, "=132\r\n>"));
    watch_process_send(watch, "\x1b[A\n", -1);
    g_free(watch_process_read_until(watch, "=132\r\n>"));
}

static void
test_control_c_clears_the_line(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_send(watch,
                       "foo(\x03"
                       "5\n",
                       -1);
    g_free(watch_process_read_until(watch, "=5\r\n>"));
}

static void
test_shows_uncaught_errors(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_autofree char *unknown = watch_process_run(watch, "nothing");
    g_assert_true(
        g_str_has_prefix(unknown, "Uncaught ReferenceError: \"nothing\" is not defined\n"));
    g_autofree char *thrown = watch_process_run(watch, "throw new TypeError(\"bad\")");
    g_assert_true(g_str_has_prefix(thrown, "Uncaught TypeError: bad\n"));
    g_autofree char *text = watch_process_run(watch, "throw \"plain\"");
    g_assert_cmpstr(text, ==, "Uncaught plain");
}

static void
test_interrupts_endless_programs(void)
{
    static const char *const programs[] = {
        "while(1);",
        "for(;;);",
        "for(var i=0;;i++){}",
        "do{}while(true)",
        "while(1){try{while(1);}catch(e){}}",
        "(function f(){try{f();}catch(e){f();}f();f();})()",
        "eval('while(1);')",
        "new Function('for(;;);')()",
        "(function(){}).constructor('for(;;);')()",
        "[1,2].forEach(function(){while(1);})",
    };
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *line =
            g_strdup_printf("\x10print('<'+'go>');kept=%zu;%s\n", i, programs[i]);
        g_autofree char *kept = g_strdup_printf("%zu", i);
        watch_process_send(watch, line, -1);
        g_free(watch_process_read_until(watch, "<go>"));
        watch_process_send(watch, "\x03", 1);
        g_free(watch_process_read_until(watch, "Execution Interrupted\r\n"));
        watch_process_assert_eval(watch, "kept", kept);
    }
}

static void
test_formats_numbers_as_the_firmware(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_assert_eval(watch, "0.1+0.2", "0.3");
    watch_process_assert_eval(watch, "[Math.PI]", "[ 3.14159265358 ]");
    watch_process_assert_eval(watch, "[-1/3]", "[ -0.33333333333 ]");
    watch_process_assert_eval(watch, "[1e21,1e-7,1e20]", "[ 10e+20, 1e-7, 100000000000000000000 ]");
    watch_process_assert_eval(watch, "[NaN,-1/0]", "[ NaN, -Infinity ]");
}

static void
test_writes_json(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_assert_eval(
        watch, "JSON.stringify({a:1,b:'\\xe9\\n',c:[1.5,undefined,NaN],d:function(){},e:null})",
        "{\"a\":1,\"b\":\"\\u00E9\\n\",\"c\":[1.5,null,null],\"e\":null}");
    watch_process_assert_eval(watch, "JSON.stringify(new Int8Array([1,-2]))", "[1,-2]");
    watch_process_assert_eval(watch, "JSON.parse('{\"k\":[\"\xc3\xa9\"]}').k[0].charCodeAt(0)",
                              "233");
    watch_process_assert_eval(watch, "E.toJS({a:'\\x01\\xff',b:undefined,'c d':2})",
                              "{a:\"\\1\\xFF\",\"c d\":2}");
}

static void
test_runs_timers_in_order(void)
{
    static const char *const options[] = {"--speed", "20", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_send(
        watch,
        "\x10s='';setTimeout(function(){s+='c';print(s+'!');},300);"
        "setTimeout(\"s+='b'\",200);var i=setInterval(function(x){s+=x;"
        "clearInterval(i);},100,'a');clearTimeout(setTimeout(function(){s+='z';},150));\n",
        -1);
    g_autofree char *said = watch_process_read_until(watch, "!");
    g_assert_true(g_str_has_suffix(said, "abc!"));
}

static void
test_load_starts_afresh(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_free(watch_process_run(watch, "old=1;require('Storage').write('a.app.js',"
                                    "\"print('app '+typeof old);\");load('a.app.js')"));
    watch_process_send(watch, "\x10print('<'+'again>')\n", -1);
    g_autofree char *said = watch_process_read_until(watch, "<again>");
    watch_process_assert_eval(watch, "typeof old", "undefined");
}

static void
test_app_output_comes_after_load(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_free(watch_process_run(watch, "old=1;require('Storage').write('a.app.js',"
                                    "\"print('app '+typeof old);\")"));
    watch_process_send(watch, "\x10load('a.app.js')\n", -1);
    g_free(watch_process_read_until(watch, "app undefined\r\n>"));
}

static void
test_knows_itself(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    watch_process_assert_eval(watch, "process.env.BOARD+process.env.VERSION", "BANGLEJS22v29.277");
    watch_process_assert_eval(watch, "process.memory().total", "12000");
    watch_process_assert_eval(watch, "atob(btoa('a\\xff\\0b'))=='a\\xff\\0b'", "true");
    watch_process_send(watch, "\x05", 1);
    g_free(watch_process_read_until(watch, "Espruino 2v29.277 BANGLEJS2\r\n"));
}

static void
test_slow_reader_loses_nothing(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    /* far more than a socket holds, while nothing is read, and timers that must still run */
    watch_process_send(watch,
                       "\x10late=0;setTimeout(function(){late=1;},5);for(var i=0;i<20000;i++)"
                       "print('line '+i+' of a text that is longer than the socket is wide');\n",
                       -1);
    watch_process_send(watch, "\x10setTimeout(function(){print('late '+late);},50)\n", -1);
    g_autofree char *said = watch_process_read_until(watch, "late 1\r\n");
    for (int i = 0; i < 20000; i += 999) {
        g_autofree char *line = g_strdup_printf("line %d of a text", i);
        g_assert_nonnull(strstr(said, line));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/virtual-watch/console/echoes-and-shows-values", test_echoes_and_shows_values);
    g_test_add_func("/virtual-watch/console/is-silent-for-lines-after-dle",
                    test_is_silent_for_lines_after_dle);
    g_test_add_func("/virtual-watch/console/echo-can-be-turned-off", test_echo_can_be_turned_off);
    g_test_add_func("/virtual-watch/console/takes-the-prompt-away-to-print",
                    test_takes_the_prompt_away_to_print);
    g_test_add_func("/virtual-watch/console/waits-for-closing-brackets",
                    test_waits_for_closing_brackets);
    g_test_add_func("/virtual-watch/console/edits-the-line", test_edits_the_line);
    g_test_add_func("/virtual-watch/console/control-c-clears-the-line",
                    test_control_c_clears_the_line);
    g_test_add_func("/virtual-watch/console/shows-uncaught-errors", test_shows_uncaught_errors);
    g_test_add_func("/virtual-watch/console/interrupts-endless-programs",
                    test_interrupts_endless_programs);
    g_test_add_func("/virtual-watch/console/formats-numbers-as-the-firmware",
                    test_formats_numbers_as_the_firmware);
    g_test_add_func("/virtual-watch/console/writes-json", test_writes_json);
    g_test_add_func("/virtual-watch/console/runs-timers-in-order", test_runs_timers_in_order);
    g_test_add_func("/virtual-watch/console/load-starts-afresh", test_load_starts_afresh);
    g_test_add_func("/virtual-watch/console/app-output-comes-after-load",
                    test_app_output_comes_after_load);
    g_test_add_func("/virtual-watch/console/knows-itself", test_knows_itself);
    g_test_add_func("/virtual-watch/console/slow-reader-loses-nothing",
                    test_slow_reader_loses_nothing);
    return g_test_run();
}
