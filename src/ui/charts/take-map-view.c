/* Takes as points on a plane, alike ones near one another; one of them can be chosen. */
#include "ui/charts/take-map-view.h"

#include "ui/charts/take-map-private.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n.h>
#include <math.h>

#define REACH 24 /* pixels about a point that choose it */

G_DEFINE_FINAL_TYPE(WgTakeMapView, wg_take_map_view, WG_TYPE_CHART)

static guint chosen_signal, pointed_signal;

static char *
wg_take_map_view_describe(WgChart *chart)
{
    WgTakeMapView *self = WG_TAKE_MAP_VIEW(chart);
    const int n_odd = wg_take_map_view_get_n_odd(self);
    g_autofree char *all = NULL, *odd = NULL;

    if (self->n == 0)
        return g_strdup(self->empty ? self->empty : "");
    all = g_strdup_printf(ngettext("%d take, alike ones near one another",
                                   "%d takes, alike ones near one another", (gulong)self->n),
                          self->n);
    odd = g_strdup_printf(
        ngettext("%d lies outside its gesture", "%d lie outside their gesture", (gulong)n_odd),
        n_odd);
    if (self->chosen >= 0)
        return g_strdup_printf(_("%s; %s. Take %d of %s is chosen."), all, odd,
                               (int)self->dots[self->chosen].id,
                               self->names[self->dots[self->chosen].gesture]);
    return g_strdup_printf(
        _("%s; %s. The arrow keys choose one, Space the next that lies outside."), all, odd);
}

static void
choose(WgTakeMapView *self, int dot)
{
    const gint64 id = dot >= 0 ? self->dots[dot].id : 0;

    self->chosen = dot;
    g_clear_pointer(&self->neighbours, g_free);
    self->n_neighbours = 0;
    wg_chart_changed(WG_CHART(self));
    g_signal_emit(self, chosen_signal, 0, id);
}

static int
find_nearest(WgTakeMapView *self, double x, double y)
{
    double nearest = REACH;
    int found = -1;

    for (int i = 0; i < self->n; i++) {
        double dot_x, dot_y, distance;

        wg_take_map_view_find_place(&self->dots[i], self->width, self->height, &dot_x, &dot_y);
        distance = hypot(dot_x - x, dot_y - y);
        if (distance < nearest) {
            nearest = distance;
            found = i;
        }
    }
    return found;
}

/* The nearest in that direction: within an eighth turn to either side of it. */
static int
find_towards(WgTakeMapView *self, double right, double down)
{
    double x, y, nearest = INFINITY;
    int found = self->chosen;

    if (self->chosen < 0)
        return self->n > 0 ? 0 : -1;
    wg_take_map_view_find_place(&self->dots[self->chosen], self->width, self->height, &x, &y);
    for (int i = 0; i < self->n; i++) {
        double dot_x, dot_y, along, across;

        wg_take_map_view_find_place(&self->dots[i], self->width, self->height, &dot_x, &dot_y);
        along = (dot_x - x) * right + (dot_y - y) * down;
        across = fabs((dot_x - x) * down) + fabs((dot_y - y) * right);
        if (i != self->chosen && along > 0.5 && across <= along && along + 2 * across < nearest) {
            nearest = along + 2 * across;
            found = i;
        }
    }
    return found;
}

static int
find_next_odd(WgTakeMapView *self)
{
    for (int i = 1; i <= self->n; i++) {
        const int dot = (self->chosen + i) % self->n;

        if (dot >= 0 && self->dots[dot].is_odd)
            return dot;
    }
    return self->chosen;
}

static gboolean
wg_take_map_view_key_press(GtkWidget *widget, GdkEventKey *event)
{
    WgTakeMapView *self = WG_TAKE_MAP_VIEW(widget);

    if (self->n > 0) {
        switch (event->keyval) {
        case GDK_KEY_Left:
            choose(self, find_towards(self, -1, 0));
            return TRUE;
        case GDK_KEY_Right:
            choose(self, find_towards(self, 1, 0));
            return TRUE;
        case GDK_KEY_Up:
            choose(self, find_towards(self, 0, -1));
            return TRUE;
        case GDK_KEY_Down:
            choose(self, find_towards(self, 0, 1));
            return TRUE;
        case GDK_KEY_space:
            choose(self, find_next_odd(self));
            return TRUE;
        case GDK_KEY_Escape:
            if (self->chosen < 0)
                break;
            choose(self, -1);
            return TRUE;
        }
    }
    return GTK_WIDGET_CLASS(wg_take_map_view_parent_class)->key_press_event(widget, event);
}

static void
on_pressed(GtkGestureMultiPress *gesture, int n_press, double x, double y, gpointer user_data)
{
    WgTakeMapView *self = WG_TAKE_MAP_VIEW(user_data);

    gtk_widget_grab_focus(GTK_WIDGET(self));
    if (self->n > 0)
        choose(self, find_nearest(self, x, y));
}

/* Told where the page has room for it: a tooltip would lie over what stands beside the map. */
static void
point_at(WgTakeMapView *self, int dot)
{
    g_autofree char *text = NULL;

    if (dot == self->pointed)
        return;
    self->pointed = dot;
    if (dot >= 0)
        text = g_strdup_printf(_("Take %d of %s"), (int)self->dots[dot].id,
                               self->names[self->dots[dot].gesture]);
    g_signal_emit(self, pointed_signal, 0, text);
}

