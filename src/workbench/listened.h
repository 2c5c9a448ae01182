/* What this machine answers beside a watch: by the network and the thresholds that the watch has.
 */
#pragma once

#include "device/deployer.h"
#include "workbench/decision.h"
#include "workbench/model.h"

G_BEGIN_DECLS

typedef struct {
    WgModel *model;
    WgInt8Network *network; /* that the watch has: the model's, or one with thresholds built in */
    gboolean is_builtin;    /* the firmware's own recogniser answers */
    double threshold;
    double *thresholds;    /* one a label, NULL: the one for all */
    int *least;            /* those built into the network, NULL: none */
    gboolean has_debounce; /* the watch's app can wait for several answers that make one: */
    int n_debounce;
    double debounce_ms;
    GHashTable *takes; /* GBytes of the stored histories, to know one that was cut as recorded */
} WgListened;

/* With the project's int8 model, before anything of the watch is known. WG_ERROR_MISSING,
 * _UNSUPPORTED where no watch can have it. Owner: caller. Main thread. */
WgListened *wg_listened_new(WgProject *project, GError **error);
/* Which network answers there and by which thresholds; `keeps_threshold`: that of this machine
 * stays as it is. WG_ERROR_MISSING: the watch holds another model. Takes the info's thresholds. */
gboolean wg_listened_take_info(WgListened *self, WgProject *project, WgListenInfo *info,
                               gboolean keeps_threshold, GError **error);
/* The watch's event "answer" beside this machine's, a row of "listen": {"watch": {"label",
 * "outputs", "shares"}, "desktop": the same, "equal", "threshold", "thresholds", "as_recorded",
 * "input": base64 of n x 3 int8, x y z, of history units (1/64 g), as the watch cut it}. NULL: it
 * is no such answer. Owner: caller. */
JsonObject *wg_listened_answer(const WgListened *self, JsonObject *answer);
/* By what the watch decides: {"mode", "threshold", "thresholds", "debounce": [n, ms] or null}.
 * Owner: caller. */
JsonObject *wg_listened_describe_rule(const WgListened *self);
void wg_listened_free(WgListened *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgListened, wg_listened_free)

G_END_DECLS
