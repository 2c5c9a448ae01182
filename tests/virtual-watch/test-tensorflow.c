/* tensorflow on the watch: the firmware's own outputs, its refusals, and memory that comes back. */
#include "watch-process.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define ARENA_WATCH 1924 /* measured minimum of this model in the watch's memory layout */

enum { EVAL = 0x2000, FILE_SEND = 0x6000, DATA = 0x8000 };

static GBytes *
load_model(void)
{
    g_autofree char *path = watch_process_data_path("golden/seed-v11-int8.tflite");
    char *content;
    gsize length;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &content, &length, &error);
    g_assert_no_error(error);
    return g_bytes_new_take(content, length);
}

static void
put_file(WatchProcess *watch, const char *name, GBytes *content)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(content, &length);
    g_autofree char *head = g_strdup_printf("{\"fn\":\"%s\",\"s\":%zu}", name, length);
    watch_process_send_packet(watch, FILE_SEND, head, strlen(head));
    g_bytes_unref(watch_process_read(watch, 1));
    for (gsize i = 0; i < length; i += 1024) {
        watch_process_send_packet(watch, DATA, data + i, MIN(1024, length - i));
        g_autoptr(GBytes) answer = watch_process_read(watch, 1);
        g_assert_cmphex(*(const guint8 *)g_bytes_get_data(answer, NULL), ==, 0x06);
    }
}

static WatchProcess *
watch_with_model(void)
{
    WatchProcess *watch = watch_process_new(NULL, NULL);
    g_autoptr(GBytes) model = load_model();
    put_file(watch, "m", model);
    g_free(watch_process_run(
        watch, "T=require('tensorflow');m=require('Storage').read('m');"
               "function run(w){var t=T.create(2000,m),i=t.getInput(),o,b,k,s='';"
               "for(k=0;k<i.length;k++)i[k]=w[k];t.invoke();o=t.getOutput();"
               "b=new Uint8Array(o.buffer,o.byteOffset,o.length*4);"
               "for(k=0;k<b.length;k++)s+=(b[k]<16?'0':'')+b[k].toString(16);return s;}"));
    return watch;
}

static void
test_equals_the_firmware(void)
{
    g_autoptr(WatchProcess) watch = watch_with_model();
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autofree char *path = watch_process_data_path("golden/inference-seed-v11-int8.json");
    g_autoptr(GError) error = NULL;
    json_parser_load_from_file(parser, path, &error);
    g_assert_no_error(error);
    JsonObject *golden = json_node_get_object(json_parser_get_root(parser));
    JsonArray *windows = json_object_get_array_member(golden, "windows");
    JsonArray *outputs = json_object_get_array_member(golden, "output_hex");
    const guint n = json_array_get_length(windows);
    g_assert_cmpuint(n, ==, 341);
    for (guint i = 0; i < n; i++) {
        g_autofree char *window = json_to_string(json_array_get_element(windows, i), FALSE);
        g_autofree char *call = g_strdup_printf("run(%s)", window);
        watch_process_assert_eval(watch, call, json_array_get_string_element(outputs, i));
    }
}

static void
test_memory_comes_back(void)
{
    g_autoptr(WatchProcess) watch = watch_with_model();
    g_free(watch_process_run(watch, "w=new Int8Array(150);for(i=0;i<20;i++)run(w)"));
    g_autofree char *before = watch_process_eval(watch, "process.memory().free");
    g_free(watch_process_run(watch, "for(i=0;i<500;i++)run(w)"));
    g_autofree char *after = watch_process_eval(watch, "process.memory().free");
    g_assert_cmpstr(after, ==, before);
    g_autofree char *during = watch_process_eval(
        watch, "(function(){var t=T.create(4000,m);return process.memory().free;})()");
    /* 4000 bytes are 285 blocks of 14 */
    g_assert_cmpint(atoi(during) + 285, <=, atoi(before));
}

