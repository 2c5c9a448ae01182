/* Windows of a stream, as the network is given them: cut by the watch's detector, or sliding. */
#include "dataset/stream-window.h"

#include "base/error.h"
#include "dataset/detector.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* The detector of a watch that is switched on takes the jump from nothing to gravity for movement:
 * so many samples of rest, and it is over. */
#define SETTLE_SAMPLES 8

typedef struct {
    GArray *starts, *ends; /* of int */
    GByteArray *history;
    int length;
} Collecting;

static WgStreamWindows *
finish(Collecting *collecting, gboolean slides)
{
    WgStreamWindows *self = g_new0(WgStreamWindows, 1);

    self->n = (int)collecting->ends->len;
    self->length = collecting->length;
    self->slides = slides;
    self->starts = (int *)(gpointer)g_array_free(collecting->starts, FALSE);
    self->ends = (int *)(gpointer)g_array_free(collecting->ends, FALSE);
    self->history = (gint8 *)g_byte_array_free(collecting->history, FALSE);
    return self;
}

static Collecting
begin(int length)
{
    return (Collecting){g_array_new(FALSE, FALSE, sizeof(int)),
                        g_array_new(FALSE, FALSE, sizeof(int)), g_byte_array_new(), length};
}

static void
add_window(Collecting *collecting, int start, int end, const gint8 *history, int n_samples)
{
    const guint at = collecting->history->len;
    const guint size = (guint)collecting->length * 3;

    g_array_append_val(collecting->starts, start);
    g_array_append_val(collecting->ends, end);
    g_byte_array_set_size(collecting->history, at + size);
    memset(collecting->history->data + at, 0, size);
    memcpy(collecting->history->data + at, history, MIN(size, (guint)n_samples * 3));
}

WgStreamWindows *
wg_stream_detect(const WgStream *stream, int length, GError **error)
{
    Collecting collecting;
    WgDetector detector;
    gint8 history[50 * 3];
    gint16 raw[3];

    if (fabs(stream->rate_hz - WG_STREAM_RATE_HZ) > 0.01) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("the recording has %g Hz, and the watch's detector works at %g: resample it"),
                    stream->rate_hz, WG_STREAM_RATE_HZ);
        return NULL;
    }
    collecting = begin(length);
    for (int first = 0, end; first < stream->n_samples; first = end) {
        end = wg_stream_get_piece_end(stream, first);
        wg_detector_init(&detector);
        for (int i = first - SETTLE_SAMPLES; i < end; i++) {
            int n;

            wg_stream_get_raw(stream, MAX(first, i), raw);
            n = wg_detector_feed(&detector, raw, history);
            /* it reports the n samples before the one that ended the gesture */
            if (n > 0 && i >= first)
                add_window(&collecting, i - n, i + 1, history, n);
        }
    }
    return finish(&collecting, FALSE);
}

WgStreamWindows *
wg_stream_slide(const WgStream *stream, int length, int n_filled, int step)
{
    Collecting collecting = begin(length);
    g_autofree gint8 *history = g_new(gint8, MAX(1, (gsize)stream->n_samples * 3));
    gint16 raw[3];

    g_return_val_if_fail(n_filled >= 1 && n_filled <= length && step >= 1, NULL);
    for (int i = 0; i < stream->n_samples; i++) {
        wg_stream_get_raw(stream, i, raw);
        for (int axis = 0; axis < 3; axis++)
            history[i * 3 + axis] = (gint8)CLAMP(raw[axis] >> 7, -128, 127);
    }
    for (int first = 0, last; first < stream->n_samples; first = last) {
        last = wg_stream_get_piece_end(stream, first);
        for (int end = first + n_filled; end <= last; end += step)
            add_window(&collecting, end - n_filled, end, history + (gsize)(end - n_filled) * 3,
                       n_filled);
    }
    return finish(&collecting, TRUE);
}

void
wg_stream_windows_free(WgStreamWindows *self)
{
    g_free(self->starts);
    g_free(self->ends);
    g_free(self->history);
    g_free(self);
}
