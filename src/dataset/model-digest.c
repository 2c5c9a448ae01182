/* Whether a stored model is what was stored. */
#include "dataset/model-digest.h"

#include <string.h>

void
wg_model_compute_digest(const char *kind, const char *preset, const char *meta, gconstpointer data,
                        gsize n_bytes, guint8 digest[WG_MODEL_DIGEST_BYTES])
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    const char *const texts[] = {kind, preset, meta};
    gsize length = WG_MODEL_DIGEST_BYTES;

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        const char *text = texts[i] ? texts[i] : "";

        g_checksum_update(checksum, (const guint8 *)text, (gssize)strlen(text) + 1);
    }
    if (n_bytes > 0)
        g_checksum_update(checksum, data, (gssize)n_bytes);
    g_checksum_get_digest(checksum, digest, &length);
}
