/* What a judgement says in words: on which takes, and what is another than before. */
#include "ui/verdict-words.h"

#include "base/sentences.h"
#include "workbench/report-change.h"

#include <glib/gi18n.h>

/* Who is hardest: what was left out is what it had never met. */
static char *
describe_persons(JsonObject *report)
{
    JsonObject *worst = json_object_get_object_member(report, "worst");
    const char *note = json_object_get_string_member_with_default(report, "note", NULL);
    g_autofree char *text =
        g_strdup_printf(_("Each person judged by a network that never met them. Hardest: %s, "
                          "%.1f %% right."),
                        json_object_get_string_member(worst, "name"),
                        100 * json_object_get_double_member(worst, "accuracy"));

    if (note) {
        g_autofree char *sentence = wg_dup_sentence(note);

        return g_strdup_printf("%s %s", text, sentence);
    }
    return g_steal_pointer(&text);
}

char *
wg_verdict_words_dup_source(const char *source, JsonObject *report)
{
    if (g_str_equal(source, "test"))
        return g_strdup_printf(_("%s It cannot be edited from here."),
                               json_object_get_string_member_with_default(report, "test_note", ""));
    if (g_str_equal(source, "persons"))
        return describe_persons(report);
    if (g_str_equal(source, "folds"))
        return g_strdup(_("Each take judged by a network that was trained without it."));
    return g_strdup(_("On the takes kept aside to check it while it learned."));
}

char *
wg_verdict_words_dup_difference(JsonObject *trained, JsonObject *watch)
{
    g_autoptr(JsonObject) change = wg_report_compare(trained, watch);
    const guint n =
        json_array_get_length(json_object_get_array_member(change, "answered_otherwise"));

    if (n == 0)
        return g_strdup(_("The watch answers every take as the trained model does"));
    return g_strdup_printf(
        ngettext("%u take answered otherwise than as trained (%.1f %% right there)",
                 "%u takes answered otherwise than as trained (%.1f %% right there)", n),
        n, 100 * json_object_get_double_member(trained, "accuracy"));
}

char *
wg_verdict_words_dup_change(JsonObject *change)
{
    JsonObject *before = change ? json_object_get_object_member(change, "before") : NULL;
    JsonObject *now = change ? json_object_get_object_member(change, "now") : NULL;

    if (!change)
        return NULL;
    return g_strdup_printf(_("Before %.1f %% right, now %.1f %%. %s"),
                           100 * json_object_get_double_member(before, "accuracy"),
                           100 * json_object_get_double_member(now, "accuracy"),
                           json_object_get_string_member(change, "words"));
}
