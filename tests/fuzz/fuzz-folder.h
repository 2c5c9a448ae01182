/* A folder in memory for targets that read files. */
#pragma once

#include <glib.h>

/* Made once a run; transfer none. */
const char *fuzz_folder(void);
/* The path of a file below tests/; WAGGLE_SOURCE tells where that is. Owner: caller. */
char *fuzz_source(const char *path);
/* The path of the file of that name with those bytes; aborts where it cannot be written. Owner:
 * caller. */
char *fuzz_file(const char *name, gconstpointer data, gsize length);
