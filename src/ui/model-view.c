/* A .tflite from anywhere: what it is, whether the watch can run it, and the way onto the watch. */
#include "ui/model-view.h"

#include "base/sentences.h"
#include "ui/activity.h"
#include "ui/file-question.h"
#include "ui/model-facts.h"
#include "ui/verdict-label.h"

#include <glib/gi18n.h>

struct _WgModelView {
    GtkDialog parent_instance;
    GtkLabel *ops, *sizes, *arena, *quantization, *ends, *verdict, *reasons, *held, *proof;
    GtkEntry *names;
    GtkButton *deploy;
    WgActivity *activity;
    WgDesk *desk;
    char *path;
    JsonObject *facts;
};

G_DEFINE_FINAL_TYPE(WgModelView, wg_model_view, GTK_TYPE_DIALOG)

static int
count_elements(JsonObject *tensor)
{
    JsonArray *shape = json_object_get_array_member(tensor, "shape");
    int n = 1;

    for (guint i = 0; i < json_array_get_length(shape); i++)
        n *= (int)json_array_get_int_element(shape, i);
    return n;
}

/* "1 x 50 x 1 x 3 of int8, a step is 0.0156" */
static char *
describe_end(JsonObject *tensor)
{
    JsonArray *shape = json_object_get_array_member(tensor, "shape");
    const double scale = json_object_get_double_member(tensor, "scale");
    const char *type = json_object_get_string_member(tensor, "type");
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < json_array_get_length(shape); i++)
        g_string_append_printf(text, "%s%d", i ? " × " : "",
                               (int)json_array_get_int_element(shape, i));
    if (scale > 0)
        return g_strdup_printf(_("%s of %s, a step is %.4g"), text->str, type, scale);
    /* TRANSLATORS: as "30 × 3 of int8" */
    return g_strdup_printf(C_("numbers of a type", "%s of %s"), text->str, type);
}

static const char *
describe_quantization(const char *word)
{
    if (g_str_equal(word, "int8"))
        return _("whole numbers of eight bits throughout");
    if (g_str_equal(word, "float"))
        return _("none: 32-bit fractions throughout");
    return _("whole numbers of eight bits inside, 32-bit fractions at an end");
}

static void
show_ops(WgModelView *self)
{
    JsonArray *ops = json_object_get_array_member(self->facts, "ops");
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < json_array_get_length(ops); i++)
        wg_append_part(text, ", ", "%s", json_array_get_string_element(ops, i));
    gtk_label_set_text(self->ops, text->str);
}

static void
show_sizes(WgModelView *self)
{
    const double bytes = (double)json_object_get_int_member(self->facts, "bytes");
    const double weights = (double)json_object_get_int_member(self->facts, "weights_bytes");
    const double arena = (double)json_object_get_int_member(self->facts, "arena_bytes");
    const double limit = (double)json_object_get_int_member(self->facts, "arena_limit_bytes");
    g_autofree char *sizes =
        g_strdup_printf(_("%.1f kB, of that %.1f kB are weights"), bytes / 1000, weights / 1000);
    g_autofree char *room = limit > 0
                                ? g_strdup_printf(_("%.1f of %.1f kB"), arena / 1000, limit / 1000)
                                : wg_model_facts_format_bytes((gint64)arena);

    gtk_label_set_text(self->sizes, sizes);
    gtk_label_set_text(self->arena, room);
}

static void
show_verdict(WgModelView *self)
{
    JsonArray *reasons = json_object_get_array_member(self->facts, "reasons");
    const gboolean fits = json_object_get_boolean_member(self->facts, "fits");
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < json_array_get_length(reasons); i++)
        g_string_append_printf(text, "%s• %s", i ? "\n" : "",
                               json_array_get_string_element(reasons, i));
    wg_verdict_label_set(self->verdict, fits,
                         fits ? _("The model fits this watch.")
                              : _("This watch cannot run the model."));
    gtk_label_set_text(self->reasons, text->str);
    gtk_widget_set_visible(GTK_WIDGET(self->reasons), text->len > 0);
}

