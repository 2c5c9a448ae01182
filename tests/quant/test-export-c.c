/* Holds the exporter "c" to the int8 network: what it writes is compiled, loaded and run here. */
#include "golden.h"
#include "loaded-export.h"

#include "base/error.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Of the windows of an entry, answered by the watch's firmware: how many bytes differ. */
static int
count_different(const LoadedExport *loaded, const WgInt8Network *network, JsonObject *entry)
{
    const WgTensorInfo *in = wg_int8_network_get_input(network);
    const WgTensorInfo *out = wg_int8_network_get_output(network);
    JsonArray *windows = json_object_get_array_member(entry, "windows");
    JsonArray *wanted = json_object_get_array_member(entry, "output_hex");
    g_autofree guint8 *input = g_malloc0(in->size_bytes), *output = g_malloc0(out->size_bytes);
    int n_different = 0;

    for (guint i = 0; i < json_array_get_length(windows); i++) {
        g_autoptr(GString) hex = g_string_new(NULL);

        golden_read_window(json_array_get_array_element(windows, i), in, input);
        loaded->run(input, output);
        for (gsize j = 0; j < out->size_bytes; j++)
            g_string_append_printf(hex, "%02x", output[j]);
        n_different += g_ascii_strcasecmp(hex->str, json_array_get_string_element(wanted, i)) != 0;
    }
    return n_different;
}

static gboolean
is_quantized(const WgInt8Network *network)
{
    for (int i = 0; i < wg_int8_network_get_n_tensors(network); i++) {
        const WgTensorInfo *info = wg_int8_network_get_tensor(network, i);

        if (info->is_constant && info->type == WG_TENSOR_FLOAT32)
            return FALSE;
    }
    return TRUE;
}

/* One model of the golden list: equal on every window, or refused because it computes in float. */
static gboolean
check_entry(JsonObject *entry, const char *path, int *n_windows)
{
    g_autoptr(WgInt8Network) network = golden_read_model(path);
    g_auto(GStrv) labels =
        loaded_export_make_labels(wg_int8_network_get_output(network)->n_elements);
    g_autoptr(GPtrArray) files = wg_export_files_new();
    g_autoptr(GError) error = NULL;
    WgExportSource source;
    g_autoptr(LoadedExport) loaded = NULL;
    int n_different;

    loaded_export_init_source(&source, network, labels);
    if (!wg_exporter_c.write(&source, files, &error)) {
        g_test_message("%s: %s", path, error->message);
        g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
        return FALSE;
    }
    loaded = loaded_export_new(files);
    n_different = count_different(loaded, network, entry);
    if (n_different > 0)
        g_test_message("%s: %d windows differ", path, n_different);
    g_assert_cmpint(n_different, ==, 0);
    *n_windows += (int)json_array_get_length(json_object_get_array_member(entry, "windows"));
    return TRUE;
}

/* Every third model in a sanitized build, which compiles slowly. */
static void
test_golden_models(void)
{
    g_autoptr(JsonNode) root = golden_read_json("ops/golden.json");
    JsonArray *entries = json_node_get_array(root);
#if defined(__SANITIZE_ADDRESS__)
    const guint step = 3;
#else
    const guint step = 1;
#endif
    int n_exported = 0, n_refused = 0, n_windows = 0;

    for (guint i = 0; i < json_array_get_length(entries); i += step) {
        JsonObject *entry = json_array_get_object_element(entries, i);
        g_autofree char *path =
            g_strconcat("ops/", json_object_get_string_member(entry, "model"), NULL);

        if (check_entry(entry, path, &n_windows))
            n_exported++;
        else
            n_refused++;
    }
    g_test_message("%d models, %d windows equal, %d refused", n_exported, n_windows, n_refused);
    g_assert_cmpint(n_exported, >=, step == 1 ? 60 : 20);
}

static void
test_seed_model(void)
{
    g_autoptr(WgInt8Network) network = golden_read_model("seed-v11-int8.tflite");
    g_autofree char *path = golden_path("inference-seed-v11-int8.json");
    g_autofree char *text = NULL;
    g_autoptr(JsonNode) root = NULL;
    g_auto(GStrv) labels =
        loaded_export_make_labels(wg_int8_network_get_output(network)->n_elements);
    g_autoptr(GPtrArray) files = wg_export_files_new();
    g_autoptr(GError) error = NULL;
    WgExportSource source;
    g_autoptr(LoadedExport) loaded = NULL;

    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    root = json_from_string(text, &error);
    g_assert_no_error(error);
    loaded_export_init_source(&source, network, labels);
    g_assert_true(wg_exporter_c.write(&source, files, &error));
    loaded = loaded_export_new(files);
    g_assert_cmpint(count_different(loaded, network, json_node_get_object(root)), ==, 0);
}

