/* What the virtual watch is to perform: a sample gesture, once or again and again while recording.
 */
#include "ui/perform-bar.h"

#include "ui/performer.h"

struct _WgPerformBar {
    GtkBox parent_instance;
    GtkComboBoxText *samples;
    GtkToggleButton *by_itself;
    WgDesk *desk;
    GtkWidget *press;
    char *ordinary; /* file with movement that is no gesture */
    gboolean is_recording, is_asked, is_choosing;
    WgTrigger trigger;
    int n_performing; /* that have not ended */
};

G_DEFINE_FINAL_TYPE(WgPerformBar, wg_perform_bar, GTK_TYPE_BOX)

enum { CHOSEN, SWITCHED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The file with takes of the chosen sample; its number of the take is kept by the watch. */
static const char *
get_file(WgPerformBar *self)
{
    return gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->samples));
}

gboolean
wg_perform_bar_is_by_itself(WgPerformBar *self)
{
    return wg_desk_has_virtual_watch(self->desk) && gtk_toggle_button_get_active(self->by_itself);
}

static gboolean
is_at_it(WgPerformBar *self)
{
    return self->is_recording && gtk_toggle_button_get_active(self->by_itself);
}

static void perform(WgPerformBar *self);

/* Not every sample is enough for the watch to notice. A take would have begun the next already. */
static void
on_performed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgPerformBar) self = WG_PERFORM_BAR(user_data);
    g_autoptr(GError) error = NULL;
    const gboolean is_done = wg_perform_finish(WG_DESK(source), result, &error);

    self->n_performing--;
    if (!self->desk)
        return;
    if (!is_done && wg_desk_get_ready_watch(self->desk))
        wg_desk_fail(self->desk, error);
    else if (is_done && self->n_performing == 0 && is_at_it(self))
        perform(self);
}

/* Where a take begins at a moment of its own, the gesture begins with it. */
static void
perform(WgPerformBar *self)
{
    const char *file = self->is_recording && self->trigger == WG_TRIGGER_ORDINARY ? self->ordinary
                                                                                  : get_file(self);
    const gboolean has_begin = self->is_recording && (self->trigger == WG_TRIGGER_COUNTDOWN ||
                                                      self->trigger == WG_TRIGGER_BUTTON);

    if (!file || !wg_desk_has_virtual_watch(self->desk))
        return;
    if (has_begin && self->trigger == WG_TRIGGER_BUTTON)
        wg_press_button(self->desk);
    self->n_performing++;
    wg_perform_async(self->desk, file, has_begin, on_performed, g_object_ref(self));
}

static void
on_perform(GtkButton *button, gpointer user_data)
{
    perform(user_data);
}

static void
on_press(GtkButton *button, gpointer user_data)
{
    wg_press_button(WG_PERFORM_BAR(user_data)->desk);
}

static void
on_switched(GtkToggleButton *button, gpointer user_data)
{
    g_signal_emit(user_data, signals[SWITCHED], 0);
}

static void
on_chosen(GtkComboBox *combo, gpointer user_data)
{
    WgPerformBar *self = WG_PERFORM_BAR(user_data);
    g_autofree char *label = gtk_combo_box_text_get_active_text(self->samples);

    if (label && !self->is_choosing)
        g_signal_emit(self, signals[CHOSEN], 0, label);
}

static void
on_listed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgPerformBar) self = WG_PERFORM_BAR(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) samples = wg_samples_list_finish(result, &error);

    if (!self->desk)
        return;
    if (!samples) {
        g_warning("no sample gestures: %s", error->message);
        gtk_widget_hide(GTK_WIDGET(self));
        return;
    }
    self->is_choosing = TRUE;
    for (guint i = 0; i < samples->len; i++) {
        const WgSampleGesture *sample = g_ptr_array_index(samples, i);

        gtk_combo_box_text_append(self->samples, sample->file, sample->label);
    }
    wg_perform_bar_choose(self, wg_desk_get_gesture(self->desk));
    /* of a project that has gestures none is named by it */
    self->is_choosing = g_list_model_get_n_items(wg_desk_get_gestures(self->desk)) > 0;
    if (!get_file(self))
        gtk_combo_box_set_active(GTK_COMBO_BOX(self->samples), 0);
    self->is_choosing = FALSE;
}

