/* All that a project shows, as a text to compare. */
#include "project-state.h"

static void
add_values(GString *state, const WgRecordingSpec *spec)
{
    const gsize n_bytes = (gsize)spec->n_samples * spec->n_channels * sizeof(float);
    g_autofree char *samples =
        g_compute_checksum_for_data(G_CHECKSUM_SHA1, (const guchar *)spec->samples, n_bytes);
    g_autofree char *original =
        g_compute_checksum_for_data(G_CHECKSUM_SHA1, (const guchar *)spec->original, n_bytes);

    g_string_append_printf(state, " %s %s\n", samples, original);
}

static void
add_recording(GString *state, WgRecording *recording)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);

    g_string_append_printf(
        state, "%" G_GINT64_FORMAT " %s|%s|%s|%s|%s %d %a %dx%d %a %d %d %d %d+%d %s", spec->id,
        spec->label, spec->person, spec->device, spec->file, spec->held_back, spec->line,
        spec->rate_hz, spec->n_samples, spec->n_channels, spec->original_units_per_g,
        spec->n_clipped, spec->disabled, spec->wrist, spec->trim_first, spec->n_whole,
        wg_recording_get_digest(recording));
    for (int i = 0; i < spec->n_spans; i++)
        g_string_append_printf(state, " [%d+%d %s]", spec->spans[i].first, spec->spans[i].n_samples,
                               spec->spans[i].label);
    for (int i = 0; i < spec->n_gaps; i++)
        g_string_append_printf(state, " (%d+%d)", spec->gaps[i].first, spec->gaps[i].n_missing);
    add_values(state, spec);
}

static void
add_models(GString *state, WgProject *project)
{
    g_autoptr(GPtrArray) models = wg_project_list_models(project, NULL);

    g_assert_nonnull(models);
    for (guint i = 0; i < models->len; i++) {
        const WgModelRecord *model = g_ptr_array_index(models, i);

        g_string_append_printf(state, "model %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %d\n",
                               model->id, model->kind, model->parent, model->is_current);
    }
}

char *
wg_test_dup_recordings(GPtrArray *recordings)
{
    GString *state = g_string_new(NULL);

    for (guint i = 0; i < recordings->len; i++)
        add_recording(state, g_ptr_array_index(recordings, i));
    return g_string_free(state, FALSE);
}

char *
wg_test_dup_state(WgProject *project, const char *const *facts)
{
    GString *state = g_string_new(NULL);
    g_autoptr(GPtrArray) recordings = wg_project_load_recordings(project, NULL);

    g_assert_nonnull(recordings);
    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);

        add_recording(state, recording);
        if (wg_recording_get(recording)->n_whole > 0) {
            g_autoptr(WgRecording) whole =
                wg_project_load_whole(project, wg_recording_get(recording)->id, NULL);

            g_assert_nonnull(whole);
            add_recording(state, whole);
        }
    }
    add_models(state, project);
    for (int i = 0; facts[i]; i++) {
        g_autofree char *value = wg_project_dup_fact(project, facts[i]);

        g_string_append_printf(state, "%s=%s\n", facts[i], value);
    }
    return g_string_free(state, FALSE);
}
