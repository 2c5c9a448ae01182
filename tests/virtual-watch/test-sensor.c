/* The virtual accelerometer: rest, performed takes, the detector's windows, the built-in
 * recogniser. */
#include "watch-process.h"

#include "dataset/detector.h"
#include "dataset/performance.h"
#include "virtual-watch/takes.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

static const gint16 rest[3] = {0, 0, -8192};

/* What a fresh detector reports while the take is played from rest and back: number of gestures,
 * the first of them in `gesture`, its length in `n`. */
static int
detect(const WgTake *take, gboolean plain, gint8 *gesture, int *n)
{
    WgDetector detector;
    wg_detector_init(&detector);
    wg_detector_feed(&detector, rest, gesture);
    gint8 found[150];
    wg_detector_feed(&detector, rest, found);
    for (int i = 0; i < 10; i++) /* the first sample of all jumps from nothing */
        wg_detector_feed(&detector, rest, found);
    g_autoptr(GArray) raw = wg_performance_build(take, rest, plain);
    const gint16 *samples = (const gint16 *)(const void *)raw->data;
    g_autoptr(GArray) back = wg_performance_build_rest(samples + 3 * (raw->len - 1));
    int n_gestures = 0;
    for (guint i = 0; i < raw->len + back->len; i++) {
        const gint16 *sample = i < raw->len
                                   ? samples + 3 * i
                                   : (const gint16 *)(const void *)back->data + 3 * (i - raw->len);
        const int length = wg_detector_feed(&detector, sample, found);
        if (length > 0 && n_gestures++ == 0) {
            memcpy(gesture, found, (gsize)length * 3);
            *n = length;
        }
    }
    return n_gestures;
}

static int
count_exact(gboolean plain)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) takes = wg_takes_load("split:test", NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(takes->len, ==, 241);
    int n_exact = 0;
    for (guint i = 0; i < takes->len; i++) {
        const WgTake *take = g_ptr_array_index(takes, i);
        gint8 gesture[150];
        int n = 0;
        if (detect(take, plain, gesture, &n) == 1 && n == take->n_samples)
            n_exact += memcmp(gesture, take->history, (gsize)n * 3) == 0;
    }
    return n_exact;
}

static void
test_takes_are_cut_as_recorded(void)
{
    const int plain = count_exact(TRUE);
    const int chosen = count_exact(FALSE);
    g_test_message("the detector cuts %d of 241 test takes exactly as recorded, %d when the bits "
                   "that its history drops are left 0",
                   chosen, plain);
    /* what the detector's rules permit: those of the other takes cannot be met at 64 units a g */
    g_assert_cmpint(chosen, ==, 77);
    g_assert_cmpint(plain, <, chosen);
}

static void
test_a_whole_gesture_is_cut_exactly(void)
{
    /* begins with a large step, moves, and is quiet for three steps: as the watch records */
    gint8 history[20 * 3];
    for (int i = 0; i < 20; i++) {
        history[3 * i] = (gint8)(i < 17 ? 60 * (i % 2) : 0);
        history[3 * i + 1] = (gint8)(i < 17 ? -i : -17);
        history[3 * i + 2] = -64;
    }
    g_autoptr(WgTake) take = wg_take_new("made", history, 20);
    gint8 gesture[150];
    int n = 0;
    g_assert_cmpint(detect(take, FALSE, gesture, &n), ==, 1);
    g_assert_cmpmem(gesture, 3 * (gsize)n, history, sizeof history);
}

static char *
base64_of_history(JsonArray *gesture)
{
    JsonArray *values = json_array_get_array_element(gesture, 1);
    const guint n = json_array_get_length(values);
    g_autofree guint8 *bytes = g_new(guint8, n);
    for (guint i = 0; i < n; i++)
        bytes[i] = (guint8)json_array_get_int_element(values, i);
    return g_base64_encode(bytes, n);
}

