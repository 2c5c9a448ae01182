/* Windows of ordinary movement: what lies between the gestures that a detector cut out of a stream.
 */
#include "workbench/ordinary-cutter.h"

#include <string.h>

/* The detector's word comes with the sample behind its gesture, or with the one that ends it. */
#define MARGIN 1

void
wg_ordinary_cutter_init(WgOrdinaryCutter *self, int length, int most)
{
    *self = (WgOrdinaryCutter){.length = length,
                               .most = most,
                               .next = -1,
                               .samples = g_array_new(FALSE, FALSE, sizeof(float)),
                               .clipped = g_array_new(FALSE, FALSE, sizeof(gboolean)),
                               .window = g_new0(float, (gsize)length * 3)};
}

void
wg_ordinary_cutter_clear(WgOrdinaryCutter *self)
{
    g_clear_pointer(&self->samples, g_array_unref);
    g_clear_pointer(&self->clipped, g_array_unref);
    g_clear_pointer(&self->window, g_free);
}

static void
forget(WgOrdinaryCutter *self)
{
    g_array_set_size(self->samples, 0);
    g_array_set_size(self->clipped, 0);
}

/* The oldest window, where it is whole without the newest `n_back` samples. */
static gboolean
take(WgOrdinaryCutter *self, int n_back)
{
    const guint length = (guint)self->length;

    if ((int)self->clipped->len - n_back < self->length)
        return FALSE;
    memcpy(self->window, self->samples->data, sizeof(float) * 3 * length);
    self->n_clipped = 0;
    for (guint i = 0; i < length; i++)
        self->n_clipped += g_array_index(self->clipped, gboolean, i);
    g_array_remove_range(self->samples, 0, 3 * length);
    g_array_remove_range(self->clipped, 0, length);
    return TRUE;
}

gboolean
wg_ordinary_cutter_add(WgOrdinaryCutter *self, int number, const float sample[3],
                       gboolean is_clipped)
{
    if (self->next >= 0 && number != self->next)
        forget(self);
    self->next = number + 1;
    g_array_append_vals(self->samples, sample, 3);
    g_array_append_val(self->clipped, is_clipped);
    return take(self, self->most + MARGIN);
}

gboolean
wg_ordinary_cutter_cut(WgOrdinaryCutter *self, int n_samples)
{
    if (take(self, n_samples + MARGIN))
        return TRUE;
    forget(self);
    return FALSE;
}

gboolean
wg_ordinary_cutter_end(WgOrdinaryCutter *self)
{
    return take(self, 0);
}
