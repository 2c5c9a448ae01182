/* A folder in memory for targets that read files. */
#include "fuzz-folder.h"

#include "base/file.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

static char *folder;

static void
remove_folder(void)
{
    wg_file_remove_folder(folder);
    g_free(folder);
}

const char *
fuzz_folder(void)
{
    if (!folder) {
        const char *memory = g_access("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir();

        folder = g_build_filename(memory, "waggle-fuzz-XXXXXX", NULL);
        if (!g_mkdtemp(folder))
            g_error("%s cannot be made", folder);
        atexit(remove_folder);
    }
    return folder;
}

char *
fuzz_source(const char *path)
{
    const char *source = g_getenv("WAGGLE_SOURCE");

    if (!source)
        g_error("WAGGLE_SOURCE is not set: it is the folder of the sources");
    return g_build_filename(source, "tests", path, NULL);
}

char *
fuzz_file(const char *name, gconstpointer data, gsize length)
{
    char *path = g_build_filename(fuzz_folder(), name, NULL);

    if (!g_file_set_contents_full(path, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
        g_error("%s cannot be written", path);
    return path;
}
