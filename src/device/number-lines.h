/* A board that simply prints numbers, as a stream of samples: pure, no input or output. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    gint64 number; /* from 0; grows by more than 1 where samples are known to be missing */
    double time_s; /* since the first: the board's own time where it prints one, else the arrival */
    float values[3]; /* as printed */
} WgNumberSample;

/* How it is known what one g is. */
typedef enum {
    WG_UNIT_NONE,     /* not yet, or there is nothing to be judged */
    WG_UNIT_USUAL,    /* a customary unit, within a fifth of what was told at rest */
    WG_UNIT_MEASURED, /* what was told at rest: no customary unit is that near */
    WG_UNIT_GUESSED,  /* nothing rested: the customary unit nearest to the median */
} WgNumberUnit;

typedef void (*WgNumberFunc)(const WgNumberSample *sample, gpointer user_data);

typedef struct _WgNumberLines WgNumberLines;

/* `func` is called from within the feeding, with every sample from the moment on when it is known
 * which column is what, and first with those it was learnt from. It must neither feed nor free.
 *
 * Missing are: what a counter skips; where the board prints a time, what that jumps over, and where
 * that begins anew as much as nothing was heard for; where it prints none, what did not come in a
 * silence (arrival-pace.h), for which samples behind it wait up to 250 ms. Without a counter a line
 * like the others with "nan" or the like in it is one more, and of other lines between it is asked
 * whether the time of a sample passed with each. A silence is no part of the measured rate. */
WgNumberLines *wg_number_lines_new(WgNumberFunc func, gpointer user_data);
/* Takes what came, split anywhere, at that moment (us, of any clock that does not go back). */
void wg_number_lines_feed(WgNumberLines *self, gconstpointer bytes, gsize n, gint64 arrival_us);
/* Lines of at least three numbers have come, one like the other, so that it is known which column
 * is what. */
gboolean wg_number_lines_is_known(const WgNumberLines *self);
/* How many such lines have come. */
gint64 wg_number_lines_get_n(const WgNumberLines *self);
/* Whether the board prints a time of its own. */
gboolean wg_number_lines_has_time(const WgNumberLines *self);
/* Measured until now, Hz; 0: not yet. */
double wg_number_lines_get_rate_hz(const WgNumberLines *self);
/* What the values amount to at rest, where gravity is all there is, in units a g: the customary
 * unit that is nearest, unless that is more than a fifth off; 0: not yet. Once known it stays. */
double wg_number_lines_get_units_per_g(WgNumberLines *self);
WgNumberUnit wg_number_lines_get_unit(const WgNumberLines *self);
void wg_number_lines_free(WgNumberLines *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgNumberLines, wg_number_lines_free)

G_END_DECLS
