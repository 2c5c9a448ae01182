/* Where an export's files go: beside the place they are for, and there all at once at the end. */
#include "dataset/data-writer.h"

#include "base/error.h"
#include "base/file.h"
#include "dataset/export-values.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* Longest part of a label in a file's name; with number and ending it fits any file system. */
#define NAME_CHARS_MAX 60

struct _WgDataWriter {
    char *path, *temporary;
    gboolean is_file, is_finished;
    GHashTable *numbers; /* folded name to how many there are */
    GPtrArray *messages, *files, *folders;
    gint64 n_bytes;
    WgProgress *progress;
    GCancellable *cancellable;
};

static gboolean
check_place(const char *path, const char *ending, GError **error)
{
    if (!*path) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                            _("OUT is empty: name what is to be made"));
        return FALSE;
    }
    if (ending && !g_str_has_suffix(path, ending)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("%s is to be one file of this format: let its name end in %s"), path, ending);
        return FALSE;
    }
    /* a link that leads nowhere is there as well */
    if (g_file_test(path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK)) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    _("%s is there already, and an export replaces nothing: name another"), path);
        return FALSE;
    }
    return TRUE;
}

WgDataWriter *
wg_data_writer_new(const char *path, const char *ending, WgProgress *progress,
                   GCancellable *cancellable, GError **error)
{
    g_autoptr(WgDataWriter) self = NULL;
    gsize length = strlen(path);
    g_autofree char *place = NULL, *folder = NULL, *base = NULL, *name = NULL;

    while (length > 1 && path[length - 1] == '/')
        length--;
    place = g_strndup(path, length);
    if (!check_place(place, ending, error))
        return NULL;
    folder = g_path_get_dirname(place);
    base = g_path_get_basename(place);
    name = g_strdup_printf(".%s.XXXXXX", base);
    self = g_new0(WgDataWriter, 1);
    self->path = g_steal_pointer(&place);
    self->is_file = ending != NULL;
    self->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->messages = g_ptr_array_new_with_free_func(g_free);
    self->files = g_ptr_array_new_with_free_func(g_free);
    self->folders = g_ptr_array_new_with_free_func(g_free);
    self->progress = progress ? g_object_ref(progress) : NULL;
    self->cancellable = cancellable ? g_object_ref(cancellable) : NULL;
    self->temporary = g_build_filename(folder, name, NULL);
    if (g_mkdtemp_full(self->temporary, 0777))
        return g_steal_pointer(&self);
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("nothing can be written in %s: %s"), folder,
                g_strerror(errno));
    g_clear_pointer(&self->temporary, g_free);
    return NULL;
}

static gboolean
make_folder(WgDataWriter *self, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);

    if (g_str_equal(folder, self->temporary))
        return TRUE;
    if (g_mkdir(folder, 0777) == 0) {
        g_ptr_array_add(self->folders, g_steal_pointer(&folder));
        return TRUE;
    }
    if (errno == EEXIST)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be made: %s"), folder,
                g_strerror(errno));
    return FALSE;
}

gboolean
wg_data_writer_add(WgDataWriter *self, const char *path, gconstpointer data, gsize length,
                   GError **error)
{
    g_autofree char *to = g_build_filename(self->temporary, self->is_file ? "content" : path, NULL);
    g_autoptr(GError) why = NULL;

    if (!make_folder(self, to, error))
        return FALSE;
    g_ptr_array_add(self->files, g_strdup(to));
    self->n_bytes += (gint64)length;
    if (g_file_set_contents_full(to, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0666, &why))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be written: %s"), self->path,
                why->message);
    return FALSE;
}

gboolean
wg_data_writer_add_spans(WgDataWriter *self, const char *path, const WgRecordingSpec *spec,
                         GError **error)
{
    const char *dot = strrchr(path, '.');
    g_autofree char *stem = g_strndup(path, dot ? (gsize)(dot - path) : strlen(path));
    g_autofree char *beside = g_strconcat(stem, ".spans.txt", NULL);
    g_autoptr(GString) text = g_string_new(NULL);

    if (spec->n_spans == 0)
        return TRUE;
    for (int i = 0; i < spec->n_spans; i++) {
        g_autofree char *label = g_strdup(spec->spans[i].label);

        wg_append_double(text, spec->spans[i].first / spec->rate_hz);
        g_string_append_c(text, '\t');
        wg_append_double(text, (spec->spans[i].first + spec->spans[i].n_samples) / spec->rate_hz);
        g_string_append_printf(text, "\t%s\n", g_strdelimit(label, "\r\n\t", ' '));
    }
    return wg_data_writer_add(self, beside, text->str, text->len, error);
}

