/* Trainings in words: when, with what, and what was another. */
#include "ui/run-words.h"

#include "base/sentences.h"

#include <glib/gi18n.h>

static const struct {
    const char *name, *words;
} settings[] = {
    {"preset", N_("network")},
    /* TRANSLATORS: by which way, as "trained", "pruned" or "distilled" */
    {"how", N_("made")},
    {"seed", N_("seed")},
    {"method", N_("quantized")},
    {"epochs", N_("epochs")},
    {"batch", N_("takes a step")},
    {"learning_rate", N_("learning rate")},
    {"schedule", N_("schedule")},
    {"weight_decay", N_("weight decay")},
    {"label_smoothing", N_("label smoothing")},
    {"sharpness", N_("sharpness")},
    {"shift", N_("shift")},
    {"scale", N_("scale")},
    {"rotation", N_("rotation")},
    {"stretch", N_("stretch")},
    {"tail", N_("memory behind")},
    {"other", N_("means nothing")},
    {"made_up", N_("made-up movement")},
    {"patience", N_("patience")},
    {"class_weights", N_("rare gestures")},
    {"smote", N_("made-up takes")},
    {"rate_hz", N_("samples a second")},
    {"length", N_("samples a window")},
    {"channels", N_("channels")},
    {"event", N_("place in the take")},
    {"step", N_("step")},
    {"range_g", N_("range")},
    {"standardise", N_("same spread")},
};

static const char *
find_words(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        if (g_str_equal(settings[i].name, name))
            return _(settings[i].words);
    }
    return name;
}

static char *
dup_value(JsonNode *node)
{
    if (JSON_NODE_HOLDS_NULL(node))
        return g_strdup(C_("setting", "none"));
    if (!JSON_NODE_HOLDS_VALUE(node))
        return g_strdup("…");
    if (json_node_get_value_type(node) == G_TYPE_STRING)
        return json_node_dup_string(node);
    if (json_node_get_value_type(node) == G_TYPE_BOOLEAN)
        return g_strdup(json_node_get_boolean(node) ? C_("setting", "on") : C_("setting", "off"));
    return g_strdup_printf("%g", json_node_get_double(node));
}

static char *
dup_takes(JsonObject *change)
{
    const int n_added = (int)json_object_get_int_member(change, "added");
    const int n_removed = (int)json_object_get_int_member(change, "removed");
    g_autofree char *added =
        g_strdup_printf(ngettext("%d take more", "%d takes more", (gulong)n_added), n_added);
    g_autofree char *removed =
        g_strdup_printf(ngettext("%d take less", "%d takes less", (gulong)n_removed), n_removed);

    if (n_added == 0 && n_removed == 0)
        return g_strdup(_("takes labelled anew"));
    if (n_added == 0 || n_removed == 0)
        return g_strdup(n_added > 0 ? added : removed);
    return g_strdup_printf("%s, %s", added, removed);
}

static char *
dup_change(JsonObject *change)
{
    const char *name = json_object_get_string_member(change, "name");
    g_autofree char *before = NULL, *after = NULL;

    if (g_str_equal(name, "takes"))
        return dup_takes(change);
    if (g_str_equal(name, "split"))
        return g_strdup(_("takes dealt out otherwise"));
    if (g_str_equal(name, "labels"))
        return g_strdup(_("other gestures"));
    before = dup_value(json_object_get_member(change, "before"));
    after = dup_value(json_object_get_member(change, "after"));
    /* Translators: a setting, its value before and after, as “epochs 200 → 20” */
    return g_strdup_printf(_("%s %s → %s"), find_words(name), before, after);
}

/* Settings that come with a preset. */
static gboolean
is_of_preset(const char *name)
{
    static const char *const own[] = {"preset", "how",   "seed",   "takes", "split",
                                      "labels", "other", "method", NULL};

    return !g_strv_contains(own, name);
}

char *
wg_run_words_dup_changes(JsonArray *changes, guint most)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean has_preset = FALSE;
    guint n = 0;

    for (guint i = 0; i < json_array_get_length(changes); i++) {
        JsonObject *change = json_array_get_object_element(changes, i);
        const char *name = json_object_get_string_member(change, "name");
        g_autofree char *words = NULL;

        has_preset = has_preset || g_str_equal(name, "preset");
        if ((has_preset && is_of_preset(name)) || ++n > most)
            continue;
        words = dup_change(change);
        wg_append_part(text, ", ", "%s", words);
    }
    if (n > most && text->len > 0)
        /* TRANSLATORS: the first is a list of changes, shortened */
        return g_strdup_printf(ngettext("%s and %u more", "%s and %u more", (gulong)(n - most)),
                               text->str, n - most);
    return text->len > 0 ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

char *
wg_run_words_dup_time(const char *created)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_iso8601(created ? created : "", NULL);
    g_autoptr(GDateTime) local = utc ? g_date_time_to_local(utc) : NULL;
    g_autoptr(GDateTime) now = g_date_time_new_now_local();

    if (!local)
        return g_strdup("");
    if (g_date_time_get_year(local) == g_date_time_get_year(now) &&
        g_date_time_get_day_of_year(local) == g_date_time_get_day_of_year(now))
        return g_date_time_format(local, "%H:%M");
    /* Translators: day, month and time, as g_date_time_format() has it */
    return g_date_time_format(local, _("%-d %b %H:%M"));
}

/* As it is written: where one writes from the right, its sign would stand before the number. */
static char *
dup_share(double percent)
{
    g_autofree char *text = g_strdup_printf(_("%.1f %%"), percent);

    return g_strconcat("\u2068", text, "\u2069", NULL);
}

char *
wg_run_words_dup_accuracy(JsonObject *run)
{
    if (!json_object_get_null_member(run, "right") && json_object_get_int_member(run, "n") > 0)
        return dup_share(100.0 * json_object_get_int_member(run, "right") /
                         json_object_get_int_member(run, "n"));
    if (!json_object_get_null_member(run, "validation_accuracy"))
        return dup_share(100 * json_object_get_double_member(run, "validation_accuracy"));
    return NULL;
}

char *
wg_run_words_dup_wrong(JsonObject *run)
{
    int n, n_wrong;

    if (json_object_get_null_member(run, "right"))
        return NULL;
    n = (int)json_object_get_int_member(run, "n");
    n_wrong = n - (int)json_object_get_int_member(run, "right");
    return g_strdup_printf(ngettext("%d of %d wrong", "%d of %d wrong", (gulong)n), n_wrong, n);
}

char *
wg_run_words_dup_gestures(JsonArray *labels, JsonArray *confusion_change)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < json_array_get_length(confusion_change); i++) {
        JsonArray *row = json_array_get_array_element(confusion_change, i);
        const int gain = (int)json_array_get_int_element(row, i);

        if (gain == 0)
            continue;
        wg_append_part(text, ", ",
                       gain > 0 ? ngettext("%s %d more right", "%s %d more right", (gulong)gain)
                                : ngettext("%s %d fewer right", "%s %d fewer right", (gulong)-gain),
                       json_array_get_string_element(labels, i), ABS(gain));
    }
    return text->len > 0 ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}
