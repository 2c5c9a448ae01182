/* Any bytes as a project file: opened, read and edited, it may be refused, and no other file is
 * touched. */
#include "fuzz-folder.h"
#include "fuzz.h"
#include "read-project.h"

#include <glib/gstdio.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    g_autofree char *path = fuzz_file("p.waggle", data, size);
    g_autoptr(WgProject) project = wg_project_open(path, NULL);
    g_autoptr(GDir) folder = NULL;

    if (project) {
        read_project(project);
        wg_project_close(project);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *beside = g_strconcat(path, endings[i], NULL);

        g_unlink(beside);
    }
    folder = g_dir_open(fuzz_folder(), 0, NULL);
    for (const char *name = g_dir_read_name(folder); name; name = g_dir_read_name(folder)) {
        g_autofree char *left = g_build_filename(fuzz_folder(), name, NULL);

        if (!g_str_has_prefix(name, "p.form")) /* a copy of an older form */
            g_error("opening a project left %s", name);
        g_unlink(left);
    }
    return 0;
}
