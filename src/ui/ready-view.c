/* Whether the model can go on the connected watch: every check with its verdict, and what to do. */
#include "ui/ready-view.h"

#include "ui/model-facts.h"
#include "ui/verdict-label.h"

#include <glib/gi18n.h>

struct _WgReadyView {
    GtkBox parent_instance;
    GtkLabel *verdict;
    GtkGrid *checks;
    WgWatchPicture *picture; /* the page's */
    WgDesk *desk;
    JsonObject *answer;
    guint n_asked;
};

G_DEFINE_FINAL_TYPE(WgReadyView, wg_ready_view, GTK_TYPE_BOX)

enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* A question under way; its answer counts unless another one was asked since. */
typedef struct {
    WgReadyView *view;
    guint number;
    gboolean is_of_watch, is_builtin;
} Question;

typedef struct {
    const char *verdict, *symbol, *word, *class;
} Mark;

static const Mark *
find_mark(const char *verdict)
{
    static const Mark marks[] = {{"good", "✓", N_("good"), "good"},
                                 {"doubtful", "!", N_("doubtful"), "doubtful"},
                                 {"bad", "✕", N_("bad"), "bad"},
                                 {"unknown", "?", N_("not known"), "dim-label"}};

    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (g_str_equal(marks[i].verdict, verdict))
            return &marks[i];
    }
    return &marks[G_N_ELEMENTS(marks) - 1];
}

static GtkWidget *
add_label(WgReadyView *self, const char *text, int column, int row)
{
    GtkWidget *label = gtk_label_new(text);

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_yalign(GTK_LABEL(label), 0);
    gtk_widget_show(label);
    gtk_grid_attach(self->checks, label, column, row, 1, 1);
    return label;
}

/* A grid tells a screen reader its last child first: they are added from the end. */
static void
add_check(WgReadyView *self, JsonObject *check, int row)
{
    const Mark *mark = find_mark(json_object_get_string_member(check, "verdict"));
    const char *title = json_object_get_string_member(check, "title");
    const char *todo = json_object_get_string_member(check, "todo");
    g_autofree char *marked = g_strdup_printf("%s %s", mark->symbol, title);
    g_autofree char *spoken = g_strdup_printf("%s: %s", title, _(mark->word));
    g_autofree char *text = g_strdup_printf("%s%s%s", json_object_get_string_member(check, "text"),
                                            *todo ? " " : "", todo);
    GtkWidget *reason = add_label(self, text, 1, row);
    GtkWidget *name = add_label(self, marked, 0, row);

    gtk_style_context_add_class(gtk_widget_get_style_context(name), mark->class);
    gtk_widget_set_tooltip_text(name, _(mark->word));
    atk_object_set_description(gtk_widget_get_accessible(name), spoken);
    gtk_style_context_add_class(gtk_widget_get_style_context(reason), "figures");
    gtk_label_set_line_wrap(GTK_LABEL(reason), TRUE);
    gtk_label_set_line_wrap_mode(GTK_LABEL(reason), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_max_width_chars(GTK_LABEL(reason), 60);
    gtk_widget_set_hexpand(reason, TRUE);
}

/* -1: null, or not told. */
static gint64
get_bytes(JsonObject *answer, const char *name)
{
    return json_object_get_null_member(answer, name) ? -1
                                                     : json_object_get_int_member(answer, name);
}

static void
draw(WgReadyView *self, JsonObject *answer)
{
    WgWatchPictureFacts facts = {
        .arena_bytes = get_bytes(answer, "arena_bytes"),
        .arena_limit_bytes = get_bytes(answer, "arena_limit_bytes"),
        .storage_bytes = get_bytes(answer, "storage_bytes"),
        .storage_free_bytes = get_bytes(answer, "storage_free_bytes"),
        .is_connected = wg_desk_get_ready_watch(self->desk) != NULL,
        .has_model = json_object_get_boolean_member(answer, "is_there"),
    };

    wg_watch_picture_show(self->picture, facts.arena_bytes < 0 ? NULL : &facts);
}

static gboolean
is_same(JsonObject *a, JsonObject *b)
{
    g_autoptr(JsonNode) one = json_node_new(JSON_NODE_OBJECT);
    g_autoptr(JsonNode) other = json_node_new(JSON_NODE_OBJECT);

    json_node_set_object(one, a);
    json_node_set_object(other, b);
    return json_node_equal(one, other);
}

static void
show_answer(WgReadyView *self, JsonObject *answer)
{
    JsonArray *checks = json_object_get_array_member(answer, "checks");
    const gboolean is_ready = json_object_get_boolean_member(answer, "ready");
    g_autoptr(GList) old = NULL;

    draw(self, answer);
    if (self->answer && is_same(self->answer, answer))
        return;
    g_clear_pointer(&self->answer, json_object_unref);
    self->answer = json_object_ref(answer);
    wg_verdict_label_set(self->verdict, is_ready,
                         !is_ready ? _("This watch cannot run the model.")
                         : wg_desk_get_ready_watch(self->desk)
                             ? _("The model fits this watch.")
                             : _("The model fits this kind of watch."));
    old = gtk_container_get_children(GTK_CONTAINER(self->checks));
    for (GList *link = old; link; link = link->next)
        gtk_widget_destroy(link->data);
    for (int i = (int)json_array_get_length(checks) - 1; i >= 0; i--)
        add_check(self, json_array_get_object_element(checks, (guint)i), i);
    g_signal_emit(self, signals[ANSWERED], 0);
}

static void ask(WgReadyView *self, gboolean of_watch, gboolean is_builtin);

static void
on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Question *question = user_data;
    g_autoptr(WgReadyView) self = question->view;
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) answer = wg_job_run_finish(WG_JOB(source), result, &error);

    if (question->number == self->n_asked && self->desk) {
        if (answer)
            show_answer(self, answer);
        else if (question->is_of_watch) /* it went, or does not answer: the model alone then */
            ask(self, FALSE, question->is_builtin);
    }
    if (error)
        g_debug("no checks: %s", error->message);
    g_free(question);
}

