/* One take in full, with two handles that say which part of it counts. */
#include "ui/charts/take-plot.h"

#include "ui/charts/motion-frame.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n.h>
#include <math.h>

#define FEWEST_SAMPLES 4 /* that a take may be trimmed to */
#define GRIP_WIDTH 10
#define GRIP_HEIGHT 32
#define REACH 24 /* pixels about a handle that take hold of it */
#define SECONDS_AT_LEAST 1.0

struct _WgTakePlot {
    WgChart parent_instance;
    WgRecording *whole; /* NULL: none */
    int first, end;     /* as they stand; in force until a handle is moved */
    int first_before, end_before;
    gboolean is_end; /* the handle that is moved */
    WgWindowOptions window;
    WgMotion what;
    float *motion;       /* of first .. end, in the unit of `what` */
    WgMotionFrame frame; /* of the last painting: where the pointer is */
    GtkGesture *drag;
};

G_DEFINE_FINAL_TYPE(WgTakePlot, wg_take_plot, WG_TYPE_CHART)

static guint trimmed_signal;

static const WgRecordingSpec *
get_spec(WgTakePlot *self)
{
    return wg_recording_get(self->whole);
}

static void
update(WgTakePlot *self)
{
    g_clear_pointer(&self->motion, g_free);
    if (self->whole) {
        const WgRecordingSpec *spec = get_spec(self);

        self->motion =
            wg_motion_new(spec->samples + (gsize)self->first * (gsize)spec->n_channels,
                          self->end - self->first, spec->n_channels, spec->rate_hz, self->what);
    }
    wg_chart_changed(WG_CHART(self));
}

/* A line with a grip in its middle. */
static void
draw_handle(WgTakePlot *self, cairo_t *cr, const WgTheme *theme, int sample, gboolean is_end)
{
    const WgAxesFrame *axes = &self->frame.axes;
    const double x = floor(wg_motion_frame_x(&self->frame, sample / get_spec(self)->rate_hz)) + 0.5;
    const double y = axes->y + axes->height / 2;
    const gboolean is_chosen = is_end == self->is_end && gtk_widget_has_focus(GTK_WIDGET(self));
    GdkRGBA ink;

    gdk_cairo_set_source_rgba(cr, &theme->accent);
    cairo_set_line_width(cr, is_chosen ? 3 : 2);
    cairo_move_to(cr, x, axes->y);
    cairo_line_to(cr, x, axes->y + axes->height);
    cairo_stroke(cr);
    cairo_new_path(cr);
    cairo_arc(cr, x, y - GRIP_HEIGHT / 2.0 + GRIP_WIDTH / 2.0, GRIP_WIDTH / 2.0, G_PI, 0);
    cairo_arc(cr, x, y + GRIP_HEIGHT / 2.0 - GRIP_WIDTH / 2.0, GRIP_WIDTH / 2.0, 0, G_PI);
    cairo_close_path(cr);
    cairo_fill(cr);
    wg_theme_contrasting(&theme->accent, &ink);
    gdk_cairo_set_source_rgba(cr, &ink);
    cairo_set_line_width(cr, 1);
    cairo_move_to(cr, x, y - 6);
    cairo_line_to(cr, x, y + 6);
    cairo_stroke(cr);
}

/* Where the network's window lies in the part that counts, in seconds; for windows that begin with
 * the take. */
static gboolean
find_window(WgTakePlot *self, double *start, double *end)
{
    const double rate_hz = get_spec(self)->rate_hz;

    *start = self->first / rate_hz;
    *end = *start + (self->window.length - 1) / self->window.rate_hz;
    return self->window.event == WG_EVENT_FIRST;
}

static void
draw_take(WgTakePlot *self, cairo_t *cr, const WgTheme *theme)
{
    const WgRecordingSpec *spec = get_spec(self);
    const WgAxesFrame *axes = &self->frame.axes;
    const double n_shown = self->frame.seconds * spec->rate_hz;
    const int n = self->end - self->first;
    WgAxesFrame ended = *axes;

    if (self->what == WG_MOTION_ACCELERATION)
        wg_axes_draw_lines(axes, cr, theme, spec->samples, spec->n_samples, spec->n_channels, 0,
                           n_shown, 1.5, 0.3);
    wg_axes_draw_lines(axes, cr, theme, self->motion, n, 3, self->first, n_shown, 2, 1);
    ended.width = axes->width * (spec->n_samples - 1) / n_shown + 6;
    wg_axes_draw_labels(&ended, cr, theme, self->motion + (gsize)(n - 1) * 3);
}