static void
test_float(void)
{
    g_autoptr(WgInt8Network) network = golden_read_model("seed-v11-float.tflite");
    g_auto(GStrv) labels =
        loaded_export_make_labels(wg_int8_network_get_output(network)->n_elements);
    g_autoptr(GPtrArray) files = wg_export_files_new();
    g_autoptr(GError) error = NULL;
    WgExportSource source;

    g_assert_false(is_quantized(network));
    loaded_export_init_source(&source, network, labels);
    g_assert_false(wg_exporter_c.write(&source, files, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
    g_assert_nonnull(strstr(error->message, "CONV_2D"));
    g_assert_cmpuint(files->len, ==, 0);
}

/* A golden model of 3 int8 outputs or more. */
static WgInt8Network *
find_model(void)
{
    g_autoptr(JsonNode) root = golden_read_json("ops/golden.json");
    JsonArray *entries = json_node_get_array(root);

    for (guint i = 0; i < json_array_get_length(entries); i++) {
        JsonObject *entry = json_array_get_object_element(entries, i);
        g_autofree char *path =
            g_strconcat("ops/", json_object_get_string_member(entry, "model"), NULL);
        g_autoptr(WgInt8Network) network = golden_read_model(path);
        const WgTensorInfo *out = wg_int8_network_get_output(network);

        if (is_quantized(network) && out->type == WG_TENSOR_INT8 && out->n_elements >= 3)
            return g_steal_pointer(&network);
    }
    g_assert_not_reached();
}

static void
test_names(void)
{
    static const char *const names[] = {"*/ \"quoted\\", "trigraph \?\?/ end\\", "наверх 1\n2\x7f"};
    g_autoptr(WgInt8Network) network = find_model();
    g_auto(GStrv) labels =
        loaded_export_make_labels(wg_int8_network_get_output(network)->n_elements);
    g_autoptr(GPtrArray) files = wg_export_files_new();
    g_autoptr(GError) error = NULL;
    WgExportSource source;
    g_autoptr(LoadedExport) loaded = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_free(labels[i]);
        labels[i] = g_strdup(names[i]);
    }
    loaded_export_init_source(&source, network, labels);
    source.project_name = "*/ #error \n @DATE@ `x`";
    g_assert_true(wg_exporter_c.write(&source, files, &error));
    loaded = loaded_export_new(files);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        g_assert_cmpstr(loaded->names[i], ==, names[i]);
}

/* The rule of the watch's app: the largest output, (q + 128) / 256 at least the threshold. */
static void
test_decision(void)
{
    g_autoptr(WgInt8Network) network = find_model();
    const int n = wg_int8_network_get_output(network)->n_elements;
    g_auto(GStrv) labels = loaded_export_make_labels(n);
    static const double thresholds[] = {0, 0.3, 0.5, 0.7, 0.99, 1};

    for (gsize i = 0; i < G_N_ELEMENTS(thresholds); i++) {
        g_autoptr(GPtrArray) files = wg_export_files_new();
        g_autoptr(GError) error = NULL;
        g_autofree gint8 *outputs = g_malloc(n);
        WgExportSource source;
        g_autoptr(LoadedExport) loaded = NULL;

        loaded_export_init_source(&source, network, labels);
        source.threshold = thresholds[i];
        source.other = labels[2];
        g_assert_true(wg_exporter_c.write(&source, files, &error));
        loaded = loaded_export_new(files);
        for (int q = -127; q <= 127; q++) {
            const gboolean is_answer = (q + 128) / 256.0 >= thresholds[i];

            memset(outputs, -128, (gsize)n);
            outputs[1] = (gint8)q;
            g_assert_cmpint(loaded->decide(outputs), ==, is_answer ? 1 : -1);
            outputs[0] = (gint8)q; /* of equals the first */
            g_assert_cmpint(loaded->decide(outputs), ==, is_answer ? 0 : -1);
            memset(outputs, -128, (gsize)n);
            outputs[2] = (gint8)q; /* means nothing */
            g_assert_cmpint(loaded->decide(outputs), ==, -1);
        }
    }
}

/* Each gesture by its own; above 1 it never is the answer. */
static void
test_own_thresholds(void)
{
    g_autoptr(WgInt8Network) network = find_model();
    const int n = wg_int8_network_get_output(network)->n_elements;
    g_auto(GStrv) labels = loaded_export_make_labels(n);
    g_autofree double *thresholds = g_new0(double, n);
    g_autofree gint8 *outputs = g_malloc(n);
    g_autoptr(GPtrArray) files = wg_export_files_new();
    g_autoptr(GError) error = NULL;
    WgExportSource source;
    g_autoptr(LoadedExport) loaded = NULL;

    loaded_export_init_source(&source, network, labels);
    thresholds[0] = 0.9;
    thresholds[1] = 0.25;
    thresholds[2] = 2;
    source.thresholds = thresholds;
    g_assert_true(wg_exporter_c.write(&source, files, &error));
    loaded = loaded_export_new(files);
    for (int label = 0; label < 3; label++) {
        for (int q = -127; q <= 127; q++) {
            const gboolean is_answer = (q + 128) / 256.0 >= thresholds[label];

            memset(outputs, -128, (gsize)n);
            outputs[label] = (gint8)q;
            g_assert_cmpint(loaded->decide(outputs), ==, is_answer ? label : -1);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/quant/export-c/golden-models-are-equal-on-every-window", test_golden_models);
    g_test_add_func("/quant/export-c/seed-model-is-equal-on-every-window", test_seed_model);
    g_test_add_func("/quant/export-c/float-model-is-refused-by-operation", test_float);
    g_test_add_func("/quant/export-c/any-name-is-a-string-of-c", test_names);
    g_test_add_func("/quant/export-c/decides-as-the-watch's-app", test_decision);
    g_test_add_func("/quant/export-c/each-gesture-has-its-own-threshold", test_own_thresholds);
    return g_test_run();
}
