/* Keys and clicks of a grid of takes, as in any list of which several can be chosen. */
#include "ui/take-grid-private.h"

#include <gdk/gdkkeysyms.h>

/* Where a key leads from take `at`; `at` itself where it leads nowhere, -1: it is no such key. */
static gint64
find_target(const WgTakeLayout *layout, guint keyval, gint64 at)
{
    const gint64 n_columns = wg_take_layout_get_n_columns(layout), last = (gint64)layout->n - 1;
    const gint64 n_page = n_columns * MAX(1, layout->height / WG_TILE_ROW);
    const int forward = layout->is_rtl ? -1 : 1;
    gint64 step = 0;

    switch (keyval) {
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
        return 0;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
        return last;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
        step = -forward;
        break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
        step = forward;
        break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
        step = -n_columns;
        break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
        step = n_columns;
        break;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
        return MAX(at - n_page, 0);
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
        return MIN(at + n_page, last);
    default:
        return -1;
    }
    return at + step < 0 || at + step > last ? at : at + step;
}

static gboolean
move(WgTakeGrid *self, guint keyval, gboolean with_shift, gboolean with_control)
{
    WgTakeChoice *choice = wg_take_grid_get_choice(self);
    WgTakeLayout layout;
    gint64 target;

    wg_take_grid_get_layout(self, &layout);
    target = find_target(&layout, keyval, wg_take_choice_get_focus(choice));
    if (target < 0)
        return GDK_EVENT_PROPAGATE;
    if (target == wg_take_choice_get_focus(choice) && !with_shift && !with_control &&
        wg_take_choice_contains(choice, (guint)target) &&
        wg_take_choice_get_n_chosen(choice) == 1) {
        gtk_widget_error_bell(GTK_WIDGET(self));
        return GDK_EVENT_STOP;
    }
    if (with_control && !with_shift) {
        wg_take_choice_set_focus(choice, (guint)target);
        wg_take_grid_focus_moved(self);
        return GDK_EVENT_STOP;
    }
    if (with_shift)
        wg_take_choice_extend(choice, (guint)target);
    else
        wg_take_choice_set_only(choice, (guint)target);
    wg_take_grid_chosen(self);
    return GDK_EVENT_STOP;
}

static gboolean
on_key(GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state,
       gpointer user_data)
{
    WgTakeGrid *self = WG_TAKE_GRID(user_data);
    WgTakeChoice *choice = wg_take_grid_get_choice(self);
    const gboolean with_shift = (state & GDK_SHIFT_MASK) != 0;
    const gboolean with_control = (state & GDK_CONTROL_MASK) != 0;

    if (wg_take_choice_get_n(choice) == 0 || (state & GDK_MOD1_MASK))
        return GDK_EVENT_PROPAGATE;
    switch (keyval) {
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
        g_signal_emit_by_name(self, "delete");
        return GDK_EVENT_STOP;
    case GDK_KEY_a:
    case GDK_KEY_A:
        if (!with_control)
            return GDK_EVENT_PROPAGATE;
        wg_take_choice_set_all(choice, !with_shift);
        wg_take_grid_chosen(self);
        return GDK_EVENT_STOP;
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
        wg_take_choice_toggle(choice, wg_take_choice_get_focus(choice));
        wg_take_grid_chosen(self);
        return GDK_EVENT_STOP;
    default:
        return move(self, keyval, with_shift, with_control);
    }
}

static void
on_pressed(GtkGestureMultiPress *gesture, int n_press, double x, double y, gpointer user_data)
{
    gtk_widget_grab_focus(GTK_WIDGET(user_data));
}

/* On its release, as a finger that goes on to scroll has not chosen anything. */
static void
on_released(GtkGestureMultiPress *gesture, int n_press, double x, double y, gpointer user_data)
{
    WgTakeGrid *self = WG_TAKE_GRID(user_data);
    WgTakeChoice *choice = wg_take_grid_get_choice(self);
    const GdkEvent *event = gtk_gesture_get_last_event(GTK_GESTURE(gesture), NULL);
    GdkDevice *device = event ? gdk_event_get_source_device(event) : NULL;
    const gboolean is_touch = device && gdk_device_get_source(device) == GDK_SOURCE_TOUCHSCREEN;
    GdkModifierType state = 0;
    WgTakeLayout layout;
    guint index;

    wg_take_grid_get_layout(self, &layout);
    if (event)
        gdk_event_get_state(event, &state);
    if (!wg_take_layout_find(&layout, x, y, &index)) {
        if (!(state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)))
            wg_take_grid_unselect_all(self);
        return;
    }
    if (state & GDK_SHIFT_MASK)
        wg_take_choice_extend(choice, index);
    else if ((state & GDK_CONTROL_MASK) || is_touch)
        wg_take_choice_toggle(choice, index);
    else
        wg_take_choice_set_only(choice, index);
    wg_take_grid_chosen(self);
}

GPtrArray *
wg_take_grid_new_input(WgTakeGrid *self)
{
    GPtrArray *controllers = g_ptr_array_new_with_free_func(g_object_unref);
    GtkEventController *keys = gtk_event_controller_key_new(GTK_WIDGET(self));
    GtkGesture *press = gtk_gesture_multi_press_new(GTK_WIDGET(self));

    gtk_widget_add_events(GTK_WIDGET(self), GDK_BUTTON_PRESS_MASK | GDK_BUTTON_RELEASE_MASK |
                                                GDK_TOUCH_MASK | GDK_KEY_PRESS_MASK |
                                                GDK_SCROLL_MASK | GDK_SMOOTH_SCROLL_MASK);
    gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(press), GDK_BUTTON_PRIMARY);
    g_signal_connect(keys, "key-pressed", G_CALLBACK(on_key), self);
    g_signal_connect(press, "pressed", G_CALLBACK(on_pressed), self);
    g_signal_connect(press, "released", G_CALLBACK(on_released), self);
    g_ptr_array_add(controllers, keys);
    g_ptr_array_add(controllers, press);
    return controllers;
}
