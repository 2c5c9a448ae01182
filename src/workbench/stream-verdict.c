/* A stream's score in one sentence. */
#include "workbench/stream-report.h"

#include "base/sentences.h"

#include <glib/gi18n.h>

/* What a threshold must be off by to be worth a word. */
#define WORTH_SAYING 0.045

static void
append_noticed(GString *out, const WgStreamMatch *match)
{
    if (match->n_events == 0) {
        g_string_append(out, _("No gesture of the model is in this recording"));
        return;
    }
    g_string_append_printf(
        out,
        ngettext("%d of %d gesture noticed", "%d of %d gestures noticed", (gulong)match->n_events),
        match->n_hits, match->n_events);
    if (match->n_doubles > 0)
        wg_append_part(
            out, ", ",
            ngettext("%d answer too many", "%d answers too many", (gulong)match->n_doubles),
            match->n_doubles);
    if (match->n_wrong > 0)
        wg_append_part(out, "; ",
                       ngettext("%d time another gesture was answered",
                                "%d times another gesture was answered", (gulong)match->n_wrong),
                       match->n_wrong);
}

static char *
describe_time(double seconds)
{
    const int minutes = (int)(seconds / 60 + 0.5), hours = (int)(seconds / 3600 + 0.5);

    if (hours >= 3)
        return g_strdup_printf(ngettext("%d hour", "%d hours", (gulong)hours), hours);
    if (minutes >= 2)
        return g_strdup_printf(ngettext("%d minute", "%d minutes", (gulong)minutes), minutes);
    return g_strdup_printf(ngettext("%d second", "%d seconds", (gulong)(seconds + 0.5)),
                           (int)(seconds + 0.5));
}

static int
find_most_alarming(const WgStreamScore *score, const WgStreamTruth *truth)
{
    int most = 0;

    for (int i = 1; i < truth->n_labels; i++) {
        if (score->gestures[i].n_false_alarms > score->gestures[most].n_false_alarms)
            most = i;
    }
    return most;
}

/* In what most false alarms of that label were, NULL: in nothing that has a name. */
static const char *
find_context(const WgStreamScore *score, const WgStreamTruth *truth, int label)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    const char *most = NULL;
    int n_most = 0;

    for (int i = 0; i < score->answers->n; i++) {
        const WgSpan *span = &score->answers->spans[i];
        const char *name;
        int n;

        if (span->label != label || score->match->kinds[i] != WG_ANSWER_FALSE_ALARM)
            continue;
        name = wg_stream_truth_find_context(truth, span);
        n = name ? GPOINTER_TO_INT(g_hash_table_lookup(counts, name)) + 1 : 0;
        if (name)
            g_hash_table_insert(counts, (gpointer)name, GINT_TO_POINTER(n));
        if (n > n_most) {
            most = name;
            n_most = n;
        }
    }
    return 2 * n_most > score->gestures[label].n_false_alarms ? most : NULL;
}

static void
append_false_alarms(GString *out, const WgStreamScore *score, const WgStreamTruth *truth)
{
    const int n = score->match->n_false_alarms;
    g_autofree char *time = describe_time(score->idle_s);
    const int label = find_most_alarming(score, truth);
    const char *context;

    if (score->idle_s < 0.5)
        return; /* there was no time for one */
    if (n == 0) {
        wg_append_part(out, "; ", _("no false alarm in %s"), time);
        return;
    }
    wg_append_part(out, "; ", ngettext("%d false alarm in %s", "%d false alarms in %s", (gulong)n),
                   n, time);
    if (2 * score->gestures[label].n_false_alarms <= n)
        return;
    context = find_context(score, truth, label);
    if (context)
        /* TRANSLATORS: the false alarms; a gesture, and what was done meanwhile */
        wg_append_part(out, ", ", _("mostly “%s” during “%s”"), truth->labels[label], context);
    else
        wg_append_part(out, ", ", _("mostly “%s”"), truth->labels[label]);
}

static void
append_advice(GString *out, const WgStreamScore *score, const WgSweepPoint *better)
{
    const double step = better->rule.threshold - score->rule.threshold;

    if (step > -WORTH_SAYING && step < WORTH_SAYING)
        return;
    wg_append_part(out, ": ",
                   step > 0 ? _("raise the threshold to %.2f (then noticed: %d, false "
                                "alarms: %d, wrong answers: %d)")
                            : _("lower the threshold to %.2f (then noticed: %d, false "
                                "alarms: %d, wrong answers: %d)"),
                   better->rule.threshold, better->n_hits, better->n_false_alarms, better->n_wrong);
}

char *
wg_stream_dup_verdict(const WgStreamScore *score, const WgStreamTruth *truth,
                      const WgSweepPoint *better)
{
    GString *out = g_string_new(NULL);

    append_noticed(out, score->match);
    append_false_alarms(out, score, truth);
    if (better && (better->n_hits != score->match->n_hits ||
                   better->n_false_alarms != score->match->n_false_alarms ||
                   better->n_wrong != score->match->n_wrong))
        append_advice(out, score, better);
    g_string_append_c(out, '.');
    return g_string_free(out, FALSE);
}