static void
on_motion(GtkEventControllerMotion *motion, double x, double y, gpointer user_data)
{
    WgTakeMapView *self = WG_TAKE_MAP_VIEW(user_data);

    point_at(self, self->n > 0 ? find_nearest(self, x, y) : -1);
}

static void
on_leave(GtkEventControllerMotion *motion, gpointer user_data)
{
    point_at(WG_TAKE_MAP_VIEW(user_data), -1);
}

static void
forget(WgTakeMapView *self)
{
    self->n = 0;
    self->pointed = self->chosen = -1;
    self->n_neighbours = 0;
    g_clear_pointer(&self->dots, g_free);
    g_clear_pointer(&self->names, g_strfreev);
    g_clear_pointer(&self->letters, g_strfreev);
    g_clear_pointer(&self->colours, g_free);
    g_clear_pointer(&self->neighbours, g_free);
    g_clear_pointer(&self->empty, g_free);
}

static char *
wg_take_map_view_dup_values(WgChart *chart)
{
    WgTakeMapView *self = WG_TAKE_MAP_VIEW(chart);
    GString *text = g_string_new("take,gesture,x,y,outside\n");

    for (int i = 0; i < self->n; i++) {
        const WgMapDot *dot = &self->dots[i];
        const double row[] = {(double)dot->x, (double)dot->y, dot->is_odd};

        g_string_append_printf(text, "%" G_GINT64_FORMAT ",", dot->id);
        wg_chart_append_row(text, self->names[dot->gesture], row, 3, 4);
    }
    return g_string_free(text, FALSE);
}

static double
wg_take_map_view_count_lines(WgChart *chart)
{
    return 7;
}

static void
wg_take_map_view_finalize(GObject *object)
{
    WgTakeMapView *self = WG_TAKE_MAP_VIEW(object);

    forget(self);
    g_clear_object(&self->click);
    g_clear_object(&self->motion);
    G_OBJECT_CLASS(wg_take_map_view_parent_class)->finalize(object);
}

static void
wg_take_map_view_class_init(WgTakeMapViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = wg_take_map_view_finalize;
    widget_class->key_press_event = wg_take_map_view_key_press;
    WG_CHART_CLASS(klass)->paint = wg_take_map_view_paint;
    WG_CHART_CLASS(klass)->describe = wg_take_map_view_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_take_map_view_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_take_map_view_count_lines;
    chosen_signal = g_signal_new("chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
    pointed_signal = g_signal_new("pointed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wg_take_map_view_init(WgTakeMapView *self)
{
    self->chosen = -1;
    self->pointed = -1;
    self->motion = gtk_event_controller_motion_new(GTK_WIDGET(self));
    g_signal_connect(self->motion, "motion", G_CALLBACK(on_motion), self);
    g_signal_connect(self->motion, "leave", G_CALLBACK(on_leave), self);
    self->click = gtk_gesture_multi_press_new(GTK_WIDGET(self));
    gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(self->click), GDK_BUTTON_PRIMARY);
    g_signal_connect(self->click, "pressed", G_CALLBACK(on_pressed), self);
}

static int
find_id(WgTakeMapView *self, gint64 id)
{
    for (int i = 0; i < self->n; i++) {
        if (self->dots[i].id == id)
            return i;
    }
    return -1;
}

void
wg_take_map_view_set(WgTakeMapView *self, const WgMapDot *dots, int n, const char *const *names,
                     const char *const *letters, const int *colours)
{
    const gint64 chosen = wg_take_map_view_get_chosen(self);

    point_at(self, -1);
    forget(self);
    self->dots = g_memdup2(dots, sizeof *dots * (gsize)n);
    self->n = n;
    self->names = g_strdupv((char **)names);
    self->letters = g_strdupv((char **)letters);
    self->colours = g_memdup2(colours, sizeof *colours * g_strv_length((char **)names));
    self->chosen = chosen ? find_id(self, chosen) : -1;
    wg_chart_changed(WG_CHART(self));
}

void
wg_take_map_view_clear(WgTakeMapView *self, const char *empty)
{
    g_autofree char *text = g_strdup(empty);

    point_at(self, -1);
    forget(self);
    self->empty = g_steal_pointer(&text);
    wg_chart_changed(WG_CHART(self));
}

void
wg_take_map_view_choose(WgTakeMapView *self, gint64 id, const gint64 *neighbours, int n)
{
    self->chosen = id ? find_id(self, id) : -1;
    g_free(self->neighbours);
    self->neighbours = g_new(int, n + 1);
    self->n_neighbours = 0;
    for (int i = 0; i < n; i++) {
        const int dot = find_id(self, neighbours[i]);

        if (dot >= 0)
            self->neighbours[self->n_neighbours++] = dot;
    }
    wg_chart_changed(WG_CHART(self));
}

gint64
wg_take_map_view_get_chosen(WgTakeMapView *self)
{
    return self->chosen >= 0 ? self->dots[self->chosen].id : 0;
}

void
wg_take_map_view_choose_next_odd(WgTakeMapView *self)
{
    if (self->n > 0)
        choose(self, find_next_odd(self));
}

int
wg_take_map_view_get_n_odd(WgTakeMapView *self)
{
    int n = 0;

    for (int i = 0; i < self->n; i++)
        n += self->dots[i].is_odd;
    return n;
}
