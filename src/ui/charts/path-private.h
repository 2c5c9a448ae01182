/* Paths in space, where they are seen from, and how they are drawn. Inside the chart of them only.
 */
#pragma once

#include "ui/charts/axes.h"

G_BEGIN_DECLS

typedef struct {
    int n;
    float *points; /* n x 3, in m, about the middle of all */
} WgPathLine;

typedef struct {
    GPtrArray *lines; /* of WgPathLine */
    double size_m;    /* from the middle to the furthest point */
    double low_m[3], high_m[3];
    double yaw, pitch; /* radians */
} WgPathScene;

void wg_path_scene_init(WgPathScene *scene);
void wg_path_scene_clear(WgPathScene *scene);
/* Of at most `n_at_most` of the takes (GPtrArray of WgRecording), evenly chosen. */
void wg_path_scene_set_takes(WgPathScene *scene, GPtrArray *takes, guint n_at_most);
/* From where it is seen at first. */
void wg_path_scene_look_at_first(WgPathScene *scene);
void wg_path_scene_draw(const WgPathScene *scene, cairo_t *cr, const WgTheme *theme, double width,
                        double height);

G_END_DECLS
