/* Edge Impulse data acquisition in CBOR: a file a recording, signed or not. */
#include "dataset/cbor-json.h"
#include "dataset/edge-impulse-labels.h"
#include "dataset/edge-impulse.h"

#include <glib/gi18n.h>
#include <string.h>

/* The first byte of a map: major type 5 (RFC 8949, 3.1). */
#define MAJOR_MAP 5
#define MAJOR_SHIFT 5

static gboolean
read_cbor(const char *name, const char *content, gsize length, const WgImportOptions *options,
          WgFileContent *found, GError **error)
{
    g_autoptr(JsonNode) root = wg_cbor_read(name, content, length, WG_EDGE_IMPULSE_DEEPEST, error);

    return root && wg_edge_impulse_read(root, name, content, length, options, found, error);
}

static int
matches(const char *name, const char *content, gsize length)
{
    static const char *const words[] = {"protected", "payload", "sensors", "interval_ms"};
    int n_found = 0;

    if (length == 0 || (guchar)content[0] >> MAJOR_SHIFT != MAJOR_MAP)
        return 0;
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        n_found += memmem(content, length, words[i], strlen(words[i])) != NULL;
    return n_found == 4 ? 95 : n_found >= 2 ? 60 : n_found == 1 ? 30 : 0;
}

static gboolean
write_cbor(GPtrArray *recordings, const WgExportDataOptions *options, WgDataWriter *out,
           GError **error)
{
    return wg_edge_impulse_write(recordings, options, out, ".cbor", wg_cbor_write, error);
}

const WgFileFormat wg_file_format_edge_impulse_cbor = {
    "edge-impulse-cbor",
    N_("Edge Impulse data acquisition in CBOR, a folder with info.labels"),
    matches,
    read_cbor,
    .companions = wg_edge_impulse_companions,
    .write = write_cbor,
    .holds = WG_HOLDS_ALL,
    .has_key = TRUE,
};
