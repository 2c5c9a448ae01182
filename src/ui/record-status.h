/* What the page Record says of what goes on, in one sentence. */
#pragma once

#include "ui/desk.h"
#include "workbench/next-step.h"
#include "workbench/record-plan.h"

G_BEGIN_DECLS

typedef enum {
    WG_RECORD_IDLE,
    WG_RECORD_COUNTING_DOWN, /* before the first take by the detector */
    WG_RECORD_STARTING,
    WG_RECORD_RUNNING,
    WG_RECORD_STOPPING,
} WgRecordState;

typedef struct {
    WgRecordState state;
    WgTrigger trigger;
    gboolean has_watch;     /* one that is ready */
    const char *held;       /* why the watch is not free for a recording, NULL: it is */
    const WgNextStep *next; /* what is most useful to record, NULL: not known */
    gboolean is_trained;    /* the model knows all takes, and nothing is more useful to record */
    gboolean is_virtual;    /* which performs the gesture by itself */
    gboolean is_taking;     /* a take by countdown or button has begun */
    int n_wanted;           /* takes; 0: as many as there come */
    int n_taken, n_held_back, n_known; /* known: it was in the project already, and is once */
    char *known_as; /* the one gesture that all of them belong to where it is another one, or "" */
    int seconds;    /* of a whole stream, or of ordinary movement, so far */
    double earlier_s, newest_s; /* of it: in earlier connections, and in this one */
} WgRecordStatus;

/* Nothing is taken yet. */
void wg_record_status_reset(WgRecordStatus *self);
/* One take of the desk's gesture: the job's event "take". */
void wg_record_status_count(WgRecordStatus *self, WgDesk *desk, JsonObject *take);

/* A sample, by the watch's clock, which begins anew with each connection. TRUE: the text changes.
 */
gboolean wg_record_status_hear(WgRecordStatus *self, double time_s);

/* A lost watch is back; what it measured for so long is missing (0: nothing is). Translated. */
char *wg_record_status_dup_back(double missed_s);
/* What to do about the take that has just come, NULL: it is good. Translated. */
const char *wg_record_status_get_advice(JsonObject *take);
/* Translated. Owner: caller. */
char *wg_record_status_dup_text(const WgRecordStatus *self);

G_END_DECLS
