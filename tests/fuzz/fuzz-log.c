/* Any bytes as the write-ahead log beside a project: the project opens as it is without it, or with
 * what it says, and no log that is put aside is lost. */
#include "fuzz-folder.h"
#include "fuzz.h"
#include "read-project.h"

#include "dataset/log-commits.h"
#include "dataset/project.h"

#include <glib/gstdio.h>

#define PROJECT "data/projects/form-7.waggle"

static void
remove_all(void)
{
    g_autoptr(GDir) folder = g_dir_open(fuzz_folder(), 0, NULL);

    for (const char *name = g_dir_read_name(folder); name; name = g_dir_read_name(folder)) {
        g_autofree char *path = g_build_filename(fuzz_folder(), name, NULL);

        g_unlink(path);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char *content;
    static gsize length;
    g_autofree char *path = NULL, *log = fuzz_file("p.waggle-wal", data, size);
    g_autofree char *aside = NULL;
    g_autoptr(WgProject) project = NULL;
    WgLogCommits commits;

    if (!content) {
        g_autofree char *source = fuzz_source(PROJECT);

        if (!g_file_get_contents(source, &content, &length, NULL))
            g_error("%s cannot be read", source);
    }
    path = fuzz_file("p.waggle", content, length);
    aside = g_strconcat(path, ".log", NULL);
    wg_log_count_commits(log, &commits);
    project = wg_project_open(path, NULL);
    if (project) {
        const char *note = wg_project_get_log_note(project);

        if (note && !g_file_test(aside, G_FILE_TEST_EXISTS))
            g_error("%s, and it is not there", note);
        read_project(project);
        wg_project_close(project);
    }
    remove_all();
    return 0;
}