static void
wg_take_plot_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgTakePlot *self = WG_TAKE_PLOT(chart);
    const WgRecordingSpec *spec;
    double largest, start, end;

    if (!self->whole) {
        wg_theme_text(theme, cr, _("Choose a take to see it in full"), width / 2, height / 2, 0.5,
                      0.5, 1, width - 12, &theme->dim);
        return;
    }
    spec = get_spec(self);
    largest = wg_motion_get_largest(self->motion, 3 * (self->end - self->first));
    if (self->what == WG_MOTION_ACCELERATION)
        largest = wg_motion_get_largest(spec->samples, spec->n_samples * spec->n_channels);
    wg_motion_frame_init(&self->frame, theme, width, height,
                         MAX(SECONDS_AT_LEAST, (spec->n_samples - 1) / spec->rate_hz), largest,
                         self->what);
    if (self->frame.axes.width <= 0 || self->frame.axes.height <= 0)
        return;
    if (find_window(self, &start, &end))
        wg_motion_frame_shade(&self->frame, cr, start, end, &theme->accent, 0.09);
    wg_motion_frame_draw(&self->frame, cr, theme);
    draw_take(self, cr, theme);
    draw_handle(self, cr, theme, self->first, FALSE);
    draw_handle(self, cr, theme, self->end - 1, TRUE);
}

static char *
wg_take_plot_describe(WgChart *chart)
{
    WgTakePlot *self = WG_TAKE_PLOT(chart);
    const WgRecordingSpec *spec;

    if (!self->whole)
        return g_strdup(_("No take is chosen"));
    spec = get_spec(self);
    return g_strdup_printf(
        _("%s in %s: from %.2f s to %.2f s of %.2f s. The arrow keys move the %s, up and down "
          "choose start or end, Return keeps it, Home is the whole take."),
        wg_motion_get_name(self->what), wg_motion_get_unit(self->what), self->first / spec->rate_hz,
        self->end / spec->rate_hz, spec->n_samples / spec->rate_hz,
        self->is_end ? C_("of a take", "end") : C_("of a take", "start"));
}

static char *
wg_take_plot_dup_values(WgChart *chart)
{
    WgTakePlot *self = WG_TAKE_PLOT(chart);
    GString *text = g_string_new("seconds,x,y,z\n");

    if (self->whole)
        wg_chart_append_series(text, NULL, self->motion, self->end - self->first, 3, 3,
                               get_spec(self)->rate_hz);
    return g_string_free(text, FALSE);
}

static double
wg_take_plot_count_lines(WgChart *chart)
{
    return 5;
}

static void
move_to(WgTakePlot *self, int sample)
{
    const int n = get_spec(self)->n_samples;

    if (self->is_end)
        self->end = CLAMP(sample, MIN(n, self->first + FEWEST_SAMPLES), n);
    else
        self->first = CLAMP(sample, 0, MAX(0, self->end - FEWEST_SAMPLES));
    update(self);
}

static void
let_go(WgTakePlot *self)
{
    const int first = self->first, n = self->end - self->first;

    if (self->first == self->first_before && self->end == self->end_before)
        return;
    self->first_before = self->first;
    self->end_before = self->end;
    g_signal_emit(self, trimmed_signal, 0, first, n);
}

static gboolean
wg_take_plot_key_press(GtkWidget *widget, GdkEventKey *event)
{
    WgTakePlot *self = WG_TAKE_PLOT(widget);
    const int at = self->is_end ? self->end : self->first;
    const int step = event->state & GDK_CONTROL_MASK ? 5 : 1;

    if (!self->whole)
        return GTK_WIDGET_CLASS(wg_take_plot_parent_class)->key_press_event(widget, event);
    switch (event->keyval) {
    case GDK_KEY_Left:
        move_to(self, at - step);
        return TRUE;
    case GDK_KEY_Right:
        move_to(self, at + step);
        return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_Down:
        self->is_end = !self->is_end;
        wg_chart_changed(WG_CHART(self));
        return TRUE;
    case GDK_KEY_Home:
        self->first = 0;
        self->end = get_spec(self)->n_samples;
        update(self);
        let_go(self);
        return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
        let_go(self);
        return TRUE;
    case GDK_KEY_Escape:
        if (self->first == self->first_before && self->end == self->end_before)
            break;
        self->first = self->first_before;
        self->end = self->end_before;
        update(self);
        return TRUE;
    }
    return GTK_WIDGET_CLASS(wg_take_plot_parent_class)->key_press_event(widget, event);
}

