/* The takes of a gesture side by side and over one another, the most suspect first. */
#pragma once

#include "dataset/windowing.h"
#include "ui/charts/take-plot.h"
#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_REVIEW_TAKES (wg_review_takes_get_type())
G_DECLARE_FINAL_TYPE(WgReviewTakes, wg_review_takes, WG, REVIEW_TAKES, GtkBox)

void wg_review_takes_set_desk(WgReviewTakes *self, WgDesk *desk);

/* What the newest model's windows are, the watch's while there is none. */
WgWindowOptions wg_review_get_window(WgDesk *desk);
/* A recording that is labelled in stretches, or so long that it may be: no take of one gesture. */
gboolean wg_review_is_long(WgRecording *recording);

/* One take on a plot that trims it: whole, so that its trim can be undone by hand. A take that
 * cannot be read whole is told of, and shown as it is. */
void wg_review_show_take(WgDesk *desk, WgTakePlot *plot, WgRecording *take);
/* review-words.c: of one take; `doubt` NULL: none. Transfer full. */
char *wg_review_describe_take(WgRecording *take, const char *doubt);
/* Of takes over one another, drawn of `n_drawn` of `n`; `n_chosen` 0: they are all that are shown.
 * Transfer full. */
char *wg_review_describe_takes(guint n_chosen, guint n, guint n_drawn);

G_END_DECLS