static void
show_facts(WgModelView *self)
{
    JsonObject *input = json_object_get_object_member(self->facts, "input");
    JsonObject *output = json_object_get_object_member(self->facts, "output");
    g_autofree char *in = describe_end(input), *out = describe_end(output);
    g_autofree char *ends = g_strdup_printf(_("takes %s\ngives %s"), in, out);

    show_ops(self);
    show_sizes(self);
    gtk_label_set_text(self->quantization, describe_quantization(json_object_get_string_member(
                                               self->facts, "quantization")));
    gtk_label_set_text(self->ends, ends);
    show_verdict(self);
}

/* What keeps it from being deployed, in words; NULL: nothing. Transfer full. */
static char *
dup_hold(WgModelView *self)
{
    const int n = count_elements(json_object_get_object_member(self->facts, "output"));

    if (!wg_desk_get_ready_watch(self->desk))
        return g_strdup(_("No watch is connected: choose one at the upper right of the window."));
    if (!json_object_get_boolean_member(self->facts, "fits"))
        return NULL;
    if (*gtk_entry_get_text(self->names) == '\0')
        return g_strdup_printf(
            ngettext("The file names no gestures. Write the name of its %d output.",
                     "The file names no gestures. Write the names of its %d outputs in their "
                     "order, with commas between.",
                     (gulong)n),
            n);
    return g_strdup(wg_desk_describe_watch_use(self->desk));
}

static void
show_state(WgModelView *self)
{
    const gboolean is_running = wg_activity_is_running(self->activity);
    g_autofree char *held = is_running ? NULL : dup_hold(self);
    const gboolean fits = json_object_get_boolean_member(self->facts, "fits");

    gtk_label_set_text(self->held, held ? held : "");
    gtk_widget_set_visible(GTK_WIDGET(self->held), held != NULL);
    gtk_widget_set_sensitive(GTK_WIDGET(self->deploy), fits && !held && !is_running);
}

static void
on_names_changed(GtkEditable *editable, gpointer user_data)
{
    WgModelView *self = WG_MODEL_VIEW(user_data);

    if (self->facts)
        show_state(self);
}

/* Another watch, or another state of it: only what can be done now changes. */
static void
on_watch_changed(WgSession *session, gpointer user_data)
{
    show_state(WG_MODEL_VIEW(user_data));
}

static void
on_deployed(gpointer owner, JsonObject *result, const GError *error)
{
    WgModelView *self = WG_MODEL_VIEW(owner);
    g_autofree char *text = NULL;

    if (gtk_widget_in_destruction(GTK_WIDGET(self)) || !self->facts)
        return;
    if (error && !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        wg_verdict_label_set(self->proof, FALSE, error->message);
    } else if (result) {
        JsonObject *test = json_object_get_object_member(result, "self_test");

        text = g_strdup_printf(
            _("The model is on the watch, which answers %d of %d windows as this computer does."),
            (int)json_object_get_int_member(test, "equal"),
            (int)json_object_get_int_member(test, "n"));
        wg_verdict_label_set(self->proof, TRUE, text);
    }
    show_state(self);
}

static void
on_deploy(GtkButton *button, gpointer user_data)
{
    WgModelView *self = WG_MODEL_VIEW(user_data);
    g_auto(GStrv) names = g_strsplit(gtk_entry_get_text(self->names), ",", -1);
    g_autofree char *joined = NULL;
    WgJob *job;

    for (int i = 0; names[i]; i++)
        g_strstrip(names[i]);
    joined = g_strjoinv(",", names);
    job = wg_desk_new_job(self->desk, "deploy", "names", joined, NULL);
    if (!job)
        return;
    wg_job_add_argument(job, self->path);
    gtk_widget_hide(GTK_WIDGET(self->proof));
    wg_activity_run(self->activity, self->desk, job, _("Onto the watch"), on_deployed, self);
    show_state(self);
}

