/* What a training's course means, and the cure where there is one, in a sentence. */
#pragma once

#include "train/trainer.h"

G_BEGIN_DECLS

typedef struct {
    const WgTraining *training;
    int kept_epoch;            /* from 1: whose weights are given back */
    const char *const *labels; /* NULL-terminated */
    const int *n_train;        /* takes to train on, of each label */
    int n_validation;          /* 0: nothing was kept to check with */
    const char *explanation;   /* what the most alike gestures are told apart by; NULL: not known */
} WgAdviceFacts;

typedef enum {
    WG_TRAINING_UNCHECKED,
    WG_TRAINING_UNFINISHED, /* underfitted or fair, and still learning */
    WG_TRAINING_UNDERFITTED,
    WG_TRAINING_FEW_TAKES,
    WG_TRAINING_OVERFITTED,
    WG_TRAINING_FAIR,
    WG_TRAINING_GOOD,
} WgVerdictOnTraining;

/* In this order: without validation nothing is known; below 90 % of its own takes right it is
 * underfitted (still learning where the loss of the last third of epochs fell by a tenth and new
 * takes did best at the end: train longer; else another preset or gestures); fewer than 10 takes of
 * a gesture to train on or 20 to validate prove nothing (of 20 right, 15 % errors are still
 * possible: the rule of three, Hanley and Lippman-Hand 1983); overfitted where new takes do worse
 * than its own by more than 5 points and by more than chance, or where the validation loss rose by
 * a quarter after its best in the first half; else fair, or good from 95 % on. One or two
 * sentences; owner: caller. Any thread. */
char *wg_advice_new(const WgAdviceFacts *facts);
/* The rule of it that holds, by the same order. Any thread. */
WgVerdictOnTraining wg_advice_judge(const WgAdviceFacts *facts);
/* "overfitted", as it is kept with the model; not translated. */
const char *wg_verdict_on_training_get_name(WgVerdictOnTraining verdict);
/* What comes before advice that rests on n_takes: with fewer than 30 a single one moves a share by
 * points. A sentence and a space, or "". Any thread. */
const char *wg_advice_get_caution(double n_takes);

G_END_DECLS
