/* The energy of gestures: what an inference costs, what a day costs, how long a battery lasts. */
#include "workbench/energy.h"

#include "base/error.h"
#include "workbench/json.h"

#include <glib/gi18n.h>

#define FACT "energy"
#define DAY_S 86400.0
#define PUBLISHED N_("the founding energy table")
#define OWN_GUESS N_("an assumption of this program: put in your own")

const char *const wg_state_names[WG_N_STATES] = {"sleep", "sample", "infer", "transmit"};

const WgAssumptionInfo wg_assumption_infos[WG_N_ASSUMPTIONS] = {
    {"gestures_per_day", N_("Gestures a day"), "", 0, 1e6, 0},
    {"hours_per_day", N_("Worn and watching"), N_("h a day"), 0, 24, 1},
    {"inference_ms", N_("A recognition"), N_("ms"), 0, 60e3, 1},
    {"transmit_ms", N_("Telling others of it by radio"), N_("ms"), 0, 60e3, 0},
    {"battery_mah", N_("Battery"), N_("mAh"), 1, 1e6, 0},
    {"volt", N_("Its voltage"), N_("V"), 0.1, 100, 2},
    {"sleep_ua", N_("Current asleep"), N_("µA"), 0, 1e6, 0},
    {"sample_ma", N_("Current while watching"), N_("mA"), 0, 1e4, 2},
    {"infer_ma", N_("Current while recognising"), N_("mA"), 0, 1e4, 2},
    {"transmit_ma", N_("Current while telling"), N_("mA"), 0, 1e4, 2},
};

static const WgWatchEnergy published = {2000, 10, 80, 120, 150, PUBLISHED};

static void
assume(WgAssumptions *self, WgAssumption which, double value, const char *source)
{
    self->all[which] = (WgAssumed){value, g_strdup(_(source)), FALSE};
}

WgAssumptions *
wg_assumptions_new(const WgWatchKind *kind, double inference_ms, const char *inference_source)
{
    const WgWatchEnergy *energy = kind->energy ? kind->energy : &published;
    WgAssumptions *self = g_new0(WgAssumptions, 1);

    assume(self, WG_ASSUME_GESTURES_PER_DAY, 50, OWN_GUESS);
    assume(self, WG_ASSUME_HOURS_PER_DAY, 12, OWN_GUESS);
    assume(self, WG_ASSUME_INFERENCE_MS, inference_ms, inference_source);
    assume(self, WG_ASSUME_TRANSMIT_MS, 100, OWN_GUESS);
    assume(self, WG_ASSUME_BATTERY_MAH, energy->battery_mah, energy->source);
    assume(self, WG_ASSUME_VOLT, 3.7, PUBLISHED);
    assume(self, WG_ASSUME_SLEEP_UA, energy->sleep_ua, energy->source);
    assume(self, WG_ASSUME_SAMPLE_MA, energy->sample_ma, energy->source);
    assume(self, WG_ASSUME_INFER_MA, energy->infer_ma, energy->source);
    assume(self, WG_ASSUME_TRANSMIT_MA, energy->transmit_ma, energy->source);
    return self;
}

void
wg_assumptions_free(WgAssumptions *self)
{
    for (int i = 0; i < WG_N_ASSUMPTIONS; i++)
        g_free(self->all[i].source);
    g_free(self);
}

void
wg_assumptions_give(WgAssumptions *self, WgAssumption which, double value)
{
    WgAssumed *assumed = &self->all[which];

    g_free(assumed->source);
    *assumed = (WgAssumed){value, g_strdup(_("given by you")), TRUE};
}

/* {"bangle2":{"battery_mah":175}}; transfer full, never NULL. */
static JsonObject *
load_all(WgProject *project)
{
    g_autofree char *text = wg_project_dup_fact(project, FACT);
    JsonObject *all = text ? wg_json_parse_object(text, FACT, NULL) : NULL;

    return all ? all : json_object_new();
}

void
wg_assumptions_load(WgAssumptions *self, WgProject *project, const WgWatchKind *kind)
{
    g_autoptr(JsonObject) all = load_all(project);
    JsonNode *node = json_object_get_member(all, kind->id);
    JsonObject *kept = node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;

    for (int i = 0; kept && i < WG_N_ASSUMPTIONS; i++) {
        const WgAssumptionInfo *info = &wg_assumption_infos[i];
        JsonNode *member = json_object_get_member(kept, info->name);
        const double value = member && JSON_NODE_HOLDS_VALUE(member) ? json_node_get_double(member)
                                                                     : info->minimum - 1;

        if (value >= info->minimum && value <= info->maximum)
            wg_assumptions_give(self, (WgAssumption)i, value);
    }
}

gboolean
wg_assumptions_store(const WgAssumptions *self, WgProject *project, const WgWatchKind *kind,
                     GError **error)
{
    g_autoptr(JsonObject) all = load_all(project);
    JsonObject *kept = json_object_new();
    g_autofree char *text = NULL;

    for (int i = 0; i < WG_N_ASSUMPTIONS; i++) {
        if (self->all[i].is_given)
            json_object_set_double_member(kept, wg_assumption_infos[i].name, self->all[i].value);
    }
    json_object_set_object_member(all, kind->id, kept);
    text = wg_json_to_text(all);
    return wg_project_set_fact(project, FACT, text, error);
}

/* E = I U t for each state, in joules; a battery holds Q U. The four states share the day. */
gboolean
wg_energy_compute(const WgAssumptions *assumptions, WgEnergy *energy, GError **error)
{
    const WgAssumed *all = assumptions->all;
    const double n = all[WG_ASSUME_GESTURES_PER_DAY].value, volt = all[WG_ASSUME_VOLT].value;
    const double worn_s = all[WG_ASSUME_HOURS_PER_DAY].value * 3600;
    const double amperes[WG_N_STATES] = {
        all[WG_ASSUME_SLEEP_UA].value / 1e6, all[WG_ASSUME_SAMPLE_MA].value / 1e3,
        all[WG_ASSUME_INFER_MA].value / 1e3, all[WG_ASSUME_TRANSMIT_MA].value / 1e3};
    const double inference_s = all[WG_ASSUME_INFERENCE_MS].value / 1e3;
    const double transmit_s = all[WG_ASSUME_TRANSMIT_MS].value / 1e3;
    double *seconds = energy->seconds;

    seconds[WG_STATE_SLEEP] = DAY_S - worn_s;
    seconds[WG_STATE_INFER] = n * inference_s;
    seconds[WG_STATE_TRANSMIT] = n * transmit_s;
    seconds[WG_STATE_SAMPLE] = worn_s - seconds[WG_STATE_INFER] - seconds[WG_STATE_TRANSMIT];
    if (seconds[WG_STATE_SAMPLE] < 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("%.0f gestures of %.1f s each take longer than the %.1f hours a day that the "
                      "watch is worn: fewer gestures, or more hours"),
                    n, inference_s + transmit_s, worn_s / 3600);
        return FALSE;
    }
    energy->day_j = 0;
    for (int i = 0; i < WG_N_STATES; i++) {
        energy->joules[i] = amperes[i] * volt * seconds[i];
        energy->day_j += energy->joules[i];
    }
    energy->inference_mj = amperes[WG_STATE_INFER] * volt * inference_s * 1e3;
    energy->battery_j = all[WG_ASSUME_BATTERY_MAH].value / 1e3 * 3600 * volt;
    energy->days = energy->battery_j / energy->day_j;
    return TRUE;
}
