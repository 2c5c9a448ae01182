/* The takes that a recording job has stored: added to the project, told, counted. */
#include "workbench/take-store.h"

#include "workbench/json.h"
#include "workbench/record-events.h"

void
wg_take_store_init(WgTakeStore *self, WgJob *job)
{
    *self = (WgTakeStore){.job = job, .ids = g_array_new(FALSE, FALSE, sizeof(gint64))};
}

void
wg_take_store_clear(WgTakeStore *self)
{
    g_clear_pointer(&self->ids, g_array_unref);
}

void
wg_take_store_count(WgTakeStore *self, const WgRecordingSpec *spec, gint64 id, gboolean is_known,
                    int n_missing)
{
    if (is_known)
        self->n_known++;
    else
        g_array_append_val(self->ids, id);
    self->n_held_back += !is_known && spec->disabled;
    wg_record_tell_take(self->job, spec, id, is_known, n_missing);
}

gboolean
wg_take_store_add(WgTakeStore *self, WgRecordingSpec *spec, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    g_autoptr(WgRecording) recording = NULL;
    gint64 id = 0;
    int n_added = 0, n_missing = 0;

    for (int i = 0; i < spec->n_gaps; i++)
        n_missing += spec->gaps[i].n_missing;
    spec->held_back = n_missing > 0 ? "gaps" : spec->n_clipped > 0 ? "clipping" : NULL;
    spec->disabled = spec->held_back != NULL;
    recording = wg_recording_new(spec);
    g_ptr_array_add(list, recording);
    if (!wg_project_add_recordings(wg_job_get_project(self->job), list, &id, &n_added, error))
        return FALSE;
    wg_take_store_count(self, spec, id, n_added == 0, n_missing);
    return TRUE;
}

void
wg_take_store_describe(const WgTakeStore *self, JsonObject *result)
{
    json_object_set_int_member(result, "recordings", self->ids->len);
    json_object_set_int_member(result, "known", self->n_known);
    json_object_set_int_member(result, "held_back", self->n_held_back);
    wg_json_set_ids(result, "ids", (const gint64 *)self->ids->data, (int)self->ids->len);
}
