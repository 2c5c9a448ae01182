/* Made-up takes of the rarer labels, between takes that are alike (SMOTE). */
#pragma once

#include "dataset/window.h"

G_BEGIN_DECLS

#define WG_SMOTE_NEIGHBOURS 5 /* as in the paper */

/* The windows, and behind them made-up ones until every label that has any has as many as the most
 * frequent. Each lies between a window a of its label and one b of a's WG_SMOTE_NEIGHBOURS nearest
 * of that label: a + u (b - a) with u uniform in [0, 1) (Chawla, Bowyer, Hall and Kegelmeyer 2002,
 * "SMOTE: Synthetic Minority Over-sampling Technique"). Two things are the watch's: the length,
 * too, lies between, with the longer one's samples where the shorter has ended; and values are
 * rounded to the watch's steps. A label with a single window gets copies of it. Made-up windows
 * have recording -1. For windows to train on only: what measures a network must be real. Same seed,
 * same bits; any thread; owner: caller. */
WgWindows *wg_smote(const WgWindows *windows, guint64 seed);

G_END_DECLS
