/* The values of a recording, packed: as it is kept in memory and in the project file. Inside
 * dataset/ only. */
#pragma once

#include "dataset/recording.h"
#include "dataset/samples-rule.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* So many floats are no reason to ask for memory. */
#define WG_VALUES_ON_STACK 768

typedef struct {
    WgSamplesRule rule;
    const guint8 *original; /* as packed-samples.h has them */
    gsize n_original;       /* bytes */
    const guint8 *samples;
    gsize n_samples; /* bytes; 0 unless WG_SAMPLES_OWN */
} WgPackedParts;

/* The original values of a recording that has none: samples x units. */
void wg_parts_compute_original(const WgRecordingSpec *spec, float *original);
/* Packs what the spec points at into `bytes`, which then holds the parts. */
void wg_parts_pack(const WgRecordingSpec *spec, GByteArray *bytes, WgPackedParts *parts);
/* n_samples x n_channels values each; FALSE where the parts are not those of such a recording. */
gboolean wg_parts_unpack(const WgRecordingSpec *spec, const WgPackedParts *parts, float *original,
                         float *samples);
/* Whether wg_parts_unpack() would. */
gboolean wg_parts_check(const WgRecordingSpec *spec, const WgPackedParts *parts);

/* Binds them to the statement's parameters of those numbers; they must live until it has run. */
void wg_parts_bind(const WgPackedParts *parts, sqlite3_stmt *statement, int rule, int samples,
                   int original);

G_END_DECLS
