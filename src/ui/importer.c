/* Imports recordings into the open project, and says what was found. */
#include "ui/importer.h"

#include "base/sentences.h"
#include "ui/performer.h"

#include <errno.h>
#include <glib/gi18n.h>

/* Takes of the first import, while the second is under way. */
typedef struct {
    WgDesk *desk;
    gint64 n_before;
} Import;

static void
import_free(gpointer data)
{
    Import *import = data;

    g_object_unref(import->desk);
    g_free(import);
}

static void
choose_first(WgDesk *desk)
{
    GListModel *gestures = wg_desk_get_gestures(desk);

    if (!wg_desk_get_gesture(desk) && g_list_model_get_n_items(gestures) > 0) {
        g_autoptr(WgGesture) first = g_list_model_get_item(gestures, 0);

        wg_desk_set_gesture(desk, wg_gesture_get_label(first));
    }
}

static char *
describe(JsonObject *result, gint64 n_before)
{
    const gint64 n_added = n_before + json_object_get_int_member(result, "added");
    const gint64 n_known = json_object_get_int_member_with_default(result, "known", 0);
    const gint64 n_clipped = json_object_get_int_member_with_default(result, "clipped", 0);
    const guint n_refused = (guint)json_object_get_int_member_with_default(result, "n_refused", 0);
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_append_printf(text,
                           ngettext("%d take was added.", "%d takes were added.", (gulong)n_added),
                           (int)n_added);
    if (n_known > 0)
        wg_append_sentence(text,
                           ngettext("%d was here before.", "%d were here before.", (gulong)n_known),
                           (int)n_known);
    if (n_clipped > 0)
        wg_append_sentence(text, ngettext("%d is clipped.", "%d are clipped.", (gulong)n_clipped),
                           (int)n_clipped);
    if (n_refused > 0)
        wg_append_sentence(
            text,
            ngettext("%u line was refused, the first: %s", "%u lines were refused, the first: %s",
                     n_refused),
            n_refused,
            json_array_get_string_element(json_object_get_array_member(result, "refused"), 0));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
on_imported(gpointer owner, JsonObject *result, const GError *error)
{
    Import *import = g_object_get_data(owner, "import");
    g_autofree char *text = NULL;

    if (error) {
        wg_desk_fail(import->desk, error);
        return;
    }
    text = describe(result, import->n_before);
    choose_first(import->desk);
    wg_desk_say(import->desk, text);
}

static void
run(WgDesk *desk, WgActivity *activity, WgJob *job, gint64 n_before, WgActivityDone done)
{
    Import *import = g_new0(Import, 1);

    import->desk = g_object_ref(desk);
    import->n_before = n_before;
    g_object_set_data_full(G_OBJECT(activity), "import", import, import_free);
    wg_activity_run(activity, desk, job, _("Reading recordings"), done, activity);
}

/* The sample recordings of that folder and person, NULL where that fails and is said. */
static WgJob *
new_sample_job(WgDesk *desk, const char *folder, const char *person)
{
    g_autofree char *path = wg_samples_dup_folder(folder);
    WgJob *job = wg_desk_new_job(desk, "import", "person", person, NULL);

    if (job)
        wg_job_add_argument(job, path);
    return job;
}

static void
on_first_imported(gpointer owner, JsonObject *result, const GError *error)
{
    Import *import = g_object_get_data(owner, "import");
    g_autoptr(WgDesk) desk = g_object_ref(import->desk);
    WgJob *job;

    if (error) {
        wg_desk_fail(desk, error);
        return;
    }
    choose_first(desk);
    job = new_sample_job(desk, "conor-v2", "conor");
    if (job)
        run(desk, WG_ACTIVITY(owner), job, json_object_get_int_member(result, "added"),
            on_imported);
}

void
wg_importer_run(WgDesk *desk, WgActivity *activity, WgJob *job)
{
    run(desk, activity, job, 0, on_imported);
}

void
wg_importer_merge(WgDesk *desk, WgActivity *activity, const char *const *paths)
{
    WgJob *job = wg_desk_new_job(desk, "merge", NULL);

    for (int i = 0; job && paths[i]; i++)
        wg_job_add_argument(job, paths[i]);
    if (job)
        run(desk, activity, job, 0, on_imported);
}

void
wg_importer_import_samples(WgDesk *desk, WgActivity *activity)
{
    WgJob *job = new_sample_job(desk, "james-v2", "james");

    if (job)
        run(desk, activity, job, 0, on_first_imported);
}

char *
wg_importer_dup_data_path(const char *name)
{
    g_autofree char *folder = g_build_filename(g_get_user_data_dir(), "waggle", NULL);

    if (g_mkdir_with_parents(folder, 0700) != 0) {
        g_warning("%s could not be made: %s", folder, g_strerror(errno));
        return NULL;
    }
    return g_build_filename(folder, name, NULL);
}
