/* Lists of labelled stretches: how one is put in, taken out and moved so that none overlap. */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

/* GArray of WgLabelSpan that owns its labels, in order of time. Owner: caller. */
GArray *wg_label_spans_new(const WgLabelSpan *spans, int n);
/* Labels the n samples from `first`: what other spans had of these they lose, and one of which both
 * ends remain becomes two. Neighbours of the same label stay apart. Gives its index. */
int wg_label_spans_put(GArray *spans, int first, int n, const char *label);
/* Moves the ends of span i to first .. first + n, as far as its neighbours and `n_samples` let it;
 * it keeps a sample at least. */
void wg_label_spans_move(GArray *spans, int i, int first, int n, int n_samples);
/* The span that holds that sample, -1: none. */
int wg_label_spans_find(GArray *spans, int sample);

G_END_DECLS
