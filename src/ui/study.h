/* A question to the takes that needs a while: what it is, a button, and the answer as charts and
 * words.
 */
#pragma once

#include "ui/charts/lines.h"
#include "ui/desk.h"
#include "ui/table.h"

G_BEGIN_DECLS

#define WG_STUDY_CHARTS 4

#define WG_TYPE_STUDY (wg_study_get_type())
G_DECLARE_FINAL_TYPE(WgStudy, wg_study, WG, STUDY, GtkBox)

typedef struct {
    const char *job;
    const char *answer;           /* member of its result that says it in words */
    const char *argument;         /* of the job after the project; NULL: none */
    const char *then;             /* a job that follows it; NULL: none */
    const char *choose;           /* N_(), the button for a file in its place; NULL: none */
    const char *question, *intro; /* N_() */
    const char *button, *running; /* N_(); what it says while it runs */
    const char *empty;            /* N_(), of the charts before */
    gboolean has_preset;          /* trains: as the newest model was */
    gboolean is_for_watch;        /* has an option "for": the kind of the connected watch */
    gboolean is_minor;            /* another one on its page comes first */
    gboolean asks_other;          /* has an option "other": a gesture that means nothing */
    const char *options[3][2];    /* name, value; others of the job; ends with NULL */
    /* Fills the charts from the job's result; returns how many of them are used. NULL: none. */
    int (*show)(WgLines *const charts[WG_STUDY_CHARTS], JsonObject *result);
    /* A table of the objects in member `rows` of the result. NULL: none. */
    const WgColumn *columns;
    const char *rows;
    gboolean (*is_shown)(JsonObject *row, JsonObject *result); /* NULL: all are */
    /* What can be done with the answer; NULL: nothing. */
    const char *keep, *keeping; /* N_(); what it says meanwhile */
    gboolean (*can_keep)(JsonObject *result);
    WgJob *(*new_keep)(WgDesk *desk, JsonObject *result);
    const char *then_kept;                  /* a job that follows it; NULL: none */
    char *(*describe_kept)(JsonObject *of); /* the job's result in a sentence */
} WgStudyKind;

extern const WgStudyKind wg_study_learning_curve, wg_study_robustness, wg_study_compare,
    wg_study_stream, wg_study_threshold, wg_study_reject, wg_study_search, wg_study_personalise,
    wg_study_forms, wg_study_prune, wg_study_distill;

void wg_study_set_desk(WgStudy *self, WgDesk *desk, const WgStudyKind *kind);

G_END_DECLS
