/* A long recording along its time, with labelled stretches that can be marked and moved. */
#include "ui/charts/timeline.h"

#include "dataset/label-spans.h"
#include "ui/charts/timeline-private.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n.h>
#include <math.h>

#define CLICK 4 /* pixels that a click may move */

struct _WgTimeline {
    WgChart parent_instance;
    WgRecording *recording; /* NULL: none */
    WgTimelineScene scene;
    WgTimelineFrame frame;
    WgTimelineGrip dragged;
    GtkGesture *drag;
};

G_DEFINE_FINAL_TYPE(WgTimeline, wg_timeline, WG_TYPE_CHART)

enum { MARKED, SPANS_CHANGED, DELETE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
wg_timeline_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgTimeline *self = WG_TIMELINE(chart);

    if (!self->recording) {
        wg_theme_text(theme, cr, _("Choose a long recording"), width / 2, height / 2, 0.5, 0.5, 1,
                      width - 12, &theme->dim);
        return;
    }
    self->scene.is_focused = gtk_widget_has_focus(GTK_WIDGET(self));
    wg_timeline_frame_init(&self->frame, &self->scene, theme, width, height);
    cairo_save(cr);
    wg_timeline_draw(&self->frame, &self->scene, cr, theme);
    cairo_restore(cr);
}

static char *
wg_timeline_describe(WgChart *chart)
{
    WgTimeline *self = WG_TIMELINE(chart);

    return self->recording ? wg_timeline_scene_describe(&self->scene)
                           : g_strdup(_("No recording is chosen"));
}

static void
mark(WgTimeline *self, int from, int to)
{
    wg_timeline_scene_mark(&self->scene, from, to);
    wg_chart_changed(WG_CHART(self));
    g_signal_emit(self, signals[MARKED], 0);
}

void
wg_timeline_choose(WgTimeline *self, int span)
{
    wg_timeline_scene_choose(&self->scene, span);
    wg_chart_changed(WG_CHART(self));
    g_signal_emit(self, signals[MARKED], 0);
}

static void
move_end(WgTimeline *self, int to)
{
    wg_timeline_scene_move_end(&self->scene, to);
    wg_chart_changed(WG_CHART(self));
}

static void
let_go(WgTimeline *self)
{
    if (wg_timeline_scene_differs(&self->scene, wg_recording_get(self->recording)))
        g_signal_emit(self, signals[SPANS_CHANGED], 0);
}

static void
step(WgTimeline *self, GdkEventKey *event, int direction)
{
    const gboolean is_marked =
        wg_timeline_scene_step(&self->scene, direction, (event->state & GDK_CONTROL_MASK) != 0,
                               (event->state & GDK_SHIFT_MASK) != 0);

    wg_chart_changed(WG_CHART(self));
    if (is_marked)
        g_signal_emit(self, signals[MARKED], 0);
}

static void
go_to(WgTimeline *self, int sample)
{
    self->scene.cursor = sample;
    wg_timeline_choose(self, -1);
    wg_timeline_scene_look_for(&self->scene, sample);
}

static gboolean
wg_timeline_key_press(GtkWidget *widget, GdkEventKey *event)
{
    WgTimeline *self = WG_TIMELINE(widget);
    WgTimelineScene *scene = &self->scene;

    if (!self->recording)
        return GTK_WIDGET_CLASS(wg_timeline_parent_class)->key_press_event(widget, event);
    switch (event->keyval) {
    case GDK_KEY_Left:
        step(self, event, -1);
        return TRUE;
    case GDK_KEY_Right:
        step(self, event, 1);
        return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_Down:
        scene->is_end = !scene->is_end;
        wg_chart_changed(WG_CHART(self));
        return TRUE;
    case GDK_KEY_Page_Down:
        wg_timeline_choose(self, wg_timeline_scene_find_next(scene, 1));
        return TRUE;
    case GDK_KEY_Page_Up:
        wg_timeline_choose(self, wg_timeline_scene_find_next(scene, -1));
        return TRUE;
    case GDK_KEY_Home:
        go_to(self, 0);
        return TRUE;
    case GDK_KEY_End:
        go_to(self, scene->n_samples);
        return TRUE;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
        wg_timeline_zoom(self, 2);
        return TRUE;
    case GDK_KEY_minus:
        wg_timeline_zoom(self, 0.5);
        return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
        let_go(self);
        return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
        g_signal_emit(self, signals[DELETE], 0);
        return TRUE;
    case GDK_KEY_Escape:
        if (scene->chosen < 0 && scene->mark_n == 0)
            break;
        wg_timeline_scene_restore(&self->scene, wg_recording_get(self->recording));
        wg_timeline_choose(self, -1);
        return TRUE;
    }
    return GTK_WIDGET_CLASS(wg_timeline_parent_class)->key_press_event(widget, event);
}

