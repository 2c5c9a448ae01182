/* Lines of data/watch/record.js: samples and gestures with their check. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define WG_BLOCK_MAX_SAMPLES 64

typedef struct {
    gint64 number;  /* of the first sample */
    double time_ms; /* of it, on the watch's clock since the start */
    int n_samples;
    struct {
        int step_ms; /* since the one before; 0 in the first */
        int raw[3];
    } samples[WG_BLOCK_MAX_SAMPLES];
} WgSampleBlock;

/* FALSE where the line was damaged: no such object, no base64, another CRC-32. */
gboolean wg_sample_block_parse(JsonNode *line, WgSampleBlock *block);
/* The bytes of member "d" where "c" is their CRC-32; NULL: damaged. Owner: caller. */
GBytes *wg_checked_bytes_parse(JsonNode *line);

G_END_DECLS
