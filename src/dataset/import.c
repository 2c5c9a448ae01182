/* Reads foreign files into recordings: finds the format, judges the scale, makes labels one. */
#include "dataset/import.h"

#include "base/error.h"
#include "base/file.h"
#include "dataset/scale.h"
#include "dataset/span-file.h"

#include <glib/gi18n.h>
#include <string.h>

/* Larger files are no gesture recordings. */
#define FILE_BYTES_MAX (256 * 1024 * 1024)

typedef struct {
    char *folder;
    char *file; /* the one file of the folder, NULL: several */
    gboolean is_history;
    GPtrArray *takes; /* of WgRecording, raw */
} Batch;

static void
batch_free(Batch *batch)
{
    g_free(batch->folder);
    g_free(batch->file);
    g_ptr_array_unref(batch->takes);
    g_free(batch);
}

static int
compare_strings(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean
collect_files(const char *path, GPtrArray *files, gboolean is_named, GPtrArray *refused,
              GError **error)
{
    g_autoptr(GDir) folder = NULL;
    g_autoptr(GPtrArray) names = NULL;
    const char *name;

    if (!is_named && g_file_test(path, G_FILE_TEST_IS_SYMLINK) &&
        (!g_file_test(path, G_FILE_TEST_EXISTS) || g_file_test(path, G_FILE_TEST_IS_DIR))) {
        g_ptr_array_add(refused, g_strdup_printf(_("%s: a link that is not followed"), path));
        return TRUE;
    }
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s does not exist"), path);
        return FALSE;
    }
    if (wg_span_file_is(path)) {
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
        if (name[0] != '.' && !wg_span_file_is(name))
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
    const WgFileFormat *best = NULL;
    int best_match = 0;

    for (int i = 0; wg_file_formats[i]; i++) {
        const int match = wg_file_formats[i]->matches(name, content, length);

        if (wanted && g_str_equal(wanted, wg_file_formats[i]->name))
            return wg_file_formats[i];
        if (match > best_match) {
            best = wg_file_formats[i];
            best_match = match;
        }
    }
    if (wanted) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("there is no format “%s”: seed-text or accelerometer-csv"), wanted);
        return NULL;
    }
    if (!best)
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s holds no recordings in a form Waggle knows"), name);
    return best;
}

static Batch *
get_batch(GPtrArray *batches, const char *path, gboolean is_history)
{
    g_autofree char *folder = g_path_get_dirname(path);
    Batch *batch;

    for (guint i = 0; i < batches->len; i++) {
        batch = g_ptr_array_index(batches, i);
        if (g_str_equal(batch->folder, folder) && batch->is_history == is_history) {
            g_clear_pointer(&batch->file, g_free);
            return batch;
        }
    }
    batch = g_new0(Batch, 1);
    batch->folder = g_steal_pointer(&folder);
    batch->file = g_strdup(path);
    batch->is_history = is_history;
    batch->takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_ptr_array_add(batches, batch);
    return batch;
}

/* What other systems put before a text; UTF-16 becomes UTF-8. */
static gboolean
drop_byte_order_mark(const char *path, char **content, gsize *length, GError **error)
{
    const guchar *start = (const guchar *)*content;
    const gboolean is_little = *length >= 2 && start[0] == 0xff && start[1] == 0xfe;
    const gboolean is_big = *length >= 2 && start[0] == 0xfe && start[1] == 0xff;
    char *text;

    if (*length >= 3 && start[0] == 0xef && start[1] == 0xbb && start[2] == 0xbf) {
        *length -= 3;
        memmove(*content, *content + 3, *length + 1);
    }
    if (!is_little && !is_big)
        return TRUE;
    text = g_convert(*content + 2, (gssize)*length - 2, "UTF-8",
                     is_little ? "UTF-16LE" : "UTF-16BE", NULL, length, NULL);
    if (!text) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s: this is no whole UTF-16 text: save it as UTF-8"), path);
        return FALSE;
    }
    g_free(*content);
    *content = text;
    return TRUE;
}