static void
test_performs_a_raw_stream(void)
{
    g_autofree char *path = watch_process_data_path("golden/detector-stream.json");
    const char *const options[] = {"--perform", path, "--speed", "500", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autoptr(GError) error = NULL;
    json_parser_load_from_file(parser, path, &error);
    g_assert_no_error(error);
    JsonArray *gestures = json_object_get_array_member(
        json_node_get_object(json_parser_get_root(parser)), "gestures");
    g_assert_cmpuint(json_array_get_length(gestures), ==, 61);
    watch_process_send(watch,
                       "\x10"
                       "Bangle.on('gesture',function(d){print('G'+btoa(d.buffer)+';');});\n",
                       -1);
    for (guint i = 0; i < json_array_get_length(gestures); i++) {
        g_autofree char *expected = base64_of_history(json_array_get_array_element(gestures, i));
        g_autofree char *said = watch_process_read_until(watch, ";");
        const char *got = strchr(said, 'G');
        g_assert_nonnull(got);
        g_assert_cmpmem(got + 1, strlen(got) - 2, expected, strlen(expected));
    }
    g_free(watch_process_read_until(watch, "\x1e{\"wg\":\"performed\",\"n\":1}\r\n"));
}

static void
test_waits_for_a_listener(void)
{
    static const char *const options[] = {"--perform", "split:test", "--speed", "500", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_assert_eval(watch, "WaggleVirtual.isPerforming()", "false");
    watch_process_send(watch, "\x10n=0;Bangle.on('gesture',function(){n++;});\n", -1);
    g_free(watch_process_read_until(watch, "\x1e{\"wg\":\"performed\",\"n\":241}\r\n"));
    g_autofree char *n = watch_process_eval(watch, "n");
    g_test_message("%s gestures reported for 241 takes", n);
    g_assert_cmpint(atoi(n), >=, 200);
}

static void
test_rests_below_the_threshold(void)
{
    static const char *const options[] = {"--speed", "200", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_send(
        watch,
        "\x10k=0;worst=0;Bangle.on('gesture',function(){print('moved');});"
        "Bangle.on('accel',function(a){if(k++)worst=Math.max(worst,a.diff);"
        "if(k==400)print('enough '+(worst>0)+(worst<0.05)+(a.z<-0.9&&a.mag>0.9));});\n",
        -1);
    g_autofree char *said = watch_process_read_until(watch, "enough truetruetrue");
    g_assert_null(strstr(said, "moved"));
}

static void
test_performs_a_label_when_told(void)
{
    static const char *const options[] = {"--speed", "300", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_send(watch,
                       "\x10"
                       "Bangle.on('gesture',function(d){print('len '+d.length/3+';');});"
                       "print(WaggleVirtual.perform('upup'));\n",
                       -1);
    g_free(watch_process_read_until(watch, "len "));
    g_autofree char *none =
        watch_process_run(watch, "WaggleVirtual.perform('it\\'s \"<b>\" not there')");
    g_assert_nonnull(
        strstr(none, "Uncaught Error: there is no take of \"it's \"<b>\" not there\""));
}

/* Samples until it rests again. */
static int
count_performed(WatchProcess *watch, const char *performs)
{
    g_autofree char *line = g_strdup_printf(
        "\x10"
        "n=0;h=function(){n++;if(!WaggleVirtual.isPerforming()){Bangle.removeListener('accel',h);"
        "print('took '+n+';');}};%s;Bangle.on('accel',h);\n",
        performs);
    watch_process_send(watch, line, -1);
    g_autofree char *said = watch_process_read_until(watch, ";\r\n");
    const char *took = strstr(said, "took ");
    g_assert_nonnull(took);
    return atoi(took + strlen("took "));
}

static void
test_performs_at_once(void)
{
    static const char *const options[] = {"--speed", "300", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    const int one = count_performed(watch, "WaggleVirtual.perform('upup',0)");
    const int two =
        count_performed(watch, "WaggleVirtual.perform('upup',0);WaggleVirtual.perform('upup',0)");
    const int at_once = count_performed(
        watch, "WaggleVirtual.perform('upup',0);WaggleVirtual.perform('upup',0,true)");
    g_test_message("%d samples, %d one after the other, %d at once", one, two, at_once);
    g_assert_cmpint(two, >, one + 16);
    g_assert_cmpint(at_once, <, one);
    g_assert_cmpint(at_once, >, 16);
}

static void
test_halves_at_eight_g(void)
{
    static const char *const options[] = {"--speed", "200", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_send(
        watch,
        "\x10"
        "Bangle.accelWr(0x18,0x74);Bangle.accelWr(0x1B,0x43);"
        "Bangle.accelWr(0x18,0xF4);Bangle.setPollInterval(10);k=0;"
        "Bangle.on('accel',function(a){if(++k==30)print(a.z<-0.4&&a.z>-0.6?'half':a.z);});\n",
        -1);
    g_free(watch_process_read_until(watch, "half"));
    g_autofree char *error = watch_process_run(watch, "Bangle.setPollInterval(5)");
    g_assert_nonnull(strstr(error, "Uncaught"));
}

static void
test_builtin_recogniser_follows_its_rule(void)
{
    static const char *const options[] = {"--perform", "upup", "--speed", "500", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_send(watch,
                       "\x10"
                       "Bangle.on('aiGesture',function(g,w){"
                       "var m=0,k;w.forEach(function(v,i){if(v>m){m=v;k='abcdefgh'[i];}});"
                       "print(g===k?'as ruled':'broken '+g+w);});\n",
                       -1);
    g_free(watch_process_read_until(watch, "TF error - no model\r\n"));
    g_autofree char *path = watch_process_data_path("golden/seed-v11-int8.tflite");
    g_autofree char *model = NULL;
    gsize length;
    g_assert_true(g_file_get_contents(path, &model, &length, NULL));
    g_autofree char *text = g_base64_encode((const guchar *)model, length);
    g_autofree char *line =
        g_strdup_printf("S=require('Storage');S.write('.tfnames','a,b,c,d,e,f,g,h');"
                        "S.write('.tfmodel',atob('%s'))",
                        text);
    g_free(watch_process_run(watch, line));
    g_autofree char *said = watch_process_read_until(watch, "performed");
    g_assert_nonnull(strstr(said, "as ruled"));
    g_assert_null(strstr(said, "broken"));
}

/* data/watch/record.js at 100 Hz, started on the watch with nobody who says that he listens. */
static void
start_recording(WatchProcess *watch, const char *options)
{
    g_autofree char *path =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "data", "watch", "record.js", NULL);
    g_autofree char *source = NULL;
    gsize length;
    g_assert_true(g_file_get_contents(path, &source, &length, NULL));
    g_autofree char *base64 = g_base64_encode((const guchar *)source, length);
    g_autofree char *line =
        g_strdup_printf("eval(atob('%s')+';global.Waggle=waggleRecord({%s})');", base64, options);
    g_free(watch_process_run(watch, line));
}

#define SETTINGS                                                                                   \
    "[Bangle.accelRd(0x18),Bangle.accelRd(0x1b),Bangle.getOptions().powerSave,typeof "             \
    "Waggle].join()"
#define OWN_SETTINGS "172,0,true,undefined"

static void
test_a_recording_that_nobody_hears_restores_the_sensor(void)
{
    static const char *const options[] = {"--speed=50", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    watch_process_assert_eval(watch, SETTINGS, OWN_SETTINGS);
    start_recording(watch, "rate:100,block:10,gestures:0,length:0,patience:30");
    watch_process_assert_eval(watch, SETTINGS, "244,67,false,object");
    g_autofree char *told = watch_process_read_until(watch, "\"wg\":\"block\"");
    watch_process_send(watch,
                       "\x10setInterval(function(){if(typeof Waggle==='undefined')"
                       "print('<ov'+'er>');},1000);\n",
                       -1);
    g_free(watch_process_read_until(watch, "<over>"));
    watch_process_assert_eval(watch, SETTINGS, OWN_SETTINGS);
}

static void
test_a_broken_connection_restores_the_sensor(void)
{
    static const char *const options[] = {"--speed=10", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    start_recording(watch, "rate:50,block:5,gestures:0,length:0,patience:3000");
    watch_process_assert_eval(watch, SETTINGS, "244,66,false,object");
    g_free(watch_process_run(watch, "NRF.emit('disconnect',19)"));
    g_free(watch_process_run(watch, "0"));
    watch_process_assert_eval(watch, SETTINGS, OWN_SETTINGS);
}

static void
test_stopping_restores_another_programs_settings(void)
{
    static const char *const options[] = {"--speed=10", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    g_free(watch_process_run(watch, "Bangle.accelWr(0x18,0x74);Bangle.accelWr(0x1b,0x41);"
                                    "Bangle.accelWr(0x18,0xf4);Bangle.setPollInterval(40)"));
    start_recording(watch, "rate:100,block:10,gestures:0,length:0,patience:3000");
    g_free(watch_process_run(watch, "Waggle.stop();delete global.Waggle"));
    watch_process_assert_eval(watch, SETTINGS, "244,65,false,undefined");
}

static void
test_the_rate_is_set_only_while_the_sensor_is_off(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_free(watch_process_run(watch, "Bangle.accelWr(0x1b,0x43)"));
    watch_process_assert_eval(watch, "Bangle.accelRd(0x1b)", "0");
    g_free(watch_process_run(watch, "Bangle.accelWr(0x18,0x2c);Bangle.accelWr(0x1b,0x43)"));
    watch_process_assert_eval(watch, "Bangle.accelRd(0x1b)", "67");
}

static void
test_the_button_begins_a_take(void)
{
    static const char *const options[] = {"--speed=10", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    start_recording(watch, "rate:50,block:5,gestures:0,length:100,patience:3000");
    watch_process_send(watch, "\x10WaggleVirtual.press();\n", -1);
    g_free(watch_process_read_until(watch, "\"wg\":\"take\",\"n\":0,\"first\":"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/virtual-watch/sensor/a-recording-that-nobody-hears-restores-it",
                    test_a_recording_that_nobody_hears_restores_the_sensor);
    g_test_add_func("/virtual-watch/sensor/a-broken-connection-restores-it",
                    test_a_broken_connection_restores_the_sensor);
    g_test_add_func("/virtual-watch/sensor/stopping-restores-another-programs-settings",
                    test_stopping_restores_another_programs_settings);
    g_test_add_func("/virtual-watch/sensor/its-rate-is-set-only-while-it-is-off",
                    test_the_rate_is_set_only_while_the_sensor_is_off);
    g_test_add_func("/virtual-watch/sensor/the-button-begins-a-take",
                    test_the_button_begins_a_take);
    g_test_add_func("/virtual-watch/sensor/takes-are-cut-as-recorded",
                    test_takes_are_cut_as_recorded);
    g_test_add_func("/virtual-watch/sensor/a-whole-gesture-is-cut-exactly",
                    test_a_whole_gesture_is_cut_exactly);
    g_test_add_func("/virtual-watch/sensor/performs-a-raw-stream", test_performs_a_raw_stream);
    g_test_add_func("/virtual-watch/sensor/waits-for-a-listener", test_waits_for_a_listener);
    g_test_add_func("/virtual-watch/sensor/rests-below-the-threshold",
                    test_rests_below_the_threshold);
    g_test_add_func("/virtual-watch/sensor/performs-a-label-when-told",
                    test_performs_a_label_when_told);
    g_test_add_func("/virtual-watch/sensor/performs-at-once", test_performs_at_once);
    g_test_add_func("/virtual-watch/sensor/halves-at-eight-g", test_halves_at_eight_g);
    g_test_add_func("/virtual-watch/sensor/builtin-recogniser-follows-its-rule",
                    test_builtin_recogniser_follows_its_rule);
    return g_test_run();
}
