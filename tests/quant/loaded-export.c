/* What the exporter "c" wrote, compiled and loaded into the test. */
#include "loaded-export.h"
#include "base/file.h"

#include <dlfcn.h>
#include <string.h>

/* All warnings are errors, and it has the sanitizers where this program has them. */
static const char *const compiler[] = {
    "cc",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-pedantic",
    "-std=c11",
    "-O0",
    "-shared",
    "-fPIC",
    "-o",
    "model.so",
#if defined(__SANITIZE_ADDRESS__)
    "-fsanitize=address,undefined",
    "-fno-sanitize-recover=all",
#endif
};

char **
loaded_export_make_labels(int n)
{
    char **labels = g_new0(char *, n + 1);

    for (int i = 0; i < n; i++)
        labels[i] = g_strdup_printf("gesture %d", i);
    return labels;
}

void
loaded_export_init_source(WgExportSource *source, const WgInt8Network *network, char **labels)
{
    memset(source, 0, sizeof *source);
    source->network = network;
    source->labels = (const char *const *)labels;
    source->window = &wg_window_options_watch;
    source->project_name = "golden";
    source->date = "2026-01-01T00:00:00Z";
    source->threshold = 0.5;
}

static void
write_files(const GPtrArray *files, const char *folder)
{
    for (guint i = 0; i < files->len; i++) {
        const WgExportFile *file = g_ptr_array_index(files, i);
        g_autofree char *path = g_build_filename(folder, file->path, NULL);
        g_autoptr(GError) error = NULL;
        gsize length;
        const char *content = g_bytes_get_data(file->content, &length);

        g_file_set_contents(path, content, (gssize)length, &error);
        g_assert_no_error(error);
    }
}

static void
compile(const char *folder, const char *const *arguments)
{
    g_autofree char *errors = NULL;
    g_autoptr(GError) error = NULL;
    int status = -1;

    g_spawn_sync(folder, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &errors,
                 &status, &error);
    g_assert_no_error(error);
    if (status != 0)
        g_test_message("%s", errors);
    g_assert_cmpint(status, ==, 0);
}

LoadedExport *
loaded_export_new(const GPtrArray *files)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("waggle-export-XXXXXX", &error);
    g_autofree char *library = g_build_filename(folder, "model.so", NULL);
    LoadedExport *self = g_new0(LoadedExport, 1);

    g_assert_no_error(error);
    write_files(files, folder);
    for (gsize i = 0; i < G_N_ELEMENTS(compiler); i++)
        g_ptr_array_add(arguments, (gpointer)compiler[i]);
    for (guint i = 0; i < files->len; i++) {
        const WgExportFile *file = g_ptr_array_index(files, i);

        if (g_str_has_suffix(file->path, ".c") && !g_str_equal(file->path, "main.c"))
            g_ptr_array_add(arguments, file->path);
    }
    g_ptr_array_add(arguments, (gpointer) "-lm");
    g_ptr_array_add(arguments, NULL);
    compile(folder, (const char *const *)arguments->pdata);
    self->library = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!self->library)
        g_error("%s", dlerror());
    *(void **)&self->run = dlsym(self->library, "waggle_run");
    *(void **)&self->decide = dlsym(self->library, "waggle_decide");
    self->names = dlsym(self->library, "waggle_names");
    *(void **)&self->window_init = dlsym(self->library, "waggle_window_init");
    *(void **)&self->window_feed = dlsym(self->library, "waggle_window_feed");
    *(void **)&self->debounce_init = dlsym(self->library, "waggle_debounce_init");
    *(void **)&self->debounce_feed = dlsym(self->library, "waggle_debounce_feed");
    g_assert_true(self->run && self->decide && self->names);
    wg_file_remove_folder(folder);
    return self;
}

void
loaded_export_free(LoadedExport *self)
{
    dlclose(self->library);
    g_free(self);
}
