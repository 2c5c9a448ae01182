/* Makes recordings for tests. */
#include "takes.h"

#include "base/random.h"

#include <glib/gstdio.h>

WgRecording *
wg_test_take(const char *label, const char *person, int number, int n_samples)
{
    g_autofree float *samples = g_new(float, (gsize)n_samples * 3);
    g_autofree char *file = g_strdup_printf("somewhere/%s.txt", label);
    WgRandom random;
    const WgRecordingSpec spec = {.label = label,
                                  .person = person,
                                  .file = file,
                                  .line = number + 1,
                                  .rate_hz = 12.5,
                                  .n_samples = n_samples,
                                  .n_channels = 3,
                                  .samples = samples,
                                  .original_units_per_g = 64};

    wg_random_init(&random, (guint64)number, g_str_hash(label));
    for (int i = 0; i < n_samples * 3; i++)
        samples[i] = (float)((int)wg_random_below(&random, 200) - 100) / 64;
    return wg_recording_new(&spec);
}

GPtrArray *
wg_test_takes(int n_labels, int n_persons, int n_each)
{
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (int i = 0; i < n_labels * n_persons * n_each; i++) {
        g_autofree char *label = g_strdup_printf("gesture-%d", i % n_labels);
        g_autofree char *person = g_strdup_printf("person-%d", i / n_labels % n_persons);

        g_ptr_array_add(takes, wg_test_take(label, person, i, 10 + i % 20));
    }
    return takes;
}

WgImport *
wg_test_import_files(const char *name, const void *content, gsize length, const char *beside,
                     const void *more, gsize more_length, const WgImportOptions *options,
                     GError **error)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *other = beside ? g_build_filename(folder, beside, NULL) : NULL;
    const char *const paths[] = {path, NULL};
    WgImport *import;

    g_assert_true(g_file_set_contents_full(path, content, (gssize)length, G_FILE_SET_CONTENTS_NONE,
                                           0600, NULL));
    if (other)
        g_assert_true(g_file_set_contents_full(other, more, (gssize)more_length,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    import = wg_import_read(paths, options, NULL, NULL, NULL, error);
    g_remove(path);
    if (other)
        g_remove(other);
    g_rmdir(folder);
    return import;
}

WgImport *
wg_test_import_text(const char *name, const char *text, const WgImportOptions *options,
                    GError **error)
{
    return wg_test_import_files(name, text, strlen(text), NULL, NULL, 0, options, error);
}

const WgRecordingSpec *
wg_test_get_take(WgImport *import, guint i)
{
    g_assert_cmpuint(import->recordings->len, >, i);
    return wg_recording_get(g_ptr_array_index(import->recordings, i));
}
