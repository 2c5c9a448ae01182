/* What the real firmware answered, for tests: files of tests/data/golden. */
#include "golden.h"

#include <string.h>

char *
golden_path(const char *name)
{
    return g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests", "data", "golden", name, NULL);
}

JsonNode *
golden_read_json(const char *name)
{
    g_autofree char *path = golden_path(name);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    JsonNode *node;

    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    node = json_from_string(text, &error);
    g_assert_no_error(error);
    return node;
}

WgInt8Network *
golden_read_model(const char *name)
{
    g_autofree char *path = golden_path(name);
    char *content = NULL;
    gsize length = 0;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) error = NULL;
    WgInt8Network *network;

    g_file_get_contents(path, &content, &length, &error);
    g_assert_no_error(error);
    bytes = g_bytes_new_take(content, length);
    network = wg_int8_network_new(bytes, &error);
    g_assert_no_error(error);
    return network;
}

void
golden_read_window(JsonArray *window, const WgTensorInfo *in, void *input)
{
    g_assert_cmpuint(json_array_get_length(window), <=, (guint)in->n_elements);
    memset(input, 0, in->size_bytes);
    for (guint j = 0; j < json_array_get_length(window); j++) {
        if (in->type == WG_TENSOR_FLOAT32)
            ((float *)input)[j] = (float)json_array_get_double_element(window, j);
        else
            ((gint8 *)input)[j] = (gint8)json_array_get_int_element(window, j);
    }
}