static gboolean
read_file(const char *path, const WgImportOptions *options, GPtrArray *batches, WgImport *import,
          GError **error)
{
    g_autoptr(GMappedFile) mapped = g_mapped_file_new(path, FALSE, NULL);
    WgFileContent found = {NULL, import->messages, import->refused};
    const WgFileFormat *format;
    g_autofree char *content = NULL;
    GPtrArray *takes;
    gsize length;
    guint n_before;

    if (mapped && g_mapped_file_get_length(mapped) > FILE_BYTES_MAX) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s has %zu bytes, at most %d are read"),
                    path, g_mapped_file_get_length(mapped), FILE_BYTES_MAX);
        return FALSE;
    }
    content = wg_file_read(path, &length, error);
    if (!content || !drop_byte_order_mark(path, &content, &length, error))
        return FALSE;
    format = find_format(path, content, length, options->format, error);
    if (!format)
        return FALSE;
    takes = get_batch(batches, path, g_str_equal(format->name, "seed-text"))->takes;
    n_before = takes->len;
    found.takes = takes;
    return format->read(path, content, length, options, &found, error) &&
           wg_span_file_apply(path, takes, n_before, import->refused, error);
}

/* Which form each label takes: a known one, else the most frequent of those that differ in case. */
static GHashTable *
choose_labels(GPtrArray *batches, const char *const *known, GPtrArray *messages)
{
    GHashTable *chosen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer label, count;

    for (int i = 0; known && known[i]; i++)
        g_hash_table_insert(chosen, g_utf8_casefold(known[i], -1), g_strdup(known[i]));
    for (guint b = 0; b < batches->len; b++) {
        Batch *batch = g_ptr_array_index(batches, b);

        for (guint i = 0; i < batch->takes->len; i++) {
            const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(batch->takes, i));

            for (int j = -1; j < spec->n_spans; j++) {
                label = (gpointer)(j < 0 ? spec->label : spec->spans[j].label);
                count = g_hash_table_lookup(counts, label);
                g_hash_table_insert(counts, label, GINT_TO_POINTER(GPOINTER_TO_INT(count) + 1));
            }
        }
    }
    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &label, &count)) {
        g_autofree char *folded = g_utf8_casefold(label, -1);
        const char *other = g_hash_table_lookup(chosen, folded);
        const int n_other = other ? GPOINTER_TO_INT(g_hash_table_lookup(counts, other)) : 0;
        const gboolean is_known = other && known && g_strv_contains(known, other);

        if (!other ||
            (!is_known && (GPOINTER_TO_INT(count) > n_other ||
                           (GPOINTER_TO_INT(count) == n_other && strcmp(label, other) > 0))))
            g_hash_table_insert(chosen, g_steal_pointer(&folded), g_strdup(label));
    }
    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &label, &count)) {
        g_autofree char *folded = g_utf8_casefold(label, -1);
        const char *form = g_hash_table_lookup(chosen, folded);

        if (!g_str_equal(form, label) && g_hash_table_add(said, g_strdup(label)))
            g_ptr_array_add(messages, g_strdup_printf(_("“%s” and “%s” became one label, “%s”"),
                                                      (char *)label, form, form));
    }
    return chosen;
}

/* What the scale was taken to be, and why. */
static char *
describe_scale(const Batch *batch, double rest, double units, gboolean is_told, int n_clipped)
{
    const char *place = batch->file ? batch->file : batch->folder;
    const guint n = batch->takes->len;
    g_autofree char *clips = g_strdup_printf(
        ngettext("%d of %u take clips", "%d of %u takes clip", (gulong)n), n_clipped, n);

    if (is_told)
        return g_strdup_printf(_("%s: taken as %g units a g, as told; %s"), place, units, clips);
    if (rest <= 0)
        return g_strdup_printf(_("%s: nothing rests in it, so its scale could not be judged: taken "
                                 "as %g units a g (--units-per-g tells another); %s"),
                               place, units, clips);
    if (batch->is_history && units != 64)
        return g_strdup_printf(_("%s: rests at %.0f, so it has %g units a g: rescaled to 64 and "
                                 "clipped to -128..127 as the watch would; %s"),
                               place, rest, units, clips);
    return g_strdup_printf(_("%s: rests at %.3g, so it has %g units a g; %s"), place, rest, units,
                           clips);
}

