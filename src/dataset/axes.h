/* Turns recordings whose sensor sat in another position: "x,-z,y" names the axes anew. */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

/* Of the new x, y and z: which of the old ones it is, and its sign. */
typedef struct {
    int from[3], sign[3];
} WgAxes;

/* WG_ERROR_USAGE unless the text is each of x, y and z once, each with or without a sign, parted by
 * commas. */
gboolean wg_axes_parse(const char *text, WgAxes *axes, GError **error);
/* The take with values and original values so turned; angular rates turn along, and where the axes
 * make a mirror image they change their sense of rotation. Transfer full. */
WgRecording *wg_axes_apply(const WgAxes *axes, const WgRecording *take);

G_END_DECLS
