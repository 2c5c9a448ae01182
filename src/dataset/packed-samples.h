/* Samples in as little room as gives back the very same floats: in memory and in the project file.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first byte tells the form, the values follow, little endian: 1 signed bytes of 1/64 each, 2
 * the same in 16 bits, 3 signed bytes, 4 the same in 16 bits, 5 32-bit floats. */
#define WG_PACKED_BYTES_MAX(n) (1 + (gsize)(n) * sizeof(float))

/* Writes n values into `bytes`, which has room for WG_PACKED_BYTES_MAX(n); how many it took. */
gsize wg_packed_samples_write(const float *values, gsize n, guint8 *bytes);
/* Whether wg_packed_samples_read() would read them. */
gboolean wg_packed_samples_check(const guint8 *bytes, gsize n_bytes, gsize n);
/* FALSE, and nothing written, where these bytes are not n packed values. */
gboolean wg_packed_samples_read(const guint8 *bytes, gsize n_bytes, gsize n, float *values);

G_END_DECLS
