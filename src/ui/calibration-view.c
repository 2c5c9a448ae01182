/* What the watch's numbers were fitted to: the takes, the range of each layer, and what that costs.
 */
#include "ui/calibration-view.h"

#include "base/sentences.h"
#include "ui/activity.h"
#include "ui/file-question.h"
#include "ui/model-facts.h"
#include "ui/table.h"
#include "ui/take-grid.h"
#include "workbench/json.h"

#include <glib/gi18n.h>

#define FILE_ID "file" /* in the list of what it is fitted to */

struct _WgCalibrationView {
    GtkBox parent_instance;
    GtkLabel *words, *warnings;
    GtkComboBox *source, *ranges;
    GtkToggleButton *qat;
    GtkButton *make;
    WgActivity *activity;
    WgTable *table;
    GtkExpander *takes_expander;
    WgTakeGrid *takes;
    WgDesk *desk;
    char *path; /* of the file chosen; NULL: none yet */
};

G_DEFINE_FINAL_TYPE(WgCalibrationView, wg_calibration_view, GTK_TYPE_BOX)

static const WgColumn columns[] = {
    /* TRANSLATORS: heads of a table's columns: the values of an operation reach from where to where
       as found in these takes, what the watch can hold, how many values lie beyond it, of how many
     */
    {"op", N_("values of"), NULL, WG_COLUMN_TEXT},
    {"float", N_("found"), N_("Smallest and largest value in these takes"), WG_COLUMN_RANGE},
    {"int8", N_("the watch holds"), N_("What 256 steps reach to"), WG_COLUMN_RANGE},
    {"saturated", N_("beyond it"), N_("Values that are cut off"), WG_COLUMN_COUNT},
    {"values", N_("of"), NULL, WG_COLUMN_COUNT},
    {"sqnr_db", N_("signal to loss"),
     N_("The power of the values over that of what rounding loses"), WG_COLUMN_DECIBEL},
    {NULL},
};

/* "clap2 7, random 7" */
static char *
list_counts(JsonObject *counts)
{
    g_autoptr(GList) names = json_object_get_members(counts);
    g_autoptr(GString) text = g_string_new(NULL);

    for (GList *link = names; link; link = link->next)
        wg_append_part(text, ", ", "%s %d", (const char *)link->data,
                       (int)json_object_get_int_member(counts, link->data));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
show_words(WgCalibrationView *self, JsonObject *meta, JsonObject *calibration)
{
    const int n = (int)json_object_get_int_member(calibration, "n");
    const char *what = json_object_get_string_member(calibration, "what");
    const gboolean is_qat = g_strcmp0(wg_json_get_text(meta, "method", NULL), "qat") == 0;
    g_autofree char *counts = list_counts(json_object_get_object_member(calibration, "labels"));
    g_autofree char *text = g_strdup_printf(
        is_qat ? ngettext("Fitted to %s (%d: %s), and trained on with the watch's numbers.",
                          "Fitted to %s (%d: %s), and trained on with the watch's numbers.", n)
               : ngettext("Fitted to %s (%d: %s).", "Fitted to %s (%d: %s).", n),
        what, n, counts);

    gtk_label_set_text(self->words, text);
}

/* Each with what it was measured to cost. */
static void
show_warnings(WgCalibrationView *self, JsonArray *warnings)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < json_array_get_length(warnings); i++) {
        JsonObject *warning = json_array_get_object_element(warnings, i);
        JsonObject *cost = json_object_has_member(warning, "cost")
                               ? json_object_get_object_member(warning, "cost")
                               : NULL;

        g_string_append_printf(text, "%s⚠ %s", text->len > 0 ? "\n" : "",
                               json_object_get_string_member(warning, "message"));
        if (cost && i + 1 == json_array_get_length(warnings))
            wg_append_part(text, "\n", _("Measured: %s."),
                           json_object_get_string_member(cost, "words"));
    }
    gtk_label_set_text(self->warnings, text->str);
    gtk_widget_set_visible(GTK_WIDGET(self->warnings), text->len > 0);
}

static void
show_takes(WgCalibrationView *self, JsonArray *ids)
{
    g_autoptr(GPtrArray) all = wg_desk_dup_takes(self->desk, NULL, FALSE);
    g_autoptr(GHashTable) wanted = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < json_array_get_length(ids); i++) {
        const gint64 id = json_array_get_int_element(ids, i);

        g_hash_table_add(wanted, g_memdup2(&id, sizeof id));
    }
    for (guint i = 0; i < all->len; i++) {
        WgRecording *recording = g_ptr_array_index(all, i);

        if (g_hash_table_contains(wanted, &wg_recording_get_facts(recording)->id))
            g_ptr_array_add(takes, wg_recording_ref(recording));
    }
    wg_take_grid_set_takes(self->takes, takes);
    gtk_widget_set_visible(GTK_WIDGET(self->takes_expander), takes->len > 0);
}