gboolean
wg_data_writer_tick(WgDataWriter *self, guint i, guint n, GError **error)
{
    wg_progress_tell(self->progress, (double)i / n, NULL);
    return !g_cancellable_set_error_if_cancelled(self->cancellable, error);
}

char *
wg_data_writer_make_name(const char *text)
{
    g_autofree char *start =
        g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), NAME_CHARS_MAX));

    for (char *p = start; *p; p++) {
        /* the dot ends a label; the others mean something to one system or another */
        if (g_ascii_iscntrl(*p) || strchr("./\\:*?\"<>|", *p) || (p == start && *p == '-'))
            *p = '_';
    }
    g_strstrip(start);
    return *start ? g_steal_pointer(&start) : g_strdup("_");
}

char *
wg_data_writer_dup_name(WgDataWriter *self, const char *person, const char *label,
                        const char *ending)
{
    g_autofree char *name = wg_data_writer_make_name(label);
    g_autofree char *folder = person ? wg_data_writer_make_name(person) : NULL;
    g_autofree char *stem = folder ? g_build_filename(folder, name, NULL) : g_strdup(name);
    /* some file systems do not tell large letters from small ones */
    g_autofree char *folded = g_utf8_casefold(stem, -1);
    const int number = GPOINTER_TO_INT(g_hash_table_lookup(self->numbers, folded)) + 1;

    g_hash_table_insert(self->numbers, g_steal_pointer(&folded), GINT_TO_POINTER(number));
    return g_strdup_printf("%s.%d%s", stem, number, ending);
}

void
wg_data_writer_say(WgDataWriter *self, char *text)
{
    if (g_ptr_array_find_with_equal_func(self->messages, text, g_str_equal, NULL))
        g_free(text);
    else
        g_ptr_array_add(self->messages, text);
}

GPtrArray *
wg_data_writer_get_messages(WgDataWriter *self)
{
    return self->messages;
}

int
wg_data_writer_get_n_files(WgDataWriter *self)
{
    return (int)self->files->len;
}

gint64
wg_data_writer_get_n_bytes(WgDataWriter *self)
{
    return self->n_bytes;
}

/* Refuses a place that was taken meanwhile, where the file system can. */
static gboolean
rename_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return TRUE;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
        return FALSE;
    if (g_file_test(to, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK)) {
        errno = EEXIST;
        return FALSE;
    }
    return g_rename(from, to) == 0;
}

gboolean
wg_data_writer_finish(WgDataWriter *self, GError **error)
{
    g_autofree char *content = g_build_filename(self->temporary, "content", NULL);

    if (g_cancellable_set_error_if_cancelled(self->cancellable, error))
        return FALSE;
    if (!rename_new(self->is_file ? content : self->temporary, self->path)) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be made: %s"), self->path,
                    g_strerror(errno));
        return FALSE;
    }
    self->is_finished = TRUE;
    return TRUE;
}

static void
remove_temporary(WgDataWriter *self)
{
    if (self->is_finished && !self->is_file)
        return;
    for (guint i = 0; !self->is_finished && i < self->files->len; i++)
        g_remove(g_ptr_array_index(self->files, i));
    for (guint i = 0; i < self->folders->len; i++)
        g_rmdir(g_ptr_array_index(self->folders, i));
    if (g_rmdir(self->temporary) != 0)
        g_debug("%s stays: %s", self->temporary, g_strerror(errno));
}

void
wg_data_writer_free(WgDataWriter *self)
{
    if (self->temporary)
        remove_temporary(self);
    g_free(self->path);
    g_free(self->temporary);
    g_clear_pointer(&self->numbers, g_hash_table_unref);
    g_ptr_array_unref(self->messages);
    g_ptr_array_unref(self->files);
    g_ptr_array_unref(self->folders);
    g_clear_object(&self->progress);
    g_clear_object(&self->cancellable);
    g_free(self);
}
