/* Judges by their steps in which unit a file's timestamps are, and so its rate. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is imported: below it no gesture shows, above it no accelerometer of a watch measures. */
#define WG_RATE_HZ_MIN 1.0
#define WG_RATE_HZ_MAX 2000.0

/* Median step of n times, 0 when there are fewer than two. */
double wg_time_median_step(const double *times, int n);
/* The rate in Hz of timestamps with that median step: in the one unit of s, ms, us and ns in which
 * it is one that is imported, or in ms where `is_ms`; `unit` gets that unit's name (transfer none).
 * 0 where none is, or more than one; `why` gets the reason with the remedy (caller frees). */
double wg_time_judge_rate(double step, gboolean is_ms, const char **unit, char **why);

G_END_DECLS
