/* The base of all charts: a focusable picture with a spoken summary that can be saved. */
#include "ui/charts/chart.h"

#include "base/error.h"

#include <cairo-svg.h>
#include <glib/gi18n.h>

typedef struct {
    GtkGesture *press;
    GtkFileChooserNative *chooser;
} WgChartPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE(WgChart, wg_chart, GTK_TYPE_DRAWING_AREA)

static gboolean
wg_chart_draw(GtkWidget *widget, cairo_t *cr)
{
    WgChart *self = WG_CHART(widget);
    GtkStyleContext *style = gtk_widget_get_style_context(widget);
    const int width = gtk_widget_get_allocated_width(widget);
    const int height = gtk_widget_get_allocated_height(widget);
    WgTheme theme;

    gtk_render_background(style, cr, 0, 0, width, height);
    wg_theme_read(&theme, widget);
    WG_CHART_GET_CLASS(self)->paint(self, cr, &theme, width, height);
    if (gtk_widget_has_visible_focus(widget))
        gtk_render_focus(style, cr, 1, 1, width - 2, height - 2);
    return FALSE;
}

static void
on_chosen(GtkNativeDialog *dialog, int response, gpointer user_data)
{
    WgChart *self = WG_CHART(user_data);
    WgChartPrivate *priv = wg_chart_get_instance_private(self);
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;

    path = gtk_file_chooser_get_filename(GTK_FILE_CHOOSER(dialog));
    if (response == GTK_RESPONSE_ACCEPT && path && !wg_chart_save(self, path, &error))
        g_warning("%s", error->message);
    g_clear_object(&priv->chooser);
}

static void
on_save(GtkMenuItem *item, gpointer user_data)
{
    WgChart *self = WG_CHART(user_data);
    WgChartPrivate *priv = wg_chart_get_instance_private(self);
    GtkWidget *window = gtk_widget_get_toplevel(GTK_WIDGET(self));

    if (priv->chooser)
        return;
    priv->chooser =
        gtk_file_chooser_native_new(_("Save the Picture"), GTK_WINDOW(window),
                                    GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
    gtk_file_chooser_set_do_overwrite_confirmation(GTK_FILE_CHOOSER(priv->chooser), TRUE);
    gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(priv->chooser), "waggle.svg");
    g_signal_connect(priv->chooser, "response", G_CALLBACK(on_chosen), self);
    gtk_native_dialog_show(GTK_NATIVE_DIALOG(priv->chooser));
}

static gboolean
wg_chart_popup_menu(GtkWidget *widget)
{
    GtkWidget *menu = gtk_menu_new();
    GtkWidget *item = gtk_menu_item_new_with_mnemonic(_("_Save Picture…"));

    g_signal_connect(item, "activate", G_CALLBACK(on_save), widget);
    gtk_menu_shell_append(GTK_MENU_SHELL(menu), item);
    gtk_widget_show_all(menu);
    gtk_menu_attach_to_widget(GTK_MENU(menu), widget, NULL);
    g_signal_connect(menu, "selection-done", G_CALLBACK(gtk_widget_destroy), NULL);
    gtk_menu_popup_at_pointer(GTK_MENU(menu), NULL);
    return TRUE;
}

static void
on_pressed(GtkGestureMultiPress *gesture, int n_press, double x, double y, gpointer user_data)
{
    const GdkEvent *event = gtk_gesture_get_last_event(GTK_GESTURE(gesture), NULL);

    if (event && gdk_event_triggers_context_menu(event))
        wg_chart_popup_menu(GTK_WIDGET(user_data));
}

static void
wg_chart_get_preferred_height(GtkWidget *widget, int *minimum, int *natural)
{
    WgChartClass *klass = WG_CHART_GET_CLASS(widget);
    const WgTheme theme = {.pango = gtk_widget_get_pango_context(widget)};
    double line;

    wg_theme_measure(&theme, "x", 1, NULL, &line);
    *minimum = klass->count_lines ? (int)(klass->count_lines(WG_CHART(widget)) * line) : 0;
    *natural = *minimum;
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
    g_clear_object(&priv->chooser);
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
    gtk_widget_class_set_accessible_role(widget_class, ATK_ROLE_CHART);
    gtk_widget_class_set_css_name(widget_class, "chart");
}

static void
wg_chart_init(WgChart *self)
{
    WgChartPrivate *priv = wg_chart_get_instance_private(self);

    gtk_widget_set_can_focus(GTK_WIDGET(self), TRUE);
    gtk_widget_add_events(GTK_WIDGET(self), GDK_BUTTON_PRESS_MASK | GDK_BUTTON_RELEASE_MASK);
    priv->press = gtk_gesture_multi_press_new(GTK_WIDGET(self));
    gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(priv->press), GDK_BUTTON_SECONDARY);
    g_signal_connect(priv->press, "pressed", G_CALLBACK(on_pressed), self);
}

void
wg_chart_changed(WgChart *self)
{
    WgChartClass *klass = WG_CHART_GET_CLASS(self);
    g_autofree char *text = klass->describe ? klass->describe(self) : NULL;

    if (text)
        atk_object_set_description(gtk_widget_get_accessible(GTK_WIDGET(self)), text);
    gtk_widget_queue_draw(GTK_WIDGET(self));
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
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, "the picture could not be written to %s: %s",
                path, cairo_status_to_string(status));
    return FALSE;
}
