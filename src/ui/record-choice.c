/* How a person chose to record, as the project keeps it. */
#include "ui/record-choice.h"

#include "device/recorder.h"
#include "workbench/json.h"

#define FACT "record"
#define LENGTH_S 2.0

const double wg_record_rates_hz[WG_RECORD_N_RATES] = {WG_RECORD_RATE_HZ, 25, 50, 100};

WgRecordChoice
wg_record_choice_load(WgProject *project)
{
    WgRecordChoice choice = {.trigger = WG_TRIGGER_DETECTOR,
                             .rate_hz = WG_RECORD_RATE_HZ,
                             .length_s = LENGTH_S,
                             .is_by_count = TRUE,
                             .amount = WG_RECORD_TAKES_AT_ONCE};
    g_autofree char *text = project ? wg_project_dup_fact(project, FACT) : NULL;
    g_autoptr(JsonObject) kept = text ? wg_json_parse_object(text, FACT, NULL) : NULL;
    const char *trigger;
    double rate_hz;

    if (!kept)
        return choice;
    trigger = wg_json_get_text(kept, "trigger", "");
    rate_hz = wg_json_get_double(kept, "rate", WG_RECORD_RATE_HZ);
    for (int i = 0; i < WG_RECORD_N_WAYS; i++) {
        if (g_str_equal(trigger, wg_trigger_get_name((WgTrigger)i)))
            choice.trigger = (WgTrigger)i;
    }
    for (int i = 0; i < WG_RECORD_N_RATES; i++) {
        if (wg_record_rates_hz[i] == rate_hz)
            choice.rate_hz = rate_hz;
    }
    choice.length_s = wg_json_get_double(kept, "length", LENGTH_S);
    choice.is_by_count = g_strcmp0(wg_json_get_text(kept, "unit", "takes"), "takes") == 0;
    choice.amount = wg_json_get_double(kept, "amount", WG_RECORD_TAKES_AT_ONCE);
    return choice;
}

void
wg_record_choice_save(const WgRecordChoice *self, WgProject *project)
{
    g_autoptr(JsonObject) object = json_object_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;

    json_object_set_string_member(object, "trigger", wg_trigger_get_name(self->trigger));
    json_object_set_double_member(object, "length", self->length_s);
    json_object_set_double_member(object, "rate", self->rate_hz);
    json_object_set_string_member(object, "unit", self->is_by_count ? "takes" : "seconds");
    json_object_set_double_member(object, "amount", self->amount);
    text = wg_json_to_text(object);
    if (!wg_project_set_fact(project, FACT, text, &error))
        g_message("how it is recorded is not remembered: %s", error->message);
}
