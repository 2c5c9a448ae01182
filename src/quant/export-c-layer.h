/* The operations of a network as tables and calls in C. Inside quant/ only. */
#pragma once

#include "quant/int8-network-private.h"

G_BEGIN_DECLS

/* What is written, and where the tensors lie. */
typedef struct {
    GString *tables, *calls;
    gsize *offsets;  /* of each tensor in the work memory */
    gsize column_at; /* two columns of windows lie here */
    gsize table_bytes;
    gboolean has_weight_zero; /* of any layer */
} WgExportCText;

/* Bytes of the two columns that a convolution copies windows into. */
gsize wg_export_c_column_bytes(const WgInt8Step *step);
/* WG_ERROR_UNSUPPORTED, in one sentence. */
gboolean wg_export_c_check(const WgInt8Step *step, GError **error);
/* Operation i: its tables, and its call. */
void wg_export_c_layer(const WgInt8Step *step, int i, WgExportCText *text);

G_END_DECLS
