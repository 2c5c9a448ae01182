/* Reads a FlatBuffer without trusting a byte of it: what lies outside reads as absent. Inside
 * quant/. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    const guint8 *data;
    gsize size;
} WgFlatBuffer;

/* A table's place in the buffer; position 0 is no table: every read of it gives the default. */
typedef struct {
    const WgFlatBuffer *buffer;
    gsize position;
} WgTable;

/* Elements of a vector; n 0 when absent, or when it does not lie wholly inside: then it is cut. */
typedef struct {
    const WgFlatBuffer *buffer;
    gsize position;
    gsize n;
    gboolean is_cut;
} WgVector;

/* The root table when the file identifier fits, else position 0. */
WgTable wg_flatbuffer_root(const WgFlatBuffer *buffer, const char identifier[4]);
gboolean wg_table_has(WgTable table, int field);
gint32 wg_table_int8(WgTable table, int field, gint32 otherwise);
gint32 wg_table_int32(WgTable table, int field, gint32 otherwise);
float wg_table_float(WgTable table, int field, float otherwise);
WgTable wg_table_table(WgTable table, int field);
WgVector wg_table_vector(WgTable table, int field, gsize element_size);
/* NULL when absent; caller frees. */
char *wg_table_dup_string(WgTable table, int field);
WgTable wg_vector_table(WgVector vector, gsize i);
gint32 wg_vector_int32(WgVector vector, gsize i);
gint64 wg_vector_int64(WgVector vector, gsize i);
float wg_vector_float(WgVector vector, gsize i);
const guint8 *wg_vector_bytes(WgVector vector);

G_END_DECLS
