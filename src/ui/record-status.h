/* What the page Record says of what goes on, in one sentence. */
#pragma once

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
    gboolean has_watch;  /* one that is ready */
    gboolean is_virtual; /* which performs the gesture by itself */
    gboolean is_taking;  /* a take by countdown or button has begun */
    int n_wanted;        /* takes; 0: as many as there come */
    int n_taken, n_held_back;
    int seconds; /* of a whole stream so far */
} WgRecordStatus;

/* Translated. Owner: caller. */
char *wg_record_status_dup_text(const WgRecordStatus *self);

G_END_DECLS
