/* The projects of the person at this computer: those that were opened, and those in the folders
 * where Waggle keeps them. */
#include "ui/projects.h"

#include "base/error.h"
#include "ui/settings.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#define KEY "projects"
#define TYPE "a(sxii)"
#define ENDING ".waggle"
#define N_KEPT 30
#define NAME_BYTES 200 /* a file system's 255, less a number and the ending */

void
wg_project_note_free(WgProjectNote *note)
{
    g_free(note->path);
    g_free(note);
}

static WgProjectNote *
note_new(const char *path, gint64 opened_s, int n_gestures, int n_takes)
{
    WgProjectNote *note = g_new0(WgProjectNote, 1);

    note->path = g_strdup(path);
    note->opened_s = opened_s;
    note->n_gestures = n_gestures;
    note->n_takes = n_takes;
    return note;
}

/* Addresses, not paths, are kept: a path may be any bytes. */
static GPtrArray *
load(GSettings *settings)
{
    GPtrArray *notes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_project_note_free);
    g_autoptr(GVariant) value = wg_settings_dup_value(settings, KEY);
    GVariantIter iter;
    const char *uri;
    gint64 opened_s;
    int n_gestures, n_takes;

    if (!value || !g_variant_is_of_type(value, G_VARIANT_TYPE(TYPE)))
        return notes;
    g_variant_iter_init(&iter, value);
    while (g_variant_iter_next(&iter, "(&sxii)", &uri, &opened_s, &n_gestures, &n_takes)) {
        g_autofree char *path = g_filename_from_uri(uri, NULL, NULL);

        if (path)
            g_ptr_array_add(notes, note_new(path, opened_s, n_gestures, n_takes));
    }
    return notes;
}

static void
store(GSettings *settings, GPtrArray *notes)
{
    GVariantBuilder builder;

    g_variant_builder_init(&builder, G_VARIANT_TYPE(TYPE));
    for (guint i = 0; i < notes->len && i < N_KEPT; i++) {
        const WgProjectNote *note = g_ptr_array_index(notes, i);
        g_autofree char *uri = g_filename_to_uri(note->path, NULL, NULL);

        if (uri)
            g_variant_builder_add(&builder, "(sxii)", uri, note->opened_s, note->n_gestures,
                                  note->n_takes);
    }
    wg_settings_set(settings, KEY, g_variant_builder_end(&builder));
}

static WgProjectNote *
find(GPtrArray *notes, const char *path, guint *index)
{
    for (guint i = 0; i < notes->len; i++) {
        WgProjectNote *note = g_ptr_array_index(notes, i);

        if (!g_str_equal(note->path, path))
            continue;
        if (index)
            *index = i;
        return note;
    }
    return NULL;
}

char *
wg_projects_dup_title(const char *path)
{
    char *title = g_filename_display_basename(path);

    if (g_str_has_suffix(title, ENDING))
        title[strlen(title) - strlen(ENDING)] = '\0';
    if (g_str_equal(title, "untitled")) {
        g_free(title);
        title = g_strdup(_("Untitled"));
    } else if (g_str_equal(title, "sample")) {
        g_free(title);
        title = g_strdup(_("Sample"));
    }
    return title;
}

static char *
dup_documents_folder(void)
{
    const char *documents = g_get_user_special_dir(G_USER_DIRECTORY_DOCUMENTS);

    return documents ? g_build_filename(documents, "Waggle", NULL) : NULL;
}

static char *
dup_data_folder(void)
{
    return g_build_filename(g_get_user_data_dir(), "waggle", NULL);
}

/* What a file system takes: no separator, nothing hidden, not too long. */
static char *
dup_file_name(const char *name)
{
    char *fit = g_strstrip(g_strdup(name));
    char *end = fit;

    g_strdelimit(fit, "/\\\n\r\t", '-');
    while (*fit == '.')
        memmove(fit, fit + 1, strlen(fit));
    while (*end && g_utf8_next_char(end) - fit <= NAME_BYTES)
        end = g_utf8_next_char(end);
    *end = '\0';
    return fit;
}

