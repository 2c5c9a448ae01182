/* What the job "record" tells while it runs. */
#include "workbench/record-events.h"

#include "dataset/window.h"
#include "workbench/json.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>

/* The range of a sensor is 2 to 16 g; a board's own unit does not tell it. */
static char *
dup_clipped(double range_g)
{
    if (range_g > 16)
        return g_strdup(_("clipped: the sensor was at the end of its range, do it softer"));
    return g_strdup_printf(_("clipped: the watch measures up to %g g here, do it softer"), range_g);
}

static char *
dup_reason(const WgRecordingSpec *spec, int n_missing)
{
    if (n_missing > 0)
        return g_strdup_printf(ngettext("%d sample of %d did not arrive: keep the watch "
                                        "nearer to the computer",
                                        "%d samples of %d did not arrive: keep the watch "
                                        "nearer to the computer",
                                        (gulong)n_missing),
                               n_missing, spec->n_samples + n_missing);
    if (spec->n_clipped > 0)
        return spec->original_units_per_g == WG_UNITS_PER_G
                   ? dup_clipped(2)
                   : dup_clipped(32768 / spec->original_units_per_g);
    return NULL;
}

void
wg_record_tell_take(WgJob *job, const WgRecordingSpec *spec, gint64 id, gboolean is_known,
                    int n_missing)
{
    JsonObject *event = json_object_new();
    g_autofree char *reason = dup_reason(spec, n_missing);

    json_object_set_boolean_member(event, "known", is_known);
    json_object_set_int_member(event, "id", id);
    json_object_set_int_member(event, "n_samples", spec->n_samples);
    json_object_set_boolean_member(event, "clipped", spec->n_clipped > 0);
    json_object_set_int_member(event, "missing", n_missing);
    wg_json_set_optional(event, "held_back", spec->held_back);
    wg_json_set_optional(event, "reason", reason);
    wg_job_tell(job, "take", event);
    if (spec->held_back)
        wg_job_note(job, _("take %" PRId64 " is held back, %s"), id, reason);
}

JsonObject *
wg_record_describe_health(const WgStreamHealth *health)
{
    JsonObject *event = json_object_new();

    json_object_set_string_member(event, "state",
                                  wg_health_state_get_name(wg_stream_health_get_state(health)));
    json_object_set_double_member(event, "rate_hz", wg_stream_health_get_rate_hz(health));
    json_object_set_double_member(event, "nominal_hz", health->nominal_hz);
    json_object_set_double_member(event, "jitter_ms", health->jitter_ms);
    json_object_set_int_member(event, "samples", health->n_samples);
    json_object_set_int_member(event, "missing", health->n_missing);
    json_object_set_int_member(event, "gaps", health->n_gaps);
    json_object_set_int_member(event, "clipped", health->n_clipped);
    return event;
}

void
wg_record_tell_health(WgJob *job, const WgStreamHealth *health)
{
    wg_job_tell(job, "health", wg_record_describe_health(health));
}

void
wg_record_tell_sample(WgJob *job, int number, double time_s, double x, double y, double z)
{
    JsonObject *event = json_object_new();

    json_object_set_int_member(event, "n", number);
    json_object_set_double_member(event, "t", time_s);
    json_object_set_double_member(event, "x", x);
    json_object_set_double_member(event, "y", y);
    json_object_set_double_member(event, "z", z);
    wg_job_tell(job, "sample", event);
}

void
wg_record_tell_back(WgJob *job, double missed_s)
{
    JsonObject *event = json_object_new();

    json_object_set_double_member(event, "missed_s", missed_s);
    wg_job_tell(job, "back", event);
}

void
wg_record_describe_stream(JsonObject *result, const WgWritten *written)
{
    json_object_set_int_member(result, "samples", written->n_samples);
    json_object_set_int_member(result, "gaps", written->n_gaps);
    json_object_set_int_member(result, "missing", written->n_missing);
    json_object_set_double_member(result, "rate_hz", written->rate_hz);
    json_object_set_double_member(result, "longest_ms", rint(written->longest_ms));
}

void
wg_record_note_unit(WgJob *job, WgNumberUnit unit, double units_per_g)
{
    if (unit == WG_UNIT_USUAL)
        wg_job_note(job,
                    _("its numbers are taken for %g a g: that is the usual unit nearest to "
                      "what it tells at rest"),
                    units_per_g);
    else if (unit == WG_UNIT_MEASURED)
        wg_job_note(job,
                    _("its numbers are in no usual unit: %.4g, which it tells at rest, is "
                      "taken for 1 g"),
                    units_per_g);
    else if (unit == WG_UNIT_GUESSED)
        wg_job_note(job,
                    _("its numbers are taken for %g a g, which is a guess: it did not rest; "
                      "hold it still at the beginning and record again"),
                    units_per_g);
}

void
wg_record_note_lost(WgJob *job, int n)
{
    wg_job_note(job,
                ngettext("%d take did not arrive whole and is lost: do it again",
                         "%d takes did not arrive whole and are lost: do them again", (gulong)n),
                n);
}
