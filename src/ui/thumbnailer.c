/* waggle-thumbnailer: draws the picture of a project or a pack for a file manager. It only reads,
 * and trusts neither: what is damaged gets no picture and ends it with 1. */
#include "dataset/glance.h"
#include "ui/project-picture.h"
#include "workbench/pack.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#define SIZE_USUAL 128 /* "normal" of the thumbnail specification */
#define SIZE_MOST 1024 /* its "xx-large" */
#define SECONDS_MOST 20
#define PROJECT_BEGINS "SQLite format 3"

static int
fail(const char *what, int status)
{
    g_printerr("waggle-thumbnailer: %s\n", what);
    return status;
}

static gboolean
is_database(const char *path)
{
    char begin[sizeof PROJECT_BEGINS] = "";
    FILE *file = g_file_test(path, G_FILE_TEST_IS_REGULAR) ? g_fopen(path, "rb") : NULL;
    const gboolean is_read = file && fread(begin, 1, sizeof begin, file) == sizeof begin;

    if (file)
        fclose(file);
    return is_read && memcmp(begin, PROJECT_BEGINS, sizeof begin) == 0;
}

static GPtrArray *
read_pack(const char *path, GError **error)
{
    g_autoptr(WgPack) pack = wg_pack_read(path, NULL, error);
    GPtrArray *takes;

    if (!pack)
        return NULL;
    takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    for (guint i = 0; i < pack->takes->len; i++) {
        const WgPackTake *take = g_ptr_array_index(pack->takes, i);

        g_ptr_array_add(
            takes, take->trim_n > 0
                       ? wg_recording_new_piece(take->recording, take->trim_first, take->trim_n)
                       : wg_recording_ref(take->recording));
    }
    return takes;
}

/* Nothing is left at `path` where not all of it could be written. */
static gboolean
write_picture(GPtrArray *takes, int size, const char *path)
{
    cairo_surface_t *picture = wg_project_picture_new(takes, size);
    const cairo_status_t status = cairo_surface_write_to_png(picture, path);

    cairo_surface_destroy(picture);
    if (status != CAIRO_STATUS_SUCCESS)
        g_unlink(path);
    return status == CAIRO_STATUS_SUCCESS;
}

int
main(int argc, char **argv)
{
    int size = SIZE_USUAL;
    g_auto(GStrv) paths = NULL;
    const GOptionEntry options[] = {
        {"size", 's', 0, G_OPTION_ARG_INT, &size, "Pixels a side (128)", "SIZE"},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "FILE PICTURE"},
        {NULL},
    };
    const struct rlimit patience = {SECONDS_MOST, SECONDS_MOST};
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GPtrArray) takes = NULL;
    g_autoptr(GError) error = NULL;

    setrlimit(RLIMIT_CPU, &patience);
    g_option_context_add_main_entries(context, options, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error))
        return fail(error->message, 2);
    if (!paths || g_strv_length(paths) != 2 || size < 1)
        return fail("it takes a file, and where its picture goes", 2);
    takes = is_database(paths[0])
                ? wg_glance_read(paths[0], WG_PICTURE_GESTURES, WG_PICTURE_TAKES, &error)
                : read_pack(paths[0], &error);
    if (!takes)
        return fail(error->message, 1);
    if (takes->len == 0)
        return fail("there are no takes in it", 1);
    if (!write_picture(takes, MIN(size, SIZE_MOST), paths[1]))
        return fail("the picture cannot be written", 1);
    return 0;
}
