/* A network as bytes: a versioned block with a checksum, refused when anything in it is off. */
#include "train/network.h"

#include "base/error.h"
#include "train/network-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* "WgNet" and the version; then little-endian: length, channels, input scale, number of layers; a
 * layer: its op's name (a byte of length, then letters), units, kernel, stride, dilation, same,
 * has_bias, pool, rate; then all parameters, all state; in version 2, which only a standardised
 * network has, the channels' offsets and scales; at the end the SHA-256 of what is before. */
static const char magic[8] = {'W', 'g', 'N', 'e', 't', 0, 0, 1};
static const char magic_standardised[8] = {'W', 'g', 'N', 'e', 't', 0, 0, 2};

#define DIGEST_BYTES 32

static void
put_int(GByteArray *out, int value)
{
    const guint32 little = GUINT32_TO_LE((guint32)value);

    g_byte_array_append(out, (const guint8 *)&little, sizeof little);
}

static void
put_floats(GByteArray *out, const float *values, int n)
{
    for (int i = 0; i < n; i++) {
        int bits;

        memcpy(&bits, &values[i], sizeof bits);
        put_int(out, bits);
    }
}

static void
put_layer(GByteArray *out, const WgLayerSpec *spec)
{
    const guint8 length = (guint8)strlen(spec->op);

    g_byte_array_append(out, &length, 1);
    g_byte_array_append(out, (const guint8 *)spec->op, length);
    put_int(out, spec->units);
    put_int(out, spec->kernel);
    put_int(out, spec->stride);
    put_int(out, spec->dilation);
    put_int(out, spec->same ? 1 : 0);
    put_int(out, spec->has_bias ? 1 : 0);
    put_int(out, spec->pool);
    put_floats(out, &spec->rate, 1);
}

static void
digest(const guint8 *data, gsize size, guint8 *result)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize length = DIGEST_BYTES;

    g_checksum_update(checksum, data, (gssize)size);
    g_checksum_get_digest(checksum, result, &length);
}

GBytes *
wg_network_serialize(const WgNetwork *self)
{
    GByteArray *out = g_byte_array_new();
    guint8 sum[DIGEST_BYTES];

    g_byte_array_append(out, (const guint8 *)(self->standard ? magic_standardised : magic),
                        sizeof magic);
    put_int(out, self->length);
    put_int(out, self->channels);
    put_floats(out, &self->input_scale, 1);
    put_int(out, self->n_layers);
    for (int i = 0; i < self->n_layers; i++)
        put_layer(out, &self->layers[i].spec);
    put_floats(out, self->parameters, self->n_parameters);
    put_floats(out, self->state, self->n_state);
    if (self->standard)
        put_floats(out, self->standard, 2 * self->channels);
    digest(out->data, out->len, sum);
    g_byte_array_append(out, sum, sizeof sum);
    return g_byte_array_free_to_bytes(out);
}

typedef struct {
    const guint8 *data;
    gsize size, at;
    gboolean has_failed; /* read beyond the end */
} Reader;

static int
take_int(Reader *reader)
{
    guint32 little;

    if (reader->size - reader->at < sizeof little) {
        reader->has_failed = TRUE;
        return 0;
    }
    memcpy(&little, reader->data + reader->at, sizeof little);
    reader->at += sizeof little;
    return (int)GUINT32_FROM_LE(little);
}

static float
take_float(Reader *reader)
{
    const int bits = take_int(reader);
    float value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

static char *
take_name(Reader *reader)
{
    gsize length;
    char *name;

    if (reader->at >= reader->size || reader->size - reader->at <= reader->data[reader->at]) {
        reader->has_failed = TRUE;
        return NULL;
    }
    length = reader->data[reader->at++];
    name = g_strndup((const char *)reader->data + reader->at, length);
    reader->at += length;
    return name;
}

/* `names` owns the names that the specs point at. */
static GArray *
take_layers(Reader *reader, GPtrArray *names)
{
    GArray *layers = g_array_new(FALSE, TRUE, sizeof(WgLayerSpec));
    const int n_layers = take_int(reader);

    for (int i = 0; i < n_layers && !reader->has_failed; i++) {
        WgLayerSpec spec = {0};

        spec.op = take_name(reader);
        g_ptr_array_add(names, (gpointer)spec.op);
        spec.units = take_int(reader);
        spec.kernel = take_int(reader);
        spec.stride = take_int(reader);
        spec.dilation = take_int(reader);
        spec.same = take_int(reader) != 0;
        spec.has_bias = take_int(reader) != 0;
        spec.pool = take_int(reader);
        spec.rate = take_float(reader);
        g_array_append_val(layers, spec);
    }
    return layers;
}

static gboolean
take_floats(Reader *reader, float *values, int n)
{
    for (int i = 0; i < n; i++) {
        values[i] = take_float(reader);
        if (reader->has_failed || !isfinite(values[i]))
            return FALSE;
    }
    return TRUE;
}

static gboolean
take_standard(Reader *reader, WgNetwork *network)
{
    g_autofree float *values = g_new(float, 2 * (gsize)network->channels);

    return take_floats(reader, values, 2 * network->channels) &&
           wg_network_set_standard(network, values, values + network->channels, NULL);
}

static WgNetwork *
refuse(const char *why, GError **error)
{
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("the stored network is damaged: %s"), why);
    return NULL;
}

WgNetwork *
wg_network_deserialize(GBytes *bytes, GError **error)
{
    Reader reader = {.at = sizeof magic};
    const guint8 *data = g_bytes_get_data(bytes, &reader.size);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) layers = NULL;
    g_autoptr(WgNetwork) self = NULL;
    g_autoptr(GError) shape_error = NULL;
    guint8 sum[DIGEST_BYTES];
    int length, channels;
    gboolean is_standardised;
    float input_scale;

    if (reader.size < sizeof magic + DIGEST_BYTES || memcmp(data, magic, 5) != 0)
        return refuse(_("it does not begin as one"), error);
    is_standardised = memcmp(data, magic_standardised, sizeof magic) == 0;
    if (!is_standardised && memcmp(data, magic, sizeof magic) != 0)
        return refuse(_("it is of a version that this program does not know"), error);
    reader.data = data;
    reader.size -= DIGEST_BYTES;
    digest(data, reader.size, sum);
    if (memcmp(data + reader.size, sum, sizeof sum) != 0)
        return refuse(_("its checksum does not agree"), error);
    length = take_int(&reader);
    channels = take_int(&reader);
    input_scale = take_float(&reader);
    layers = take_layers(&reader, names);
    if (reader.has_failed)
        return refuse(_("it ends early"), error);
    self = wg_network_alloc((const WgLayerSpec *)(gpointer)layers->data, (int)layers->len, length,
                            channels, input_scale, &shape_error);
    if (!self)
        return refuse(shape_error->message, error);
    if (!take_floats(&reader, self->parameters, self->n_parameters) ||
        !take_floats(&reader, self->state, self->n_state) ||
        (is_standardised && !take_standard(&reader, self)) || reader.at != reader.size)
        return refuse(_("its numbers do not fit its layers"), error);
    return g_steal_pointer(&self);
}
