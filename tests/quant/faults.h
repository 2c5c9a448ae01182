/* What the watch refuses, crashes on or garbles, each a model that it runs spoilt in one place. */
#pragma once

#include "small-model.h"

G_BEGIN_DECLS

typedef struct {
    const char *name;
    int op; /* of the model */
    void (*change)(WgSmallModel *model);
    void (*patch)(GByteArray *file);
    int code;           /* of the refusal, or 0: it is run, but the verdict says why not to */
    const char *why[3]; /* what the sentence says */
} WgFault;

extern const WgFault wg_faults[]; /* ends with a name of NULL */

G_END_DECLS
