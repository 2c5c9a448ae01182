/* Writes a FlatBuffer forwards: parents first, their offsets patched when the child is written.
 * Inside quant/ only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    GByteArray *bytes;
    GArray *vtables; /* gsize: where each is, so that equal ones are shared */
} WgWriter;

typedef enum { WG_FIELD_INT8, WG_FIELD_INT32, WG_FIELD_FLOAT, WG_FIELD_OFFSET } WgFieldKind;

typedef struct {
    int id; /* of the schema */
    WgFieldKind kind;
    gint32 number; /* INT8, INT32 */
    float real;    /* FLOAT */
    gsize slot;    /* OFFSET: set to where the offset is to be patched in */
} WgField;

void wg_writer_init(WgWriter *self, const char identifier[4]);
GBytes *wg_writer_finish(WgWriter *self);
/* Writes a table (of at most 8 fields) and gives its place. */
gsize wg_writer_table(WgWriter *self, WgField *fields, int n_fields);
/* Lets the offset at `slot` lead to what is written next; align first. */
void wg_writer_patch(WgWriter *self, gsize slot, gsize target);
/* Each writes a vector and gives its place. `alignment` is that of the first element. */
gsize wg_writer_vector(WgWriter *self, gconstpointer data, gsize n, gsize element_size,
                       gsize alignment);
gsize wg_writer_string(WgWriter *self, const char *text);
/* A vector of n offsets, all still to be patched; slot i is at the returned place + 4 + 4 i. */
gsize wg_writer_offsets(WgWriter *self, gsize n);

G_END_DECLS
