/* All that stands between a model and a watch, check by check, each with what to do about it. */
#pragma once

#include <json-glib/json-glib.h>

#include "base/watch-kind.h"
#include "device/survey.h"
#include "workbench/model.h"

G_BEGIN_DECLS

typedef struct {
    const WgModel *model; /* int8 */
    WgProject *project;
    const WgWatchKind *kind;
    WgDeployMode mode;
    /* of a watch that is connected; NULL: none is */
    const char *name, *version;
    gboolean has_tensorflow;
    const WgSurvey *survey;     /* what it answered; NULL: it was not asked */
    const char *takes_digest;   /* of the project's takes now (wg_model_dup_takes_digest) */
    const char *trained_digest; /* of those it was trained on; NULL: not known */
} WgDeployChecks;

/* {"for", "mode", "ready": none is bad, "is_there": the watch has this very model in use, "checks":
 * [{"name", "title", "verdict", "text", "todo"}], "arena_bytes", "arena_limit_bytes",
 * "storage_bytes": what is still to be stored, or all of it where it is there,
 * "storage_free_bytes", "memory_bytes", "memory_free_bytes"}. Names, in this order: watch,
 * operations, arena, storage, memory, movement, names, takes. Verdicts: good, doubtful (it works,
 * but), bad (it cannot be deployed), unknown (the watch was not asked). `text` is a sentence,
 * `todo` what to do, "" where nothing is; numbers that are not known are null. Where the model has
 * no such form the check "operations" says why. The numbers are those that "deploy" itself refuses
 * by (deploy-plan.h, quant/verdict.h). Owner: caller. Any thread. */
JsonObject *wg_deploy_checks_new(const WgDeployChecks *what);

G_END_DECLS
