/* The job "edit": one edit of the project, or the undoing of one. */
#include "base/error.h"
#include "base/name.h"
#include "dataset/project-edits.h"
#include "workbench/edit-project.h"
#include "workbench/edit-text.h"
#include "workbench/job.h"
#include "workbench/json.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    WgProject *project;
    const gint64 *ids;
    int n;
    const char *value; /* of the option; a flag has none */
} Wanted;

static gboolean
set_label(const Wanted *w, GError **error)
{
    return wg_project_relabel(w->project, w->ids, w->n, w->value, error);
}

static gboolean
set_person(const Wanted *w, GError **error)
{
    return wg_project_set_person(w->project, w->ids, w->n, w->value, error);
}

static gboolean
forget_person(const Wanted *w, GError **error)
{
    return wg_project_set_person(w->project, w->ids, w->n, NULL, error);
}

static gboolean
set_wrist(const Wanted *w, GError **error)
{
    const WgWrist wrist = wg_wrist_find(w->value);

    if (wrist != WG_WRIST_UNKNOWN || g_str_equal(w->value, "unknown"))
        return wg_project_set_wrist(w->project, w->ids, w->n, wrist, error);
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--wrist takes left, right or unknown, not “%s”",
                w->value);
    return FALSE;
}

static gboolean
disable(const Wanted *w, GError **error)
{
    return wg_project_set_disabled(w->project, w->ids, w->n, TRUE, error);
}

static gboolean
enable(const Wanted *w, GError **error)
{
    return wg_project_set_disabled(w->project, w->ids, w->n, FALSE, error);
}

static gboolean delete (const Wanted *w, GError **error)
{
    return wg_project_set_deleted(w->project, w->ids, w->n, TRUE, error);
}

static gboolean
take_back(const Wanted *w, GError **error)
{
    return wg_project_set_deleted(w->project, w->ids, w->n, FALSE, error);
}

static gboolean
trim(const Wanted *w, GError **error)
{
    int first, n, end = 0;

    if (sscanf(w->value, "%d,%d%n", &first, &n, &end) == 2 && !w->value[end])
        return wg_project_trim(w->project, w->ids[0], first, n, error);
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                "--trim takes a first sample and a number of samples, as 12,40; not “%s”",
                w->value);
    return FALSE;
}

static gboolean
untrim(const Wanted *w, GError **error)
{
    return wg_project_trim(w->project, w->ids[0], 0, 0, error);
}

/* FIRST,N,LABEL again and again. */
static gboolean
set_spans(const Wanted *w, GError **error)
{
    g_auto(GStrv) given = g_strsplit(w->value, WG_OPTION_LIST_SEPARATOR, -1);
    const int n = (int)g_strv_length(given);
    g_autofree WgLabelSpan *spans = g_new0(WgLabelSpan, (gsize)n);

    for (int i = 0; i < n; i++) {
        int end = 0;

        if (sscanf(given[i], "%d,%d,%n", &spans[i].first, &spans[i].n_samples, &end) != 2 ||
            end == 0) {
            g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                        "--span takes a first sample, a number of samples and a label, as "
                        "100,50,circle; not “%s”",
                        given[i]);
            return FALSE;
        }
        spans[i].label = given[i] + end;
        if (!wg_name_check(spans[i].label, error))
            return FALSE;
    }
    return wg_project_set_spans(w->project, w->ids[0], spans, n, error);
}

static gboolean
split(const Wanted *w, GError **error)
{
    g_autoptr(WgRecording) recording = wg_project_load_recording(w->project, w->ids[0], error);
    const WgRecordingSpec *spec = recording ? wg_recording_get(recording) : NULL;

    return spec && wg_edit_split(w->project, w->ids[0], spec->spans, spec->n_spans, NULL, error);
}

static gboolean
rename_gesture(const Wanted *w, GError **error)
{
    const char *equals = strchr(w->value, '=');
    g_autofree char *from = equals ? g_strndup(w->value, (gsize)(equals - w->value)) : NULL;

    if (equals)
        return wg_edit_rename(w->project, from, equals + 1, error);
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                "--rename takes a gesture and its new name, as circle=ring; not “%s”", w->value);
    return FALSE;
}

static gboolean
choose_model(const Wanted *w, GError **error)
{
    return wg_edit_choose_model(w->project, g_ascii_strtoll(w->value, NULL, 10), error);
}

static gboolean
check_there(const WgEditNote *note, const char *missing, GError **error)
{
    if (!note)
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING, missing);
    return note != NULL;
}

static gboolean
undo(const Wanted *w, GError **error)
{
    g_autoptr(WgEditNote) last = NULL, next = NULL;

    return wg_project_load_edits(w->project, &last, &next, error) &&
           check_there(last, _("there is nothing to undo"), error) &&
           wg_project_undo(w->project, error);
}

static gboolean
redo(const Wanted *w, GError **error)
{
    g_autoptr(WgEditNote) last = NULL, next = NULL;

    return wg_project_load_edits(w->project, &last, &next, error) &&
           check_there(next, _("there is nothing to redo"), error) &&
           wg_project_redo(w->project, error);
}

typedef struct {
    const char *option;
    int n_least, n_most; /* recordings */
    gboolean (*edit)(const Wanted *w, GError **error);
} Kind;

