/* What a training's course means, and the cure where there is one, in a sentence. */
#include "workbench/advice.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEARNED 0.9f   /* of its own takes: below, the network has not learned them */
#define GOOD 0.95f     /* of the validation takes */
#define FALLS 0.9f     /* times the loss before: still learning */
#define AT_THE_END 3   /* epochs, or a tenth of all: the loss of new takes jumps about */
#define RISES 1.25f    /* times the best validation loss: learned by heart */
#define RISES_BY 0.05f /* and by so much: of a loss near 0 a quarter is nothing */
#define GAP_WORTH_SAYING 0.05f
#define SURE 1.645   /* standard errors that chance passes once of 20 times */
#define FEW_TAKES 10 /* of a gesture, to train on */
#define FEW_TO_CHECK 20
#define A_START 20 /* takes of a gesture to ask for */
#define TAKES_FOR_SURE 30

static const WgEpoch *
get_epoch(const WgAdviceFacts *facts, int number)
{
    return &facts->training->epochs[CLAMP(number, 1, facts->training->n_epochs) - 1];
}

/* Whether the last third of the epochs still brought the loss down, and that of new takes was best
 * at the end: where it was best before, more epochs only teach the own takes by heart. */
static gboolean
is_still_learning(const WgAdviceFacts *facts)
{
    const int n = facts->training->n_epochs, best = facts->training->best_epoch;
    const float before = get_epoch(facts, n * 2 / 3)->train_loss;

    if (best > 0 && n - best > MAX(AT_THE_END, n / 10))
        return FALSE;
    return n < 2 || get_epoch(facts, n)->train_loss < FALLS * before;
}

/* Whether the kept weights are from well after the best, where new takes do worse again. */
static gboolean
is_by_heart(const WgAdviceFacts *facts)
{
    const int best = facts->training->best_epoch;
    const float least = get_epoch(facts, best)->validation_loss;
    const float kept = get_epoch(facts, facts->kept_epoch)->validation_loss;

    return best > 0 && 2 * best <= facts->kept_epoch && kept > RISES * least &&
           kept - least > RISES_BY;
}

static gboolean
has_gap(const WgAdviceFacts *facts, const WgEpoch *kept)
{
    const double right = kept->validation_accuracy;
    const double gap = kept->train_accuracy - right;

    return gap > GAP_WORTH_SAYING && gap > SURE * sqrt(right * (1 - right) / facts->n_validation);
}

static int
find_rarest(const WgAdviceFacts *facts)
{
    int rarest = 0;

    for (int i = 0; facts->labels[i]; i++) {
        if (facts->n_train[i] < facts->n_train[rarest])
            rarest = i;
    }
    return rarest;
}

/* " Record more takes: “wave” has 4 to learn from, 20 are a start." */
static char *
dup_more_takes(const WgAdviceFacts *facts)
{
    const int rarest = find_rarest(facts), n = facts->n_train[rarest];

    if (n >= A_START)
        return g_strdup(_("Record more takes, in more ways."));
    return g_strdup_printf(ngettext("Record more takes: %s has %d to learn from, %d are a start.",
                                    "Record more takes: %s has %d to learn from, %d are a start.",
                                    (gulong)n),
                           facts->labels[rarest], n, A_START);
}

static char *
advise_underfitted(const WgAdviceFacts *facts, const WgEpoch *kept)
{
    const int n = facts->training->n_epochs;

    if (is_still_learning(facts))
        return g_strdup_printf(
            ngettext("The network is still learning after %d epoch (%.1f %% of its own takes are "
                     "right): train longer.",
                     "The network is still learning after %d epochs (%.1f %% of its own takes are "
                     "right): train longer.",
                     (gulong)n),
            n, 100 * kept->train_accuracy);
    return g_strdup_printf(_("The network has not learned its own takes (%.1f %% right) and no "
                             "longer gets better: choose another preset, or make the gestures more "
                             "distinct."),
                           100 * kept->train_accuracy);
}

