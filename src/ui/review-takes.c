/* The takes of a gesture side by side and over one another, the most suspect first. */
#include "ui/review-takes.h"

#include "ui/charts/overlay.h"
#include "ui/charts/path.h"
#include "ui/charts/take-plot.h"
#include "ui/take-actions.h"
#include "ui/take-grid.h"
#include "workbench/json.h"
#include "workbench/window-options.h"

#include <glib/gi18n.h>

#define CHECKED_AT_MOST 20000 /* takes, that are checked though nobody asks for it */

struct _WgReviewTakes {
    GtkBox parent_instance;
    GtkStack *plots;
    WgOverlay *overlay;
    WgTakePlot *plot;
    WgPath *path;
    GtkRadioButton *acceleration, *velocity, *position;
    GtkLabel *title, *doubts_label, *finding, *motion_note;
    GtkToggleButton *doubtful_only;
    WgTakeActions *actions;
    WgTakeGrid *grid;
    WgDesk *desk;
    GHashTable *doubts; /* gint64 * -> sentence, for the grid; NULL before the first check */
    GHashTable *ranks;  /* gint64 * -> place among the findings, from 1 */
    WgJob *check;       /* that runs */
    gboolean is_stale;
};

G_DEFINE_FINAL_TYPE(WgReviewTakes, wg_review_takes, GTK_TYPE_BOX)

static void check(WgReviewTakes *self);
/* More than that nobody asked for: it takes the processor for minutes. */
static gboolean
is_too_much(WgReviewTakes *self)
{
    return wg_session_get_recordings(wg_desk_get_session(self->desk))->len > CHECKED_AT_MOST;
}

static gboolean
is_doubtful(WgReviewTakes *self, WgRecording *recording)
{
    const WgRecordingSpec *spec = wg_recording_get_facts(recording);

    return spec->n_clipped > 0 || (self->doubts && g_hash_table_contains(self->doubts, &spec->id));
}

static int
get_rank(WgReviewTakes *self, WgRecording *recording)
{
    const gint64 id = wg_recording_get_facts(recording)->id;
    const int rank = self->ranks ? GPOINTER_TO_INT(g_hash_table_lookup(self->ranks, &id)) : 0;

    /* what the check did not find comes last, the clipped before the good */
    return rank > 0 ? rank : is_doubtful(self, recording) ? G_MAXINT - 1 : G_MAXINT;
}

static int
compare_ranks(gconstpointer a, gconstpointer b, gpointer user_data)
{
    WgRecording *x = *(WgRecording *const *)a, *y = *(WgRecording *const *)b;
    const int rank_x = get_rank(user_data, x), rank_y = get_rank(user_data, y);
    const gint64 id_x = wg_recording_get_facts(x)->id, id_y = wg_recording_get_facts(y)->id;

    return rank_x != rank_y ? (rank_x > rank_y) - (rank_x < rank_y) : (id_x > id_y) - (id_x < id_y);
}

/* Those that are shown, the most suspect first. */
static GPtrArray *
collect(WgReviewTakes *self, guint *n_all, guint *n_doubtful)
{
    const char *label = wg_desk_get_gesture(self->desk);
    g_autoptr(GPtrArray) takes = wg_desk_dup_takes(self->desk, label, FALSE);
    GPtrArray *shown = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    const gboolean only = gtk_toggle_button_get_active(self->doubtful_only);

    *n_all = *n_doubtful = 0;
    for (guint i = 0; i < takes->len; i++) {
        WgRecording *recording = g_ptr_array_index(takes, i);
        const gboolean doubtful = is_doubtful(self, recording);

        if (wg_recording_get_facts(recording)->n_spans > 0)
            continue;
        (*n_all)++;
        *n_doubtful += doubtful;
        if (doubtful || !only)
            g_ptr_array_add(shown, wg_recording_ref(recording));
    }
    g_ptr_array_sort_with_data(shown, compare_ranks, self);
    return shown;
}

/* The chosen takes as they are in the project now. */
static GPtrArray *
dup_selected(WgReviewTakes *self)
{
    g_autoptr(GPtrArray) selected = wg_take_grid_dup_selected(self->grid);
    GPtrArray *all = wg_session_get_recordings(wg_desk_get_session(self->desk));
    g_autoptr(GHashTable) wanted = g_hash_table_new(g_int64_hash, g_int64_equal);
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < selected->len; i++)
        g_hash_table_add(wanted,
                         (gpointer)&wg_recording_get_facts(g_ptr_array_index(selected, i))->id);
    for (guint i = 0; selected->len > 0 && i < all->len; i++) {
        WgRecording *recording = g_ptr_array_index(all, i);

        if (g_hash_table_contains(wanted, &wg_recording_get_facts(recording)->id))
            g_ptr_array_add(takes, wg_recording_ref(recording));
    }
    return takes;
}