static void
on_chosen(gpointer owner, GtkFileChooser *chooser, const char *path)
{
    WgModelView *self = WG_MODEL_VIEW(owner);
    g_autoptr(GFile) from = g_file_new_for_path(self->path);
    g_autoptr(GFile) to = path ? g_file_new_for_path(path) : NULL;
    g_autoptr(GError) error = NULL;

    /* the dialog has asked before one is replaced */
    if (to && g_file_copy(from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
        wg_verdict_label_set(self->proof, TRUE, _("A copy is saved."));
    else if (to)
        wg_verdict_label_set(self->proof, FALSE, error->message);
}

static void
on_save(GtkButton *button, gpointer user_data)
{
    g_autofree char *name = g_path_get_basename(WG_MODEL_VIEW(user_data)->path);

    gtk_file_chooser_set_current_name(wg_ask_for_file(user_data, _("Save a Copy"),
                                                      GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"),
                                                      on_chosen),
                                      name);
}

static void
wg_model_view_response(GtkDialog *dialog, int response)
{
    gtk_widget_destroy(GTK_WIDGET(dialog));
}

static void
wg_model_view_dispose(GObject *object)
{
    WgModelView *self = WG_MODEL_VIEW(object);

    if (self->activity && wg_activity_is_running(self->activity))
        wg_activity_stop(self->activity);
    g_clear_object(&self->desk);
    g_clear_pointer(&self->facts, json_object_unref);
    g_clear_pointer(&self->path, g_free);
    G_OBJECT_CLASS(wg_model_view_parent_class)->dispose(object);
}

static void
wg_model_view_class_init(WgModelViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_model_view_dispose;
    GTK_DIALOG_CLASS(klass)->response = wg_model_view_response;
    g_type_ensure(WG_TYPE_ACTIVITY);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/model-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgModelView, ops);
    gtk_widget_class_bind_template_child(widget_class, WgModelView, sizes);
    gtk_widget_class_bind_template_child(widget_class, WgModelView, arena);
    gtk_widget_class_bind_template_child(widget_class, WgModelView, quantization);
    gtk_widget_class_bind_template_child(widget_class, WgModelView, ends);
    gtk_widget_class_bind_template_child(widget_class, WgModelView, verdict);
    gtk_widget_class_bind_template_child(widget_class, WgModelView, reasons);
    gtk_widget_class_bind_template_child(widget_class, WgModelView, held);
    gtk_widget_class_bind_template_child(widget_class, WgModelView, proof);
    gtk_widget_class_bind_template_child(widget_class, WgModelView, names);
    gtk_widget_class_bind_template_child(widget_class, WgModelView, deploy);
    gtk_widget_class_bind_template_child(widget_class, WgModelView, activity);
    gtk_widget_class_bind_template_callback(widget_class, on_names_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_deploy);
    gtk_widget_class_bind_template_callback(widget_class, on_save);
}

static void
wg_model_view_init(WgModelView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

/* Names are only known of the project's own model, which is byte for byte this one. */
static void
fill_names(WgModelView *self)
{
    g_autofree char *names = wg_model_facts_dup_names_of(self->desk, self->path);

    if (names)
        gtk_entry_set_text(self->names, names);
}

static void
show(WgWindow *window, const char *path, JsonObject *facts)
{
    WgDesk *desk = wg_window_get_desk(window);
    WgModelView *self = g_object_new(WG_TYPE_MODEL_VIEW, "transient-for", window,
                                     "destroy-with-parent", TRUE, "use-header-bar", TRUE, NULL);
    g_autofree char *name = g_filename_display_basename(path);

    self->desk = g_object_ref(desk);
    self->path = g_strdup(path);
    self->facts = json_object_ref(facts);
    gtk_window_set_title(GTK_WINDOW(self), name);
    show_facts(self);
    fill_names(self);
    show_state(self);
    g_signal_connect_object(wg_desk_get_session(desk), "watch-changed",
                            G_CALLBACK(on_watch_changed), self, 0);
    gtk_window_present(GTK_WINDOW(self));
}

typedef struct {
    WgWindow *window;
    char *path;
} Opening;

static void
on_inspected(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Opening *opening = user_data;
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) facts = wg_job_run_finish(WG_JOB(source), result, &error);

    /* the window may have been closed meanwhile */
    if (wg_window_get_desk(opening->window)) {
        if (facts)
            show(opening->window, opening->path, facts);
        else
            wg_desk_fail(wg_window_get_desk(opening->window), error);
    }
    g_object_unref(opening->window);
    g_free(opening->path);
    g_free(opening);
    g_object_unref(source);
}

void
wg_model_view_open(WgWindow *window, const char *path)
{
    WgDesk *desk = wg_window_get_desk(window);
    WgJob *job = wg_desk_new_job(desk, "inspect", "for", wg_model_facts_get_kind(desk), NULL);
    Opening *opening;

    if (!job)
        return;
    opening = g_new0(Opening, 1);
    opening->window = g_object_ref(window);
    opening->path = g_strdup(path);
    wg_job_add_argument(job, path);
    wg_job_run_async(job, on_inspected, opening);
}
