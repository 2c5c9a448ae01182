/* Samples in as little room as gives back the very same floats. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WgPackedSamples WgPackedSamples;

/* n values. What a watch measures are a few hundred steps (1/64 g, or whole units of its sensor):
 * then a value takes one byte or two, else four as a float does. Any thread; free with g_free. */
WgPackedSamples *wg_packed_samples_new(const float *values, gsize n);
/* The n values again, bit by bit as they were. */
void wg_packed_samples_unpack(const WgPackedSamples *self, gsize n, float *values);

G_END_DECLS