static void
ask(WgReadyView *self, gboolean of_watch, gboolean is_builtin)
{
    const char *mode = is_builtin ? "builtin" : "app";
    g_autoptr(WgJob) job = of_watch ? wg_desk_new_job(self->desk, "ready", "mode", mode, NULL)
                                    : wg_desk_new_job(self->desk, "ready", "mode", mode, "for",
                                                      wg_model_facts_get_kind(self->desk), NULL);
    Question *question;

    self->n_asked++;
    if (!job)
        return;
    question = g_new0(Question, 1);
    *question = (Question){g_object_ref(self), self->n_asked, of_watch, is_builtin};
    wg_job_run_async(job, on_answer, question);
}

static void
wg_ready_view_dispose(GObject *object)
{
    WgReadyView *self = WG_READY_VIEW(object);

    g_clear_object(&self->desk);
    g_clear_object(&self->picture);
    g_clear_pointer(&self->answer, json_object_unref);
    G_OBJECT_CLASS(wg_ready_view_parent_class)->dispose(object);
}

static void
wg_ready_view_class_init(WgReadyViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_ready_view_dispose;
    signals[ANSWERED] = g_signal_new("answered", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/ready-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgReadyView, verdict);
    gtk_widget_class_bind_template_child(widget_class, WgReadyView, checks);
    gtk_widget_class_set_css_name(widget_class, "readyview");
}

static void
wg_ready_view_init(WgReadyView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_ready_view_set_desk(WgReadyView *self, WgDesk *desk, WgWatchPicture *picture)
{
    g_set_object(&self->desk, desk);
    g_set_object(&self->picture, picture);
}

void
wg_ready_view_ask(WgReadyView *self, gboolean is_builtin)
{
    ask(self, wg_desk_get_ready_watch(self->desk) && !wg_desk_describe_watch_use(self->desk),
        is_builtin);
}

gboolean
wg_ready_view_is_ready(WgReadyView *self)
{
    return self->answer && json_object_get_boolean_member(self->answer, "ready");
}

JsonObject *
wg_ready_view_get_answer(WgReadyView *self)
{
    return self->answer;
}
