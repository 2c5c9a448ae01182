/* The samples of a board that is no Espruino, in g, numbered and timed from the start. */
#pragma once

#include "device/gesture-cutter.h"
#include "device/number-lines.h"
#include "device/watch.h"

G_BEGIN_DECLS

typedef struct _WgBoardStream WgBoardStream;

typedef struct {
    /* It runs, NULL; or why not, and nothing else comes. May free the stream. */
    void (*started)(gpointer user_data, const GError *error);
    /* `number` counts from 0, the missing too (number-lines.h); `time_s` since the first: the
     * board's own, else of the arrival; clipped as clip-finder.h has it. `cut`: the gesture that
     * ended with it, where they are wanted; NULL: none. May free the stream, and with it the cut.
     */
    void (*sample)(gpointer user_data, gint64 number, double time_s, const double g[3],
                   gboolean is_clipped, const WgCut *cut);
} WgBoardStreamEvents;

/* Of a watch that is ready and whose talk is not WG_TALK_ESPRUINO; takes a reference. A MicroPython
 * board gets its program. It runs once so many samples came that rate and unit are known, within a
 * second as a rule; WG_ERROR_CONNECTION where none come for 5 s. One stream of a watch at a time.
 */
WgBoardStream *wg_board_stream_new(WgWatch *watch, const WgBoardStreamEvents *events,
                                   gpointer user_data);
/* Gestures are cut from now on, at the rate as it is measured; before the stream runs. */
void wg_board_stream_cut_gestures(WgBoardStream *self);
/* Measured until now over the whole connection, Hz. */
double wg_board_stream_get_rate_hz(WgBoardStream *self);
/* Of the values as the board prints them, as judged by what rests. */
double wg_board_stream_get_units_per_g(WgBoardStream *self);
WgNumberUnit wg_board_stream_get_unit(WgBoardStream *self);
/* Ends it; the board is as it was. */
void wg_board_stream_free(WgBoardStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgBoardStream, wg_board_stream_free)

G_END_DECLS
