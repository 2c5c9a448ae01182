/* How to train: what a preset states and a job's options change. */
#include "train/train-options.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <math.h>

#define PLATEAU_PATIENCE 8 /* epochs without a better loss before the rate is halved */
#define RATE_FLOOR 1e-5f   /* under which the plateau does not go */
#define SHARE_LARGEST 0.9f /* of scale and stretch, that something of the gesture is left */

/* in the order of their enumerations */
static const char *const schedule_words[] = {"constant", "plateau", "cosine", NULL};
static const char *const class_weights_words[] = {"off", "on", "uneven", NULL};

static gboolean
is_share(float value)
{
    return value >= 0 && value < 1;
}

gboolean
wg_train_options_check(const WgTrainOptions *options, GError **error)
{
    if (options->epochs < 1 || options->batch < 1 || options->shift < 0 || options->patience < 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("epochs (%d) and batch (%d) must be at least 1, the shift (%d) and the "
                      "patience (%d) 0"),
                    options->epochs, options->batch, options->shift, options->patience);
        return FALSE;
    }
    if (!(options->learning_rate > 0) || !isfinite(options->learning_rate) ||
        !(options->weight_decay >= 0 && options->learning_rate * options->weight_decay < 1)) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_USAGE,
            _("learning rate %g, weight decay %g: the first must be above 0, the second not "
              "below, and their product below 1"),
            options->learning_rate, options->weight_decay);
        return FALSE;
    }
    if (!(options->rotation >= 0) || !isfinite(options->rotation) || !is_share(options->scale) ||
        !is_share(options->stretch)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("rotation %g, scale %g, stretch %g: none may be below 0, and all but the "
                      "rotation must be below 1"),
                    options->rotation, options->scale, options->stretch);
        return FALSE;
    }
    if (!(options->tail >= 0 && options->tail <= 1)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("the share of takes with memory behind them is %g, not from 0 to 1"),
                    options->tail);
        return FALSE;
    }
    if (!is_share(options->label_smoothing) || !(options->sharpness >= 0) ||
        !isfinite(options->sharpness)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("label smoothing %g, sharpness %g: neither may be below 0, and the smoothing "
                      "must be below 1"),
                    options->label_smoothing, options->sharpness);
        return FALSE;
    }
    return TRUE;
}

float
wg_train_options_get_rate(const WgTrainOptions *options, int epoch, float last_rate,
                          int n_since_better)
{
    if (options->schedule == WG_RATE_COSINE)
        return options->learning_rate * 0.5f *
               (1 + cosf((float)G_PI * (float)(epoch - 1) / (float)options->epochs));
    if (options->schedule == WG_RATE_PLATEAU && n_since_better > 0 &&
        n_since_better % PLATEAU_PATIENCE == 0)
        return MAX(RATE_FLOOR, last_rate / 2);
    return last_rate;
}

void
wg_train_options_scale_augmentation(WgTrainOptions *options, double factor)
{
    options->shift = (int)lround(options->shift * factor);
    options->scale = MIN(SHARE_LARGEST, options->scale * (float)factor);
    options->rotation *= (float)factor;
    options->stretch = MIN(SHARE_LARGEST, options->stretch * (float)factor);
}

WgTrainOptions
wg_train_options_go_on(const WgTrainOptions *trained, int epochs)
{
    WgTrainOptions options = *trained;

    options.epochs = epochs;
    options.schedule = WG_RATE_COSINE;
    options.patience = 0;
    options.keep_best = FALSE;
    return options;
}

/* The word's place in a list, -1 with an error naming all. */
static int
find_word(const char *option, const char *const *words, const char *word, GError **error)
{
    g_autofree char *known = g_strjoinv(", ", (char **)words);

    for (int i = 0; words[i]; i++) {
        if (g_strcmp0(words[i], word) == 0)
            return i;
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--%s takes one of %s, not “%s”", option, known,
                word ? word : "");
    return -1;
}

gboolean
wg_train_options_set_schedule(WgTrainOptions *options, const char *word, GError **error)
{
    const int found = find_word("schedule", schedule_words, word, error);

    if (found >= 0)
        options->schedule = (WgRateSchedule)found;
    return found >= 0;
}

gboolean
wg_train_options_set_class_weights(WgTrainOptions *options, const char *word, GError **error)
{
    const int found = find_word("class-weights", class_weights_words, word, error);

    if (found >= 0)
        options->class_weights = (WgClassWeights)found;
    return found >= 0;
}

const char *
wg_train_options_get_schedule(const WgTrainOptions *options)
{
    return schedule_words[options->schedule];
}

const char *
wg_train_options_get_class_weights(const WgTrainOptions *options)
{
    return class_weights_words[options->class_weights];
}
