/* Reads foreign files into recordings: finds the files, and the format of each. */
#include "dataset/import.h"

#include "base/error.h"
#include "base/file.h"
#include "dataset/axes.h"
#include "dataset/file-reading.h"
#include "dataset/file-text.h"
#include "dataset/import-batches.h"
#include "dataset/recording-names.h"
#include "dataset/span-file.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

/* Larger files are no gesture recordings. */
#define FILE_BYTES_MAX (256 * 1024 * 1024)

static int
compare_strings(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean
collect_files(const char *path, GPtrArray *files, gboolean is_named, WgRefusals *refused,
              GError **error)
{
    g_autoptr(GDir) folder = NULL;
    g_autoptr(GPtrArray) names = NULL;
    const char *name;

    if (!is_named && g_file_test(path, G_FILE_TEST_IS_SYMLINK) &&
        (!g_file_test(path, G_FILE_TEST_EXISTS) || g_file_test(path, G_FILE_TEST_IS_DIR))) {
        wg_refusals_take(refused, g_strdup_printf(_("%s: a link that is not followed"), path));
        return TRUE;
    }
    if (!wg_file_check_reachable(path, error))
        return FALSE;
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s does not exist"), path);
        return FALSE;
    }
    if (wg_span_file_is(path) || wg_file_format_is_companion(path)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s labels the recording beside it: import that, and the labels come along"),
                    path);
        return FALSE;
    }
    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            g_ptr_array_add(files, g_strdup(path));
        return TRUE;
    }
    folder = wg_file_open_folder(path, error);
    if (!folder)
        return FALSE;
    names = g_ptr_array_new_with_free_func(g_free);
    while ((name = g_dir_read_name(folder))) {
        if (name[0] != '.' && !wg_span_file_is(name) && !wg_file_format_is_companion(name) &&
            !wg_file_is_project(name))
            g_ptr_array_add(names, g_build_filename(path, name, NULL));
    }
    g_ptr_array_sort(names, compare_strings);
    for (guint i = 0; i < names->len; i++) {
        if (!collect_files(g_ptr_array_index(names, i), files, FALSE, refused, error))
            return FALSE;
    }
    return TRUE;
}

static const WgFileFormat *
find_format(const char *name, const char *content, gsize length, const char *wanted, GError **error)
{
    const WgFileFormat *found = wanted ? wg_file_format_find(wanted, FALSE, error)
                                       : wg_file_format_judge(name, content, length);

    if (!found && !wanted)
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    g_str_has_suffix(name, ".wagglepack")
                        ? _("%s is a pack: it is not imported, but “merge” adds its takes")
                        : _("%s holds no recordings in a form Waggle knows"),
                    name);
    return found;
}

/* The takes, their axes as the options name them. */
static gboolean
turn_takes(GPtrArray *takes, const WgImportOptions *options, GError **error)
{
    WgAxes axes;

    if (!options->axes)
        return TRUE;
    if (!wg_axes_parse(options->axes, &axes, error))
        return FALSE;
    for (guint i = 0; i < takes->len; i++) {
        g_autoptr(WgRecording) take = g_ptr_array_index(takes, i);

        g_ptr_array_index(takes, i) = wg_axes_apply(&axes, take);
    }
    return TRUE;
}

/* Those of the takes whose names can be names; transfer full. */
static GPtrArray *
choose_named(GPtrArray *takes, WgRefusals *refused)
{
    GPtrArray *fit = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < takes->len; i++) {
        WgRecording *take = g_ptr_array_index(takes, i);
        const WgRecordingSpec *spec = wg_recording_get_facts(take);
        g_autoptr(GError) why = NULL;

        if (wg_recording_check_names(spec, &why))
            g_ptr_array_add(fit, wg_recording_ref(take));
        else if (spec->line > 0)
            wg_refusals_take(refused,
                             g_strdup_printf("%s:%d: %s", spec->file, spec->line, why->message));
        else
            wg_refusals_take(refused, g_strdup_printf("%s: %s", spec->file, why->message));
    }
    return fit;
}

static gboolean
read_file(const char *path, const WgImportOptions *options, WgImportBatches *batches,
          WgImport *import, GHashTable *kept, GError **error)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    WgFileContent found = {takes, import->messages, import->refused, kept, 0};
    g_autoptr(GPtrArray) named = NULL;
    const WgFileFormat *format;
    g_autofree char *content = NULL;
    gboolean is_guess;
    gsize length;
    GStatBuf facts;

    if (g_stat(path, &facts) == 0 && facts.st_size > FILE_BYTES_MAX) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s has %zu bytes, at most %d are read"),
                    path, (gsize)facts.st_size, FILE_BYTES_MAX);
        return FALSE;
    }
    content = wg_file_read(path, &length, error);
    if (!content || !wg_file_text_decode(path, &content, &length, &is_guess, error))
        return FALSE;
    format = find_format(path, content, length, options->format, error);
    if (!format || !format->read(path, content, length, options, &found, error) ||
        !wg_span_file_apply(path, &found, 0, error) || !turn_takes(takes, options, error))
        return FALSE;
    if (is_guess)
        wg_file_say_guess(&found, path);
    named = choose_named(takes, import->refused);
    wg_import_batches_add(batches, path, format, named, found.unknown_units);
    return TRUE;
}

