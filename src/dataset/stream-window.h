/* Windows of a stream, as the network is given them: cut by the watch's detector, or sliding. */
#pragma once

#include "dataset/stream.h"

G_BEGIN_DECLS

/* n windows in the watch's history units (64 per g), left-aligned, the rest zero. */
typedef struct {
    int n, length;   /* length: samples of a window, those of the network's input */
    int *starts;     /* n: first sample of the stream in the window; below 0: from before it */
    int *ends;       /* n: the sample after the last; the answer comes when it has been measured */
    gint8 *history;  /* n x length x 3 */
    gboolean slides; /* not cut by the detector */
} WgStreamWindows;

/* What the watch's detector (dataset/detector.h) reports of the stream, worn in rest before its
 * first sample; a gesture longer than `length` keeps its first samples, as in the watch's app.
 * WG_ERROR_UNSUPPORTED where the stream has another rate than the watch. Any thread. */
WgStreamWindows *wg_stream_detect(const WgStream *stream, int length, GError **error);
/* Every `step` samples a window of the `n_filled` samples before; n_filled is at most `length`. */
WgStreamWindows *wg_stream_slide(const WgStream *stream, int length, int n_filled, int step);
void wg_stream_windows_free(WgStreamWindows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgStreamWindows, wg_stream_windows_free)

G_END_DECLS