/* What was moved by the keys and not kept is put back. */
static gboolean
wg_take_plot_focus_out(GtkWidget *widget, GdkEventFocus *event)
{
    WgTakePlot *self = WG_TAKE_PLOT(widget);

    if (self->whole && (self->first != self->first_before || self->end != self->end_before) &&
        !gtk_gesture_is_active(self->drag)) {
        self->first = self->first_before;
        self->end = self->end_before;
        update(self);
    }
    return GTK_WIDGET_CLASS(wg_take_plot_parent_class)->focus_out_event(widget, event);
}

static int
find_sample(WgTakePlot *self, double x)
{
    const WgAxesFrame *axes = &self->frame.axes;

    return (int)lround((x - axes->x) / MAX(axes->width, 1) * self->frame.seconds *
                       get_spec(self)->rate_hz);
}

static void
on_drag_begin(GtkGestureDrag *drag, double x, double y, gpointer user_data)
{
    WgTakePlot *self = WG_TAKE_PLOT(user_data);
    double rate_hz, to_first, to_end;

    gtk_widget_grab_focus(GTK_WIDGET(self));
    if (!self->whole || self->frame.axes.width <= 0) {
        gtk_gesture_set_state(GTK_GESTURE(drag), GTK_EVENT_SEQUENCE_DENIED);
        return;
    }
    rate_hz = get_spec(self)->rate_hz;
    to_first = fabs(x - wg_motion_frame_x(&self->frame, self->first / rate_hz));
    to_end = fabs(x - wg_motion_frame_x(&self->frame, (self->end - 1) / rate_hz));
    if (MIN(to_first, to_end) > REACH) {
        gtk_gesture_set_state(GTK_GESTURE(drag), GTK_EVENT_SEQUENCE_DENIED);
        return;
    }
    self->is_end = to_end < to_first;
    gtk_gesture_set_state(GTK_GESTURE(drag), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_drag_update(GtkGestureDrag *drag, double dx, double dy, gpointer user_data)
{
    WgTakePlot *self = WG_TAKE_PLOT(user_data);
    double x, y;

    gtk_gesture_drag_get_start_point(drag, &x, &y);
    if (self->whole)
        move_to(self, find_sample(self, x + dx) + self->is_end);
}

static void
on_drag_end(GtkGestureDrag *drag, double dx, double dy, gpointer user_data)
{
    if (WG_TAKE_PLOT(user_data)->whole)
        let_go(user_data);
}

static void
wg_take_plot_finalize(GObject *object)
{
    WgTakePlot *self = WG_TAKE_PLOT(object);

    g_clear_pointer(&self->whole, wg_recording_unref);
    g_free(self->motion);
    g_clear_object(&self->drag);
    G_OBJECT_CLASS(wg_take_plot_parent_class)->finalize(object);
}

static void
wg_take_plot_class_init(WgTakePlotClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = wg_take_plot_finalize;
    widget_class->key_press_event = wg_take_plot_key_press;
    widget_class->focus_out_event = wg_take_plot_focus_out;
    WG_CHART_CLASS(klass)->paint = wg_take_plot_paint;
    WG_CHART_CLASS(klass)->describe = wg_take_plot_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_take_plot_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_take_plot_count_lines;
    WG_CHART_CLASS(klass)->natural_height = 190;
    trimmed_signal = g_signal_new("trimmed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
}

static void
wg_take_plot_init(WgTakePlot *self)
{
    self->window = wg_window_options_watch;
    self->drag = gtk_gesture_drag_new(GTK_WIDGET(self));
    g_signal_connect(self->drag, "drag-begin", G_CALLBACK(on_drag_begin), self);
    g_signal_connect(self->drag, "drag-update", G_CALLBACK(on_drag_update), self);
    g_signal_connect(self->drag, "drag-end", G_CALLBACK(on_drag_end), self);
}

/* As it stands in the project: what is moved just now is not put back by a reading of the same. */
static gboolean
is_shown(WgTakePlot *self, WgRecording *whole, int first, int n)
{
    return self->whole && whole && get_spec(self)->id == wg_recording_get_facts(whole)->id &&
           get_spec(self)->n_samples == wg_recording_get_facts(whole)->n_samples &&
           self->first_before == first && self->end_before == first + n;
}

void
wg_take_plot_set_take(WgTakePlot *self, WgRecording *whole, int first, int n,
                      const WgWindowOptions *window)
{
    if (!is_shown(self, whole, first, n)) {
        self->first = self->first_before = first;
        self->end = self->end_before = first + n;
        self->is_end = FALSE;
    }
    if (whole)
        wg_recording_ref(whole);
    g_clear_pointer(&self->whole, wg_recording_unref);
    self->whole = whole;
    self->window = *window;
    update(self);
}

void
wg_take_plot_set_motion(WgTakePlot *self, WgMotion what)
{
    self->what = what;
    update(self);
}