/* Which file of a folder is its last, by the folder. */
static GHashTable *
find_last_files(GPtrArray *files)
{
    GHashTable *last = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < files->len; i++)
        g_hash_table_replace(last, g_path_get_dirname(g_ptr_array_index(files, i)),
                             GUINT_TO_POINTER(i));
    return last;
}

static gboolean
read_files(GPtrArray *files, const WgImportOptions *options, WgImportBatches *batches,
           WgImport *import, WgProgress *progress, GCancellable *cancellable, GError **error)
{
    g_autoptr(GHashTable) last_files = find_last_files(files);
    g_autoptr(GHashTable) kept =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_node_unref);

    for (guint i = 0; i < files->len; i++) {
        const char *path = g_ptr_array_index(files, i);
        g_autofree char *folder = g_path_get_dirname(path);
        g_autoptr(GError) why = NULL;

        wg_progress_tell(progress, (double)i / files->len, NULL);
        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        if (!read_file(path, options, batches, import, kept, &why)) {
            /* one file alone: its fault is the whole answer; among others it is one refusal */
            if (files->len == 1 || !g_error_matches(why, WG_ERROR, WG_ERROR_INPUT)) {
                g_propagate_error(error, g_steal_pointer(&why));
                return FALSE;
            }
            wg_refusals_take(import->refused, g_strdup(why->message));
        }
        if (!wg_import_batches_hand_on(batches, error) ||
            (GPOINTER_TO_UINT(g_hash_table_lookup(last_files, folder)) == i &&
             !wg_import_batches_close(batches, folder, error)))
            return FALSE;
    }
    wg_import_batches_sum_up(batches);
    return TRUE;
}

WgImport *
wg_import_read_on(const char *const *paths, const WgImportOptions *options,
                  const char *const *known_labels, WgImportTake take, gpointer user_data,
                  WgProgress *progress, GCancellable *cancellable, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(WgImportLabels) labels = wg_import_labels_new(known_labels);
    g_autoptr(WgImport) import = g_new0(WgImport, 1);
    g_autoptr(WgImportBatches) batches =
        wg_import_batches_new(options, labels, import, take, user_data);

    import->recordings = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    import->messages = g_ptr_array_new_with_free_func(g_free);
    import->refused = wg_refusals_new();
    for (int i = 0; paths[i]; i++) {
        if (!collect_files(paths[i], files, TRUE, import->refused, error))
            return NULL;
    }
    if (!read_files(files, options, batches, import, progress, cancellable, error))
        return NULL;
    if (import->n == 0 && import->refused->n == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s holds no recordings"), paths[0]);
        return NULL;
    }
    import->renamed = wg_import_labels_finish(labels, import->messages);
    return g_steal_pointer(&import);
}

static gboolean
collect(GPtrArray *recordings, gpointer all, GError **error)
{
    g_ptr_array_extend_and_steal(all, recordings);
    return TRUE;
}

/* That recording with the label and spans' labels that turned out, itself where they are those. */
static WgRecording *
rename_one(WgRecording *recording, GHashTable *renamed)
{
    const WgRecordingSpec *facts = wg_recording_get_facts(recording);
    g_autofree WgLabelSpan *spans =
        g_memdup2(facts->spans, sizeof(WgLabelSpan) * (gsize)facts->n_spans);
    const char *label = g_hash_table_lookup(renamed, facts->label);
    gboolean is_other = label != NULL;
    WgRecording *other;
    WgRecordingSpec spec;

    for (int i = 0; i < facts->n_spans; i++) {
        const char *form = g_hash_table_lookup(renamed, spans[i].label);

        is_other |= form != NULL;
        if (form)
            spans[i].label = form;
    }
    if (!is_other)
        return recording;
    spec = *wg_recording_get(recording);
    spec.spans = spans;
    if (label)
        spec.label = label;
    other = wg_recording_new(&spec);
    wg_recording_unref(recording);
    return other;
}

WgImport *
wg_import_read(const char *const *paths, const WgImportOptions *options,
               const char *const *known_labels, WgProgress *progress, GCancellable *cancellable,
               GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    WgImport *import =
        wg_import_read_on(paths, options, known_labels, collect, all, progress, cancellable, error);

    if (!import)
        return NULL;
    for (guint i = 0; i < all->len && g_hash_table_size(import->renamed) > 0; i++)
        g_ptr_array_index(all, i) = rename_one(g_ptr_array_index(all, i), import->renamed);
    g_ptr_array_extend_and_steal(import->recordings, g_steal_pointer(&all));
    return import;
}

void
wg_import_free(WgImport *self)
{
    g_ptr_array_unref(self->recordings);
    g_ptr_array_unref(self->messages);
    wg_refusals_free(self->refused);
    g_clear_pointer(&self->renamed, g_hash_table_unref);
    g_free(self);
}
