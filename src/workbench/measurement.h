/* How long a recognition took on the watch itself, kept in the project beside the deployments. */
#pragma once

#include "base/watch-kind.h"
#include "dataset/project.h"
#include "workbench/job.h"

G_BEGIN_DECLS

typedef struct {
    guint32 crc32;       /* of the model */
    char *kind;          /* id of WgWatchKind, by what the watch says it is */
    char *name;          /* of the watch: "Bangle.js 2" */
    gboolean is_virtual; /* a program that plays a watch: says nothing of a real one's time */
    double inference_ms; /* median over n stored takes */
    int n;
    char *date; /* ISO 8601 in UTC */
} WgMeasurement;

/* Keeps it, in the place of an earlier one of this model on such a watch. Any thread. */
gboolean wg_measurement_keep(WgProject *project, const WgMeasurement *measurement, GError **error);
/* What the self-test of a deployment on that watch measured: into the result of its job
 * ("inference_ms", NaN: null; "measured_on"), and into the project (may be NULL) if it can be
 * written; a note says where not. `date` as above. Main thread. */
void wg_measurement_take(WgJob *job, WgProject *project, WgWatch *watch, GBytes *tflite, int n,
                         double inference_ms, const char *date, JsonObject *result);
/* Of this model on a real watch of that kind; NULL: there is none. Owner: caller. Any thread. */
WgMeasurement *wg_measurement_find(WgProject *project, guint32 crc32, const WgWatchKind *kind);
/* The id of the kind of watch that was deployed to last, "" where it did not say; NULL: none was.
 * Owner: caller. Any thread. */
char *wg_measurement_dup_last_kind(WgProject *project);
void wg_measurement_free(WgMeasurement *measurement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgMeasurement, wg_measurement_free)

G_END_DECLS
