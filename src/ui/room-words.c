/* What the room says: who is where, what is wrong, how the pool does on a new person. */
#include "ui/room-words.h"

#include "base/sentences.h"

#include <glib/gi18n.h>
#include <string.h>

#define FEW_PERSONS 5 /* fewer say little about the next */

static gboolean
is_damaged(JsonObject *row)
{
    return g_str_equal(json_object_get_string_member(row, "state"), "damaged");
}

char *
wg_room_dup_who(JsonObject *row)
{
    JsonArray *persons = is_damaged(row) ? NULL : json_object_get_array_member(row, "persons");
    const char *file = json_object_get_string_member(row, "file");
    const char *dot = strrchr(file, '.');
    g_autoptr(GString) who = g_string_new(NULL);

    for (guint i = 0; persons && i < json_array_get_length(persons); i++)
        wg_append_part(who, ", ", "%s", json_array_get_string_element(persons, i));
    if (who->len == 0) /* called as the file is, as in the pool */
        g_string_append_len(who, file, dot && dot > file ? dot - file : (gssize)strlen(file));
    return g_strdup(who->str);
}

char *
wg_room_dup_what(JsonObject *row)
{
    const char *made = json_object_get_string_member_with_default(row, "made", "");
    g_autoptr(GDateTime) when = g_date_time_new_from_iso8601(made, NULL);
    g_autoptr(GDateTime) local = when ? g_date_time_to_local(when) : NULL;
    /* translators: day, month and time, as strftime() takes them */
    g_autofree char *date = local ? g_date_time_format(local, _("%-d %B, %H:%M")) : NULL;
    const char *file = json_object_get_string_member(row, "file");

    return date && g_str_equal(json_object_get_string_member(row, "form"), "pack")
               ? g_strdup_printf("%s · %s", file, date)
               : g_strdup(file);
}

char *
wg_room_dup_gestures(JsonObject *row)
{
    JsonObject *labels = is_damaged(row) ? NULL : json_object_get_object_member(row, "labels");
    g_autoptr(GList) names = labels ? json_object_get_members(labels) : NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    for (GList *l = names; l; l = l->next)
        g_string_append_printf(text, "%s%s %d", text->len > 0 ? " · " : "", (char *)l->data,
                               (int)json_object_get_int_member(labels, l->data));
    return g_strdup(text->str);
}

char *
wg_room_dup_counts(JsonObject *row)
{
    const guint n_labels =
        is_damaged(row) ? 0 : json_object_get_size(json_object_get_object_member(row, "labels"));
    const int n = (int)json_object_get_int_member_with_default(row, "takes", 0);
    g_autofree char *gestures =
        g_strdup_printf(ngettext("%d gesture", "%d gestures", n_labels), (int)n_labels);
    g_autofree char *takes = g_strdup_printf(ngettext("%d take", "%d takes", (gulong)n), n);

    /* translators: as "3 gestures, 30 takes" */
    return is_damaged(row) ? g_strdup("") : g_strdup_printf(_("%s, %s"), gestures, takes);
}

static const char *
get_step_word(const char *step)
{
    if (g_str_equal(step, "deployed"))
        return _("On the watch");
    if (g_str_equal(step, "trained"))
        return _("Trained");
    if (g_str_equal(step, "recorded"))
        return _("Recorded");
    return _("Nothing yet");
}

char *
wg_room_dup_step(JsonObject *row)
{
    JsonNode *accuracy = json_object_get_member(row, "accuracy");
    const char *word;

    if (is_damaged(row))
        return g_strdup("");
    word = get_step_word(json_object_get_string_member(row, "step"));
    /* translators: how far a person came, and the share of right answers */
    return accuracy && JSON_NODE_HOLDS_VALUE(accuracy)
               ? g_strdup_printf(_("%s, %.0f %% right"), word, 100 * json_node_get_double(accuracy))
               : g_strdup(word);
}

const char *
wg_room_get_state(JsonObject *row, const char **css)
{
    const char *state = json_object_get_string_member(row, "state");

    *css = "doubtful";
    if (g_str_equal(state, "few"))
        return _("● Too few takes");
    if (g_str_equal(state, "differs"))
        return _("● Other gestures");
    if (g_str_equal(state, "same"))
        return _("● Twice");
    *css = g_str_equal(state, "damaged") ? "bad" : "good";
    return g_str_equal(state, "damaged") ? _("✕ Damaged") : _("✓ Good");
}

char *
wg_room_dup_sum(JsonObject *room)
{
    JsonArray *rows = json_object_get_array_member(room, "rows");
    int n_recorded = 0, n_trained = 0, n_deployed = 0;

    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonObject *row = json_array_get_object_element(rows, i);
        const char *step = json_object_get_string_member_with_default(row, "step", "empty");

        if (g_str_equal(json_object_get_string_member(row, "state"), "same"))
            continue;
        n_recorded += g_str_equal(step, "recorded");
        n_trained += g_str_equal(step, "trained");
        n_deployed += g_str_equal(step, "deployed");
    }
    return g_strdup_printf(_("Recorded: %d. Trained: %d. On the watch: %d."), n_recorded, n_trained,
                           n_deployed);
}

char *
wg_room_dup_pooled(JsonObject *merged, const char *title)
{
    const guint n_persons = json_object_get_size(json_object_get_object_member(merged, "persons"));
    const int n_added = (int)json_object_get_int_member(merged, "added");
    const int n = (int)json_object_get_int_member(merged, "recordings");
    g_autofree char *persons =
        g_strdup_printf(ngettext("%d person", "%d persons", n_persons), (int)n_persons);
    g_autofree char *takes = g_strdup_printf(ngettext("%d take", "%d takes", (gulong)n), n);
    g_autofree char *added =
        g_strdup_printf(ngettext("%d is new.", "%d are new.", (gulong)n_added), n_added);

    /* translators: persons, takes, the pool's name, and how many of the takes are new */
    return g_strdup_printf(_("%s, %s in “%s”: %s"), persons, takes, title, added);
}

char *
wg_room_dup_verdict(JsonObject *report)
{
    JsonArray *groups = json_object_get_array_member(report, "groups");
    JsonObject *worst = json_object_get_object_member(report, "worst");
    JsonObject *hardest = json_object_get_object_member(worst, "worst_label");
    const guint n = json_array_get_length(groups);
    g_autofree char *where =
        json_object_get_double_member(worst, "accuracy") >= 1 ? g_strdup(_("No take was mistaken."))
        : json_object_has_member(hardest, "label")
            ? g_strdup_printf(_("Lowest for %s: %.0f %%, and “%s” is hardest there."),
                              json_object_get_string_member(worst, "name"),
                              100 * json_object_get_double_member(worst, "accuracy"),
                              json_object_get_string_member(hardest, "label"))
            : g_strdup("");
    g_autofree char *caution =
        n < FEW_PERSONS ? g_strdup_printf(ngettext("%d person says little about the next one.",
                                                   "%d persons say little about the next one.", n),
                                          (int)n)
                        : g_strdup("");

    return g_strdup_printf(_("On somebody new about %.0f %% would be right. %s %s"),
                           100 * json_object_get_double_member(report, "mean"), where, caution);
}
