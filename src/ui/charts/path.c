/* The path of takes in space, to be turned: positions by integration, relative to the watch. */
#include "ui/charts/path.h"

#include "ui/charts/path-private.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>

#define TURN_A_PIXEL 0.01      /* radians */
#define TURN_A_KEY (G_PI / 18) /* ten degrees */

struct _WgPath {
    WgChart parent_instance;
    WgPathScene scene;
    double yaw_before, pitch_before;
    GtkGesture *drag;
};

G_DEFINE_FINAL_TYPE(WgPath, wg_path, WG_TYPE_CHART)

static void
wg_path_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgPath *self = WG_PATH(chart);

    if (self->scene.lines->len == 0)
        wg_theme_text(theme, cr, _("The path will appear here"), width / 2, height / 2, 0.5, 0.5, 1,
                      width - 12, &theme->dim);
    else
        wg_path_scene_draw(&self->scene, cr, theme, width, height);
}

static double
get_degrees(double radians)
{
    const double degrees = fmod(radians * 180 / G_PI, 360);

    return degrees > 180 ? degrees - 360 : degrees <= -180 ? degrees + 360 : degrees;
}

static char *
wg_path_describe(WgChart *chart)
{
    WgPath *self = WG_PATH(chart);

    if (self->scene.lines->len == 0)
        return g_strdup(_("No take is chosen"));
    return g_strdup_printf(
        ngettext("The path of %u take: %.0f cm along x, %.0f along y, %.0f along z. Seen from %.0f "
                 "degrees round and %.0f above; the arrow keys turn it, Home turns it back.",
                 "The paths of %u takes: %.0f cm along x, %.0f along y, %.0f along z. Seen from "
                 "%.0f degrees round and %.0f above; the arrow keys turn it, Home turns it back.",
                 self->scene.lines->len),
        self->scene.lines->len, (self->scene.high_m[0] - self->scene.low_m[0]) * 100,
        (self->scene.high_m[1] - self->scene.low_m[1]) * 100,
        (self->scene.high_m[2] - self->scene.low_m[2]) * 100, get_degrees(self->scene.yaw),
        get_degrees(self->scene.pitch));
}

static void
turn(WgPath *self, double yaw, double pitch)
{
    self->scene.yaw = yaw;
    self->scene.pitch = CLAMP(pitch, -G_PI / 2, G_PI / 2);
    wg_chart_changed(WG_CHART(self));
}

static gboolean
wg_path_key_press(GtkWidget *widget, GdkEventKey *event)
{
    WgPath *self = WG_PATH(widget);

    switch (event->keyval) {
    case GDK_KEY_Left:
        turn(self, self->scene.yaw - TURN_A_KEY, self->scene.pitch);
        return TRUE;
    case GDK_KEY_Right:
        turn(self, self->scene.yaw + TURN_A_KEY, self->scene.pitch);
        return TRUE;
    case GDK_KEY_Up:
        turn(self, self->scene.yaw, self->scene.pitch + TURN_A_KEY);
        return TRUE;
    case GDK_KEY_Down:
        turn(self, self->scene.yaw, self->scene.pitch - TURN_A_KEY);
        return TRUE;
    case GDK_KEY_Home:
        wg_path_scene_look_at_first(&self->scene);
        wg_chart_changed(WG_CHART(self));
        return TRUE;
    }
    return GTK_WIDGET_CLASS(wg_path_parent_class)->key_press_event(widget, event);
}

static void
on_drag_begin(GtkGestureDrag *drag, double x, double y, gpointer user_data)
{
    WgPath *self = WG_PATH(user_data);

    gtk_widget_grab_focus(GTK_WIDGET(self));
    self->yaw_before = self->scene.yaw;
    self->pitch_before = self->scene.pitch;
    gtk_gesture_set_state(GTK_GESTURE(drag), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_drag_update(GtkGestureDrag *drag, double dx, double dy, gpointer user_data)
{
    WgPath *self = WG_PATH(user_data);

    turn(self, self->yaw_before + dx * TURN_A_PIXEL, self->pitch_before + dy * TURN_A_PIXEL);
}

static char *
wg_path_dup_values(WgChart *chart)
{
    WgPath *self = WG_PATH(chart);
    GString *text = g_string_new("path,x,y,z\n");

    for (guint i = 0; i < self->scene.lines->len; i++) {
        const WgPathLine *path = g_ptr_array_index(self->scene.lines, i);
        g_autofree char *number = g_strdup_printf("%u", i + 1);

        for (int k = 0; k < path->n; k++) {
            const double row[] = {(double)path->points[3 * k], (double)path->points[3 * k + 1],
                                  (double)path->points[3 * k + 2]};

            wg_chart_append_row(text, number, row, 3, 4);
        }
    }
    return g_string_free(text, FALSE);
}

static double
wg_path_count_lines(WgChart *chart)
{
    return 5;
}

static void
wg_path_finalize(GObject *object)
{
    WgPath *self = WG_PATH(object);

    wg_path_scene_clear(&self->scene);
    g_clear_object(&self->drag);
    G_OBJECT_CLASS(wg_path_parent_class)->finalize(object);
}

static void
wg_path_class_init(WgPathClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = wg_path_finalize;
    widget_class->key_press_event = wg_path_key_press;
    WG_CHART_CLASS(klass)->paint = wg_path_paint;
    WG_CHART_CLASS(klass)->describe = wg_path_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_path_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_path_count_lines;
    WG_CHART_CLASS(klass)->natural_height = 190;
}

static void
wg_path_init(WgPath *self)
{
    wg_path_scene_init(&self->scene);
    self->drag = gtk_gesture_drag_new(GTK_WIDGET(self));
    g_signal_connect(self->drag, "drag-begin", G_CALLBACK(on_drag_begin), self);
    g_signal_connect(self->drag, "drag-update", G_CALLBACK(on_drag_update), self);
}

void
wg_path_set_takes(WgPath *self, GPtrArray *takes)
{
    wg_path_scene_set_takes(&self->scene, takes, WG_PATH_TAKES_AT_MOST);
    wg_chart_changed(WG_CHART(self));
}
