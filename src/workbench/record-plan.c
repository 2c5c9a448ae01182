/* What a recording is to be, as the options of "record" say it. */
#include "workbench/record-plan.h"

#include "base/error.h"
#include "device/recorder.h"

#define N_TAKES_USUAL 10

static const char *const trigger_names[WG_N_TRIGGERS] = {"detector", "countdown", "button",
                                                         "continuous", "ordinary"};

const char *
wg_trigger_get_name(WgTrigger trigger)
{
    return trigger_names[trigger];
}

gboolean
wg_trigger_uses_detector(WgTrigger trigger)
{
    return trigger == WG_TRIGGER_DETECTOR || trigger == WG_TRIGGER_ORDINARY;
}

static gboolean
read_trigger(WgRecordPlan *self, WgJob *job, GError **error)
{
    const char *given = wg_job_get_string(job, "trigger");

    self->trigger = wg_job_has(job, "raw") ? WG_TRIGGER_CONTINUOUS : WG_TRIGGER_DETECTOR;
    if (!given)
        return TRUE;
    for (gsize i = 0; i < WG_N_TRIGGERS; i++) {
        if (!g_str_equal(given, trigger_names[i]))
            continue;
        self->trigger = (WgTrigger)i;
        if (!wg_job_has(job, "raw") || self->trigger == WG_TRIGGER_CONTINUOUS)
            return TRUE;
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--raw is the whole stream and --trigger %s takes out of it: give one of them",
                    given);
        return FALSE;
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                "--trigger takes detector, countdown, button, continuous or ordinary, not “%s”",
                given);
    return FALSE;
}

gboolean
wg_record_plan_read(WgRecordPlan *self, WgJob *job, GError **error)
{
    *self = (WgRecordPlan){.rate_hz = wg_job_get_number(job, "rate"),
                           .seconds = wg_job_get_number(job, "seconds")};
    if (!read_trigger(self, job, error))
        return FALSE;
    if (wg_job_has(job, "raw") && !wg_job_has(job, "seconds")) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                            "--raw needs the length: give --seconds S");
        return FALSE;
    }
    if (wg_trigger_uses_detector(self->trigger) && self->rate_hz > WG_RECORD_RATE_HZ) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "the watch's detector works at 12.5 Hz only: with --rate %g give --trigger "
                    "continuous, countdown or button",
                    self->rate_hz);
        return FALSE;
    }
    if (wg_job_has(job, "guest") && self->trigger == WG_TRIGGER_CONTINUOUS) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                            "--guest tests single takes: record them by detector, countdown or "
                            "button");
        return FALSE;
    }
    self->length_s = wg_job_get_number(job, "length");
    self->countdown_s = (int)wg_job_get_int(job, "countdown");
    if (self->trigger == WG_TRIGGER_ORDINARY && !wg_job_has(job, "seconds"))
        self->seconds = WG_ORDINARY_SECONDS;
    else if (self->trigger != WG_TRIGGER_CONTINUOUS && self->trigger != WG_TRIGGER_ORDINARY)
        self->n_wanted = wg_job_has(job, "count")     ? (int)wg_job_get_int(job, "count")
                         : wg_job_has(job, "seconds") ? 0
                                                      : N_TAKES_USUAL;
    return TRUE;
}
