/* The base of all charts: a focusable picture with a spoken summary that can be saved. */
#include "ui/charts/chart-private.h"

#include "base/error.h"

#include <cairo-svg.h>
#include <gdk/gdkkeysyms.h>
#include <glib/gi18n.h>

typedef struct {
    GtkGesture *press, *long_press;
    WgChartReading reading;
} WgChartPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE(WgChart, wg_chart, GTK_TYPE_DRAWING_AREA)

static gboolean
wg_chart_draw(GtkWidget *widget, cairo_t *cr)
{
    WgChart *self = WG_CHART(widget);
    WgChartPrivate *priv = wg_chart_get_instance_private(self);
    GtkStyleContext *style = gtk_widget_get_style_context(widget);
    const int width = gtk_widget_get_allocated_width(widget);
    const int height = gtk_widget_get_allocated_height(widget);
    WgTheme theme;

    gtk_render_background(style, cr, 0, 0, width, height);
    wg_theme_read(&theme, widget);
    if (WG_CHART_GET_CLASS(self)->show)
        WG_CHART_GET_CLASS(self)->show(self, cr, &theme, width, height);
    else
        WG_CHART_GET_CLASS(self)->paint(self, cr, &theme, width, height);
    wg_chart_reading_draw(&priv->reading, cr, &theme, width, height);
    if (gtk_widget_has_visible_focus(widget))
        gtk_render_focus(style, cr, 1, 1, width - 2, height - 2);
    return FALSE;
}

static gboolean
wg_chart_popup_menu(GtkWidget *widget)
{
    wg_chart_popup(WG_CHART(widget), NULL);
    return TRUE;
}

static void
on_pressed(GtkGestureMultiPress *gesture, int n_press, double x, double y, gpointer user_data)
{
    const GdkEvent *event = gtk_gesture_get_last_event(GTK_GESTURE(gesture), NULL);

    if (event && gdk_event_triggers_context_menu(event))
        wg_chart_popup(WG_CHART(user_data), event);
}

static void
on_long_pressed(GtkGestureLongPress *gesture, double x, double y, gpointer user_data)
{
    wg_chart_popup(WG_CHART(user_data), gtk_gesture_get_last_event(GTK_GESTURE(gesture), NULL));
}

/* The summary, or the row that is read. */
static void
tell(WgChart *self)
{
    WgChartPrivate *priv = wg_chart_get_instance_private(self);
    WgChartClass *klass = WG_CHART_GET_CLASS(self);
    g_autofree char *text = priv->reading.words ? g_strdup(priv->reading.words)
                            : klass->describe   ? klass->describe(self)
                                                : NULL;
    AtkObject *accessible = gtk_widget_get_accessible(GTK_WIDGET(self));

    if (text && g_strcmp0(atk_object_get_description(accessible), text) != 0)
        atk_object_set_description(accessible, text);
    gtk_widget_queue_draw(GTK_WIDGET(self));
}

static gboolean
wg_chart_key_press(GtkWidget *widget, GdkEventKey *event)
{
    WgChart *self = WG_CHART(widget);
    WgChartPrivate *priv = wg_chart_get_instance_private(self);
    const guint state = event->state & gtk_accelerator_get_default_mod_mask();

    if (state == GDK_CONTROL_MASK && (event->keyval == GDK_KEY_c || event->keyval == GDK_KEY_C) &&
        wg_chart_copy_values(self))
        return GDK_EVENT_STOP;
    if (state == 0 && wg_chart_reading_move(&priv->reading, self, event->keyval)) {
        tell(self);
        return GDK_EVENT_STOP;
    }
    return GTK_WIDGET_CLASS(wg_chart_parent_class)->key_press_event(widget, event);
}

static gboolean
wg_chart_focus_out(GtkWidget *widget, GdkEventFocus *event)
{
    WgChartPrivate *priv = wg_chart_get_instance_private(WG_CHART(widget));

    if (priv->reading.words) {
        wg_chart_reading_clear(&priv->reading);
        tell(WG_CHART(widget));
    }
    return GTK_WIDGET_CLASS(wg_chart_parent_class)->focus_out_event(widget, event);
}

