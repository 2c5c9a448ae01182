/* Takes as points on a plane, alike ones near one another; one of them can be chosen. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_TAKE_MAP_VIEW (wg_take_map_view_get_type())
G_DECLARE_FINAL_TYPE(WgTakeMapView, wg_take_map_view, WG, TAKE_MAP_VIEW, WgChart)

typedef struct {
    gint64 id;
    float x, y;      /* -1 .. 1 */
    int gesture;     /* index into the names */
    gboolean is_odd; /* lies outside its gesture */
} WgMapDot;

/* Signals "chosen" (gint64 id): by the pointer or a key; 0: none any more; "pointed" (its name,
 * NULL: none): the take under the pointer. */
/* `names` and `letters` (each ends with NULL) of the gestures, `colours` their numbers. */
void wg_take_map_view_set(WgTakeMapView *self, const WgMapDot *dots, int n,
                          const char *const *names, const char *const *letters, const int *colours);
/* Says why there is none. */
void wg_take_map_view_clear(WgTakeMapView *self, const char *empty);
/* Without a signal; `neighbours` (n ids, may be NULL) are ringed. */
void wg_take_map_view_choose(WgTakeMapView *self, gint64 id, const gint64 *neighbours, int n);
gint64 wg_take_map_view_get_chosen(WgTakeMapView *self); /* 0: none */
/* The next that lies outside, as by the key; with the signal. */
void wg_take_map_view_choose_next_odd(WgTakeMapView *self);
int wg_take_map_view_get_n_odd(WgTakeMapView *self);

G_END_DECLS
