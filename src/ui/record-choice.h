/* How a person chose to record, as the project keeps it. */
#pragma once

#include "dataset/project.h"
#include "workbench/record-plan.h"

G_BEGIN_DECLS

#define WG_RECORD_N_RATES 4
#define WG_RECORD_TAKES_AT_ONCE 10
#define WG_RECORD_SECONDS_AT_ONCE 30
/* ordinary movement has a button of its own */
#define WG_RECORD_N_WAYS (WG_TRIGGER_CONTINUOUS + 1)

extern const double wg_record_rates_hz[WG_RECORD_N_RATES];

typedef struct {
    WgTrigger trigger;
    double rate_hz;       /* one of wg_record_rates_hz */
    double length_s;      /* of a take by countdown or button */
    gboolean is_by_count; /* `amount` is of takes, else of seconds */
    double amount;
} WgRecordChoice;

/* As it is until a person chooses, where the project is NULL or keeps nothing that can be read. */
WgRecordChoice wg_record_choice_load(WgProject *project);
/* A project that cannot be written has lost nothing by it: that is said in the log. */
void wg_record_choice_save(const WgRecordChoice *self, WgProject *project);

G_END_DECLS
