/* What a recording is to be, as the options of "record" say it. */
#pragma once

#include "workbench/job.h"

G_BEGIN_DECLS

typedef enum {
    WG_TRIGGER_DETECTOR,   /* the watch's own */
    WG_TRIGGER_COUNTDOWN,  /* three, two, one, then a take of a given length */
    WG_TRIGGER_BUTTON,     /* of the watch, which buzzes where the take begins and ends */
    WG_TRIGGER_CONTINUOUS, /* the stream as it comes */
    WG_TRIGGER_ORDINARY,   /* what the detector cuts, and windows of all the rest */
} WgTrigger;

#define WG_N_TRIGGERS (WG_TRIGGER_ORDINARY + 1)
#define WG_COUNTDOWN_S 3       /* as long as one says three, two, one */
#define WG_ORDINARY_SECONDS 60 /* of the watch's own time, where nothing else is said */

typedef struct {
    WgTrigger trigger;
    double rate_hz;
    double length_s; /* of a take by countdown or button */
    int countdown_s; /* before each take */
    int n_wanted;    /* takes; 0: as many as there come */
    double seconds;  /* 0: until it is stopped; of ordinary movement, seconds that were measured */
} WgRecordPlan;

/* As the option --trigger takes it. */
const char *wg_trigger_get_name(WgTrigger trigger);
/* Whose rate is then the only one. */
gboolean wg_trigger_uses_detector(WgTrigger trigger);
/* WG_ERROR_USAGE where the options do not go together. */
gboolean wg_record_plan_read(WgRecordPlan *self, WgJob *job, GError **error);

G_END_DECLS
