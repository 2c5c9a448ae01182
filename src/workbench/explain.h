/* What a model tells its two most alike gestures apart by. */
#pragma once

#include <json-glib/json-glib.h>

#include "workbench/model.h"

G_BEGIN_DECLS

#define WG_EXPLAIN_PARTS_MAX 8 /* half seconds in the watch's 4 s */

typedef struct {
    int a, b;     /* labels, a < b */
    double mixed; /* mean probability of each other, 0..1 */
    double
        told_apart; /* mean of p(a) - p(b) over takes of a, less that over takes of b; 2 at most */
    int n_parts;
    gboolean is_by_time;                 /* parts are about half a second; else shares of the
                                            movement, as the gestures' lengths differ */
    double seconds;                      /* mean length of both */
    double shares[WG_EXPLAIN_PARTS_MAX]; /* of told_apart; sum 1 */
    int first_part, n_telling;           /* the run of parts that says it; n_telling 0: the whole */
    double telling_share;                /* of that run */
} WgExplanation;

/* The pair of gestures with the highest mean probability for each other over `windows`, and which
 * part of the movement moves the answers most. Up to 16 takes of each are cut into n parts (about
 * half seconds; two halves of a gesture below 0.75 s; thirds where the mean lengths differ by more
 * than half) and put together anew in all 2^n ways from the parts of one take of a and one of b, in
 * order; v(S) is the mean of p(a) - p(b) when the parts in S are of a. A part's share is its
 * Shapley value for v (Shapley 1953; for the answers of models Strumbelj and Kononenko 2010, with
 * single takes of the other gesture for a baseline): what it changes, averaged over all orders in
 * which parts are exchanged. Real parts of real takes stand in, for a mean of takes would be
 * smoother than any take, and the model's answer to it says little. The telling run is the shortest
 * that has 0.6 of all shares (below 0.75 it is said to be mostly so), where that is at most half of
 * the movement. NULL when fewer than two gestures have takes. Deterministic, any thread; owner:
 * caller, g_free. */
WgExplanation *wg_explain_new(const WgModel *model, const WgWindows *windows);
/* "circle and flick are told apart by the last half second". Owner: caller. */
char *wg_explanation_dup_words(const WgExplanation *self, const char *const *labels);
/* {"labels":[a,b],"mixed","parts":[{"from_s","to_s","share"}],"words"}. Owner: caller. */
JsonObject *wg_explanation_to_json(const WgExplanation *self, const char *const *labels);

G_END_DECLS