char *
wg_projects_dup_new_path(const char *name, GError **error)
{
    g_autofree char *documents = dup_documents_folder();
    g_autofree char *folder = documents ? g_steal_pointer(&documents) : dup_data_folder();
    g_autofree char *fit = dup_file_name(name);
    g_autofree char *path = NULL;

    if (!*fit) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("Give the project a name first."));
        return NULL;
    }
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("the folder %s could not be made: %s"),
                    folder, g_strerror(errno));
        return NULL;
    }
    for (int number = 1; !path || g_file_test(path, G_FILE_TEST_EXISTS); number++) {
        g_autofree char *file = number == 1 ? g_strconcat(fit, ENDING, NULL)
                                            : g_strdup_printf("%s %d" ENDING, fit, number);

        g_free(path);
        path = g_build_filename(folder, file, NULL);
    }
    return g_steal_pointer(&path);
}

void
wg_projects_note(GSettings *settings, const char *path, int n_gestures, int n_takes,
                 gboolean is_opened)
{
    g_autoptr(GPtrArray) notes = load(settings);
    guint index = 0;
    WgProjectNote *note = find(notes, path, &index);
    const gint64 now_s = g_get_real_time() / G_USEC_PER_SEC;

    if (note && !is_opened) {
        if (note->n_gestures == n_gestures && note->n_takes == n_takes)
            return;
        note->n_gestures = n_gestures;
        note->n_takes = n_takes;
    } else {
        if (note)
            g_ptr_array_remove_index(notes, index);
        g_ptr_array_insert(notes, 0, note_new(path, now_s, n_gestures, n_takes));
    }
    store(settings, notes);
}

void
wg_projects_forget(GSettings *settings, const char *path)
{
    g_autoptr(GPtrArray) notes = load(settings);
    guint index = 0;

    if (!find(notes, path, &index))
        return;
    g_ptr_array_remove_index(notes, index);
    store(settings, notes);
}

char *
wg_projects_dup_last(GSettings *settings)
{
    g_autoptr(GPtrArray) notes = load(settings);
    const WgProjectNote *first = notes->len > 0 ? g_ptr_array_index(notes, 0) : NULL;

    return first ? g_strdup(first->path) : NULL;
}

/* Those that no list names, as one made before there was a list. */
static void
add_folder(GPtrArray *notes, const char *path)
{
    g_autoptr(GDir) folder = path ? g_dir_open(path, 0, NULL) : NULL;
    const char *name;

    while (folder && (name = g_dir_read_name(folder))) {
        g_autofree char *file = g_build_filename(path, name, NULL);

        if (g_str_has_suffix(name, ENDING) && !find(notes, file, NULL))
            g_ptr_array_add(notes, note_new(file, 0, -1, -1));
    }
}

static int
compare(gconstpointer a, gconstpointer b)
{
    const WgProjectNote *const *one = a, *const *other = b;

    if ((*one)->opened_s != (*other)->opened_s)
        return (*one)->opened_s > (*other)->opened_s ? -1 : 1;
    return g_strcmp0((*one)->path, (*other)->path);
}

static void
look(GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
    GPtrArray *notes = task_data;
    g_autofree char *documents = dup_documents_folder();
    g_autofree char *data = dup_data_folder();

    add_folder(notes, documents);
    add_folder(notes, data);
    for (guint i = 0; i < notes->len; i++) {
        WgProjectNote *note = g_ptr_array_index(notes, i);

        note->is_there = g_file_test(note->path, G_FILE_TEST_IS_REGULAR);
    }
    g_ptr_array_sort(notes, compare);
    g_task_return_pointer(task, g_ptr_array_ref(notes), (GDestroyNotify)g_ptr_array_unref);
}

void
wg_projects_list_async(GSettings *settings, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
    g_autoptr(GTask) task = g_task_new(NULL, cancellable, callback, user_data);

    g_task_set_task_data(task, load(settings), (GDestroyNotify)g_ptr_array_unref);
    g_task_run_in_thread(task, look);
}

GPtrArray *
wg_projects_list_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
