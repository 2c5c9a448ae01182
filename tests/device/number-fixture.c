/* A board that prints what a test tells it to, and the samples that come of it. */
#include "number-fixture.h"

#include <string.h>

void
board_on_sample(const WgNumberSample *sample, gpointer samples)
{
    g_array_append_vals(samples, sample, 1);
}

void
board_set_up(Board *self, gconstpointer data)
{
    self->samples = g_array_new(FALSE, FALSE, sizeof(WgNumberSample));
    self->lines = wg_number_lines_new(board_on_sample, self->samples);
    wg_random_init(&self->random, 4, 0);
}

void
board_tear_down(Board *self, gconstpointer data)
{
    wg_number_lines_free(self->lines);
    g_array_unref(self->samples);
}

void
board_say(Board *self, double at_s, const char *text)
{
    wg_number_lines_feed(self->lines, text, strlen(text), (gint64)(at_s * 1e6));
}

const WgNumberSample *
board_get(const Board *self, guint i)
{
    return &g_array_index(self->samples, WgNumberSample, i);
}

/* A value at board_rest, of so many units a g, with a little noise. */
double
board_rest(Board *self, double units_per_g)
{
    return units_per_g * (1 + 0.02 * (wg_random_unit(&self->random) - 0.5));
}

void
board_renew(Board *self)
{
    board_tear_down(self, NULL);
    board_set_up(self, NULL);
}
