/* The inner product of the int8 layers. Inside quant/ only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* sum (a[i] + a_offset) (b[i] + b_offset) over n values, offsets -128..128; wraps as 32 bits do, in
 * any order the same bits. */
gint32 wg_dot(const gint8 *a, int a_offset, const gint8 *b, int b_offset, int n);

/* The same of 16-bit values -256..255; n is a multiple of WG_DOT_STEP. */
#define WG_DOT_STEP 16
gint32 wg_dot_wide(const gint16 *a, const gint16 *b, int n);

G_END_DECLS
