/* What is said of the ways to record, and of their rates. */
#pragma once

#include "workbench/record-plan.h"

G_BEGIN_DECLS

/* Translated. `is_board`: it prints numbers and nothing else. */
const char *wg_record_way_describe(WgTrigger trigger, gboolean is_board);
/* `has_rates`: we know how to set its sensor's. */
const char *wg_record_way_describe_rate(WgTrigger trigger, gboolean is_board, gboolean has_rates);

G_END_DECLS
