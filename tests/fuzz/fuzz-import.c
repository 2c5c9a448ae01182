/* Any bytes as a recordings file, through every reader. */
#include "fuzz.h"

#include "dataset/import.h"

#include <json-glib/json-glib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const WgImportOptions options = {.key = "key"};
    g_autofree char *text = g_malloc(size + 1);

    memcpy(text, data, size);
    text[size] = '\0'; /* as g_file_get_contents() gives it */
    for (int i = 0; wg_file_formats[i]; i++) {
        g_autoptr(GPtrArray) takes =
            g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
        g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(WgRefusals) refused = wg_refusals_new();
        g_autoptr(GHashTable) kept =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_node_unref);
        WgFileContent found = {takes, messages, refused, kept};

        wg_file_formats[i]->matches("fuzz.txt", text, size);
        wg_file_formats[i]->read("fuzz.txt", text, size, &options, &found, NULL);
    }
    return 0;
}
