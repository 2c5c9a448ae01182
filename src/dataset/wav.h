/* What the reader and the writer of WAV share. Inside dataset/ only. */
#pragma once

#include "dataset/data-writer.h"

G_BEGIN_DECLS

/* RIFF, "Multimedia Programming Interface and Data Specifications 1.0" */
#define WG_WAV_RIFF_HEADER 12
#define WG_WAV_CHUNK_HEADER 8
#define WG_WAV_FORMAT_BYTES 16
#define WG_WAV_FORMAT_PCM 1
#define WG_WAV_FORMAT_FLOAT 3
/* Begins the comment in which Waggle tells what a header has no place for. */
#define WG_WAV_COMMENT "waggle "
#define WG_WAV_COMMENT_RATE "rate_hz="
#define WG_WAV_COMMENT_UNIT "unit="
#define WG_WAV_COMMENT_ORIGINAL "original_units_per_g="

/* As WgFileFormat's `write`: a file a take, 32-bit float. */
gboolean wg_wav_write(GPtrArray *recordings, const WgExportDataOptions *options, WgDataWriter *out,
                      GError **error);

G_END_DECLS
