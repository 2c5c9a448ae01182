/* Edge Impulse data acquisition in JSON: a file a recording, signed or not. */
#include "dataset/edge-impulse-labels.h"
#include "dataset/edge-impulse.h"
#include "dataset/json-fields.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
read_json(const char *name, const char *content, gsize length, const WgImportOptions *options,
          WgFileContent *found, GError **error)
{
    g_autoptr(JsonNode) root = wg_json_read(name, content, length, WG_EDGE_IMPULSE_DEEPEST, error);

    return root && wg_edge_impulse_read(root, name, content, length, options, found, error);
}

static int
matches(const char *name, const char *content, gsize length)
{
    static const char *const words[] = {"\"protected\"", "\"payload\"", "\"sensors\"",
                                        "\"interval_ms\""};
    const char *end = content + length, *start = content;
    int n_found = 0;

    while (start < end && g_ascii_isspace(*start))
        start++;
    if (start == end || *start != '{')
        return 0;
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        n_found += memmem(start, (gsize)(end - start), words[i], strlen(words[i])) != NULL;
    /* one of them is enough to say what is missing */
    return n_found == 4 ? 95 : n_found >= 2 ? 60 : n_found == 1 ? 30 : 0;
}

static GByteArray *
encode(JsonNode *root)
{
    g_autoptr(GString) text = g_string_new(NULL);
    GByteArray *bytes = g_byte_array_new();

    wg_json_append(text, root);
    g_byte_array_append(bytes, (const guint8 *)text->str, (guint)text->len);
    return bytes;
}

static gboolean
write_json(GPtrArray *recordings, const WgExportDataOptions *options, WgDataWriter *out,
           GError **error)
{
    return wg_edge_impulse_write(recordings, options, out, ".json", encode, error);
}

const WgFileFormat wg_file_format_edge_impulse_json = {
    "edge-impulse-json",
    N_("Edge Impulse data acquisition in JSON, a folder with info.labels"),
    matches,
    read_json,
    .companions = wg_edge_impulse_companions,
    .write = write_json,
    .holds = WG_HOLDS_ALL,
    .has_key = TRUE,
};
