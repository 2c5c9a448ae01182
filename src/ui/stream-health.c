/* The health of the watch's stream as one light: a coloured sign and a word; a popover says why, by
 * figures, and what to do. */
#include "ui/stream-health.h"

#include <glib/gi18n.h>

/* A watch sends at least each second; radio and a busy watch are late at times. */
#define SILENT_S 3
/* So many words on the health, one a second, are doubtful after the newest clipped sample. */
#define N_CLIPPED_SHOWN 3

struct _WgHealthLight {
    GtkMenuButton parent_instance;
    GtkLabel *dot, *word, *reason, *rate, *missing, *clipped, *jitter;
    GtkWidget *figures;
    JsonObject *newest; /* as told; NULL: nothing yet */
    WgJob *job;         /* that records, NULL: none does */
    gint64 heard_us;    /* when the newest sample came, else since when one is awaited */
    double away_s;      /* for so long the watch was out of reach, and nothing was had */
    gboolean is_good;
    int n_since_clipped; /* words since samples were clipped */
    gboolean is_lost;
    gulong event_id;
    guint second_id;
};

G_DEFINE_FINAL_TYPE(WgHealthLight, wg_health_light, GTK_TYPE_MENU_BUTTON)

static guint changed_signal;

/* What is shown: the state picks sign and colour. */
typedef struct {
    const char *state; /* "good", "doubtful" or "bad" */
    const char *word;
    char *reason; /* owned */
} Face;

static void
show_state(WgHealthLight *self, const char *state)
{
    static const struct {
        const char *state, *symbol;
    } lights[] = {{"good", "●"}, {"doubtful", "◐"}, {"bad", "✕"}};
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self->dot));

    for (gsize i = 0; i < G_N_ELEMENTS(lights); i++) {
        if (g_str_equal(state, lights[i].state)) {
            gtk_style_context_add_class(style, lights[i].state);
            gtk_label_set_text(self->dot, lights[i].symbol);
        } else {
            gtk_style_context_remove_class(style, lights[i].state);
        }
    }
}

static int
get_int(WgHealthLight *self, const char *member)
{
    return (int)json_object_get_int_member(self->newest, member);
}

static char *
dup_missing_reason(WgHealthLight *self)
{
    const int n_missing = get_int(self, "missing");

    return g_strdup_printf(
        ngettext("%d sample is missing: keep the watch nearer to the computer.",
                 "%d samples are missing: keep the watch nearer to the computer.",
                 (gulong)n_missing),
        n_missing);
}

static char *
dup_away_reason(double away_s)
{
    const int n_away = MAX(1, (int)(away_s + 0.5));

    return g_strdup_printf(ngettext("%d second is missing, while the watch was out of reach.",
                                    "%d seconds are missing, while the watch was out of reach.",
                                    (gulong)n_away),
                           n_away);
}

/* In the order in which a person can do something about it. */
static Face
judge(WgHealthLight *self)
{
    const char *state = json_object_get_string_member(self->newest, "state");
    const double rate_hz = json_object_get_double_member(self->newest, "rate_hz");
    const double nominal_hz = json_object_get_double_member(self->newest, "nominal_hz");

    if (get_int(self, "missing") > 0)
        return (Face){state, C_("stream", "Gaps"), dup_missing_reason(self)};
    if (self->away_s > 0)
        return (Face){g_str_equal(state, "good") ? "doubtful" : state, C_("stream", "Gaps"),
                      dup_away_reason(self->away_s)};
    if (g_str_equal(state, "good"))
        return (Face){state, C_("stream", "Good"),
                      g_strdup(_("Every sample comes, in time and in range."))};
    if (self->n_since_clipped < N_CLIPPED_SHOWN)
        return (Face){state, C_("stream", "Clipped"),
                      g_strdup(_("Movement is at the end of the sensor's range: do it softer."))};
    if (ABS(rate_hz - nominal_hz) > nominal_hz / 50)
        return (Face){
            state, C_("stream", "Uneven"),
            g_strdup_printf(
                _("%.1f samples a second come in place of %.1f: close what runs on the watch."),
                rate_hz, nominal_hz)};
    return (Face){
        state, C_("stream", "Uneven"),
        g_strdup(_("Samples come unevenly: keep the watch nearer to the computer, or close "
                   "what runs on it."))};
}

