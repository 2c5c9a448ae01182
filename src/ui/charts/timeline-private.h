/* What a timeline shows, and how it is drawn. Inside the timeline only. */
#pragma once

#include "dataset/pyramid.h"
#include "dataset/recording.h"
#include "ui/charts/axes.h"
#include "ui/gesture.h"

G_BEGIN_DECLS

typedef struct {
    WgPyramid *pyramid; /* NULL: no recording */
    GListModel *gestures;
    GArray *spans; /* of WgLabelSpan */
    int n_samples;
    double rate_hz, peak_g;
    double view_first, view_n; /* samples that are looked at */
    int chosen;                /* span, -1: none */
    gboolean is_end;           /* the end of it that keys move */
    int mark_first, mark_n;    /* n 0: nothing is marked */
    int cursor;                /* sample */
    gboolean is_focused;
} WgTimelineScene;

/* Where things are, in pixels. */
typedef struct {
    WgAxesFrame plot;
    double names_y, names_height; /* of the spans' names, above the plot */
    double all_y, all_height;     /* the whole recording, below it */
} WgTimelineFrame;

/* What a drag takes hold of. */
typedef enum {
    WG_TIMELINE_NOTHING,
    WG_TIMELINE_MARK,  /* a new mark */
    WG_TIMELINE_START, /* of the chosen span */
    WG_TIMELINE_END,
    WG_TIMELINE_VIEW, /* what is looked at, within the whole */
} WgTimelineGrip;

void wg_timeline_frame_init(WgTimelineFrame *self, const WgTimelineScene *scene,
                            const WgTheme *theme, double width, double height);
double wg_timeline_x(const WgTimelineFrame *self, const WgTimelineScene *scene, double sample);
double wg_timeline_sample(const WgTimelineFrame *self, const WgTimelineScene *scene, double x);
void wg_timeline_draw(const WgTimelineFrame *self, const WgTimelineScene *scene, cairo_t *cr,
                      const WgTheme *theme);
/* What is below the pointer, where a drag begins. */
WgTimelineGrip wg_timeline_find_grip(const WgTimelineFrame *self, const WgTimelineScene *scene,
                                     double x, double y);
/* n samples from `first`, within those there are. */
void wg_timeline_scene_look_at(WgTimelineScene *scene, double first, double n);
/* Moves on until that sample is in the picture. */
void wg_timeline_scene_look_for(WgTimelineScene *scene, int sample);
/* Closer by `factor`; the sample `about` stays where it is. */
void wg_timeline_scene_zoom(WgTimelineScene *scene, double factor, double about);
void wg_timeline_scene_mark(WgTimelineScene *scene, int from, int to);
void wg_timeline_scene_choose(WgTimelineScene *scene, int span);
void wg_timeline_scene_move_end(WgTimelineScene *scene, int to);
/* An arrow key: moves the end of the chosen span, else the cursor. TRUE: what is marked changed. */
gboolean wg_timeline_scene_step(WgTimelineScene *scene, int direction, gboolean is_fine,
                                gboolean is_marking);
/* The span after (1) or before (-1) what is chosen, or the cursor; -1: there is none. */
int wg_timeline_scene_find_next(const WgTimelineScene *scene, int direction);
char *wg_timeline_scene_describe(const WgTimelineScene *scene); /* owner: caller */
/* The labelled stretches as a table; owner: caller. */
char *wg_timeline_scene_dup_values(const WgTimelineScene *scene);
/* "12.3 s", "4:05"; owner: caller. */
char *wg_timeline_format_time(double seconds);

/* Another recording, seen from its beginning. */
void wg_timeline_scene_begin(WgTimelineScene *scene, const WgRecordingSpec *spec);
/* The spans as the recording has them; and whether those that are shown are others. */
void wg_timeline_scene_restore(WgTimelineScene *scene, const WgRecordingSpec *spec);
gboolean wg_timeline_scene_differs(const WgTimelineScene *scene, const WgRecordingSpec *spec);

G_END_DECLS