static char *
advise_few(const WgAdviceFacts *facts, const WgEpoch *kept)
{
    const int n = facts->n_validation;
    g_autofree char *more = dup_more_takes(facts);

    return g_strdup_printf(ngettext("%d of %d validation take is right, too few to be sure. %s",
                                    "%d of %d validation takes are right, too few to be sure. %s",
                                    (gulong)n),
                           (int)lround((double)kept->validation_accuracy * n), n, more);
}

static char *
advise_overfitted(const WgAdviceFacts *facts, const WgEpoch *kept)
{
    const int best = facts->training->best_epoch;
    g_autofree char *more = dup_more_takes(facts);

    if (has_gap(facts, kept))
        return g_strdup_printf(_("It knows its own takes (%.1f %% right) better than new ones "
                                 "(%.1f %%). %s"),
                               100 * kept->train_accuracy, 100 * kept->validation_accuracy, more);
    return g_strdup_printf(_("%.1f %% of the validation takes are right, but after epoch %d of %d "
                             "it only learned its own takes by heart: train for %d epochs. %s"),
                           100 * kept->validation_accuracy, best, facts->training->n_epochs, best,
                           more);
}

static char *
advise_fair(const WgAdviceFacts *facts, const WgEpoch *kept)
{
    if (is_still_learning(facts))
        return g_strdup_printf(_("Fair: %.1f %% of the validation takes are right, and the network "
                                 "is still learning: train longer."),
                               100 * kept->validation_accuracy);
    return g_strdup_printf(_("Fair: %.1f %% of the validation takes are right. Look at Evaluate "
                             "for the gestures that are mixed up."),
                           100 * kept->validation_accuracy);
}

WgVerdictOnTraining
wg_advice_judge(const WgAdviceFacts *facts)
{
    const WgEpoch *kept = get_epoch(facts, facts->kept_epoch);

    if (facts->n_validation == 0)
        return WG_TRAINING_UNCHECKED;
    if (kept->train_accuracy < LEARNED)
        return is_still_learning(facts) ? WG_TRAINING_UNFINISHED : WG_TRAINING_UNDERFITTED;
    if (facts->n_train[find_rarest(facts)] < FEW_TAKES || facts->n_validation < FEW_TO_CHECK)
        return WG_TRAINING_FEW_TAKES;
    if (has_gap(facts, kept) || is_by_heart(facts))
        return WG_TRAINING_OVERFITTED;
    if (kept->validation_accuracy < GOOD)
        return is_still_learning(facts) ? WG_TRAINING_UNFINISHED : WG_TRAINING_FAIR;
    return WG_TRAINING_GOOD;
}

const char *
wg_verdict_on_training_get_name(WgVerdictOnTraining verdict)
{
    static const char *const names[] = {"unchecked",  "unfinished", "underfitted", "few takes",
                                        "overfitted", "fair",       "good"};

    return names[verdict];
}

char *
wg_advice_new(const WgAdviceFacts *facts)
{
    const WgEpoch *kept = get_epoch(facts, facts->kept_epoch);
    const WgVerdictOnTraining verdict = wg_advice_judge(facts);

    if (verdict == WG_TRAINING_UNCHECKED)
        return g_strdup_printf(_("Trained without a check: %.1f %% of its own takes are right. "
                                 "Keep some takes for validation to know more."),
                               100 * kept->train_accuracy);
    if (kept->train_accuracy < LEARNED)
        return advise_underfitted(facts, kept);
    if (verdict == WG_TRAINING_FEW_TAKES)
        return advise_few(facts, kept);
    if (verdict == WG_TRAINING_OVERFITTED)
        return advise_overfitted(facts, kept);
    if (verdict != WG_TRAINING_GOOD)
        return advise_fair(facts, kept);
    if (!facts->explanation)
        return g_strdup_printf(_("Good: %.1f %% of the validation takes are right."),
                               100 * kept->validation_accuracy);
    /* Translators: the last is as “circle and flick are told apart by the last half second” */
    return g_strdup_printf(_("Good: %.1f %% of the validation takes are right; %s."),
                           100 * kept->validation_accuracy, facts->explanation);
}

const char *
wg_advice_get_caution(double n_takes)
{
    return n_takes < TAKES_FOR_SURE ? _("So few takes tell little.") : "";
}
