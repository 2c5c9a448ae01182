/* What is most useful to record next, until a first training is worth its while. */
#pragma once

#include "dataset/recording.h"
#include "workbench/counts.h"

G_BEGIN_DECLS

/* Fewer takes of a gesture prove nothing about it (advice.h, which asks for the same of those that
 * train). Of the sample recordings' eight gestures (job "learning-curve"), networks that learnt
 * from 6, 10, 21 and 130 takes of each answered 87.9, 91.7, 95.3 and 98.7 % of the others right. */
#define WG_STEP_TAKES 10
/* From so many takes on a gesture is not asked for because others have more: a single one then
 * moves its share of right answers by less than 4 points (wg_advice_get_caution). */
#define WG_STEP_TAKES_PLENTY 30

typedef enum {
    WG_STEP_NAME,    /* there is no gesture yet: name one */
    WG_STEP_MORE,    /* `n` more takes of `label` */
    WG_STEP_ANOTHER, /* one gesture alone cannot be told from anything: add a second */
    WG_STEP_OTHER,   /* ordinary movement, which is none of the gestures: `n` takes to go */
    WG_STEP_BALANCE, /* `n` more of `label`: the others have far more */
    WG_STEP_TRAIN,   /* ready */
} WgStepKind;

typedef struct {
    WgStepKind kind;
    char *label; /* owned; NULL where the kind names none */
    int n;       /* takes */
} WgNextStep;

/* A label that stands for all movement that means nothing: "other", "random", "nothing", "idle", or
 * `word` (NULL: none further), which is what a person's own language calls it. */
gboolean wg_label_is_other(const char *label, const char *word);

/* The first that holds: no gesture; a gesture, `chosen` (NULL: none) before the others, that then
 * come in the order of their first takes, has fewer than WG_STEP_TAKES takes; there are fewer than
 * two gestures; what stands for other movement has fewer than WG_STEP_TAKES; a gesture has fewer
 * than WG_STEP_TAKES_PLENTY takes and fewer than half the median of all gestures (a network learns
 * what is rare last: Japkowicz and Stephen 2002); else it is ready. Recordings (GPtrArray of
 * WgRecording) that take no part and those in spans do not count; `chosen` counts as a gesture
 * without takes where it has none. `other_word` as in wg_label_is_other(). Any thread. */
WgNextStep wg_next_step_find(GPtrArray *recordings, const char *chosen, const char *other_word);
/* The same of takes that were each counted by wg_next_step_count(), in their order. */
WgNextStep wg_next_step_find_of(const WgCounts *counts, const char *chosen, const char *other_word);
void wg_next_step_count(WgCounts *counts, const WgRecordingSpec *facts);
void wg_next_step_clear(WgNextStep *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WgNextStep, wg_next_step_clear)
/* "name", "more", "another", "other", "balance", "train". */
const char *wg_step_kind_get_name(WgStepKind kind);

G_END_DECLS