static void
wg_chart_get_preferred_height(GtkWidget *widget, int *minimum, int *natural)
{
    WgChartClass *klass = WG_CHART_GET_CLASS(widget);
    WgTheme theme;
    double line;

    wg_theme_read(&theme, widget);
    wg_theme_measure(&theme, "x", 1, NULL, &line);
    *minimum = klass->count_lines ? (int)(klass->count_lines(WG_CHART(widget)) * line) : 0;
    *natural = MAX(*minimum, klass->natural_height);
}

static void
wg_chart_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_chart_parent_class)->map(widget);
    wg_chart_changed(WG_CHART(widget));
}

static void
wg_chart_dispose(GObject *object)
{
    WgChartPrivate *priv = wg_chart_get_instance_private(WG_CHART(object));

    g_clear_object(&priv->press);
    g_clear_object(&priv->long_press);
    wg_chart_reading_clear(&priv->reading);
    G_OBJECT_CLASS(wg_chart_parent_class)->dispose(object);
}

static void
wg_chart_class_init(WgChartClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_chart_dispose;
    widget_class->draw = wg_chart_draw;
    widget_class->get_preferred_height = wg_chart_get_preferred_height;
    widget_class->map = wg_chart_map;
    widget_class->popup_menu = wg_chart_popup_menu;
    widget_class->key_press_event = wg_chart_key_press;
    widget_class->focus_out_event = wg_chart_focus_out;
    gtk_widget_class_set_accessible_role(widget_class, ATK_ROLE_CHART);
    gtk_widget_class_set_css_name(widget_class, "chart");
}

static void
wg_chart_init(WgChart *self)
{
    WgChartPrivate *priv = wg_chart_get_instance_private(self);

    gtk_widget_set_can_focus(GTK_WIDGET(self), TRUE);
    priv->reading.row = -1;
    gtk_widget_add_events(GTK_WIDGET(self),
                          GDK_BUTTON_PRESS_MASK | GDK_BUTTON_RELEASE_MASK | GDK_TOUCH_MASK);
    priv->press = gtk_gesture_multi_press_new(GTK_WIDGET(self));
    gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(priv->press), GDK_BUTTON_SECONDARY);
    g_signal_connect(priv->press, "pressed", G_CALLBACK(on_pressed), self);
    priv->long_press = gtk_gesture_long_press_new(GTK_WIDGET(self));
    gtk_gesture_single_set_touch_only(GTK_GESTURE_SINGLE(priv->long_press), TRUE);
    g_signal_connect(priv->long_press, "pressed", G_CALLBACK(on_long_pressed), self);
}

void
wg_chart_changed(WgChart *self)
{
    tell(self);
}

char *
wg_chart_dup_values(WgChart *self)
{
    return WG_CHART_GET_CLASS(self)->dup_values ? WG_CHART_GET_CLASS(self)->dup_values(self) : NULL;
}

gboolean
wg_chart_save(WgChart *self, const char *path, GError **error)
{
    const int width = gtk_widget_get_allocated_width(GTK_WIDGET(self));
    const int height = gtk_widget_get_allocated_height(GTK_WIDGET(self));
    const gboolean is_png = g_str_has_suffix(path, ".png");
    cairo_surface_t *surface = is_png
                                   ? cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height)
                                   : cairo_svg_surface_create(path, width, height);
    cairo_t *cr = cairo_create(surface);
    cairo_status_t status;
    WgTheme theme;

    wg_theme_read(&theme, GTK_WIDGET(self));
    gdk_cairo_set_source_rgba(cr, &theme.background);
    cairo_paint(cr);
    WG_CHART_GET_CLASS(self)->paint(self, cr, &theme, width, height);
    status = cairo_status(cr);
    cairo_destroy(cr);
    if (status == CAIRO_STATUS_SUCCESS && is_png)
        status = cairo_surface_write_to_png(surface, path);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("the picture could not be written to %s: %s"),
                path, cairo_status_to_string(status));
    return FALSE;
}
