/* What an import refused, line by line: counted, and as many of them kept as a person reads. */
#include "dataset/refusals.h"

WgRefusals *
wg_refusals_new(void)
{
    WgRefusals *self = g_new0(WgRefusals, 1);

    self->lines = g_ptr_array_new_with_free_func(g_free);
    return self;
}

void
wg_refusals_free(WgRefusals *self)
{
    g_ptr_array_unref(self->lines);
    g_free(self);
}

void
wg_refusals_take(WgRefusals *self, char *line)
{
    self->n++;
    if (self->lines->len < WG_REFUSALS_KEPT)
        g_ptr_array_add(self->lines, line);
    else
        g_free(line);
}
