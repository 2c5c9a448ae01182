/* Has the virtual watch perform gestures: of the project, or of the sample recordings. */
#include "ui/performer.h"

#include "base/data-path.h"
#include "base/error.h"
#include "dataset/import.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#define LOOK_MS 400 /* between two questions whether the watch still performs */
#define N_IDLE 2    /* so often it says no: what it noticed has come by then */

/* what the other person did between gestures */
#define ORDINARY_FOLDER "conor-v2"
#define ORDINARY_FILE "random.txt"
#define SAMPLE_PERSON "james-v2" /* the larger of the two persons' recordings */

void
wg_sample_gesture_free(WgSampleGesture *sample)
{
    g_free(sample->label);
    g_free(sample->file);
    g_free(sample);
}

char *
wg_samples_dup_folder(const char *name)
{
    g_autofree char *path = g_build_filename("recordings", "bangle-gestures", name, NULL);

    return wg_data_dup_path(path);
}

char *
wg_samples_dup_ordinary(void)
{
    g_autofree char *folder = wg_samples_dup_folder(ORDINARY_FOLDER);

    return folder ? g_build_filename(folder, ORDINARY_FILE, NULL) : NULL;
}

/* The only label in that file, or NULL. */
static char *
read_label(const char *path)
{
    const char *const paths[] = {path, NULL};
    const WgImportOptions options = {0};
    g_autoptr(WgImport) import = wg_import_read(paths, &options, NULL, NULL, NULL, NULL);
    const char *label = NULL;

    for (guint i = 0; import && i < import->recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(import->recordings, i));

        if (label && !g_str_equal(label, spec->label))
            return NULL;
        label = spec->label;
    }
    return g_strdup(label);
}

static int
compare(gconstpointer a, gconstpointer b)
{
    const WgSampleGesture *const *one = a, *const *other = b;

    return g_utf8_collate((*one)->label, (*other)->label);
}

static void
list_samples(GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
    g_autofree char *folder = wg_samples_dup_folder(SAMPLE_PERSON);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &error);
    GPtrArray *samples;
    const char *name;

    if (!dir) {
        g_task_return_error(task, g_steal_pointer(&error));
        return;
    }
    samples = g_ptr_array_new_with_free_func((GDestroyNotify)wg_sample_gesture_free);
    while ((name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *label = read_label(path);
        WgSampleGesture *sample;

        if (!label)
            continue;
        sample = g_new0(WgSampleGesture, 1);
        sample->label = g_steal_pointer(&label);
        sample->file = g_steal_pointer(&path);
        g_ptr_array_add(samples, sample);
    }
    g_ptr_array_sort(samples, compare);
    g_task_return_pointer(task, samples, (GDestroyNotify)g_ptr_array_unref);
}

void
wg_samples_list_async(GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr(GTask) task = g_task_new(NULL, NULL, callback, user_data);

    g_task_run_in_thread(task, list_samples);
}

GPtrArray *
wg_samples_list_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

/* A JSON string is a string of the watch's language too, apart from two line ends. */
static char *
quote(const char *text)
{
    g_autoptr(JsonNode) node = json_node_init_string(json_node_alloc(), text);
    g_autofree char *json = json_to_string(node, FALSE);
    g_autoptr(GString) quoted = g_string_new(json);

    g_string_replace(quoted, "\xe2\x80\xa8", "\\u2028", 0);
    g_string_replace(quoted, "\xe2\x80\xa9", "\\u2029", 0);
    return g_string_free(g_steal_pointer(&quoted), FALSE);
}

static gboolean look(gpointer user_data);

typedef struct {
    WgWatch *watch;
    int n_idle; /* so often in a row it said that it performs nothing */
} Performance;

static void
performance_free(gpointer data)
{
    Performance *performance = data;

    g_object_unref(performance->watch);
    g_free(performance);
}

static void
on_looked(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = G_TASK(user_data);
    Performance *performance = g_task_get_task_data(task);
    GError *error = NULL;
    g_autofree char *answer = wg_watch_eval_finish(WG_WATCH(source), result, &error);

    if (!answer) {
        g_task_return_error(task, error);
        return;
    }
    performance->n_idle = g_str_equal(answer, "false") ? performance->n_idle + 1 : 0;
    if (performance->n_idle >= N_IDLE)
        g_task_return_boolean(task, TRUE);
    else
        g_timeout_add_full(G_PRIORITY_DEFAULT, LOOK_MS, look, g_steal_pointer(&task),
                           g_object_unref);
}

static gboolean
look(gpointer user_data)
{
    GTask *task = G_TASK(user_data);
    const Performance *performance = g_task_get_task_data(task);

    wg_watch_eval_async(performance->watch, "WaggleVirtual.isPerforming()", NULL, on_looked,
                        g_object_ref(task));
    return G_SOURCE_REMOVE;
}

static void
on_begun(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = G_TASK(user_data);
    GError *error = NULL;
    g_autofree char *answer = wg_watch_eval_finish(WG_WATCH(source), result, &error);

    if (answer)
        look(task);
    else
        g_task_return_error(task, error);
}

void
wg_perform_async(WgDesk *desk, const char *what, gboolean is_at_once, GAsyncReadyCallback callback,
                 gpointer user_data)
{
    g_autoptr(GTask) task = g_task_new(desk, NULL, callback, user_data);
    WgWatch *watch = wg_desk_get_ready_watch(desk);
    g_autofree char *quoted = quote(what);
    g_autofree char *expression = g_strdup_printf(
        is_at_once ? "WaggleVirtual.perform(%s,undefined,1)" : "WaggleVirtual.perform(%s)", quoted);
    Performance *performance;

    if (!watch) {
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_CONNECTION, _("no watch is connected"));
        return;
    }
    performance = g_new0(Performance, 1);
    performance->watch = g_object_ref(watch);
    g_task_set_task_data(task, performance, performance_free);
    wg_watch_eval_async(watch, expression, NULL, on_begun, g_steal_pointer(&task));
}

gboolean
wg_perform_finish(WgDesk *desk, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

static void
on_pressed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *answer = wg_watch_eval_finish(WG_WATCH(source), result, &error);

    if (!answer) /* the watch's own state says why */
        g_debug("the button was not pressed: %s", error->message);
}

void
wg_press_button(WgDesk *desk)
{
    WgWatch *watch = wg_desk_get_ready_watch(desk);

    if (watch)
        wg_watch_eval_async(watch, "WaggleVirtual.press(),1", NULL, on_pressed, NULL);
}