/* The chosen takes, or all that are shown where none is chosen. */
static void
show_chosen(WgReviewTakes *self, GPtrArray *shown)
{
    g_autoptr(GPtrArray) selected = dup_selected(self);
    const WgWindowOptions window = wg_review_get_window(self->desk);
    const guint n = selected->len;
    g_autofree char *text = NULL;

    wg_take_actions_set_takes(self->actions, selected);
    if (n == 1) {
        WgRecording *take = g_ptr_array_index(selected, 0);
        const char *doubt =
            self->doubts ? g_hash_table_lookup(self->doubts, &wg_recording_get_facts(take)->id)
                         : NULL;

        text = wg_review_describe_take(take, doubt);
        wg_review_show_take(self->desk, self->plot, take);
    } else {
        wg_take_plot_set_take(self->plot, NULL, 0, 0, &window);
        wg_overlay_set_takes(self->overlay, n > 0 ? selected : shown, &window);
        text = wg_review_describe_takes(n, n > 0 ? n : shown->len,
                                        wg_overlay_get_n_drawn(self->overlay));
    }
    gtk_stack_set_visible_child_name(self->plots, n == 1 ? "one" : "many");
    gtk_label_set_text(self->finding, text);
    wg_path_set_takes(self->path, n > 0 ? selected : shown);
}

static void
show(WgReviewTakes *self)
{
    const char *label = wg_desk_get_gesture(self->desk);
    guint n_doubtful, n;
    g_autoptr(GPtrArray) takes = collect(self, &n, &n_doubtful);
    g_autofree char *title =
        g_strdup_printf(ngettext("%u take of %s", "%u takes of %s", n), n, label ? label : "");
    g_autofree char *doubts =
        n_doubtful ? g_strdup_printf(ngettext("▲ %u is doubtful", "▲ %u are doubtful", n_doubtful),
                                     n_doubtful)
                   : g_strdup(_("✓ none is doubtful"));

    gtk_label_set_text(self->title, title);
    gtk_label_set_text(self->doubts_label, self->doubts        ? doubts
                                           : is_too_much(self) ? _("too many to be checked")
                                                               : _("checking…"));
    wg_take_grid_set_doubts(self->grid, self->doubts);
    wg_take_grid_set_takes(self->grid, takes);
    show_chosen(self, takes);
}

static void
read_findings(WgReviewTakes *self, JsonArray *findings)
{
    g_clear_pointer(&self->doubts, g_hash_table_unref);
    g_clear_pointer(&self->ranks, g_hash_table_unref);
    self->doubts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    self->ranks = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (guint i = 0; findings && i < json_array_get_length(findings); i++) {
        JsonObject *finding = json_array_get_object_element(findings, i);
        const gint64 id = json_object_get_int_member(finding, "id");

        /* the most suspect comes first */
        if (g_hash_table_contains(self->doubts, &id))
            continue;
        g_hash_table_insert(self->doubts, g_memdup2(&id, sizeof id),
                            g_strdup(json_object_get_string_member(finding, "message")));
        g_hash_table_insert(self->ranks, g_memdup2(&id, sizeof id), GINT_TO_POINTER((int)i + 1));
    }
}

static void
on_checked(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgReviewTakes) self = WG_REVIEW_TAKES(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) object = wg_job_run_finish(WG_JOB(source), result, &error);

    g_clear_object(&self->check);
    if (!self->desk)
        return;
    if (error)
        g_debug("the takes could not be checked: %s", error->message);
    read_findings(self, object ? json_object_get_array_member(object, "findings") : NULL);
    show(self);
    if (self->is_stale)
        check(self);
}

/* Anew after each change while they are not too many, once at a time, and only while somebody
 * looks. */
static void
check(WgReviewTakes *self)
{
    self->is_stale = TRUE;
    if (self->check || !gtk_widget_get_mapped(GTK_WIDGET(self)) ||
        wg_session_get_recordings(wg_desk_get_session(self->desk))->len == 0 || is_too_much(self))
        return;
    self->is_stale = FALSE;
    self->check = wg_desk_new_job(self->desk, "check", NULL);
    if (self->check)
        wg_job_run_async(self->check, on_checked, g_object_ref(self));
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    WgReviewTakes *self = WG_REVIEW_TAKES(user_data);

    self->is_stale = TRUE;
    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        return;
    show(self);
    check(self);
}