/* Of the newest model; before there is one with a calibration, nothing but the choice. */
static void
show(WgCalibrationView *self)
{
    g_autoptr(WgModelRecord) record = wg_desk_load_model(self->desk, "int8");
    g_autoptr(JsonObject) meta = record ? wg_json_parse_object(record->meta, "model", NULL) : NULL;
    JsonObject *calibration = meta && json_object_has_member(meta, "calibration")
                                  ? json_object_get_object_member(meta, "calibration")
                                  : NULL;

    gtk_widget_set_visible(GTK_WIDGET(self->takes_expander), FALSE);
    gtk_widget_set_visible(GTK_WIDGET(self->warnings), FALSE);
    wg_table_set(self->table, NULL, NULL, NULL, NULL);
    if (!calibration) {
        gtk_label_set_text(self->words,
                           _("The watch counts in 256 steps. What they reach to is fitted to takes "
                             "when its model is made."));
        return;
    }
    show_words(self, meta, calibration);
    show_warnings(self, json_object_get_array_member(calibration, "warnings"));
    show_takes(self, json_object_get_array_member(calibration, "takes"));
    wg_table_set(self->table, columns, json_object_get_array_member(calibration, "tensors"), NULL,
                 NULL);
}

static void
on_made(gpointer owner, JsonObject *result, const GError *error)
{
    WgCalibrationView *self = WG_CALIBRATION_VIEW(owner);
    JsonObject *qat = result && json_object_has_member(result, "qat")
                          ? json_object_get_object_member(result, "qat")
                          : NULL;

    gtk_widget_set_sensitive(GTK_WIDGET(self->make), TRUE);
    if (!result)
        wg_desk_fail(self->desk, error);
    else
        wg_desk_say(self->desk, qat ? json_object_get_string_member(qat, "verdict")
                                    : _("The watch's model is made. Deploy it to have it there."));
    show(self);
}

static void
on_make(GtkButton *button, gpointer user_data)
{
    WgCalibrationView *self = WG_CALIBRATION_VIEW(user_data);
    const gboolean is_qat = gtk_toggle_button_get_active(self->qat);
    const char *source = gtk_combo_box_get_active_id(self->source);

    if (g_str_equal(source, FILE_ID))
        source = self->path;
    gtk_widget_set_sensitive(GTK_WIDGET(self->make), FALSE);
    wg_activity_run(
        self->activity, self->desk,
        wg_desk_new_job(self->desk, "quantize", "method", is_qat ? "qat" : "ptq", "calibration",
                        source, "ranges", gtk_combo_box_get_active_id(self->ranges), "for",
                        wg_model_facts_get_kind(self->desk), NULL),
        is_qat ? _("Training on with the watch's numbers") : _("Making the watch's model"), on_made,
        self);
}

static void
on_chosen(gpointer owner, GtkFileChooser *chooser, const char *path)
{
    WgCalibrationView *self = WG_CALIBRATION_VIEW(owner);

    if (path) {
        g_free(self->path);
        self->path = g_strdup(path);
    }
    if (!self->path)
        gtk_combo_box_set_active(self->source, 0);
}

/* A file is asked for when that is chosen. */
static void
on_source_changed(GtkComboBox *combo, gpointer user_data)
{
    if (g_strcmp0(gtk_combo_box_get_active_id(combo), FILE_ID) == 0)
        wg_ask_for_file(user_data, _("Recordings to Fit To"), GTK_FILE_CHOOSER_ACTION_OPEN,
                        _("_Open"), on_chosen);
}

static void
on_models_changed(WgSession *session, gpointer user_data)
{
    show(WG_CALIBRATION_VIEW(user_data));
}

static void
wg_calibration_view_dispose(GObject *object)
{
    g_clear_object(&WG_CALIBRATION_VIEW(object)->desk);
    G_OBJECT_CLASS(wg_calibration_view_parent_class)->dispose(object);
}

static void
wg_calibration_view_finalize(GObject *object)
{
    g_free(WG_CALIBRATION_VIEW(object)->path);
    G_OBJECT_CLASS(wg_calibration_view_parent_class)->finalize(object);
}

static void
wg_calibration_view_class_init(WgCalibrationViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_calibration_view_dispose;
    G_OBJECT_CLASS(klass)->finalize = wg_calibration_view_finalize;
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_TABLE);
    g_type_ensure(WG_TYPE_TAKE_GRID);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/calibration-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgCalibrationView, words);
    gtk_widget_class_bind_template_child(widget_class, WgCalibrationView, warnings);
    gtk_widget_class_bind_template_child(widget_class, WgCalibrationView, source);
    gtk_widget_class_bind_template_child(widget_class, WgCalibrationView, ranges);
    gtk_widget_class_bind_template_child(widget_class, WgCalibrationView, qat);
    gtk_widget_class_bind_template_child(widget_class, WgCalibrationView, make);
    gtk_widget_class_bind_template_child(widget_class, WgCalibrationView, activity);
    gtk_widget_class_bind_template_child(widget_class, WgCalibrationView, table);
    gtk_widget_class_bind_template_child(widget_class, WgCalibrationView, takes_expander);
    gtk_widget_class_bind_template_child(widget_class, WgCalibrationView, takes);
    gtk_widget_class_bind_template_callback(widget_class, on_make);
    gtk_widget_class_bind_template_callback(widget_class, on_source_changed);
}

static void
wg_calibration_view_init(WgCalibrationView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_calibration_view_set_desk(WgCalibrationView *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    show(self);
    g_signal_connect_object(wg_desk_get_session(desk), "models-changed",
                            G_CALLBACK(on_models_changed), self, 0);
}
