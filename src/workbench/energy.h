/* The energy of gestures: what an inference costs, what a day costs, how long a battery lasts. */
#pragma once

#include "base/watch-kind.h"
#include "dataset/project.h"

G_BEGIN_DECLS

typedef enum {
    WG_ASSUME_GESTURES_PER_DAY,
    WG_ASSUME_HOURS_PER_DAY,
    WG_ASSUME_INFERENCE_MS,
    WG_ASSUME_TRANSMIT_MS,
    WG_ASSUME_BATTERY_MAH,
    WG_ASSUME_VOLT,
    WG_ASSUME_SLEEP_UA,
    WG_ASSUME_SAMPLE_MA,
    WG_ASSUME_INFER_MA,
    WG_ASSUME_TRANSMIT_MA,
    WG_N_ASSUMPTIONS,
} WgAssumption;

typedef struct {
    const char *name;  /* as a member of JSON and, with hyphens, as an option: "battery_mah" */
    const char *words; /* N_() */
    const char *unit;  /* "mAh", N_() */
    double minimum, maximum;
    int digits; /* behind the point, where a person sets it */
} WgAssumptionInfo;

extern const WgAssumptionInfo wg_assumption_infos[WG_N_ASSUMPTIONS];

/* A value and where it is from, in words (owned). */
typedef struct {
    double value;
    char *source;
    gboolean is_given; /* by the user */
} WgAssumed;

typedef struct {
    WgAssumed all[WG_N_ASSUMPTIONS];
} WgAssumptions;

/* Those of a kind of watch, as its maker publishes them; else the founding energy table's: 10 uA,
 * 80 mA, 120 mA, 150 mA, 3.7 V, 2000 mAh. Of the use: 50 gestures in 12 hours a day, 0.1 s over the
 * radio for each, for want of anything better. `inference_ms` with `inference_source` as they are
 * known of the model. Owner: caller. */
WgAssumptions *wg_assumptions_new(const WgWatchKind *kind, double inference_ms,
                                  const char *inference_source);
void wg_assumptions_free(WgAssumptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgAssumptions, wg_assumptions_free)
void wg_assumptions_give(WgAssumptions *self, WgAssumption which, double value);

/* What the user has given for this kind of watch and kept in the project, over those. Any thread.
 */
void wg_assumptions_load(WgAssumptions *self, WgProject *project, const WgWatchKind *kind);
/* Keeps those that are given, and forgets the others. Any thread. */
gboolean wg_assumptions_store(const WgAssumptions *self, WgProject *project,
                              const WgWatchKind *kind, GError **error);

enum { WG_STATE_SLEEP, WG_STATE_SAMPLE, WG_STATE_INFER, WG_STATE_TRANSMIT, WG_N_STATES };
extern const char *const wg_state_names[WG_N_STATES]; /* "sleep", ... */

typedef struct {
    double seconds[WG_N_STATES]; /* of a day; together 86,400 */
    double joules[WG_N_STATES];  /* of a day: current x voltage x time */
    double inference_mj;         /* of one inference */
    double day_j;
    double battery_j, days;
} WgEnergy;

/* WG_ERROR_USAGE where the gestures of a day take longer than the hours it is worn. */
gboolean wg_energy_compute(const WgAssumptions *assumptions, WgEnergy *energy, GError **error);

G_END_DECLS
