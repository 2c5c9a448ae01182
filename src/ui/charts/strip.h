/* Lines that run to the left as samples come: what was drawn is moved, only what is new is drawn.
 */
#pragma once

#include "ui/charts/axes.h"

G_BEGIN_DECLS

typedef struct _WgStrip WgStrip;

#define WG_STRIP_BANDS 2    /* of lines, one above the other */
#define WG_STRIP_CHANNELS 6 /* three a band */

typedef struct {
    int n_channels;                    /* 3: one band, 6: two */
    int n_shown;                       /* samples from the left end to the right */
    WgAxesFrame bands[WG_STRIP_BANDS]; /* alike in x and width */
    double line_width;
} WgStripForm;

WgStrip *wg_strip_new(void);
void wg_strip_free(WgStrip *self);
/* Draws the last samples on `cr`, the newest at the right end to a pixel. `ring`: n_ring samples of
 * n_channels values, of which sample i is at i % n_ring; n came so far, and n_ring of them or all
 * are there; n_ring is above form->n_shown. `window`: for which it is drawn; who draws for another
 * window, form or theme, or has forgotten samples, gets all drawn anew. */
void wg_strip_show(WgStrip *self, cairo_t *cr, GdkWindow *window, const WgTheme *theme,
                   const WgStripForm *form, const float *ring, int n_ring, gint64 n);
/* Columns of pixels drawn the last time, to be told whether it was only the new ones. */
int wg_strip_get_n_drawn(const WgStrip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgStrip, wg_strip_free)

G_END_DECLS