static int
get_silent_s(WgHealthLight *self)
{
    return (int)((g_get_monotonic_time() - self->heard_us) / G_USEC_PER_SEC);
}

static Face
judge_silence(WgHealthLight *self)
{
    const int silent_s = get_silent_s(self);

    if (self->is_lost && silent_s < 1)
        return (Face){"bad", C_("stream", "Out of reach"),
                      g_strdup(_("Nothing comes: the watch is out of reach."))};
    if (self->is_lost)
        return (Face){
            "bad", C_("stream", "Out of reach"),
            g_strdup_printf(ngettext("Nothing has come for %d second: the watch is out of reach.",
                                     "Nothing has come for %d seconds: the watch is out of reach.",
                                     (gulong)silent_s),
                            silent_s)};
    return (Face){
        "bad", C_("stream", "Silent"),
        g_strdup_printf(
            ngettext("No sample has come for %d second: is the watch busy, or its sensor off?",
                     "No sample has come for %d seconds: is the watch busy, or its sensor off?",
                     (gulong)silent_s),
            silent_s)};
}

static void
show_count(GtkLabel *label, int n, int n_of)
{
    g_autofree char *text =
        n > 0 ? g_strdup_printf(_("%d of %d samples"), n, n_of) : g_strdup(C_("samples", "none"));

    gtk_label_set_text(label, text);
}

static void
show_figures(WgHealthLight *self)
{
    const int n_missing = get_int(self, "missing");
    const int n_samples = get_int(self, "samples");
    g_autofree char *rate = g_strdup_printf(_("%.1f samples a second"),
                                            json_object_get_double_member(self->newest, "rate_hz"));
    g_autofree char *jitter =
        g_strdup_printf(_("%.0f ms"), json_object_get_double_member(self->newest, "jitter_ms"));

    gtk_label_set_text(self->rate, rate);
    gtk_label_set_text(self->jitter, jitter);
    show_count(self->missing, n_missing, n_samples + n_missing);
    show_count(self->clipped, get_int(self, "clipped"), n_samples);
}

static void
show(WgHealthLight *self)
{
    const gboolean is_silent = self->is_lost || get_silent_s(self) >= SILENT_S;
    Face face;
    g_autofree char *spoken = NULL;

    gtk_widget_set_visible(GTK_WIDGET(self), self->newest || is_silent);
    gtk_widget_set_visible(self->figures, self->newest != NULL);
    if (!self->newest && !is_silent) {
        self->is_good = TRUE;
        g_signal_emit(self, changed_signal, 0);
        return;
    }
    face = is_silent ? judge_silence(self) : judge(self);
    spoken = g_strdup_printf(_("The watch's stream: %s"), face.word);
    show_state(self, face.state);
    gtk_label_set_text(self->word, face.word);
    gtk_label_set_text(self->reason, face.reason);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self), face.reason);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), spoken);
    atk_object_set_description(gtk_widget_get_accessible(GTK_WIDGET(self)), face.reason);
    if (self->newest)
        show_figures(self);
    g_free(face.reason);
    self->is_good = g_str_equal(face.state, "good");
    g_signal_emit(self, changed_signal, 0);
}

static gboolean
on_second(gpointer user_data)
{
    show(user_data);
    return G_SOURCE_CONTINUE;
}

/* What was awaited before does not count. */
static void
await(WgHealthLight *self)
{
    self->heard_us = g_get_monotonic_time();
    if (!self->second_id)
        self->second_id = g_timeout_add_seconds(1, on_second, self);
}

