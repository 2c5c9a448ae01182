/* A frozen list of recordings with their labels numbered: what jobs on other threads read. */
#include "dataset/dataset.h"

#include "base/error.h"
#include "base/find-string.h"
#include "dataset/slices.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

struct _WgDataset {
    gint ref_count;
    WgWindowOptions window;
    GPtrArray *recordings;
    GPtrArray *sources; /* of WgRecording: which recording each is, or is a window of */
    int n_left_out;
    GArray *labels; /* int */
    char **label_names;
    int n_labels;
};

static int
compare_strings(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char **
collect_labels(GPtrArray *recordings)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *names = g_ptr_array_new();

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(recordings, i));

        if (!spec->disabled && spec->n_spans == 0 && g_hash_table_add(seen, (gpointer)spec->label))
            g_ptr_array_add(names, g_strdup(spec->label));
    }
    g_ptr_array_sort(names, compare_strings);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

/* `sources` has what each of `recordings` is, or is a window of. */
static WgDataset *
new_dataset(GPtrArray *recordings, GPtrArray *sources, const char *const *labels,
            const WgWindowOptions *window)
{
    WgDataset *self = g_new0(WgDataset, 1);

    self->ref_count = 1;
    self->window = *window;
    self->recordings = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    self->sources = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    self->labels = g_array_new(FALSE, FALSE, sizeof(int));
    self->label_names = labels ? g_strdupv((char **)labels) : collect_labels(recordings);
    self->n_labels = (int)g_strv_length(self->label_names);
    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);
        const WgRecordingSpec *spec = wg_recording_get(recording);
        const int label = wg_find_string((const char *const *)self->label_names, spec->label);

        if (label < 0 || spec->disabled || spec->n_spans > 0)
            continue;
        /* no window runs over a gap */
        g_ptr_array_add(self->recordings, wg_recording_dup_longest_piece(recording));
        g_ptr_array_add(self->sources, wg_recording_ref(g_ptr_array_index(sources, i)));
        g_array_append_val(self->labels, label);
    }
    return self;
}

WgDataset *
wg_dataset_new_with_labels(GPtrArray *recordings, const char *const *labels)
{
    return new_dataset(recordings, recordings, labels, &wg_window_options_watch);
}

/* Every label that the caller named must have a recording. */
static gboolean
check_labels(const WgDataset *self, GError **error)
{
    g_autofree int *counts = g_new0(int, self->n_labels + 1);

    for (int i = 0; i < self->n_labels; i++) {
        if (wg_find_string((const char *const *)self->label_names, self->label_names[i]) == i)
            continue;
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("the label “%s” is given twice"),
                    self->label_names[i]);
        return FALSE;
    }
    for (guint i = 0; i < self->labels->len; i++)
        counts[g_array_index(self->labels, int, i)]++;
    for (int i = 0; i < self->n_labels; i++) {
        if (counts[i] == 0) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("no recording is labelled “%s”"),
                        self->label_names[i]);
            return FALSE;
        }
    }
    return TRUE;
}

WgDataset *
wg_dataset_new(GPtrArray *recordings, const char *const *labels, GError **error)
{
    g_autoptr(WgDataset) self = wg_dataset_new_with_labels(recordings, labels);

    return check_labels(self, error) ? g_steal_pointer(&self) : NULL;
}

static gboolean
check_channels(const WgDataset *self, GError **error)
{
    int n_without = 0;

    if (!wg_window_options_needs_gyroscope(&self->window))
        return TRUE;
    for (guint i = 0; i < self->recordings->len; i++)
        n_without += wg_recording_get(g_ptr_array_index(self->recordings, i))->n_channels < 6;
    if (n_without == 0)
        return TRUE;
    g_set_error(
        error, WG_ERROR, WG_ERROR_INPUT,
        ngettext("%d of %u takes has no gyroscope: use the channels x,y,z, or leave it out",
                 "%d of %u takes have no gyroscope: use the channels x,y,z, or leave them out",
                 (gulong)n_without),
        n_without, self->recordings->len);
    return FALSE;
}

WgDataset *
wg_dataset_new_part(GPtrArray *recordings, const char *const *labels, const WgWindowOptions *window,
                    GError **error)
{
    const WgWindowOptions *options = window ? window : &wg_window_options_watch;
    g_autoptr(GPtrArray) sources = g_ptr_array_new();
    g_autoptr(GPtrArray) entries = NULL;
    g_autoptr(WgDataset) self = NULL;
    int n_left_out = 0;

    if (!wg_window_options_check(options, error))
        return NULL;
    entries = wg_slices_new(recordings, options, sources, &n_left_out, error);
    if (!entries)
        return NULL;
    self = new_dataset(entries, sources, labels, options);
    self->n_left_out = n_left_out;
    return check_channels(self, error) ? g_steal_pointer(&self) : NULL;
}

WgDataset *
wg_dataset_new_for_windows(GPtrArray *recordings, const char *const *labels,
                           const WgWindowOptions *window, GError **error)
{
    g_autoptr(WgDataset) self = wg_dataset_new_part(recordings, labels, window, error);

    return self && check_labels(self, error) ? g_steal_pointer(&self) : NULL;
}

WgDataset *
wg_dataset_ref(WgDataset *self)
{
    g_atomic_int_inc(&self->ref_count);
    return self;
}

void
wg_dataset_unref(WgDataset *self)
{
    if (!g_atomic_int_dec_and_test(&self->ref_count))
        return;
    g_ptr_array_unref(self->recordings);
    g_ptr_array_unref(self->sources);
    g_array_unref(self->labels);
    g_strfreev(self->label_names);
    g_free(self);
}

int
wg_dataset_get_n(const WgDataset *self)
{
    return (int)self->recordings->len;
}

WgRecording *
wg_dataset_get(const WgDataset *self, int i)
{
    return g_ptr_array_index(self->recordings, i);
}

WgRecording *
wg_dataset_get_source(const WgDataset *self, int i)
{
    return g_ptr_array_index(self->sources, i);
}

const WgWindowOptions *
wg_dataset_get_window(const WgDataset *self)
{
    return &self->window;
}

int
wg_dataset_get_n_left_out(const WgDataset *self)
{
    return self->n_left_out;
}

int
wg_dataset_get_label(const WgDataset *self, int i)
{
    return g_array_index(self->labels, int, i);
}

const char *const *
wg_dataset_get_labels(const WgDataset *self)
{
    return (const char *const *)self->label_names;
}

int
wg_dataset_get_n_labels(const WgDataset *self)
{
    return self->n_labels;
}
