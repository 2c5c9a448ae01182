/* A watch and the program in one process, with a line between them that can be cut at any byte.
 * Time stands still unless nothing else is to be done. */
#pragma once

#include "fault-link.h"
#include "manual-clock.h"

#include "device/survey.h"
#include "virtual-watch/machine.h"

G_BEGIN_DECLS

typedef struct {
    char *folder;
    int fds[2];
    WgMachine *machine;
    ManualClock *clock;
    FaultLink *link;
    WgWatch *watch;
    int packet_ms;
    WgDeployment *old; /* what the watch has in use; NULL: nothing */
    guint seed;
} Bench;

Bench *bench_new(gboolean has_packets);
/* An empty Storage; `old` is nothing. */
void bench_wipe(Bench *b);
void bench_free(Bench *b);
/* Somebody starts the watch anew: its programs are gone, its Storage is as it was. */
void bench_restart(Bench *b);
/* Where it is not connected. */
void bench_reconnect(Bench *b);
gboolean bench_deploy(Bench *b, const WgDeployment *d, WgDeployReport *report, GError **error);
/* The same, and everything must be right. */
void bench_deploy_well(Bench *b, const WgDeployment *d);
gboolean bench_restore(Bench *b, GError **error);
WgSurvey *bench_survey(Bench *b);
/* How many of its tests are equal. */
int bench_self_test(Bench *b, const WgDeployment *d);
/* Read past the protocol: whether Storage holds this file; NULL: no such file. */
gboolean bench_holds(Bench *b, const char *name, GBytes *content);
/* What it holds as the one in use: `a` or `b`, either whole; NULL: none of both. */
const WgDeployment *bench_find_running(Bench *bench, const WgDeployment *a, const WgDeployment *b);

G_END_DECLS
