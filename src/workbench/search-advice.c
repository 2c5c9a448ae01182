/* What to make of a search, in a sentence or two. */
#include "workbench/search.h"

#include <glib/gi18n.h>
#include <math.h>

#define SURE 1.645 /* standard errors below which lies what holds 19 of 20 times */

static const WgSearchTrial *
find_default(const WgSearch *self, int round)
{
    for (guint i = 0; i < self->trials->len; i++) {
        const WgSearchTrial *trial = g_ptr_array_index(self->trials, i);

        if (trial->is_reference && trial->round == round &&
            g_str_equal(trial->name, wg_presets[0]->name))
            return trial;
    }
    return NULL;
}

/* Of two networks asked the same takes, those that only one got wrong are at most all mistakes
 * together, so their difference has a standard error of at most the root of that (McNemar 1947). */
static gboolean
may_be_chance(const WgSearchTrial *a, const WgSearchTrial *b)
{
    /* of continuous recordings other windows are more or fewer */
    const double scale = (double)a->n / MAX(1, b->n), other = scale * b->n_errors;

    return fabs(a->n_errors - other) <= SURE * sqrt(a->n_errors + scale * other);
}

/* By the mistakes in the recording; the same events were asked of both. */
static char *
dup_stream_choice(const WgSearchTrial *best, const WgSearchTrial *usual)
{
    const int n_best = wg_search_stream_count_errors(&best->stream);
    const int n_usual = usual ? wg_search_stream_count_errors(&usual->stream) : 0;

    if (best->is_reference)
        return g_strdup_printf(_("No network that was drawn did better in the recording than the "
                                 "preset %s: stay with it, or search longer."),
                               best->name);
    if (!usual || !usual->stream.is_asked)
        return g_strdup_printf(_("%s did best in the recording (mistakes: %d): keep it as a preset "
                                 "and train it."),
                               best->name, n_best);
    if (abs(n_usual - n_best) <= SURE * sqrt(n_usual + n_best))
        return g_strdup_printf(_("%s did best in the recording (mistakes: %d, those of the preset "
                                 "%s: %d), with %.1f kB against %.1f: so small a difference may be "
                                 "chance."),
                               best->name, n_best, usual->name, n_usual,
                               (double)best->need.bytes / 1000, (double)usual->need.bytes / 1000);
    return g_strdup_printf(_("%s did best in the recording (mistakes: %d, those of the preset %s: "
                             "%d), with %.1f kB against %.1f: keep it as a preset and train it."),
                           best->name, n_best, usual->name, n_usual,
                           (double)best->need.bytes / 1000, (double)usual->need.bytes / 1000);
}

static char *
dup_choice(const WgSearch *self, const WgSearchTrial *best)
{
    const WgSearchTrial *usual = find_default(self, best->round);

    if (best->stream.is_asked)
        return dup_stream_choice(best, usual);
    if (best->round < WG_SEARCH_ROUNDS)
        return g_strdup(_("The search ended before its last round: these figures are of few epochs "
                          "and folds, so give it more time before you choose."));
    if (best->is_reference)
        return g_strdup_printf(_("No network that was drawn did better than the preset %s: stay "
                                 "with it, or search longer."),
                               best->name);
    if (!usual)
        return g_strdup_printf(_("%s got %d of %d takes wrong: keep it as a preset and train "
                                 "it."),
                               best->name, best->n_errors, best->n);
    if (may_be_chance(best, usual))
        return g_strdup_printf(_("%s got %d of %d takes wrong and the preset %s %d, with %.1f kB "
                                 "against %.1f: so small a difference may be chance."),
                               best->name, best->n_errors, best->n, usual->name, usual->n_errors,
                               (double)best->need.bytes / 1000, (double)usual->need.bytes / 1000);
    return g_strdup_printf(_("%s got %d of %d takes wrong where the preset %s got %d, with %.1f kB "
                             "against %.1f: keep it as a preset and train it."),
                           best->name, best->n_errors, best->n, usual->name, usual->n_errors,
                           (double)best->need.bytes / 1000, (double)usual->need.bytes / 1000);
}

char *
wg_search_dup_advice(const WgSearch *self)
{
    const WgSearchTrial *best = g_ptr_array_index(self->trials, 0);
    const WgWindowOptions *window = wg_dataset_get_window(best->dataset);
    g_autofree char *choice = dup_choice(self, best);
    g_autofree char *words = NULL;

    if (wg_window_options_is_watch(window))
        return g_steal_pointer(&choice);
    words = wg_window_options_describe(window);
    /* Translators: the advice, then "%s": 25 samples of x,y,z at 25 Hz */
    return g_strdup_printf(_("%s It sees windows of %s."), choice, words);
}
