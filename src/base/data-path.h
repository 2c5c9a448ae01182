/* Where the files lie that Waggle ships. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The shipped file or folder of that name, e.g. "recordings/seed-split.json": of the source tree
 * that WAGGLE_SOURCE names, else of the tree around the build folder that the program runs from,
 * else as installed. May not be there. Owner: caller. Any thread. */
char *wg_data_dup_path(const char *name);

G_END_DECLS
