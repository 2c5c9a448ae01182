/* Which of many networks are worth a look: none is better in every way, or they are among the most
 * accurate. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    double accuracy;                       /* more is better */
    gint64 bytes, arena_bytes, operations; /* less is better */
    gboolean is_reference;                 /* always goes on */
} WgParetoPoint;

/* Marks those that no other dominates: that is at least as good in all four and better in one. Of
 * equals all are marked. */
void wg_pareto_mark(const WgParetoPoint *points, int n, gboolean *is_front);
/* The order in which to go on, the most promising first: by accuracy, then by fewer bytes, then as
 * they came. `order`: n indices. */
void wg_pareto_rank(const WgParetoPoint *points, int n, int *order);
/* One rung of successive halving (Jamieson and Talwalkar 2016, "Non-stochastic best arm
 * identification and hyperparameter optimization") with a reduction of 3, as Hyperband has it (Li
 * et al. 2018): marks the most accurate third, rounded up, and of the better half those that none
 * dominates; and references. Gives how many. */
int wg_pareto_halve(const WgParetoPoint *points, int n, gboolean *survives);

G_END_DECLS
