/* Writes a FlatBuffer forwards: parents first, their offsets patched when the child is written. */
#include "quant/flatbuffer-writer.h"

#include <string.h>

#define FIELDS_MAX 8

static void
pad(WgWriter *self, gsize before, gsize alignment)
{
    static const guint8 zeros[16];
    const gsize over = (self->bytes->len + before) % alignment;

    if (over > 0)
        g_byte_array_append(self->bytes, zeros, (guint)(alignment - over));
}

static void
append_uint32(WgWriter *self, guint32 value)
{
    const guint32 little = GUINT32_TO_LE(value);

    g_byte_array_append(self->bytes, (const guint8 *)&little, 4);
}

static void
append_uint16(WgWriter *self, guint16 value)
{
    const guint16 little = GUINT16_TO_LE(value);

    g_byte_array_append(self->bytes, (const guint8 *)&little, 2);
}

void
wg_writer_init(WgWriter *self, const char identifier[4])
{
    self->bytes = g_byte_array_new();
    self->vtables = g_array_new(FALSE, FALSE, sizeof(gsize));
    append_uint32(self, 0); /* the root's offset, patched with slot 0 */
    g_byte_array_append(self->bytes, (const guint8 *)identifier, 4);
}

GBytes *
wg_writer_finish(WgWriter *self)
{
    pad(self, 0, 4);
    g_array_unref(self->vtables);
    return g_byte_array_free_to_bytes(self->bytes);
}

void
wg_writer_patch(WgWriter *self, gsize slot, gsize target)
{
    const guint32 offset = GUINT32_TO_LE((guint32)(target - slot));

    memcpy(self->bytes->data + slot, &offset, 4);
}

static gsize
find_or_write_vtable(WgWriter *self, const guint16 *vtable, gsize n)
{
    gsize place;

    for (guint i = 0; i < self->vtables->len; i++) {
        place = g_array_index(self->vtables, gsize, i);
        if (place + 2 * n <= self->bytes->len &&
            memcmp(self->bytes->data + place, vtable, 2 * n) == 0)
            return place;
    }
    pad(self, 0, 2);
    place = self->bytes->len;
    for (gsize i = 0; i < n; i++)
        append_uint16(self, vtable[i]);
    g_array_append_val(self->vtables, place);
    return place;
}

/* Offsets of the fields in their table: those of four bytes first, then the single bytes. */
static guint16
place_fields(const WgField *fields, int n_fields, guint16 *vtable, gsize *n_vtable)
{
    guint16 at = 4;

    *n_vtable = 2;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < n_fields; i++) {
            if ((fields[i].kind == WG_FIELD_INT8) != (pass == 1))
                continue;
            vtable[2 + fields[i].id] = at;
            at += fields[i].kind == WG_FIELD_INT8 ? 1 : 4;
            *n_vtable = MAX(*n_vtable, (gsize)fields[i].id + 3);
        }
    }
    vtable[0] = (guint16)(2 * *n_vtable);
    vtable[1] = at;
    return at;
}

gsize
wg_writer_table(WgWriter *self, WgField *fields, int n_fields)
{
    guint16 vtable[2 + 16] = {0};
    gsize n_vtable, vtable_place, place;
    const guint16 size = place_fields(fields, n_fields, vtable, &n_vtable);

    g_assert(n_fields <= FIELDS_MAX);
    vtable_place = find_or_write_vtable(self, vtable, n_vtable);
    pad(self, 0, 4);
    place = self->bytes->len;
    g_byte_array_set_size(self->bytes, (guint)(place + size));
    memset(self->bytes->data + place, 0, size);
    {
        const gint32 back = GINT32_TO_LE((gint32)(place - vtable_place));

        memcpy(self->bytes->data + place, &back, 4);
    }
    for (int i = 0; i < n_fields; i++) {
        const gsize at = place + vtable[2 + fields[i].id];
        const gint32 number = GINT32_TO_LE(fields[i].number);

        if (fields[i].kind == WG_FIELD_INT8)
            self->bytes->data[at] = (guint8)fields[i].number;
        else if (fields[i].kind == WG_FIELD_INT32)
            memcpy(self->bytes->data + at, &number, 4);
        else if (fields[i].kind == WG_FIELD_FLOAT)
            memcpy(self->bytes->data + at, &fields[i].real, 4);
        else
            fields[i].slot = at;
    }
    return place;
}

gsize
wg_writer_vector(WgWriter *self, gconstpointer data, gsize n, gsize element_size, gsize alignment)
{
    gsize place;

    pad(self, 4, MAX(alignment, 4));
    place = self->bytes->len;
    append_uint32(self, (guint32)n);
    if (n > 0)
        g_byte_array_append(self->bytes, data, (guint)(n * element_size));
    return place;
}

gsize
wg_writer_string(WgWriter *self, const char *text)
{
    const gsize place = wg_writer_vector(self, text, strlen(text), 1, 4);
    const guint8 end = 0;

    g_byte_array_append(self->bytes, &end, 1);
    return place;
}

gsize
wg_writer_offsets(WgWriter *self, gsize n)
{
    gsize place;

    pad(self, 0, 4);
    place = self->bytes->len;
    append_uint32(self, (guint32)n);
    for (gsize i = 0; i < n; i++)
        append_uint32(self, 0);
    return place;
}