static void
show(WgPerformBar *self)
{
    const gboolean is_virtual = wg_desk_has_virtual_watch(self->desk);

    gtk_widget_set_visible(GTK_WIDGET(self), is_virtual);
    if (!is_virtual || self->is_asked)
        return;
    self->is_asked = TRUE;
    wg_samples_list_async(on_listed, g_object_ref(self));
}

static void
on_watch_changed(WgSession *session, gpointer user_data)
{
    show(user_data);
}

static void
wg_perform_bar_finalize(GObject *object)
{
    g_free(WG_PERFORM_BAR(object)->ordinary);
    G_OBJECT_CLASS(wg_perform_bar_parent_class)->finalize(object);
}

static void
wg_perform_bar_dispose(GObject *object)
{
    g_clear_object(&WG_PERFORM_BAR(object)->desk);
    G_OBJECT_CLASS(wg_perform_bar_parent_class)->dispose(object);
}

static void
wg_perform_bar_class_init(WgPerformBarClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_perform_bar_dispose;
    G_OBJECT_CLASS(klass)->finalize = wg_perform_bar_finalize;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/perform-bar.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPerformBar, samples);
    gtk_widget_class_bind_template_child(widget_class, WgPerformBar, by_itself);
    gtk_widget_class_bind_template_callback(widget_class, on_perform);
    gtk_widget_class_bind_template_child(widget_class, WgPerformBar, press);
    gtk_widget_class_bind_template_callback(widget_class, on_chosen);
    gtk_widget_class_bind_template_callback(widget_class, on_press);
    gtk_widget_class_bind_template_callback(widget_class, on_switched);
    signals[SWITCHED] = g_signal_new("switched", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
    signals[CHOSEN] = g_signal_new("chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wg_perform_bar_init(WgPerformBar *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->ordinary = wg_samples_dup_ordinary();
}

void
wg_perform_bar_set_desk(WgPerformBar *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    g_signal_connect_object(wg_desk_get_session(desk), "watch-changed",
                            G_CALLBACK(on_watch_changed), self, 0);
    show(self);
}

gboolean
wg_perform_bar_choose(WgPerformBar *self, const char *label)
{
    GtkTreeModel *model = gtk_combo_box_get_model(GTK_COMBO_BOX(self->samples));
    const int column = gtk_combo_box_get_entry_text_column(GTK_COMBO_BOX(self->samples));
    GtkTreeIter iter;
    gboolean is_there = gtk_tree_model_get_iter_first(model, &iter);

    while (is_there && label) {
        g_autofree char *text = NULL;

        gtk_tree_model_get(model, &iter, MAX(column, 0), &text, -1);
        if (g_strcmp0(text, label) == 0) {
            self->is_choosing = TRUE;
            gtk_combo_box_set_active_iter(GTK_COMBO_BOX(self->samples), &iter);
            self->is_choosing = FALSE;
            return TRUE;
        }
        is_there = gtk_tree_model_iter_next(model, &iter);
    }
    return FALSE;
}

void
wg_perform_bar_set_trigger(WgPerformBar *self, WgTrigger trigger)
{
    self->trigger = trigger;
    gtk_widget_set_visible(self->press, trigger == WG_TRIGGER_BUTTON);
}

void
wg_perform_bar_set_recording(WgPerformBar *self, gboolean is_recording)
{
    self->is_recording = is_recording;
    if (is_recording)
        wg_perform_bar_next(self);
}

void
wg_perform_bar_next(WgPerformBar *self)
{
    if (is_at_it(self))
        perform(self);
}
