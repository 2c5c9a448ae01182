/* What a deployment has to send to one watch, and the last step that puts it into use. */
#pragma once

#include "device/survey.h"

G_BEGIN_DECLS

typedef struct {
    char *name;         /* under which it is uploaded */
    const char *target; /* the fixed name that it gets with the last step; NULL: it keeps its own */
    GBytes *content;
    guint32 crc;
    gboolean is_stored; /* there already, whole */
} WgPlanFile;

typedef struct {
    const WgDeployment *deployment;
    GPtrArray *files;    /* of WgPlanFile, in the order of upload */
    char *model;         /* the name of the model's file */
    char *record, *text; /* its name and content */
    char *former;        /* the record that will be the former one; NULL: none */
    GStrv old;           /* files that nothing names after the last step */
    GStrv stale;         /* files that nothing names even now, and that are not wanted */
    gboolean must_clear; /* one of them is a record, which would outlive its model */
    gint64 number;       /* of the deployment */
    gint64 needed_bytes; /* of Storage, for what is still to be sent and the last step */
    gint64 memory_bytes; /* to run it */
} WgPlan;

/* What a file of so many bytes takes in Storage. */
gint64 wg_plan_room_of(gsize n_bytes);
WgPlan *wg_plan_new(const WgDeployment *deployment, const WgSurvey *survey);
/* Bytes of Storage that are free, or can be freed by tidying up; G_MAXINT64: the watch does not say
 * how much that is, so it may have enough. */
gint64 wg_plan_count_room(const WgPlan *plan, const WgSurvey *survey);
/* Whether the watch has switched over to this plan already. */
gboolean wg_plan_is_done(const WgPlan *plan, const WgSurvey *survey);
/* Expressions for wg_deploy_query_async; owner: caller. The clearing answers 0; `compacts`: tidies
 * up Storage as well. */
char *wg_plan_build_clearing(const WgPlan *plan, gboolean compacts);
/* Answers -1, or the index of a file that is not there as it was sent, and then nothing changed. */
char *wg_plan_build_switch(const WgPlan *plan);
/* Answers waggleSums of waggle.json, the model, its names and the files with fixed names. */
char *wg_plan_build_reading(const WgPlan *plan);
/* WG_ERROR_VERIFY unless that answer is what the plan wanted. */
gboolean wg_plan_check_reading(const WgPlan *plan, const char *value, GError **error);
void wg_plan_free(WgPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgPlan, wg_plan_free)

G_END_DECLS
