/* What a map of takes holds. Inside the map's own files only. */
#pragma once

#include "ui/charts/take-map-view.h"

G_BEGIN_DECLS

struct _WgTakeMapView {
    WgChart parent_instance;
    WgMapDot *dots;
    int n;
    char **names, **letters;
    int *colours;
    char *empty;
    int chosen;                    /* index, -1: none */
    int *neighbours, n_neighbours; /* indices */
    double width, height;          /* of the last painting */
    int pointed;                   /* index under the pointer, -1: none */
    GtkGesture *click;
    GtkEventController *motion;
};

/* Where a point is drawn, in pixels of a picture of that size. */
void wg_take_map_view_find_place(const WgMapDot *dot, double width, double height, double *x,
                                 double *y);
void wg_take_map_view_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width,
                            double height);

G_END_DECLS
