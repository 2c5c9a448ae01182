/* The job "merge": adds the takes of packs and other projects; nothing is replaced. */
#include "base/error.h"
#include "base/name.h"
#include "base/sentences.h"
#include "base/shown.h"
#include "dataset/project-each.h"
#include "dataset/project-edits.h"
#include "dataset/recording-names.h"
#include "workbench/counts.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/pack.h"
#include "workbench/patience.h"

#include <glib/gi18n.h>

/* What one file brings. */
typedef struct {
    const WgPack *pack;
    const char *path;
    gboolean names_nobody; /* who has no name is called as the file */
    int n_added;
} Merging;

static WgRecording *
dup_pooled(const Merging *merging, guint i)
{
    const WgPackTake *take = g_ptr_array_index(merging->pack->takes, i);
    WgRecordingSpec spec = *wg_recording_get(take->recording);
    g_autofree char *person = spec.person || merging->names_nobody
                                  ? wg_pack_dup_pooled_person(merging->pack, i, merging->path)
                                  : NULL;
    g_autofree char *fit = person ? wg_dup_shown(person, WG_NAME_CHARS_MAX) : NULL;

    spec.person = fit; /* of a long file name as much as a name can have */
    spec.id = 0;
    return wg_recording_new(&spec);
}

/* What is trimmed is added whole, and trimmed if it is new here. */
static gboolean
add_trimmed(WgEditLog *log, Merging *merging, guint i, GError **error)
{
    const WgPackTake *take = g_ptr_array_index(merging->pack->takes, i);
    g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    gint64 id = 0;
    int n_added = 0;

    g_ptr_array_add(one, dup_pooled(merging, i));
    if (!wg_edit_log_add(log, one, FALSE, &id, &n_added, error))
        return FALSE;
    merging->n_added += n_added;
    return n_added == 0 || wg_edit_log_trim(log, id, take->trim_first, take->trim_n, error);
}

static gboolean
add(WgEditLog *log, gpointer data, GError **error)
{
    Merging *merging = data;
    g_autoptr(GPtrArray) whole = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < merging->pack->takes->len; i++) {
        const WgPackTake *take = g_ptr_array_index(merging->pack->takes, i);

        if (take->trim_n > 0) {
            if (!add_trimmed(log, merging, i, error))
                return FALSE;
        } else {
            g_ptr_array_add(whole, dup_pooled(merging, i));
        }
    }
    {
        int n_added = 0;

        if (!wg_edit_log_add(log, whole, FALSE, NULL, &n_added, error))
            return FALSE;
        merging->n_added += n_added;
    }
    return TRUE;
}

static JsonObject *
describe(const Merging *merging)
{
    JsonObject *object = json_object_new();
    g_autofree char *name = g_filename_display_basename(merging->path);

    json_object_set_string_member(object, "file", name);
    json_object_set_int_member(object, "added", merging->n_added);
    json_object_set_int_member(object, "known",
                               (gint64)merging->pack->takes->len - merging->n_added);
    return object;
}

static gboolean
count_person(const WgRecordingSpec *facts, gpointer persons)
{
    wg_counts_add(persons, facts->person ? facts->person : "", 1);
    return FALSE;
}

/* What the project has now: "recordings", and of whom each. */
static gboolean
add_totals(WgProject *project, JsonObject *result, GError **error)
{
    g_autoptr(WgCounts) persons = wg_counts_new();
    const WgEachTake each = {.choose = count_person, .user_data = persons};
    gint64 n = 0;

    if (!wg_project_for_each_take(project, &each, NULL, error))
        return FALSE;
    for (guint i = 0; i < wg_counts_get_n(persons); i++)
        n += wg_counts_get(persons, i)->n;
    json_object_set_int_member(result, "recordings", n);
    json_object_set_object_member(result, "persons", wg_counts_to_json(persons));
    return TRUE;
}

/* What nothing can be called does not come in by a pack either. */
static gboolean
check_names(const WgPack *pack, const char *path, GError **error)
{
    for (guint i = 0; i < pack->takes->len; i++) {
        const WgPackTake *take = g_ptr_array_index(pack->takes, i);

        if (wg_recording_check_names(wg_recording_get_facts(take->recording), error))
            continue;
        wg_error_prefix(error, _("%s, take %u, which has to be renamed where it was made"), path,
                        i + 1);
        return FALSE;
    }
    return TRUE;
}

/* Before the first is added: a damaged one changes nothing. Those of a whole room are not kept, but
 * read again one by one. */
static gboolean
check_all(WgJob *job, const char *const *paths, GError **error)
{
    const guint n = g_strv_length((char **)paths);

    for (guint i = 0; i < n; i++) {
        g_autoptr(WgPack) pack = wg_pack_read(paths[i], wg_job_get_cancellable(job), error);

        if (!pack || !check_names(pack, paths[i], error))
            return FALSE;
        wg_progress_tell(wg_job_get_progress(job), (i + 1.0) / (2 * n), NULL);
    }
    return TRUE;
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *const *paths = wg_job_get_arguments(job);
    WgProject *project = wg_job_get_project(job);
    const guint n = g_strv_length((char **)paths);
    g_autoptr(JsonObject) result = json_object_new();
    JsonArray *files = json_array_new();
    int n_added = 0, n_known = 0;

    json_object_set_array_member(result, "files", files);
    if (!wg_project_check_writable(project, error))
        return FALSE;
    if (!check_all(job, paths, error) || !wg_patience_wait(job, error))
        return FALSE;
    for (guint i = 0; i < n; i++) {
        g_autoptr(WgPack) pack = wg_pack_read(paths[i], wg_job_get_cancellable(job), error);
        Merging merging = {pack, paths[i], wg_job_has(job, "name-by-file"), 0};

        if (!pack || g_cancellable_set_error_if_cancelled(wg_job_get_cancellable(job), error) ||
            !wg_project_edit(project, WG_EDIT_IMPORT, NULL, add, &merging, error))
            return FALSE;
        json_array_add_object_element(files, describe(&merging));
        n_added += merging.n_added;
        n_known += (int)merging.pack->takes->len - merging.n_added;
        wg_progress_tell(wg_job_get_progress(job), 0.5 + (i + 1.0) / (2 * n), NULL);
    }
    json_object_set_int_member(result, "added", n_added);
    json_object_set_int_member(result, "known", n_known);
    if (!add_totals(project, result, error))
        return FALSE;
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"name-by-file", WG_OPTION_FLAG, NULL, "who has no name in a pack is called as its file", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_merge = {
    "merge",
    "adds the takes of packs and of other projects",
    "PROJECT PACK...",
    options_table,
    run,
    NULL,
    "packs that were added stay, the others are untouched",
    .details = "A PACK is a .wagglepack or a .waggle. Nothing is replaced: a take that is there "
               "already, known by its samples, is not added again. Undo takes back a pack at a "
               "time. The packs themselves are left as they are.",
};