static void
on_gesture(WgDesk *desk, GParamSpec *pspec, gpointer user_data)
{
    if (gtk_widget_get_mapped(GTK_WIDGET(user_data)))
        show(user_data);
}

static void
on_doubtful_only(GtkToggleButton *button, gpointer user_data)
{
    show(user_data);
}

static void
on_motion(GtkToggleButton *button, gpointer user_data)
{
    WgReviewTakes *self = WG_REVIEW_TAKES(user_data);
    WgMotion what = WG_MOTION_ACCELERATION;

    if (!gtk_toggle_button_get_active(button))
        return;
    if (button == GTK_TOGGLE_BUTTON(self->velocity))
        what = WG_MOTION_VELOCITY;
    else if (button == GTK_TOGGLE_BUTTON(self->position))
        what = WG_MOTION_POSITION;
    wg_overlay_set_motion(self->overlay, what);
    wg_take_plot_set_motion(self->plot, what);
    gtk_widget_set_visible(GTK_WIDGET(self->motion_note), what != WG_MOTION_ACCELERATION);
}

static void
on_selection_changed(WgTakeGrid *grid, gpointer user_data)
{
    WgReviewTakes *self = WG_REVIEW_TAKES(user_data);
    guint n, n_doubtful;
    g_autoptr(GPtrArray) takes = collect(self, &n, &n_doubtful);

    show_chosen(self, takes);
}

static void
on_trimmed(WgTakePlot *plot, int first, int n, gpointer user_data)
{
    WgReviewTakes *self = WG_REVIEW_TAKES(user_data);
    g_autoptr(GPtrArray) selected = dup_selected(self);
    g_autoptr(GError) error = NULL;

    if (selected->len == 1 &&
        !wg_edits_trim(wg_desk_get_edits(self->desk),
                       wg_recording_get_facts(g_ptr_array_index(selected, 0))->id, first, n,
                       &error)) {
        wg_desk_fail(self->desk, error);
        show(self);
    }
}

static void
on_delete(GtkWidget *widget, gpointer user_data)
{
    wg_take_actions_delete(WG_REVIEW_TAKES(user_data)->actions);
}

static void
on_select_all(GtkButton *button, gpointer user_data)
{
    wg_take_grid_select_all(WG_REVIEW_TAKES(user_data)->grid);
}

static void
wg_review_takes_map(GtkWidget *widget)
{
    WgReviewTakes *self = WG_REVIEW_TAKES(widget);

    GTK_WIDGET_CLASS(wg_review_takes_parent_class)->map(widget);
    show(self);
    if (self->is_stale)
        check(self);
}

static void
wg_review_takes_dispose(GObject *object)
{
    WgReviewTakes *self = WG_REVIEW_TAKES(object);

    if (self->check)
        g_cancellable_cancel(wg_job_get_cancellable(self->check));
    g_clear_object(&self->desk);
    g_clear_pointer(&self->doubts, g_hash_table_unref);
    g_clear_pointer(&self->ranks, g_hash_table_unref);
    G_OBJECT_CLASS(wg_review_takes_parent_class)->dispose(object);
}

static void
wg_review_takes_class_init(WgReviewTakesClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_review_takes_dispose;
    widget_class->map = wg_review_takes_map;
    g_type_ensure(WG_TYPE_OVERLAY);
    g_type_ensure(WG_TYPE_PATH);
    g_type_ensure(WG_TYPE_TAKE_PLOT);
    g_type_ensure(WG_TYPE_TAKE_ACTIONS);
    g_type_ensure(WG_TYPE_TAKE_GRID);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/review-takes.ui");
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, plots);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, overlay);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, plot);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, path);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, acceleration);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, velocity);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, position);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, title);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, doubts_label);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, finding);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, motion_note);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, doubtful_only);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, actions);
    gtk_widget_class_bind_template_child(widget_class, WgReviewTakes, grid);
    gtk_widget_class_bind_template_callback(widget_class, on_doubtful_only);
    gtk_widget_class_bind_template_callback(widget_class, on_motion);
    gtk_widget_class_bind_template_callback(widget_class, on_selection_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_trimmed);
    gtk_widget_class_bind_template_callback(widget_class, on_delete);
    gtk_widget_class_bind_template_callback(widget_class, on_select_all);
}

static void
wg_review_takes_init(WgReviewTakes *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->is_stale = TRUE;
}

void
wg_review_takes_set_desk(WgReviewTakes *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    wg_take_actions_set_desk(self->actions, desk);
    g_signal_connect_object(desk, "notify::gesture", G_CALLBACK(on_gesture), self, 0);
    g_signal_connect_object(wg_desk_get_session(desk), "recordings-changed",
                            G_CALLBACK(on_recordings_changed), self, 0);
}