static void
look_about(WgTimeline *self, double x)
{
    const WgAxesFrame *plot = &self->frame.plot;
    const double sample = (x - plot->x) / MAX(plot->width, 1) * self->scene.n_samples;

    wg_timeline_scene_look_at(&self->scene, sample - self->scene.view_n / 2, self->scene.view_n);
    gtk_widget_queue_draw(GTK_WIDGET(self));
}

static void
on_drag_begin(GtkGestureDrag *drag, double x, double y, gpointer user_data)
{
    WgTimeline *self = WG_TIMELINE(user_data);

    gtk_widget_grab_focus(GTK_WIDGET(self));
    self->dragged = self->recording ? wg_timeline_find_grip(&self->frame, &self->scene, x, y)
                                    : WG_TIMELINE_NOTHING;
    if (self->dragged == WG_TIMELINE_START || self->dragged == WG_TIMELINE_END)
        self->scene.is_end = self->dragged == WG_TIMELINE_END;
    if (self->dragged == WG_TIMELINE_VIEW)
        look_about(self, x);
    gtk_gesture_set_state(GTK_GESTURE(drag), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_drag_update(GtkGestureDrag *drag, double dx, double dy, gpointer user_data)
{
    WgTimeline *self = WG_TIMELINE(user_data);
    double x, y;
    int sample;

    if (!self->recording || self->dragged == WG_TIMELINE_NOTHING)
        return;
    gtk_gesture_drag_get_start_point(drag, &x, &y);
    sample = (int)lround(wg_timeline_sample(&self->frame, &self->scene, x + dx));
    if (self->dragged == WG_TIMELINE_VIEW)
        look_about(self, x + dx);
    else if (self->dragged != WG_TIMELINE_MARK)
        move_end(self, sample);
    else if (fabs(dx) > CLICK)
        mark(self, (int)lround(wg_timeline_sample(&self->frame, &self->scene, x)), sample);
}

static void
on_drag_end(GtkGestureDrag *drag, double dx, double dy, gpointer user_data)
{
    WgTimeline *self = WG_TIMELINE(user_data);
    const WgTimelineGrip dragged = self->dragged;
    double x, y;

    self->dragged = WG_TIMELINE_NOTHING;
    if (!self->recording)
        return;
    gtk_gesture_drag_get_start_point(drag, &x, &y);
    if (dragged == WG_TIMELINE_START || dragged == WG_TIMELINE_END) {
        let_go(self);
    } else if (dragged == WG_TIMELINE_MARK && fabs(dx) <= CLICK) {
        const int sample = (int)floor(wg_timeline_sample(&self->frame, &self->scene, x));

        self->scene.cursor = CLAMP(sample, 0, self->scene.n_samples);
        wg_timeline_choose(self, wg_label_spans_find(self->scene.spans, sample));
    }
}

static gboolean
wg_timeline_scroll(GtkWidget *widget, GdkEventScroll *event)
{
    WgTimeline *self = WG_TIMELINE(widget);
    WgTimelineScene *scene = &self->scene;
    double dx = 0, dy = 0;

    if (!self->recording)
        return FALSE;
    if (!gdk_event_get_scroll_deltas((GdkEvent *)event, &dx, &dy)) {
        dx = (event->direction == GDK_SCROLL_RIGHT) - (event->direction == GDK_SCROLL_LEFT);
        dy = (event->direction == GDK_SCROLL_DOWN) - (event->direction == GDK_SCROLL_UP);
    }
    if (event->state & GDK_SHIFT_MASK || fabs(dx) > fabs(dy))
        wg_timeline_scene_look_at(scene, scene->view_first + (dx + dy) * scene->view_n / 10,
                                  scene->view_n);
    else
        wg_timeline_scene_zoom(scene, pow(1.25, -dy),
                               wg_timeline_sample(&self->frame, scene, event->x));
    gtk_widget_queue_draw(GTK_WIDGET(self));
    return TRUE;
}

static char *
wg_timeline_dup_values(WgChart *chart)
{
    return wg_timeline_scene_dup_values(&WG_TIMELINE(chart)->scene);
}

static double
wg_timeline_count_lines(WgChart *chart)
{
    return 7;
}

static void
wg_timeline_finalize(GObject *object)
{
    WgTimeline *self = WG_TIMELINE(object);

    g_clear_pointer(&self->recording, wg_recording_unref);
    g_clear_pointer(&self->scene.pyramid, wg_pyramid_free);
    g_clear_pointer(&self->scene.spans, g_array_unref);
    g_clear_object(&self->scene.gestures);
    g_clear_object(&self->drag);
    G_OBJECT_CLASS(wg_timeline_parent_class)->finalize(object);
}

static void
wg_timeline_class_init(WgTimelineClass *klass)
{
    const GType type = G_TYPE_FROM_CLASS(klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = wg_timeline_finalize;
    widget_class->key_press_event = wg_timeline_key_press;
    widget_class->scroll_event = wg_timeline_scroll;
    WG_CHART_CLASS(klass)->paint = wg_timeline_paint;
    WG_CHART_CLASS(klass)->describe = wg_timeline_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_timeline_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_timeline_count_lines;
    signals[MARKED] =
        g_signal_new("marked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    signals[SPANS_CHANGED] =
        g_signal_new("spans-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    signals[DELETE] =
        g_signal_new("delete", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_timeline_init(WgTimeline *self)
{
    self->scene.spans = wg_label_spans_new(NULL, 0);
    self->scene.chosen = -1;
    gtk_widget_add_events(GTK_WIDGET(self), GDK_SCROLL_MASK | GDK_SMOOTH_SCROLL_MASK);
    self->drag = gtk_gesture_drag_new(GTK_WIDGET(self));
    g_signal_connect(self->drag, "drag-begin", G_CALLBACK(on_drag_begin), self);
    g_signal_connect(self->drag, "drag-update", G_CALLBACK(on_drag_update), self);
    g_signal_connect(self->drag, "drag-end", G_CALLBACK(on_drag_end), self);
}

void
wg_timeline_set_recording(WgTimeline *self, WgRecording *recording)
{
    WgTimelineScene *scene = &self->scene;
    const gboolean goes_on =
        recording && self->recording &&
        wg_recording_get_facts(recording)->id == wg_recording_get_facts(self->recording)->id &&
        wg_recording_get_facts(recording)->n_samples == scene->n_samples;

    if (recording)
        wg_recording_ref(recording);
    g_clear_pointer(&self->recording, wg_recording_unref);
    self->recording = recording;
    if (!recording) {
        scene->chosen = -1;
        scene->mark_n = 0;
        wg_chart_changed(WG_CHART(self));
        return;
    }
    wg_timeline_scene_restore(&self->scene, wg_recording_get(self->recording));
    if (!goes_on)
        wg_timeline_scene_begin(scene, wg_recording_get(recording));
    wg_chart_changed(WG_CHART(self));
    g_signal_emit(self, signals[MARKED], 0);
}

void
wg_timeline_set_gestures(WgTimeline *self, GListModel *gestures)
{
    g_set_object(&self->scene.gestures, gestures);
}

GArray *
wg_timeline_get_spans(WgTimeline *self)
{
    return self->scene.spans;
}

void
wg_timeline_set_spans(WgTimeline *self, GArray *spans)
{
    g_array_ref(spans);
    g_array_unref(self->scene.spans);
    self->scene.spans = spans;
    wg_timeline_choose(self, -1);
}

int
wg_timeline_get_chosen(WgTimeline *self)
{
    return self->scene.chosen;
}

gboolean
wg_timeline_get_mark(WgTimeline *self, int *first, int *n)
{
    *first = self->scene.mark_first;
    *n = self->scene.mark_n;
    return self->scene.mark_n > 0;
}

void
wg_timeline_zoom(WgTimeline *self, double factor)
{
    WgTimelineScene *scene = &self->scene;
    double about = scene->view_first + scene->view_n / 2;

    if (!self->recording)
        return;
    if (scene->chosen >= 0) {
        const WgLabelSpan *span = &g_array_index(scene->spans, WgLabelSpan, scene->chosen);

        about = span->first + span->n_samples / 2.0;
    }
    wg_timeline_scene_zoom(scene, factor, about);
    gtk_widget_queue_draw(GTK_WIDGET(self));
}
