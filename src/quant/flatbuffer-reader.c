/* Reads a FlatBuffer without trusting a byte of it (format: FlatBuffers internals, "Tables"). */
#include "quant/flatbuffer-reader.h"

#include <string.h>

static gboolean
is_inside(const WgFlatBuffer *buffer, gsize position, gsize n)
{
    return position <= buffer->size && n <= buffer->size - position;
}

static guint32
read_uint32(const WgFlatBuffer *buffer, gsize position)
{
    guint32 value = 0;

    if (is_inside(buffer, position, 4))
        memcpy(&value, buffer->data + position, 4);
    return GUINT32_FROM_LE(value);
}

static guint16
read_uint16(const WgFlatBuffer *buffer, gsize position)
{
    guint16 value = 0;

    if (is_inside(buffer, position, 2))
        memcpy(&value, buffer->data + position, 2);
    return GUINT16_FROM_LE(value);
}

/* Follows the offset stored at `at`, 0 when it leads outside. */
static gsize
follow(const WgFlatBuffer *buffer, gsize at)
{
    const gsize target = at + read_uint32(buffer, at);

    return at && target != at && is_inside(buffer, target, 4) ? target : 0;
}

/* Position 0 unless the table and what says where its fields are lie wholly inside. */
static WgTable
make_table(const WgFlatBuffer *buffer, gsize position)
{
    const gint64 vtable = (gint64)position - (gint32)read_uint32(buffer, position);
    const gboolean is_whole =
        position != 0 && is_inside(buffer, position, 4) && vtable >= 0 &&
        is_inside(buffer, (gsize)vtable, 4) &&
        is_inside(buffer, (gsize)vtable, read_uint16(buffer, (gsize)vtable)) &&
        is_inside(buffer, position, read_uint16(buffer, (gsize)vtable + 2));

    return (WgTable){buffer, is_whole ? position : 0};
}

WgTable
wg_flatbuffer_root(const WgFlatBuffer *buffer, const char identifier[4])
{
    if (!is_inside(buffer, 0, 8) || memcmp(buffer->data + 4, identifier, 4) != 0)
        return (WgTable){buffer, 0};
    return make_table(buffer, read_uint32(buffer, 0));
}

/* Where the field's bytes are, 0 when it is absent. */
static gsize
find_field(WgTable table, int field, gsize size)
{
    gint64 vtable;
    guint16 vtable_size, offset;

    if (table.position == 0)
        return 0;
    vtable = (gint64)table.position - (gint32)read_uint32(table.buffer, table.position);
    if (vtable < 0 || !is_inside(table.buffer, (gsize)vtable, 4))
        return 0;
    vtable_size = read_uint16(table.buffer, (gsize)vtable);
    if (4 + 2 * field + 2 > vtable_size)
        return 0;
    offset = read_uint16(table.buffer, (gsize)vtable + 4 + 2 * (gsize)field);
    return offset && is_inside(table.buffer, table.position + offset, size)
               ? table.position + offset
               : 0;
}

gboolean
wg_table_has(WgTable table, int field)
{
    return find_field(table, field, 1) != 0;
}

gint32
wg_table_int8(WgTable table, int field, gint32 otherwise)
{
    const gsize at = find_field(table, field, 1);

    return at ? (gint8)table.buffer->data[at] : otherwise;
}

gint32
wg_table_int32(WgTable table, int field, gint32 otherwise)
{
    const gsize at = find_field(table, field, 4);

    return at ? (gint32)read_uint32(table.buffer, at) : otherwise;
}

float
wg_table_float(WgTable table, int field, float otherwise)
{
    const gsize at = find_field(table, field, 4);
    guint32 bits;
    float value;

    if (!at)
        return otherwise;
    bits = read_uint32(table.buffer, at);
    memcpy(&value, &bits, 4);
    return value;
}

WgTable
wg_table_table(WgTable table, int field)
{
    const gsize at = find_field(table, field, 4);

    return make_table(table.buffer, at ? follow(table.buffer, at) : 0);
}

WgVector
wg_table_vector(WgTable table, int field, gsize element_size)
{
    const gsize at = find_field(table, field, 4);
    const gsize start = at ? follow(table.buffer, at) : 0;
    WgVector vector = {table.buffer, start + 4, 0, at && !start};

    if (start)
        vector.n = read_uint32(table.buffer, start);
    if (vector.n > table.buffer->size / element_size ||
        !is_inside(table.buffer, vector.position, vector.n * element_size)) {
        vector.n = 0;
        vector.is_cut = TRUE;
    }
    return vector;
}

char *
wg_table_dup_string(WgTable table, int field)
{
    const WgVector text = wg_table_vector(table, field, 1);

    return text.n > 0
               ? g_utf8_make_valid((const char *)text.buffer->data + text.position, (gssize)text.n)
               : NULL;
}

WgTable
wg_vector_table(WgVector vector, gsize i)
{
    return make_table(vector.buffer,
                      i < vector.n ? follow(vector.buffer, vector.position + 4 * i) : 0);
}

gint32
wg_vector_int32(WgVector vector, gsize i)
{
    return (gint32)read_uint32(vector.buffer, vector.position + 4 * i);
}

gint64
wg_vector_int64(WgVector vector, gsize i)
{
    const guint64 low = read_uint32(vector.buffer, vector.position + 8 * i);
    const guint64 high = read_uint32(vector.buffer, vector.position + 8 * i + 4);

    return (gint64)(low | high << 32);
}

float
wg_vector_float(WgVector vector, gsize i)
{
    const guint32 bits = read_uint32(vector.buffer, vector.position + 4 * i);
    float value;

    memcpy(&value, &bits, 4);
    return value;
}

const guint8 *
wg_vector_bytes(WgVector vector)
{
    return vector.buffer->data + vector.position;
}
