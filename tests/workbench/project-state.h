/* All that a project shows, as a text to compare. */
#pragma once

#include "dataset/project.h"

G_BEGIN_DECLS

/* Every field and sample of every recording, also of what trims left out, the models and which of
 * them count, and the facts of those names. Caller frees. */
char *wg_test_dup_state(WgProject *project, const char *const *facts);

/* The same of these recordings alone, as they are. */
char *wg_test_dup_recordings(GPtrArray *recordings);

G_END_DECLS
