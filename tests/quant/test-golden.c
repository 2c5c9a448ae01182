/* Holds the int8 network and the arena's rule to what the real firmware answered. */
#include "golden.h"

#include "quant/verdict.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Runs every window of an entry; the number whose output bytes differ from the firmware's. */
static int
count_different(const WgInt8Network *network, JsonObject *entry, int *n_windows)
{
    const WgTensorInfo *in = wg_int8_network_get_input(network);
    const WgTensorInfo *out = wg_int8_network_get_output(network);
    JsonArray *windows = json_object_get_array_member(entry, "windows");
    JsonArray *wanted = json_object_get_array_member(entry, "output_hex");
    g_autofree guint8 *input = g_malloc0(in->size_bytes), *output = g_malloc0(out->size_bytes);
    void *scratch = g_aligned_alloc0(1, wg_int8_network_get_scratch_bytes(network) + 16, 16);
    int n_different = 0;

    for (guint i = 0; i < json_array_get_length(windows); i++) {
        g_autoptr(GString) hex = g_string_new(NULL);

        golden_read_window(json_array_get_array_element(windows, i), in, input);
        wg_int8_network_run(network, input, output, scratch);
        for (gsize j = 0; j < out->size_bytes; j++)
            g_string_append_printf(hex, "%02x", output[j]);
        n_different += g_ascii_strcasecmp(hex->str, json_array_get_string_element(wanted, i)) != 0;
    }
    *n_windows += (int)json_array_get_length(windows);
    g_aligned_free(scratch);
    return n_different;
}

static void
test_ops(void)
{
    g_autoptr(JsonNode) root = golden_read_json("ops/golden.json");
    JsonArray *entries = json_node_get_array(root);
    int n_windows = 0;

    g_assert_cmpuint(json_array_get_length(entries), ==, 85);
    for (guint i = 0; i < json_array_get_length(entries); i++) {
        JsonObject *entry = json_array_get_object_element(entries, i);
        const char *model = json_object_get_string_member(entry, "model");
        g_autofree char *name = g_strconcat("ops/", model, NULL);
        g_autoptr(WgInt8Network) network = golden_read_model(name);
        const int n_different = count_different(network, entry, &n_windows);

        if (n_different > 0)
            g_test_message("%s: %d windows differ", model, n_different);
        g_assert_cmpint(n_different, ==, 0);
    }
    g_test_message("%d windows equal", n_windows);
}

static void
test_arena(void)
{
    g_autoptr(JsonNode) root = golden_read_json("ops/golden.json");
    JsonArray *entries = json_node_get_array(root);

    for (guint i = 0; i < json_array_get_length(entries); i++) {
        JsonObject *entry = json_array_get_object_element(entries, i);
        const char *model = json_object_get_string_member(entry, "model");
        g_autofree char *name = g_strconcat("ops/", model, NULL);
        g_autoptr(WgInt8Network) network = golden_read_model(name);
        const gint64 i386 = json_object_get_int_member(entry, "arena_bytes_min_32bit");
        const gint64 arm = json_object_get_int_member(entry, "arena_bytes_min_watch_layout");

        g_test_message("%s: %d %d", model, (int)wg_arena_bytes(network, TRUE), (int)i386);
        g_assert_cmpint((gint64)wg_arena_bytes(network, TRUE), ==, i386);
        g_assert_cmpint((gint64)wg_arena_bytes(network, FALSE), ==, arm);
    }
}

static void
test_seed_model(void)
{
    g_autoptr(JsonNode) root = golden_read_json("inference-seed-v11-int8.json");
    g_autoptr(WgInt8Network) network = golden_read_model("seed-v11-int8.tflite");
    g_autoptr(WgInt8Network) as_float = golden_read_model("seed-v11-float.tflite");
    int n_windows = 0;

    g_assert_cmpint(count_different(network, json_node_get_object(root), &n_windows), ==, 0);
    g_assert_cmpint(n_windows, >, 0);
    g_assert_cmpuint(wg_arena_bytes(network, TRUE), ==, 1940);
    g_assert_cmpuint(wg_arena_bytes(network, FALSE), ==, 1924);
    g_assert_cmpuint(wg_arena_bytes(as_float, TRUE), ==, 4528);
    g_assert_cmpuint(wg_arena_bytes(as_float, FALSE), ==, 4504);
}

static void
test_verdict(void)
{
    g_autoptr(WgInt8Network) network = golden_read_model("seed-v11-float.tflite");
    g_autoptr(WgInt8Network) small = golden_read_model("seed-v11-int8.tflite");
    const WgWatchKind *kind = wg_watch_kind_find("bangle2", NULL);
    g_autoptr(WgVerdict) refused = wg_verdict_new(network, kind, TRUE);
    g_autoptr(WgVerdict) passed = wg_verdict_new(small, kind, TRUE);

    g_assert_false(refused->fits);
    g_assert_nonnull(strstr(refused->reasons[0], "4504"));
    g_assert_nonnull(strstr(refused->reasons[0], "4000"));
    g_assert_true(passed->fits);
    g_assert_null(passed->reasons[0]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/quant/int8-network/equals-firmware-on-every-op", test_ops);
    g_test_add_func("/quant/arena/equals-measured-minimum", test_arena);
    g_test_add_func("/quant/int8-network/equals-firmware-on-the-seed-model", test_seed_model);
    g_test_add_func("/quant/verdict/names-both-numbers", test_verdict);
    return g_test_run();
}
