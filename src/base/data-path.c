/* Finds what Waggle ships, built or installed. */
#include "base/data-path.h"

char *
wg_data_dup_path(const char *name)
{
    const char *source = g_getenv("WAGGLE_SOURCE");
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self ? g_path_get_dirname(self) : g_strdup(".");
    g_autofree char *beside = NULL; /* SOURCE/BUILD/src/PART/program */

    if (source)
        return g_build_filename(source, "data", name, NULL);
    beside = g_build_filename(folder, "..", "..", "..", "data", name, NULL);
    if (g_file_test(beside, G_FILE_TEST_EXISTS))
        return g_canonicalize_filename(beside, NULL);
    return g_build_filename(PKGDATADIR, name, NULL);
}
