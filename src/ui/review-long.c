/* Long recordings along their time: stretches are marked, labelled and moved. */
#include "ui/review-long.h"

#include "base/name.h"
#include "dataset/label-spans.h"
#include "ui/charts/timeline.h"
#include "ui/relabel-button.h"
#include "ui/review-takes.h"

#include <glib/gi18n.h>

struct _WgReviewLong {
    GtkBox parent_instance;
    GtkComboBoxText *recording;
    GtkLabel *note, *hint;
    WgTimeline *timeline;
    WgRelabelButton *relabel;
    GtkButton *delete, *split;
    WgDesk *desk;
    gboolean is_filling;
};

G_DEFINE_FINAL_TYPE(WgReviewLong, wg_review_long, GTK_TYPE_BOX)

guint
wg_review_long_count(WgDesk *desk)
{
    GPtrArray *all = wg_session_get_recordings(wg_desk_get_session(desk));
    guint n = 0;

    for (guint i = 0; i < all->len; i++)
        n += wg_review_is_long(g_ptr_array_index(all, i));
    return n;
}

static WgRecording *
get_recording(WgReviewLong *self)
{
    GPtrArray *all = wg_session_get_recordings(wg_desk_get_session(self->desk));
    const char *chosen = gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->recording));
    const gint64 id = chosen ? g_ascii_strtoll(chosen, NULL, 10) : 0;

    for (guint i = 0; id && i < all->len; i++) {
        if (wg_recording_get_facts(g_ptr_array_index(all, i))->id == id)
            return g_ptr_array_index(all, i);
    }
    return NULL;
}

static char *
dup_name(const WgRecordingSpec *spec)
{
    const double seconds = spec->n_samples / spec->rate_hz;
    g_autofree char *file = spec->file ? g_path_get_basename(spec->file) : NULL;
    g_autofree char *length = g_strdup_printf("%d:%02d", (int)seconds / 60, (int)seconds % 60);

    return g_strdup_printf("%s · %s", file ? file : spec->label, length);
}

static void
update(WgReviewLong *self)
{
    WgRecording *recording = get_recording(self);
    const guint n = wg_timeline_get_spans(self->timeline)->len;
    const gboolean is_span = wg_timeline_get_chosen(self->timeline) >= 0;
    int first, n_marked;
    const gboolean is_marked = wg_timeline_get_mark(self->timeline, &first, &n_marked);
    g_autofree char *note =
        n ? g_strdup_printf(ngettext("%u labelled stretch", "%u labelled stretches", n), n)
          : g_strdup(_("nothing is labelled yet"));

    gtk_label_set_text(self->note, note);
    gtk_label_set_text(self->hint, is_span     ? _("Move its ends, or give it another gesture.")
                                   : is_marked ? _("Now give the marked stretch its gesture.")
                                               : _("Drag over a stretch to mark it."));
    gtk_widget_set_sensitive(GTK_WIDGET(self->relabel), recording && (is_span || is_marked));
    gtk_widget_set_sensitive(GTK_WIDGET(self->delete), is_span);
    gtk_widget_set_sensitive(GTK_WIDGET(self->split), recording && n > 0);
}

static void
show(WgReviewLong *self)
{
    GPtrArray *all = wg_session_get_recordings(wg_desk_get_session(self->desk));
    g_autofree char *before = g_strdup(gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->recording)));

    self->is_filling = TRUE;
    gtk_combo_box_text_remove_all(self->recording);
    for (guint i = 0; i < all->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get_facts(g_ptr_array_index(all, i));
        g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, spec->id);
        g_autofree char *name = NULL;

        if (!wg_review_is_long(g_ptr_array_index(all, i)))
            continue;
        name = dup_name(spec);
        gtk_combo_box_text_append(self->recording, id, name);
    }
    if (!before || !gtk_combo_box_set_active_id(GTK_COMBO_BOX(self->recording), before))
        gtk_combo_box_set_active(GTK_COMBO_BOX(self->recording), 0);
    self->is_filling = FALSE;
    wg_timeline_set_recording(self->timeline, get_recording(self));
    update(self);
}

static void
store(WgReviewLong *self, GArray *spans)
{
    WgRecording *recording = get_recording(self);
    g_autoptr(GError) error = NULL;

    if (recording &&
        wg_edits_set_spans(wg_desk_get_edits(self->desk), wg_recording_get_facts(recording)->id,
                           (const WgLabelSpan *)(gpointer)spans->data, (int)spans->len, &error)) {
        wg_timeline_set_spans(self->timeline, spans);
        return;
    }
    if (error)
        wg_desk_fail(self->desk, error);
    show(self); /* as it still is */
}

static GArray *
dup_spans(WgReviewLong *self)
{
    GArray *spans = wg_timeline_get_spans(self->timeline);

    return wg_label_spans_new((const WgLabelSpan *)(gpointer)spans->data, (int)spans->len);
}