static void
forget(WgHealthLight *self)
{
    g_clear_handle_id(&self->second_id, g_source_remove);
    if (self->job)
        g_clear_signal_handler(&self->event_id, self->job);
    g_clear_object(&self->job);
    g_clear_pointer(&self->newest, json_object_unref);
    self->away_s = 0;
    self->is_lost = FALSE;
    self->n_since_clipped = N_CLIPPED_SHOWN;
}

static void
wg_health_light_dispose(GObject *object)
{
    forget(WG_HEALTH_LIGHT(object));
    G_OBJECT_CLASS(wg_health_light_parent_class)->dispose(object);
}

static void
wg_health_light_class_init(WgHealthLightClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_health_light_dispose;
    changed_signal = g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/stream-health.ui");
    gtk_widget_class_bind_template_child(widget_class, WgHealthLight, dot);
    gtk_widget_class_bind_template_child(widget_class, WgHealthLight, word);
    gtk_widget_class_bind_template_child(widget_class, WgHealthLight, reason);
    gtk_widget_class_bind_template_child(widget_class, WgHealthLight, figures);
    gtk_widget_class_bind_template_child(widget_class, WgHealthLight, rate);
    gtk_widget_class_bind_template_child(widget_class, WgHealthLight, missing);
    gtk_widget_class_bind_template_child(widget_class, WgHealthLight, clipped);
    gtk_widget_class_bind_template_child(widget_class, WgHealthLight, jitter);
}

static void
wg_health_light_init(WgHealthLight *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->is_good = TRUE;
    self->n_since_clipped = N_CLIPPED_SHOWN;
}

void
wg_health_light_begin(WgHealthLight *self)
{
    forget(self);
    await(self);
    show(self);
}

void
wg_health_light_hear(WgHealthLight *self)
{
    const gboolean was_silent = get_silent_s(self) >= SILENT_S;

    self->heard_us = g_get_monotonic_time();
    if (was_silent)
        show(self);
}

void
wg_health_light_tell(WgHealthLight *self, JsonObject *health)
{
    const int n_before = self->newest ? get_int(self, "clipped") : 0;
    const int n_clipped = (int)json_object_get_int_member(health, "clipped");

    self->n_since_clipped =
        n_clipped > n_before ? 0 : MIN(self->n_since_clipped + 1, N_CLIPPED_SHOWN);
    json_object_ref(health);
    g_clear_pointer(&self->newest, json_object_unref);
    self->newest = health;
    show(self);
}

static void
on_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    WgHealthLight *self = WG_HEALTH_LIGHT(user_data);

    if (g_str_equal(name, "sample")) {
        wg_health_light_hear(self);
    } else if (g_str_equal(name, "started")) {
        await(self);
    } else if (g_str_equal(name, "lost")) {
        self->is_lost = TRUE;
        if (!self->second_id)
            await(self);
        show(self);
    } else if (g_str_equal(name, "back")) {
        self->away_s += json_object_get_double_member(event, "missed_s");
        self->heard_us = g_get_monotonic_time();
        self->is_lost = FALSE;
        show(self);
    } else if (g_str_equal(name, "health")) {
        wg_health_light_tell(self, event);
    }
}

void
wg_health_light_follow(WgHealthLight *self, WgJob *job)
{
    forget(self);
    self->heard_us = g_get_monotonic_time();
    self->job = g_object_ref(job);
    self->event_id = g_signal_connect(job, "event", G_CALLBACK(on_event), self);
    show(self);
}

void
wg_health_light_stop(WgHealthLight *self)
{
    forget(self);
    gtk_widget_hide(GTK_WIDGET(self));
    self->is_good = TRUE;
    g_signal_emit(self, changed_signal, 0);
}

const char *
wg_health_light_get_trouble(WgHealthLight *self)
{
    return self->is_good ? NULL : gtk_label_get_text(self->reason);
}
