/* Whether a stored model is what was stored. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of SHA-256. */
#define WG_MODEL_DIGEST_BYTES 32

/* Of kind, preset and description (NULL is none), each with the zero that ends it, and then the
 * data. Any thread. */
void wg_model_compute_digest(const char *kind, const char *preset, const char *meta,
                             gconstpointer data, gsize n_bytes,
                             guint8 digest[WG_MODEL_DIGEST_BYTES]);

G_END_DECLS
