/* The page Review: the takes of a gesture, the doubtful ones first, to be relabelled or deleted. */
#include "ui/page-review.h"

#include "ui/charts/overlay.h"
#include "ui/relabel-button.h"
#include "ui/take-grid.h"
#include "ui/waiting.h"

#include <glib/gi18n.h>

struct _WgPageReview {
    GtkBox parent_instance;
    GtkStack *stack;
    WgWaiting *waiting;
    WgOverlay *overlay;
    GtkLabel *title, *doubts_label, *finding;
    GtkToggleButton *doubtful_only;
    WgRelabelButton *relabel;
    GtkButton *delete, *select_all;
    WgTakeGrid *grid;
    WgDesk *desk;
    GHashTable *doubts; /* gint64 * -> sentence, of the last check */
    WgJob *check;       /* that runs */
    gboolean is_stale;
};

G_DEFINE_FINAL_TYPE(WgPageReview, wg_page_review, GTK_TYPE_BOX)

static void check(WgPageReview *self);

static gboolean
is_doubtful(WgPageReview *self, WgRecording *recording)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);

    return spec->n_clipped > 0 || (self->doubts && g_hash_table_contains(self->doubts, &spec->id));
}

/* The chosen takes, or all that are shown where none is chosen. */
static void
show_overlay(WgPageReview *self, GPtrArray *shown)
{
    g_autoptr(GPtrArray) selected = wg_take_grid_dup_selected(self->grid);
    const guint n = selected->len;
    g_autofree char *count = NULL;
    const char *text = NULL;

    gtk_widget_set_sensitive(GTK_WIDGET(self->relabel), n > 0);
    gtk_widget_set_sensitive(GTK_WIDGET(self->delete), n > 0);
    if (n == 1) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(selected, 0));

        text = self->doubts ? g_hash_table_lookup(self->doubts, &spec->id) : NULL;
        if (!text && spec->n_clipped > 0)
            text = _("This take is clipped: the watch measures up to 2 g here. Do it softer.");
        if (!text)
            text = _("Nothing is doubtful about this take.");
    } else if (n == 0) {
        text = _("All of them over one another. Choose takes to compare them.");
    } else {
        text = count = g_strdup_printf(
            ngettext("%u chosen take over one another.", "%u chosen takes over one another.", n),
            n);
    }
    gtk_label_set_text(self->finding, text);
    if (n > 0)
        wg_overlay_set_takes(self->overlay, selected);
    else if (shown)
        wg_overlay_set_takes(self->overlay, shown);
}

static GPtrArray *
collect(WgPageReview *self, guint *n_doubtful)
{
    const char *label = wg_desk_get_gesture(self->desk);
    g_autoptr(GPtrArray) takes = wg_desk_dup_takes(self->desk, label, FALSE);
    GPtrArray *ordered = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    const gboolean only = gtk_toggle_button_get_active(self->doubtful_only);

    *n_doubtful = 0;
    for (int pass = 0; pass < (only ? 1 : 2); pass++) {
        for (guint i = 0; i < takes->len; i++) {
            WgRecording *recording = g_ptr_array_index(takes, i);

            if (is_doubtful(self, recording) != (pass == 0))
                continue;
            g_ptr_array_add(ordered, wg_recording_ref(recording));
            *n_doubtful += pass == 0;
        }
    }
    return ordered;
}

static void
show(WgPageReview *self)
{
    const char *label = wg_desk_get_gesture(self->desk);
    const guint n_all = wg_session_get_recordings(wg_desk_get_session(self->desk))->len;
    guint n_doubtful = 0;
    g_autoptr(GPtrArray) takes = collect(self, &n_doubtful);
    g_autofree char *title = g_strdup_printf(
        ngettext("%u take of %s", "%u takes of %s", takes->len), takes->len, label ? label : "");
    g_autofree char *doubts =
        n_doubtful ? g_strdup_printf(ngettext("▲ %u is doubtful", "▲ %u are doubtful", n_doubtful),
                                     n_doubtful)
                   : g_strdup(_("✓ none is doubtful"));

    gtk_stack_set_visible_child_name(self->stack, n_all > 0 ? "ready" : "waiting");
    gtk_label_set_text(self->title, title);
    gtk_label_set_text(self->doubts_label, self->doubts ? doubts : _("checking…"));
    wg_take_grid_set_doubts(self->grid, self->doubts);
    wg_take_grid_set_takes(self->grid, takes);
    show_overlay(self, takes);
}