static void
assert_refuses(WatchProcess *watch, const char *arguments, const char *beginning)
{
    g_autofree char *line = g_strdup_printf("T.create(%s)", arguments);
    g_autofree char *said = watch_process_run(watch, line);
    if (!g_str_has_prefix(said, beginning))
        g_error("%s: \"%s\", expected \"%s\"", line, said, beginning);
}

static void
test_refuses_as_the_firmware(void)
{
    g_autoptr(WatchProcess) watch = watch_with_model();
    assert_refuses(watch, "511,m", "Uncaught Error: Invalid Arena Size\n");
    assert_refuses(watch, "200000,m",
                   "Uncaught Error: Unable to allocate enough RAM for TensorFlow\n");
    assert_refuses(watch, "2000,undefined",
                   "Uncaught TypeError: Model is not a Flat String/ArrayBuffer\n");
    assert_refuses(watch, "2000,5", "Uncaught TypeError: Model is not a Flat String/ArrayBuffer\n");
    g_autofree char *small = g_strdup_printf("%d,m", ARENA_WATCH - 4);
    assert_refuses(watch, small, "Uncaught Error: MicroInterpreter creation failed");
    g_autofree char *enough = g_strdup_printf("typeof T.create(%d,m)", ARENA_WATCH);
    watch_process_assert_eval(watch, enough, "object");
    assert_refuses(watch, "2000,'garbage that is no model at all'", "Uncaught Error: ");
    assert_refuses(watch, "2000,m.substr(0,1000)", "Uncaught Error: ");
    watch_process_assert_eval(watch, "run(new Int8Array(150)).length", "48");
}

static void
test_other_schema_version_is_named(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_autoptr(GBytes) model = load_model();
    gsize length;
    g_autofree guint8 *bytes = g_memdup2(g_bytes_get_data(model, &length), g_bytes_get_size(model));
    const guint32 root = bytes[0] | (guint32)bytes[1] << 8;
    const gint32 back = (gint32)(bytes[root] | (guint32)bytes[root + 1] << 8 |
                                 (guint32)bytes[root + 2] << 16 | (guint32)bytes[root + 3] << 24);
    const guint32 vtable = (guint32)((gint32)root - back);
    bytes[root + bytes[vtable + 4]] = 4;
    g_autoptr(GBytes) changed = g_bytes_new(bytes, length);
    put_file(watch, "m", changed);
    g_free(watch_process_run(watch, "T=require('tensorflow');m=require('Storage').read('m')"));
    assert_refuses(watch, "2000,m",
                   "Uncaught Error: Model provided is schema version 4 not equal to supported "
                   "version 3.\n");
}

static void
test_input_is_used_up_by_invoke(void)
{
    g_autoptr(WatchProcess) watch = watch_with_model();
    g_free(watch_process_run(watch, "function all(a,v){for(var k=0;k<a.length;k++)if(a[k]!==v)"
                                    "return false;return true;}t=T.create(2000,m);i=t.getInput();"
                                    "i.fill(1);"));
    watch_process_assert_eval(watch, "all(t.getInput(),1)", "true");
    g_free(watch_process_run(watch, "t.invoke()"));
    watch_process_assert_eval(watch, "all(t.getInput(),1)", "false");
    /* and what was never written holds whatever was in the memory */
    watch_process_assert_eval(watch, "all(T.create(2000,m).getInput(),0)", "false");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/virtual-watch/tensorflow/equals-the-firmware", test_equals_the_firmware);
    g_test_add_func("/virtual-watch/tensorflow/memory-comes-back", test_memory_comes_back);
    g_test_add_func("/virtual-watch/tensorflow/refuses-as-the-firmware",
                    test_refuses_as_the_firmware);
    g_test_add_func("/virtual-watch/tensorflow/other-schema-version-is-named",
                    test_other_schema_version_is_named);
    g_test_add_func("/virtual-watch/tensorflow/input-is-used-up-by-invoke",
                    test_input_is_used_up_by_invoke);
    return g_test_run();
}