static const Kind kinds[] = {
    {"label", 1, G_MAXINT, set_label},
    {"person", 1, G_MAXINT, set_person},
    {"no-person", 1, G_MAXINT, forget_person},
    {"wrist", 1, G_MAXINT, set_wrist},
    {"disable", 1, G_MAXINT, disable},
    {"enable", 1, G_MAXINT, enable},
    {"delete", 1, G_MAXINT, delete},
    {"take-back", 1, G_MAXINT, take_back},
    {"trim", 1, 1, trim},
    {"untrim", 1, 1, untrim},
    {"span", 1, 1, set_spans},
    {"split", 1, 1, split},
    {"rename", 0, 0, rename_gesture},
    {"model", 0, 0, choose_model},
    {"undo", 0, 0, undo},
    {"redo", 0, 0, redo},
};

static GArray *
read_ids(WgJob *job, GError **error)
{
    const char *const *given = wg_job_get_arguments(job);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    for (int i = 0; given[i]; i++) {
        gint64 id;

        if (!g_ascii_string_to_signed(given[i], 10, 1, G_MAXINT64, &id, NULL)) {
            g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                        _("“%s” is no recording: “list” shows their numbers"), given[i]);
            return NULL;
        }
        g_array_append_val(ids, id);
    }
    return g_steal_pointer(&ids);
}

static const Kind *
find_kind(WgJob *job, int n_ids, GError **error)
{
    const Kind *found = NULL;
    int n = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (wg_job_has(job, kinds[i].option)) {
            found = &kinds[i];
            n++;
        }
    }
    if (n != 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "takes one option that says what to do, not %d (--help tells more)", n);
        return NULL;
    }
    if (n_ids < found->n_least || n_ids > found->n_most) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--%s takes %s, not %d", found->option,
                    found->n_most == 0   ? "no recordings"
                    : found->n_most == 1 ? "one recording"
                                         : "recordings by their numbers in “list”",
                    n_ids);
        return NULL;
    }
    return found;
}

static void
set_text(JsonObject *result, const char *name, const WgEditNote *note)
{
    g_autofree char *text = note ? wg_edit_note_to_text(note) : NULL;

    wg_json_set_optional(result, name, text);
}

static gboolean
run(WgJob *job, GError **error)
{
    g_autoptr(GArray) ids = read_ids(job, error);
    const Kind *kind = ids ? find_kind(job, (int)ids->len, error) : NULL;
    g_autoptr(WgEditNote) undo_before = NULL, redo_before = NULL, undo_now = NULL, redo_now = NULL;
    WgProject *project = wg_job_get_project(job);
    JsonObject *result;
    Wanted wanted;

    if (!kind || !wg_project_load_edits(project, &undo_before, &redo_before, error))
        return FALSE;
    wanted = (Wanted){.project = project,
                      .ids = (const gint64 *)(const void *)ids->data,
                      .n = (int)ids->len,
                      .value = wg_job_get_string(job, kind->option)};
    if (!kind->edit(&wanted, error) || !wg_project_load_edits(project, &undo_now, &redo_now, error))
        return FALSE;
    result = json_object_new();
    json_object_set_boolean_member(
        result, "changed", (undo_before ? undo_before->id : 0) != (undo_now ? undo_now->id : 0));
    set_text(result, "undo", undo_now);
    set_text(result, "redo", redo_now);
    wg_job_take_result(job, result);
    return TRUE;
}

static const WgJobOption options[] = {
    {"label", WG_OPTION_NAME, "L", "gives them this label", NULL},
    {"person", WG_OPTION_NAME, "P", "names who made them", NULL},
    {"no-person", WG_OPTION_FLAG, NULL, "who made them is unknown", NULL},
    {"wrist", WG_OPTION_STRING, "left|right|unknown", "names the arm the watch was on", NULL},
    {"disable", WG_OPTION_FLAG, NULL, "they stay and take no part", NULL},
    {"enable", WG_OPTION_FLAG, NULL, "they take part again", NULL},
    {"delete", WG_OPTION_FLAG, NULL, "deletes them; their samples stay in the file", NULL},
    {"take-back", WG_OPTION_FLAG, NULL, "takes their deletion back", NULL},
    {"trim", WG_OPTION_STRING, "FIRST,N", "of all its samples, these are the take", NULL},
    {"untrim", WG_OPTION_FLAG, NULL, "all of its samples are the take again", NULL},
    {"span", WG_OPTION_LIST, "FIRST,N,LABEL", "labels a stretch; again for the next one", NULL},
    {"split", WG_OPTION_FLAG, NULL, "makes each of its stretches a take of its own", NULL},
    {"rename", WG_OPTION_STRING, "OLD=NEW", "renames a gesture, in takes, stretches and actions",
     NULL},
    {"model", WG_OPTION_INT, "ID", "goes back to this stored model", NULL, 1, G_MAXINT},
    {"undo", WG_OPTION_FLAG, NULL, "takes the last edit back", NULL},
    {"redo", WG_OPTION_FLAG, NULL, "makes the edit again that was taken back last", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_edit = {
    .name = "edit",
    .summary = "edits recordings, gestures or the model that counts; undoes and redoes",
    .arguments = "PROJECT [ID]...",
    .options = options,
    .run = run,
    .details =
        "IDs are as “list” shows them. Each edit can be undone, here and in the window, also "
        "after the project was closed.",
};