static void
on_checked(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgPageReview) self = WG_PAGE_REVIEW(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) object = wg_job_run_finish(WG_JOB(source), result, &error);
    JsonArray *findings = object ? json_object_get_array_member(object, "findings") : NULL;

    g_clear_object(&self->check);
    if (!self->desk)
        return;
    if (error)
        g_debug("the takes could not be checked: %s", error->message);
    g_clear_pointer(&self->doubts, g_hash_table_unref);
    self->doubts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    for (guint i = 0; findings && i < json_array_get_length(findings); i++) {
        JsonObject *finding = json_array_get_object_element(findings, i);
        const gint64 id = json_object_get_int_member(finding, "id");

        /* the most suspect comes first */
        if (!g_hash_table_contains(self->doubts, &id))
            g_hash_table_insert(self->doubts, g_memdup2(&id, sizeof id),
                                g_strdup(json_object_get_string_member(finding, "message")));
    }
    show(self);
    if (self->is_stale)
        check(self);
}

/* Anew after each change, once at a time, and only while somebody looks. */
static void
check(WgPageReview *self)
{
    self->is_stale = TRUE;
    if (self->check || !gtk_widget_get_mapped(GTK_WIDGET(self)) ||
        wg_session_get_recordings(wg_desk_get_session(self->desk))->len == 0)
        return;
    self->is_stale = FALSE;
    self->check = wg_desk_new_job(self->desk, "check", NULL);
    if (self->check)
        wg_job_run_async(self->check, on_checked, g_object_ref(self));
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    WgPageReview *self = WG_PAGE_REVIEW(user_data);

    self->is_stale = TRUE;
    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        return;
    show(self);
    check(self);
}

static void
on_gesture(WgDesk *desk, GParamSpec *pspec, gpointer user_data)
{
    WgPageReview *self = WG_PAGE_REVIEW(user_data);

    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        show(self);
}

static void
on_doubtful_only(GtkToggleButton *button, gpointer user_data)
{
    show(user_data);
}

static void
on_selection_changed(WgTakeGrid *grid, gpointer user_data)
{
    WgPageReview *self = WG_PAGE_REVIEW(user_data);
    guint n_doubtful = 0;
    g_autoptr(GPtrArray) takes = collect(self, &n_doubtful);

    show_overlay(self, takes);
}

static void
on_relabel(WgRelabelButton *button, const char *label, gpointer user_data)
{
    WgPageReview *self = WG_PAGE_REVIEW(user_data);

    wg_take_grid_relabel_selected(self->grid, self->desk, label);
}

static void
on_delete(GtkWidget *widget, gpointer user_data)
{
    WgPageReview *self = WG_PAGE_REVIEW(user_data);

    wg_take_grid_delete_selected(self->grid, self->desk);
}

static void
on_select_all(GtkButton *button, gpointer user_data)
{
    wg_take_grid_select_all(WG_PAGE_REVIEW(user_data)->grid);
}

static void
wg_page_review_map(GtkWidget *widget)
{
    WgPageReview *self = WG_PAGE_REVIEW(widget);

    GTK_WIDGET_CLASS(wg_page_review_parent_class)->map(widget);
    show(self);
    if (self->is_stale)
        check(self);
}

static void
wg_page_review_dispose(GObject *object)
{
    WgPageReview *self = WG_PAGE_REVIEW(object);

    if (self->check)
        g_cancellable_cancel(wg_job_get_cancellable(self->check));
    g_clear_object(&self->desk);
    g_clear_pointer(&self->doubts, g_hash_table_unref);
    G_OBJECT_CLASS(wg_page_review_parent_class)->dispose(object);
}

static void
wg_page_review_class_init(WgPageReviewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_page_review_dispose;
    widget_class->map = wg_page_review_map;
    g_type_ensure(WG_TYPE_OVERLAY);
    g_type_ensure(WG_TYPE_RELABEL_BUTTON);
    g_type_ensure(WG_TYPE_TAKE_GRID);
    g_type_ensure(WG_TYPE_WAITING);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/page-review.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, stack);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, waiting);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, overlay);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, title);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, doubts_label);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, finding);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, doubtful_only);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, relabel);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, delete);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, select_all);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, grid);
    gtk_widget_class_bind_template_callback(widget_class, on_doubtful_only);
    gtk_widget_class_bind_template_callback(widget_class, on_selection_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_relabel);
    gtk_widget_class_bind_template_callback(widget_class, on_delete);
    gtk_widget_class_bind_template_callback(widget_class, on_select_all);
}

static void
wg_page_review_init(WgPageReview *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->is_stale = TRUE;
}

void
wg_page_review_set_desk(WgPageReview *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    wg_relabel_button_set_desk(self->relabel, desk);
    wg_waiting_set(self->waiting, desk, _("Nothing to review yet"),
                   _("Here you will see all takes of a gesture side by side, and which of them are "
                     "doubtful. Record some, or import recordings from the menu."),
                   _("Record"), "record");
    g_signal_connect_object(desk, "notify::gesture", G_CALLBACK(on_gesture), self, 0);
    g_signal_connect_object(wg_desk_get_session(desk), "recordings-changed",
                            G_CALLBACK(on_recordings_changed), self, 0);
}
