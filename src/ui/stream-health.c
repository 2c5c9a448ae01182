/* The health of the stream that is recorded: one coloured light, and words. */
#include "ui/stream-health.h"

#include <glib/gi18n.h>

/* A watch sends at least each second; radio and a busy watch are late at times. */
#define SILENT_S 3

static void
append_missing(GString *words, JsonObject *health, double away_s)
{
    const int n_missing = (int)json_object_get_int_member(health, "missing");
    const int n_away = (int)(away_s + 0.5);

    g_string_append_c(words, ' ');
    if (n_missing > 0)
        g_string_append_printf(
            words,
            ngettext("%d sample is missing: keep the watch nearer to the computer.",
                     "%d samples are missing: keep the watch nearer to the computer.",
                     (gulong)n_missing),
            n_missing);
    if (n_missing > 0 && n_away > 0)
        g_string_append_c(words, ' ');
    if (n_away > 0)
        g_string_append_printf(words,
                               ngettext("%d second is missing, while the watch was out of reach.",
                                        "%d seconds are missing, while the watch was out of reach.",
                                        (gulong)n_away),
                               n_away);
    if (n_missing == 0 && n_away == 0)
        g_string_append(words, _("None is missing."));
}

static char *
make_words(JsonObject *health, double away_s)
{
    const int n_clipped = (int)json_object_get_int_member(health, "clipped");
    GString *words = g_string_new(NULL);

    g_string_printf(words, _("%.1f samples a second, %.0f ms of jitter."),
                    json_object_get_double_member(health, "rate_hz"),
                    json_object_get_double_member(health, "jitter_ms"));
    append_missing(words, health, away_s);
    if (n_clipped > 0) {
        g_string_append_c(words, ' ');
        g_string_append_printf(words,
                               ngettext("%d is at the end of the sensor's range: move softer.",
                                        "%d are at the end of the sensor's range: move softer.",
                                        (gulong)n_clipped),
                               n_clipped);
    }
    return g_string_free(words, FALSE);
}

/* `state`: as of the event "health", NULL: both are hidden. */
static void
show_as(WgHealthLight *self, const char *state, const char *words)
{
    static const struct {
        const char *state, *symbol;
    } lights[] = {{"good", "●"}, {"doubtful", "◐"}, {"bad", "○"}};
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self->light));

    for (gsize i = 0; i < G_N_ELEMENTS(lights); i++) {
        if (g_strcmp0(state, lights[i].state) == 0) {
            gtk_style_context_add_class(style, lights[i].state);
            gtk_label_set_text(self->light, lights[i].symbol);
        } else {
            gtk_style_context_remove_class(style, lights[i].state);
        }
    }
    gtk_label_set_text(self->words, words);
    gtk_widget_set_visible(GTK_WIDGET(self->light), state != NULL);
    gtk_widget_set_visible(GTK_WIDGET(self->words), state != NULL);
}

static int
get_silent_s(WgHealthLight *self)
{
    return (int)((g_get_monotonic_time() - self->heard_us) / G_USEC_PER_SEC);
}

static void
show_newest(WgHealthLight *self)
{
    const char *state = json_object_get_string_member(self->newest, "state");
    g_autofree char *words = make_words(self->newest, self->away_s);

    show_as(self, self->away_s > 0 && g_str_equal(state, "good") ? "doubtful" : state, words);
}

static void
show(WgHealthLight *self)
{
    const int silent_s = get_silent_s(self);
    g_autofree char *silence = NULL;

    if (silent_s < SILENT_S && !self->is_lost) {
        if (self->newest)
            show_newest(self);
        else
            show_as(self, NULL, "");
        return;
    }
    if (silent_s < 1) {
        show_as(self, "bad", _("Nothing comes: the watch is out of reach."));
        return;
    }
    silence = g_strdup_printf(
        self->is_lost
            ? ngettext("Nothing has come for %d second: the watch is out of reach.",
                       "Nothing has come for %d seconds: the watch is out of reach.",
                       (gulong)silent_s)
            : ngettext("No sample has come for %d second: is the watch busy, or its sensor off?",
                       "No sample has come for %d seconds: is the watch busy, or its sensor off?",
                       (gulong)silent_s),
        silent_s);
    show_as(self, "bad", silence);
}

static gboolean
on_second(gpointer user_data)
{
    show(user_data);
    return G_SOURCE_CONTINUE;
}

void
wg_health_light_init(WgHealthLight *self, GtkLabel *light, GtkLabel *words)
{
    *self = (WgHealthLight){.light = light, .words = words};
}

/* It is the job's word that tells when; what was awaited before it does not count. */
static void
begin(WgHealthLight *self)
{
    self->heard_us = g_get_monotonic_time();
    if (!self->second_id)
        self->second_id = g_timeout_add_seconds(1, on_second, self);
}

static void
hear(WgHealthLight *self)
{
    const gboolean was_silent = get_silent_s(self) >= SILENT_S;

    self->heard_us = g_get_monotonic_time();
    if (was_silent)
        show(self);
}

static void
lose(WgHealthLight *self)
{
    self->is_lost = TRUE;
    if (!self->second_id)
        begin(self);
    show(self);
}

static void
resume(WgHealthLight *self, double missed_s)
{
    self->away_s += missed_s;
    self->heard_us = g_get_monotonic_time();
    self->is_lost = FALSE;
    show(self);
}

static void
on_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    WgHealthLight *self = user_data;

    if (g_str_equal(name, "sample")) {
        hear(self);
    } else if (g_str_equal(name, "started")) {
        begin(self);
    } else if (g_str_equal(name, "lost")) {
        lose(self);
    } else if (g_str_equal(name, "back")) {
        resume(self, json_object_get_double_member(event, "missed_s"));
    } else if (g_str_equal(name, "health")) {
        g_clear_pointer(&self->newest, json_object_unref);
        self->newest = json_object_ref(event);
        show(self);
    }
}

void
wg_health_light_follow(WgHealthLight *self, WgJob *job)
{
    wg_health_light_clear(self);
    self->away_s = 0;
    self->is_lost = FALSE;
    self->job = g_object_ref(job);
    self->event_id = g_signal_connect(job, "event", G_CALLBACK(on_event), self);
}

void
wg_health_light_stop(WgHealthLight *self)
{
    wg_health_light_clear(self);
    show_as(self, NULL, "");
}

void
wg_health_light_clear(WgHealthLight *self)
{
    g_clear_handle_id(&self->second_id, g_source_remove);
    if (self->job)
        g_clear_signal_handler(&self->event_id, self->job);
    g_clear_object(&self->job);
    g_clear_pointer(&self->newest, json_object_unref);
}
