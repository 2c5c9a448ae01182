/* What a .tflite holds and whether a watch can run it, as the object that "inspect" gives. */
#pragma once

#include <json-glib/json-glib.h>

#include "base/watch-kind.h"
#include "workbench/model.h"

G_BEGIN_DECLS

/* Transfer full. */
JsonObject *wg_inspection_new(const WgInt8Network *network, const WgWatchKind *kind);
/* The same of what the firmware's own recogniser gets of the project's int8 model, with what was
 * tuned built in; where there is no such form it does not fit, and the reason says why. */
JsonObject *wg_inspection_new_builtin(const WgModel *model, WgProject *project,
                                      const WgWatchKind *kind);

G_END_DECLS
