/* Recordings as Edge Impulse's data acquisition has them, whichever way they are encoded. */
#pragma once

#include <json-glib/json-glib.h>

#include "dataset/data-writer.h"

G_BEGIN_DECLS

/* {protected, signature, payload} are so deep: the payload's list of samples. */
#define WG_EDGE_IMPULSE_DEEPEST 6
/* The device type of takes whose device is unknown. */
#define WG_EDGE_IMPULSE_OWN_TYPE "waggle"

/* Adds the one recording of a file whose content is `root`. `content` is what its signature, 64
 * zeros in its place, is checked over. A field that is missing or of a wrong type is WG_ERROR_INPUT
 * naming it; docs/formats.md lists which need not be there. */
gboolean wg_edge_impulse_read(JsonNode *root, const char *name, const char *content, gsize length,
                              const WgImportOptions *options, WgFileContent *found, GError **error);
/* Adds each take as a file of that ending, and the files of labels beside them. `encode` turns the
 * whole into bytes (transfer full); it is signed over these. */
gboolean wg_edge_impulse_write(GPtrArray *recordings, const WgExportDataOptions *options,
                               WgDataWriter *out, const char *ending,
                               GByteArray *(*encode)(JsonNode *root), GError **error);

G_END_DECLS
