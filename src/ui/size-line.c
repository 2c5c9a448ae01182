/* What the next model will be on the connected watch, before it is trained. */
#include "ui/size-line.h"

#include "base/watch-kind.h"
#include "ui/asking.h"
#include "ui/model-facts.h"

#include <glib/gi18n.h>

struct _WgSizeLine {
    GtkBox parent_instance;
    GtkLabel *text;
    GtkLevelBar *bar;
    WgAsking *asking;
    WgDesk *desk;
    WgSizeLineApplyFunc apply;
    gpointer owner;
};

G_DEFINE_FINAL_TYPE(WgSizeLine, wg_size_line, GTK_TYPE_BOX)

static WgJob *
new_job(gpointer owner)
{
    WgSizeLine *self = WG_SIZE_LINE(owner);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgJob) job = NULL;

    if (wg_session_get_recordings(wg_desk_get_session(self->desk))->len == 0)
        return NULL;
    job = wg_desk_new_job(self->desk, "foresee", "for", wg_model_facts_get_kind(self->desk), NULL);
    if (job && !self->apply(self->owner, job, &error)) {
        g_debug("its size cannot be told: %s", error->message);
        return NULL;
    }
    return g_steal_pointer(&job);
}

static void
set_verdict(WgSizeLine *self, gboolean is_good)
{
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self->text));

    gtk_style_context_remove_class(style, is_good ? "bad" : "good");
    gtk_style_context_add_class(style, is_good ? "good" : "bad");
}

static char *
describe(JsonObject *result, const char *name)
{
    const double arena = json_object_get_int_member(result, "arena_bytes") / 1000.0;
    const double limit = json_object_get_int_member(result, "arena_limit_bytes") / 1000.0;
    const double file = json_object_get_int_member(result, "bytes") / 1000.0;
    JsonArray *reasons = json_object_get_array_member(result, "reasons");

    if (!json_object_get_boolean_member(result, "fits") && limit > 0 && arena > limit)
        return g_strdup_printf(
            _("✕ Too big for %s: %.1f kB to work in, and %.1f kB are there; a file of %.1f kB"),
            name, arena, limit, file);
    if (!json_object_get_boolean_member(result, "fits"))
        return g_strdup_printf(
            _("✕ Not for %s: %s"), name,
            json_array_get_length(reasons) > 0 ? json_array_get_string_element(reasons, 0) : "");
    if (limit <= 0)
        return g_strdup_printf(_("✓ Fits %s: %.1f kB to work in, a file of %.1f kB"), name, arena,
                               file);
    return g_strdup_printf(_("✓ Fits %s: %.1f of %.1f kB to work in, a file of %.1f kB"), name,
                           arena, limit, file);
}

static void
on_answered(gpointer owner, JsonObject *result, const GError *error)
{
    WgSizeLine *self = WG_SIZE_LINE(owner);
    const WgWatchKind *kind =
        result ? wg_watch_kind_find(json_object_get_string_member(result, "for"), NULL) : NULL;
    g_autofree char *text = NULL;
    double limit;

    gtk_widget_set_visible(GTK_WIDGET(self), result != NULL);
    if (!result) {
        g_debug("its size cannot be told: %s", error->message);
        return;
    }
    text = describe(result, kind ? kind->name : "");
    gtk_label_set_text(self->text, text);
    set_verdict(self, json_object_get_boolean_member(result, "fits"));
    limit = (double)json_object_get_int_member(result, "arena_limit_bytes");
    gtk_widget_set_visible(GTK_WIDGET(self->bar), limit > 0);
    gtk_level_bar_set_max_value(self->bar, MAX(1, limit));
    gtk_level_bar_set_value(self->bar,
                            MIN(limit, (double)json_object_get_int_member(result, "arena_bytes")));
}

static void
on_changed(WgSession *session, gpointer user_data)
{
    wg_size_line_look(user_data);
}

static void
wg_size_line_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_size_line_parent_class)->map(widget);
    wg_size_line_look(WG_SIZE_LINE(widget));
}

static void
wg_size_line_dispose(GObject *object)
{
    WgSizeLine *self = WG_SIZE_LINE(object);

    if (self->asking)
        wg_asking_stop(self->asking);
    g_clear_object(&self->asking);
    g_clear_object(&self->desk);
    G_OBJECT_CLASS(wg_size_line_parent_class)->dispose(object);
}

static void
wg_size_line_class_init(WgSizeLineClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_size_line_dispose;
    widget_class->map = wg_size_line_map;
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/size-line.ui");
    gtk_widget_class_bind_template_child(widget_class, WgSizeLine, text);
    gtk_widget_class_bind_template_child(widget_class, WgSizeLine, bar);
}

static void
wg_size_line_init(WgSizeLine *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->asking = wg_asking_new(new_job, on_answered, self);
}

void
wg_size_line_set_desk(WgSizeLine *self, WgDesk *desk, WgSizeLineApplyFunc apply, gpointer owner)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    self->apply = apply;
    self->owner = owner;
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_changed), self, 0);
    g_signal_connect_object(session, "watch-changed", G_CALLBACK(on_changed), self, 0);
}

void
wg_size_line_look(WgSizeLine *self)
{
    if (self->desk && gtk_widget_get_parent(GTK_WIDGET(self)))
        wg_asking_ask(self->asking);
}
