/* What a wearer does and notices: battery, button, buzzes, keys for a computer. */
#include "watch-process.h"

#include <string.h>

static void
test_battery_falls_and_is_set(void)
{
    static const char *const options[] = {"--battery=40", "--speed=100", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_assert_eval(watch, "E.getBattery()", "40");
    watch_process_assert_eval(watch, "Bangle.isCharging()", "false");
    /* an hour's fall within a virtual second */
    watch_process_send(watch,
                       "\x10WaggleVirtual.setBattery(40,3600*15);setTimeout(function(){"
                       "b=E.getBattery();print('<'+(b<=25&&b>=0)+'>');},1000)\n",
                       -1);
    g_free(watch_process_read_until(watch, "<true>"));
    g_free(watch_process_run(watch, "WaggleVirtual.setBattery(99,-1e6)"));
    watch_process_assert_eval(watch, "Bangle.isCharging()", "true");
    watch_process_send(watch, "\x10setTimeout(function(){print('<'+E.getBattery()+'>');},1000)\n",
                       -1);
    g_free(watch_process_read_until(watch, "<100>"));
}

static void
test_button_calls_its_watches(void)
{
    static const char *const options[] = {"--speed=20", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    g_free(watch_process_run(
        watch, "log=[];setWatch(function(e){log.push('once '+e.state);},BTN1);"
               "setWatch(function(e){log.push('up '+(e.time>e.lastTime));},BTN1,{repeat:true,"
               "edge:'falling'});"
               "both=setWatch(function(e){log.push(e.state?1:0);},BTN,{repeat:true,edge:'both'})"));
    watch_process_send(watch,
                       "\x10WaggleVirtual.press(200);setTimeout(function(){clearWatch(both);"
                       "WaggleVirtual.press(200);},1000);"
                       "setTimeout(function(){print('<'+log.join()+'>');},2000)\n",
                       -1);
    g_free(watch_process_read_until(watch, "<once true,1,up true,0,up true>"));
}

/* Each two seconds of its own, and only while somebody listens to the button. */
static void
test_is_pressed_by_itself(void)
{
    static const char *const options[] = {"--speed=20", "--press=2", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_send(
        watch,
        "\x10times=[];id=setWatch(function(e){times.push(e.time);if(times.length==4){"
        "clearWatch(id);setTimeout(function(){print('<'+times.length+' '+"
        "Math.round(times[3]-times[1])+'>');},5000);}},BTN1,{repeat:true})\n",
        -1);
    g_free(watch_process_read_until(watch, "<4 4>"));
}

static void
test_a_press_that_wakes_is_no_press(void)
{
    static const char *const options[] = {"--speed=20", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    g_free(watch_process_run(watch, "n=0;setWatch(function(){n++;},BTN1,{repeat:true,edge:'both'});"
                                    "Bangle.setLocked(true);Bangle.setLCDPower(0)"));
    watch_process_send(watch,
                       "\x10WaggleVirtual.press();setTimeout(function(){print('<'+[n,"
                       "Bangle.isLocked(),Bangle.isLCDOn()]+'>');},500)\n",
                       -1);
    g_free(watch_process_read_until(watch, "<0,false,true>"));
    watch_process_send(
        watch, "\x10WaggleVirtual.press();setTimeout(function(){print('<'+n+'>');},500)\n", -1);
    g_free(watch_process_read_until(watch, "<2>"));
}

static void
test_a_long_press_goes_back_to_the_clock(void)
{
    static const char *const options[] = {"--speed=20", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    g_free(watch_process_run(watch, "old=1;require('Storage').write('.bootcde',"
                                    "\"print('<clock '+typeof old+'>')\")"));
    watch_process_send(watch, "\x10WaggleVirtual.press(2000)\n", -1);
    g_free(watch_process_read_until(watch, "<clock undefined>"));
}

/* The order of jsfLoadBootCodeFromFlash. */
static void
test_starts_with_its_boot_files(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_free(watch_process_run(watch, "S=require('Storage');S.write('.boot1','s+=1');"
                                    "S.write('.boot0','s=\"0\"');S.write('.bootcde','s+=\"c\"');"
                                    "S.write('x.app.js','s+=\"x\"')"));
    watch_process_send(watch, "\x10load()\n\x10print('<'+s+'>')\n", -1);
    g_free(watch_process_read_until(watch, "<01c>"));
    watch_process_send(watch, "\x10load('x.app.js')\n\x10print('<'+s+'>')\n", -1);
    g_free(watch_process_read_until(watch, "<01x>"));
    watch_process_send(watch, "\x10reset()\n\x10print('<'+s+'>')\n", -1);
    g_free(watch_process_read_until(watch, "<01>"));
    g_autoptr(WatchProcess) restarted = watch_process_new(watch_process_get_folder(watch), NULL);
    watch_process_assert_eval(restarted, "s", "01c");
}

static void
test_tells_what_is_felt(void)
{
    static const char *const options[] = {"--speed=20", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_send(watch,
                       "\x10"
                       "Bangle.buzz(100).then(function(){Bangle.buzz().then(function(){"
                       "print('<felt>');});})\n",
                       -1);
    g_free(watch_process_read_until(watch, "<felt>"));
    watch_process_assert_eval(
        watch, "WaggleVirtual.sent(true).map(function(s){return s.what+s.value;}).join()",
        "buzz100,buzz200");
    watch_process_assert_eval(watch, "WaggleVirtual.sent().length", "0");
}

static void
assert_throws(WatchProcess *watch, const char *line, const char *message)
{
    g_autofree char *said = watch_process_run(watch, line);
    g_autofree char *expected = g_strdup_printf("Uncaught Error: %s\n", message);
    g_assert_true(g_str_has_prefix(said, expected));
}

/* In the words of jsble_send_hid_input_report. */
static void
test_keys_need_a_radio_that_started_with_them(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    assert_throws(watch, "NRF.sendHIDReport([1,1])", "BLE HID not enabled");
    g_free(watch_process_run(watch, "NRF.setServices(undefined,{hid:[5,1,9,6]})"));
    assert_throws(watch, "NRF.sendHIDReport([1,1])", "BLE HID not enabled"); /* connected */
    watch_process_send(watch, "\x10WaggleVirtual.drop({back:0})\n", -1);
    g_assert_true(watch_process_wait_closed(watch));
    g_autoptr(WatchProcess) again =
        watch_process_new_reaching(watch_process_get_folder(watch), NULL);
    watch_process_send(again, "\x10NRF.sendHIDReport([1,1],function(){print('<sent>');})\n", -1);
    g_free(watch_process_read_until(again, "<sent>"));
    assert_throws(again, "NRF.sendHIDReport([1,2]);NRF.sendHIDReport([1,0])",
                  "BLE HID already sending");
    watch_process_assert_eval(
        again, "WaggleVirtual.sent().map(function(s){return s.what+s.value;}).join()",
        "hid1,1,hid1,2");
    watch_process_stop(watch);
}

static void
test_keys_asked_for_at_the_start_are_there(void)
{
    static const char *const options[] = {"--speed=20", NULL};
    g_autoptr(WatchProcess) first = watch_process_new(NULL, NULL);
    g_free(watch_process_run(first, "require('Storage').write('.boot0',"
                                    "'NRF.setServices({},{uart:true,hid:[5,1,9,6]})')"));
    g_autoptr(WatchProcess) watch = watch_process_new(watch_process_get_folder(first), options);
    watch_process_send(watch,
                       "\x10NRF.sendHIDReport([1,16],function(){NRF.sendHIDReport([1,0],function()"
                       "{print('<up>');});})\n",
                       -1);
    g_free(watch_process_read_until(watch, "<up>"));
    assert_throws(watch, "NRF.sendHIDReport(new Uint8Array(17))",
                  "BLE HID report too long - max length = 16");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func("/virtual-watch/wearer/" name, function)
    ADD("is-pressed-by-itself", test_is_pressed_by_itself);
    ADD("battery-falls-and-is-set", test_battery_falls_and_is_set);
    ADD("button-calls-its-watches", test_button_calls_its_watches);
    ADD("a-press-that-wakes-is-no-press", test_a_press_that_wakes_is_no_press);
    ADD("a-long-press-goes-back-to-the-clock", test_a_long_press_goes_back_to_the_clock);
    ADD("starts-with-its-boot-files", test_starts_with_its_boot_files);
    ADD("tells-what-is-felt", test_tells_what_is_felt);
    ADD("keys-need-a-radio-that-started-with-them", test_keys_need_a_radio_that_started_with_them);
    ADD("keys-asked-for-at-the-start-are-there", test_keys_asked_for_at_the_start_are_there);
    return g_test_run();
}
