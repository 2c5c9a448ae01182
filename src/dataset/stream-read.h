/* The readers of streams, one a form. Inside dataset/ only. */
#pragma once

#include "dataset/stream.h"

G_BEGIN_DECLS

WgStream *wg_stream_read_json(const char *name, const char *content, gsize length,
                              const WgStreamOptions *options, GError **error);
WgStream *wg_stream_read_csv(const char *name, const char *content, gsize length,
                             const WgStreamOptions *options, GError **error);

G_END_DECLS
