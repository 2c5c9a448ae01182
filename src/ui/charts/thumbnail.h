/* One take as a small picture, to be compared with its neighbours at the same scale. */
#pragma once

#include "dataset/recording.h"
#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_THUMBNAIL (wg_thumbnail_get_type())
G_DECLARE_FINAL_TYPE(WgThumbnail, wg_thumbnail, WG, THUMBNAIL, WgChart)

#define WG_THUMBNAIL_WIDTH 120
#define WG_THUMBNAIL_HEIGHT 60

/* `doubt` NULL: good; else one sentence, marked and told. */
GtkWidget *wg_thumbnail_new(WgRecording *recording, const char *doubt);
WgRecording *wg_thumbnail_get_recording(WgThumbnail *self);
/* The same for a whole grid: samples across and g up. */
void wg_thumbnail_set_scale(WgThumbnail *self, int n_shown, double range_g);
void wg_thumbnail_set_doubt(WgThumbnail *self, const char *doubt);

/* The same picture without a widget, in the given size; the ground is left open. */
void wg_thumbnail_draw(cairo_t *cr, const WgTheme *theme, WgRecording *recording, int n_shown,
                       double range_g, double width, double height);
/* The mark of a doubtful one, 14 x 12 pixels, with its tip at (x, y). */
void wg_thumbnail_draw_doubt(cairo_t *cr, const WgTheme *theme, double x, double y);

G_END_DECLS
