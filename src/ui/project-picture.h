/* The picture of a project file: a few takes of its first gestures, as the window draws them. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

#define WG_PICTURE_GESTURES 3
#define WG_PICTURE_TAKES 2

/* `takes`: of WgRecording, at least one; those after the first WG_PICTURE_TAKES of a gesture, and
 * of gestures after the first WG_PICTURE_GESTURES, are not drawn. A square of `size` pixels. Needs
 * no display. Transfer full. */
cairo_surface_t *wg_project_picture_new(GPtrArray *takes, int size);

G_END_DECLS
