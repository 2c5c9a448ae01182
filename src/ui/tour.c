/* Five short hints that point at the real controls, one after another; they can be left. */
#include "ui/tour.h"

#include "ui/settings.h"

#include <glib/gi18n.h>

#define DONE "tour-done"
#define TOUR "tour"

#define WG_TYPE_TOUR (wg_tour_get_type())
G_DECLARE_FINAL_TYPE(WgTour, wg_tour, WG, TOUR, GtkPopover)

typedef struct {
    const char *page;    /* that is shown for it; NULL: any */
    const char *control; /* in that page, or in the window; NULL: the tab of `tab` */
    const char *tab;
    const char *title, *text;
} Hint;

static const Hint hints[] = {
    {NULL, "watch_button", NULL, N_("The watch"),
     N_("Connect yours here, or use the one on the screen.")},
    {"record", "name", NULL, N_("The gesture"),
     N_("Give a movement a name: you will make two or more.")},
    {"record", "record", NULL, N_("Record"),
     N_("Ten takes of each gesture are a good beginning. Each is safe as soon as you see it.")},
    {NULL, NULL, "train", N_("Train"),
     N_("Then let the computer learn them: a matter of seconds.")},
    {NULL, NULL, "deploy", N_("Deploy"),
     N_("At last put them on the watch, and do them on the page Try.")},
};

struct _WgTour {
    GtkPopover parent_instance;
    GtkLabel *title, *text, *count;
    GtkButton *leave, *next;
    WgWindow *window; /* not held: it holds the tour */
    guint index, left_id;
    gboolean is_ended;
};

G_DEFINE_FINAL_TYPE(WgTour, wg_tour, GTK_TYPE_POPOVER)

static void
end(WgTour *self)
{
    self->is_ended = TRUE;
    wg_settings_set(wg_window_get_settings(self->window), DONE, g_variant_new_boolean(TRUE));
    /* it goes with its window's data, once what called has returned */
    gtk_widget_hide(GTK_WIDGET(self));
}

static GtkWidget *
find(WgTour *self, const Hint *hint)
{
    return hint->tab ? wg_window_find_tab(self->window, hint->tab)
                     : wg_window_find_control(self->window, hint->page, hint->control);
}

/* From that hint on, the first whose control is there. */
static void
show(WgTour *self, guint index)
{
    GtkWidget *control = NULL;
    g_autofree char *count = NULL;
    gboolean is_last;

    for (; index < G_N_ELEMENTS(hints); index++) {
        if (hints[index].page)
            wg_desk_go(wg_window_get_desk(self->window), hints[index].page);
        control = find(self, &hints[index]);
        if (control && gtk_widget_get_visible(control))
            break;
    }
    if (index >= G_N_ELEMENTS(hints)) {
        end(self);
        return;
    }
    self->index = index;
    is_last = index == G_N_ELEMENTS(hints) - 1;
    count = g_strdup_printf(_("%u of %u"), index + 1, (guint)G_N_ELEMENTS(hints));
    gtk_label_set_text(self->title, _(hints[index].title));
    gtk_label_set_text(self->text, _(hints[index].text));
    gtk_label_set_text(self->count, count);
    gtk_button_set_label(self->next, is_last ? _("_Done") : _("_Next"));
    gtk_widget_set_visible(GTK_WIDGET(self->leave), !is_last);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), _(hints[index].title));
    gtk_popover_set_relative_to(GTK_POPOVER(self), control);
    gtk_popover_popup(GTK_POPOVER(self));
}

static void
on_next(GtkButton *button, gpointer user_data)
{
    WgTour *self = WG_TOUR(user_data);

    if (self->index + 1 == G_N_ELEMENTS(hints))
        end(self);
    else
        show(self, self->index + 1);
}

static void
on_leave(GtkButton *button, gpointer user_data)
{
    end(user_data);
}

/* Who has gone to another page meanwhile sees what comes after it. */
static gboolean
on_control_left(gpointer user_data)
{
    WgTour *self = WG_TOUR(user_data);
    guint index = self->index;

    self->left_id = 0;
    while (index < G_N_ELEMENTS(hints) && hints[index].page)
        index++;
    show(self, index);
    return G_SOURCE_REMOVE;
}

static void
on_closed(GtkPopover *popover, gpointer user_data)
{
    WgTour *self = WG_TOUR(popover);
    GtkWidget *control = find(self, &hints[self->index]);

    if (!self->is_ended && !self->left_id && hints[self->index].page && control &&
        !gtk_widget_get_mapped(control) && !wg_window_is_at_start(self->window) &&
        !gtk_widget_in_destruction(GTK_WIDGET(self->window)))
        self->left_id = g_idle_add(on_control_left, self);
}

static void
wg_tour_dispose(GObject *object)
{
    g_clear_handle_id(&WG_TOUR(object)->left_id, g_source_remove);
    G_OBJECT_CLASS(wg_tour_parent_class)->dispose(object);
}

static void
wg_tour_class_init(WgTourClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_tour_dispose;
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/tour.ui");
    gtk_widget_class_bind_template_child(widget_class, WgTour, title);
    gtk_widget_class_bind_template_child(widget_class, WgTour, text);
    gtk_widget_class_bind_template_child(widget_class, WgTour, count);
    gtk_widget_class_bind_template_child(widget_class, WgTour, leave);
    gtk_widget_class_bind_template_child(widget_class, WgTour, next);
    gtk_widget_class_bind_template_callback(widget_class, on_next);
    gtk_widget_class_bind_template_callback(widget_class, on_leave);
}

static void
wg_tour_init(WgTour *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    g_signal_connect(self, "closed", G_CALLBACK(on_closed), NULL);
}

/* Before the window's parts go, which it points at. */
static void
on_window_destroyed(GtkWidget *window, gpointer user_data)
{
    g_object_set_data(G_OBJECT(window), TOUR, NULL);
}

void
wg_tour_start(WgWindow *window)
{
    WgTour *self = g_object_get_data(G_OBJECT(window), TOUR);

    if (!self) {
        self = g_object_ref_sink(g_object_new(WG_TYPE_TOUR, NULL));
        self->window = window;
        g_object_set_data_full(G_OBJECT(window), TOUR, self, g_object_unref);
        g_signal_connect(window, "destroy", G_CALLBACK(on_window_destroyed), NULL);
    }
    self->is_ended = FALSE;
    wg_window_show_project(window);
    show(self, 0);
}

static gboolean
offer(gpointer user_data)
{
    WgWindow *window = user_data;

    if (gtk_widget_get_mapped(GTK_WIDGET(window)) && !wg_window_is_at_start(window) &&
        !wg_settings_get_boolean(wg_window_get_settings(window), DONE, TRUE))
        wg_tour_start(window);
    return G_SOURCE_REMOVE;
}

static void
on_map(GtkWidget *window, gpointer user_data)
{
    wg_tour_offer(WG_WINDOW(window));
}

void
wg_tour_offer(WgWindow *window)
{
    g_signal_handlers_disconnect_by_func(window, on_map, NULL);
    if (!gtk_widget_get_mapped(GTK_WIDGET(window)))
        g_signal_connect(window, "map", G_CALLBACK(on_map), NULL);
    else /* a popover finds its place once the rest has its own */
        g_idle_add_full(G_PRIORITY_LOW, offer, g_object_ref(window), g_object_unref);
}