static void
on_relabel(WgRelabelButton *button, const char *label, gpointer user_data)
{
    WgReviewLong *self = WG_REVIEW_LONG(user_data);
    g_autoptr(GArray) spans = dup_spans(self);
    const int chosen = wg_timeline_get_chosen(self->timeline);
    g_autoptr(GError) error = NULL;
    int first, n, index;

    if (!wg_name_check(label, &error)) {
        wg_desk_fail(self->desk, error);
        return;
    }
    if (chosen >= 0) {
        first = g_array_index(spans, WgLabelSpan, chosen).first;
        n = g_array_index(spans, WgLabelSpan, chosen).n_samples;
    } else if (!wg_timeline_get_mark(self->timeline, &first, &n)) {
        return;
    }
    index = wg_label_spans_put(spans, first, n, label);
    store(self, spans);
    wg_timeline_choose(self->timeline, index);
}

static void
on_spans_changed(WgTimeline *timeline, gpointer user_data)
{
    WgReviewLong *self = WG_REVIEW_LONG(user_data);
    g_autoptr(GArray) spans = dup_spans(self);
    const int chosen = wg_timeline_get_chosen(timeline);

    store(self, spans);
    wg_timeline_choose(timeline, chosen);
}

static void
on_delete(GtkWidget *widget, gpointer user_data)
{
    WgReviewLong *self = WG_REVIEW_LONG(user_data);
    g_autoptr(GArray) spans = dup_spans(self);
    const int chosen = wg_timeline_get_chosen(self->timeline);

    if (chosen < 0)
        return;
    g_array_remove_index(spans, (guint)chosen);
    store(self, spans);
}

static void
on_split(GtkButton *button, gpointer user_data)
{
    WgReviewLong *self = WG_REVIEW_LONG(user_data);
    g_autoptr(GArray) spans = dup_spans(self);
    WgRecording *recording = get_recording(self);
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;

    if (!recording)
        return;
    if (!wg_edits_split(wg_desk_get_edits(self->desk), wg_recording_get_facts(recording)->id,
                        (const WgLabelSpan *)(gpointer)spans->data, (int)spans->len, NULL,
                        &error)) {
        wg_desk_fail(self->desk, error);
        return;
    }
    text = g_strdup_printf(
        ngettext("%u take was made of it.", "%u takes were made of it.", spans->len), spans->len);
    wg_desk_say(self->desk, text);
}

static void
on_recording(GtkComboBox *box, gpointer user_data)
{
    WgReviewLong *self = WG_REVIEW_LONG(user_data);

    if (self->is_filling)
        return;
    wg_timeline_set_recording(self->timeline, get_recording(self));
    update(self);
}

static void
on_marked(WgTimeline *timeline, gpointer user_data)
{
    WgReviewLong *self = WG_REVIEW_LONG(user_data);

    if (self->desk)
        update(self);
}

static void
on_zoom_in(GtkButton *button, gpointer user_data)
{
    wg_timeline_zoom(WG_REVIEW_LONG(user_data)->timeline, 2);
}

static void
on_zoom_out(GtkButton *button, gpointer user_data)
{
    wg_timeline_zoom(WG_REVIEW_LONG(user_data)->timeline, 0.5);
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    if (gtk_widget_get_mapped(GTK_WIDGET(user_data)))
        show(user_data);
}

static void
wg_review_long_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_review_long_parent_class)->map(widget);
    show(WG_REVIEW_LONG(widget));
}

static void
wg_review_long_dispose(GObject *object)
{
    g_clear_object(&WG_REVIEW_LONG(object)->desk);
    G_OBJECT_CLASS(wg_review_long_parent_class)->dispose(object);
}

static void
wg_review_long_class_init(WgReviewLongClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_review_long_dispose;
    widget_class->map = wg_review_long_map;
    g_type_ensure(WG_TYPE_RELABEL_BUTTON);
    g_type_ensure(WG_TYPE_TIMELINE);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/review-long.ui");
    gtk_widget_class_bind_template_child(widget_class, WgReviewLong, recording);
    gtk_widget_class_bind_template_child(widget_class, WgReviewLong, note);
    gtk_widget_class_bind_template_child(widget_class, WgReviewLong, hint);
    gtk_widget_class_bind_template_child(widget_class, WgReviewLong, timeline);
    gtk_widget_class_bind_template_child(widget_class, WgReviewLong, relabel);
    gtk_widget_class_bind_template_child(widget_class, WgReviewLong, delete);
    gtk_widget_class_bind_template_child(widget_class, WgReviewLong, split);
    gtk_widget_class_bind_template_callback(widget_class, on_recording);
    gtk_widget_class_bind_template_callback(widget_class, on_zoom_in);
    gtk_widget_class_bind_template_callback(widget_class, on_zoom_out);
    gtk_widget_class_bind_template_callback(widget_class, on_marked);
    gtk_widget_class_bind_template_callback(widget_class, on_spans_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_delete);
    gtk_widget_class_bind_template_callback(widget_class, on_relabel);
    gtk_widget_class_bind_template_callback(widget_class, on_split);
}

static void
wg_review_long_init(WgReviewLong *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_review_long_set_desk(WgReviewLong *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    wg_relabel_button_set_desk(self->relabel, desk);
    wg_timeline_set_gestures(self->timeline, wg_desk_get_gestures(desk));
    g_signal_connect_object(wg_desk_get_session(desk), "recordings-changed",
                            G_CALLBACK(on_recordings_changed), self, 0);
}
