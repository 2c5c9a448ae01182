/* Stored takes that prove a model somewhere else, with the outputs that this machine gets. */
#pragma once

#include "workbench/job.h"
#include "workbench/model.h"

G_BEGIN_DECLS

typedef struct {
    int n, n_inputs, n_outputs;
    gint8 *inputs;  /* n x n_inputs history units; owned by the caller who takes it */
    float *outputs; /* n x n_outputs raw output values */
} WgTestTakes;

/* Evenly spread over the takes of the model's validation part, or where those are few the others;
 * without takes that fit (`model` may be NULL) random windows, of which a note tells. */
void wg_test_takes_choose(WgJob *job, WgModel *model, const WgInt8Network *network,
                          WgTestTakes *takes);

G_END_DECLS