/* The take with the chosen form of each span's label; transfer full. */
static WgRecording *
unify_spans(WgRecording *take, GHashTable *labels)
{
    WgRecordingSpec spec = *wg_recording_get(take);
    g_autofree WgLabelSpan *spans =
        g_memdup2(spec.spans, sizeof(WgLabelSpan) * (gsize)spec.n_spans);

    if (spec.n_spans == 0)
        return wg_recording_ref(take);
    for (int i = 0; i < spec.n_spans; i++) {
        g_autofree char *folded = g_utf8_casefold(spans[i].label, -1);

        spans[i].label = g_hash_table_lookup(labels, folded);
    }
    spec.spans = spans;
    return wg_recording_new(&spec);
}

/* Turns a folder's raw takes into recordings in g. */
static void
finish_batch(Batch *batch, const WgImportOptions *options, GHashTable *labels, WgImport *import)
{
    const double rest = wg_scale_resting_magnitude(batch->takes);
    const double units =
        options->units_per_g > 0 ? options->units_per_g : wg_scale_judge(rest, batch->is_history);
    int n_clipped = 0;

    if (batch->takes->len == 0)
        return;
    for (guint i = 0; i < batch->takes->len; i++) {
        WgRecording *take = g_ptr_array_index(batch->takes, i);
        g_autofree char *folded = g_utf8_casefold(wg_recording_get(take)->label, -1);
        g_autoptr(WgRecording) named = unify_spans(take, labels);
        WgRecording *recording =
            wg_scale_apply(named, units, batch->is_history, g_hash_table_lookup(labels, folded));

        n_clipped += wg_recording_get(recording)->n_clipped > 0;
        g_ptr_array_add(import->recordings, recording);
    }
    import->n_clipped += n_clipped;
    g_ptr_array_add(import->messages,
                    describe_scale(batch, rest, units, options->units_per_g > 0, n_clipped));
}

static gboolean
read_files(GPtrArray *files, const WgImportOptions *options, GPtrArray *batches, WgImport *import,
           WgProgress *progress, GCancellable *cancellable, GError **error)
{
    for (guint i = 0; i < files->len; i++) {
        const char *path = g_ptr_array_index(files, i);
        g_autoptr(GError) why = NULL;

        wg_progress_tell(progress, (double)i / files->len, NULL);
        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        if (read_file(path, options, batches, import, &why))
            continue;
        /* one file alone: its fault is the whole answer; among others it is one refusal */
        if (files->len == 1 || !g_error_matches(why, WG_ERROR, WG_ERROR_INPUT)) {
            g_propagate_error(error, g_steal_pointer(&why));
            return FALSE;
        }
        g_ptr_array_add(import->refused, g_strdup(why->message));
    }
    return TRUE;
}

WgImport *
wg_import_read(const char *const *paths, const WgImportOptions *options,
               const char *const *known_labels, WgProgress *progress, GCancellable *cancellable,
               GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) batches = g_ptr_array_new_with_free_func((GDestroyNotify)batch_free);
    g_autoptr(GHashTable) labels = NULL;
    g_autoptr(WgImport) import = g_new0(WgImport, 1);

    import->recordings = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    import->messages = g_ptr_array_new_with_free_func(g_free);
    import->refused = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; paths[i]; i++) {
        if (!collect_files(paths[i], files, TRUE, import->refused, error))
            return NULL;
    }
    if (!read_files(files, options, batches, import, progress, cancellable, error))
        return NULL;
    labels = choose_labels(batches, known_labels, import->messages);
    for (guint i = 0; i < batches->len; i++)
        finish_batch(g_ptr_array_index(batches, i), options, labels, import);
    if (import->recordings->len == 0 && import->refused->len == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s holds no recordings"), paths[0]);
        return NULL;
    }
    return g_steal_pointer(&import);
}

void
wg_import_free(WgImport *self)
{
    g_ptr_array_unref(self->recordings);
    g_ptr_array_unref(self->messages);
    g_ptr_array_unref(self->refused);
    g_free(self);
}
