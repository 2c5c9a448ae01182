/* The health of the stream that is recorded: one coloured light, and words. */
#include "ui/stream-health.h"

#include <glib/gi18n.h>

static char *
make_words(JsonObject *health)
{
    const int n_missing = (int)json_object_get_int_member(health, "missing");
    const int n_clipped = (int)json_object_get_int_member(health, "clipped");
    GString *words = g_string_new(NULL);

    g_string_printf(words, _("%.1f samples a second, %.0f ms of jitter."),
                    json_object_get_double_member(health, "rate_hz"),
                    json_object_get_double_member(health, "jitter_ms"));
    g_string_append_c(words, ' ');
    if (n_missing > 0)
        g_string_append_printf(
            words,
            ngettext("%d sample is missing: keep the watch nearer to the computer.",
                     "%d samples are missing: keep the watch nearer to the computer.",
                     (gulong)n_missing),
            n_missing);
    else
        g_string_append(words, _("None is missing."));
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

void
wg_stream_health_show(GtkLabel *light, GtkLabel *words, JsonObject *health)
{
    static const struct {
        const char *state, *symbol;
    } lights[] = {{"good", "●"}, {"doubtful", "◐"}, {"bad", "○"}};
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(light));
    const char *state = health ? json_object_get_string_member(health, "state") : NULL;
    g_autofree char *text = health ? make_words(health) : g_strdup("");

    for (gsize i = 0; i < G_N_ELEMENTS(lights); i++) {
        if (g_strcmp0(state, lights[i].state) == 0) {
            gtk_style_context_add_class(style, lights[i].state);
            gtk_label_set_text(light, lights[i].symbol);
        } else {
            gtk_style_context_remove_class(style, lights[i].state);
        }
    }
    gtk_label_set_text(words, text);
    gtk_widget_set_visible(GTK_WIDGET(light), health != NULL);
    gtk_widget_set_visible(GTK_WIDGET(words), health != NULL);
}
