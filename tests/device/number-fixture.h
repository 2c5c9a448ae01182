/* A board that prints what a test tells it to, and the samples that come of it. */
#pragma once

#include "base/random.h"
#include "device/number-lines.h"

G_BEGIN_DECLS

typedef struct {
    WgNumberLines *lines;
    GArray *samples; /* WgNumberSample */
    WgRandom random;
} Board;

void board_set_up(Board *self, gconstpointer data);
void board_tear_down(Board *self, gconstpointer data);
/* Another board, which has said nothing. */
void board_renew(Board *self);
void board_on_sample(const WgNumberSample *sample, gpointer samples);
void board_say(Board *self, double at_s, const char *text);
const WgNumberSample *board_get(const Board *self, guint i);
/* A value at rest, of so many units a g, with a little noise. */
double board_rest(Board *self, double units_per_g);

G_END_DECLS
