/* Samples in as little room as gives back the very same floats: in memory and in the project file.
 */
#include "dataset/packed-samples.h"

#include <string.h>

/* Floats and 16-bit values are stored little endian; hosts of another order would swap here. */
G_STATIC_ASSERT(G_BYTE_ORDER == G_LITTLE_ENDIAN);

typedef struct {
    float step; /* that all values are multiples of; powers of two, so that nothing is rounded */
    int n_bytes;
} Form;

/* By the first byte, from 1: steps of the watch's history (WG_UNITS_PER_G), and raw units. */
static const Form forms[] = {{1.0F / 64, 1}, {1.0F / 64, 2}, {1, 1}, {1, 2}, {0, 4}};

/* Narrow ones first. */
static const guint8 order[] = {3, 1, 4, 2};

static gboolean
fits(const float *values, gsize n, const Form *form)
{
    const float scale = 1 / form->step, limit = form->n_bytes == 1 ? 128 : 32768;

    for (gsize i = 0; i < n; i++) {
        const float scaled = values[i] * scale;
        float again;

        /* also not a number fails it */
        if (!(scaled >= -limit && scaled < limit))
            return FALSE;
        again = (float)(int)scaled * form->step;
        /* a negative zero is another value:
         * NOLINTNEXTLINE(*-memory-comparison,cert-exp42-c,cert-flp37-c) */
        if (memcmp(&again, &values[i], sizeof again) != 0)
            return FALSE;
    }
    return TRUE;
}

gsize
wg_packed_samples_write(const float *values, gsize n, guint8 *bytes)
{
    guint8 *to = bytes + 1;
    float scale;

    bytes[0] = G_N_ELEMENTS(forms);
    for (gsize i = 0; i < G_N_ELEMENTS(order) && bytes[0] == G_N_ELEMENTS(forms); i++) {
        if (fits(values, n, &forms[order[i] - 1]))
            bytes[0] = order[i];
    }
    if (bytes[0] == G_N_ELEMENTS(forms)) {
        memcpy(to, values, n * sizeof *values);
        return WG_PACKED_BYTES_MAX(n);
    }
    scale = 1 / forms[bytes[0] - 1].step;
    if (forms[bytes[0] - 1].n_bytes == 1) {
        for (gsize i = 0; i < n; i++)
            to[i] = (guint8)(gint8)(values[i] * scale);
        return 1 + n;
    }
    for (gsize i = 0; i < n; i++) {
        const gint16 wide = (gint16)(values[i] * scale);

        memcpy(to + i * sizeof wide, &wide, sizeof wide);
    }
    return 1 + n * sizeof(gint16);
}

/* NULL: they are not n packed values. */
static const Form *
find_form(const guint8 *bytes, gsize n_bytes, gsize n)
{
    const Form *form;

    if (n_bytes == 0 || bytes[0] < 1 || bytes[0] > G_N_ELEMENTS(forms))
        return NULL;
    form = &forms[bytes[0] - 1];
    return (n_bytes - 1) / (gsize)form->n_bytes == n && (n_bytes - 1) % (gsize)form->n_bytes == 0
               ? form
               : NULL;
}

gboolean
wg_packed_samples_check(const guint8 *bytes, gsize n_bytes, gsize n)
{
    return find_form(bytes, n_bytes, n) != NULL;
}

gboolean
wg_packed_samples_read(const guint8 *bytes, gsize n_bytes, gsize n, float *values)
{
    const Form *form = find_form(bytes, n_bytes, n);

    if (!form)
        return FALSE;
    bytes++;
    if (form->n_bytes == 4)
        memcpy(values, bytes, n * sizeof *values);
    for (gsize i = 0; i < n && form->n_bytes == 1; i++)
        values[i] = (float)(gint8)bytes[i] * form->step;
    for (gsize i = 0; i < n && form->n_bytes == 2; i++) {
        gint16 wide;

        memcpy(&wide, bytes + i * sizeof wide, sizeof wide);
        values[i] = (float)wide * form->step;
    }
    return TRUE;
}
