/* Any bytes as a damaged project file: it is looked through, and what is saved of it is a project
 * that is whole. */
#include "fuzz-folder.h"
#include "fuzz.h"
#include "read-project.h"

#include "dataset/project-salvage.h"
#include "dataset/project-verify.h"

#include <glib/gstdio.h>

static void
check_saved(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgVerification) found = wg_project_verify(path, FALSE, NULL, NULL, &error);
    g_autoptr(WgProject) project = wg_project_open(path, NULL);

    if (!found || !wg_verification_is_whole(found) || !project)
        g_error("what was saved is not whole: %s", error          ? error->message
                                                   : found->fault ? found->fault
                                                                  : "recordings");
    read_project(project);
    wg_project_close(project);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *path = fuzz_file("p.waggle", data, size);
    g_autofree char *saved = g_build_filename(fuzz_folder(), "saved.waggle", NULL);
    g_autoptr(WgVerification) found = wg_project_verify(path, FALSE, NULL, NULL, NULL);
    g_autoptr(GDir) folder = NULL;
    WgSalvage salvage;

    if (wg_project_salvage(path, saved, &salvage, NULL, NULL, NULL))
        check_saved(saved);
    g_unlink(saved);
    g_unlink(path);
    folder = g_dir_open(fuzz_folder(), 0, NULL);
    for (const char *name = g_dir_read_name(folder); name; name = g_dir_read_name(folder))
        g_error("repairing a project left %s", name);
    return 0;
}
