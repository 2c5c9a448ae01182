/* What the page Review says of takes, and how it sees them: the same for its views. */
#include "ui/review-takes.h"

#include "workbench/json.h"
#include "workbench/window-options.h"

#include <glib/gi18n.h>

#define LONG_S 20 /* longer than any gesture */

WgWindowOptions
wg_review_get_window(WgDesk *desk)
{
    WgWindowOptions window = wg_window_options_watch;
    WgModelRecord *record = wg_desk_load_model(desk, "float");
    g_autoptr(JsonObject) meta = NULL;

    if (!record)
        return window;
    meta = wg_json_parse_object(record->meta, "the model's description", NULL);
    if (meta && json_object_has_member(meta, "window") &&
        !wg_window_options_from_json(json_object_get_object_member(meta, "window"), &window, NULL))
        window = wg_window_options_watch;
    wg_model_record_free(record);
    return window;
}

void
wg_review_show_take(WgDesk *desk, WgTakePlot *plot, WgRecording *take)
{
    const WgRecordingSpec *spec = wg_recording_get(take);
    const WgWindowOptions window = wg_review_get_window(desk);
    g_autoptr(WgRecording) whole = NULL;
    g_autoptr(GError) error = NULL;

    if (spec->n_whole > 0) {
        whole = wg_project_load_whole(wg_session_get_project(wg_desk_get_session(desk)), spec->id,
                                      &error);
        if (!whole)
            wg_desk_fail(desk, error);
    }
    if (whole)
        wg_take_plot_set_take(plot, whole, spec->trim_first, spec->n_samples, &window);
    else
        wg_take_plot_set_take(plot, take, 0, spec->n_samples, &window);
}

gboolean
wg_review_is_long(WgRecording *recording)
{
    const WgRecordingSpec *spec = wg_recording_get_facts(recording);

    return spec->n_spans > 0 || spec->n_samples > LONG_S * spec->rate_hz;
}

char *
wg_review_describe_take(WgRecording *take, const char *doubt)
{
    const WgRecordingSpec *spec = wg_recording_get_facts(take);
    const char *wrist = spec->wrist == WG_WRIST_LEFT    ? _("left wrist")
                        : spec->wrist == WG_WRIST_RIGHT ? _("right wrist")
                                                        : NULL;
    GString *text = g_string_new(NULL);

    if (spec->disabled)
        g_string_append_printf(text, "%s ", _("Left out: it takes no part."));
    if (doubt)
        g_string_append(text, doubt);
    else if (spec->n_clipped > 0)
        g_string_append(
            text, _("This take is clipped: the watch measures up to 2 g here. Do it softer."));
    else
        g_string_append(text, _("Nothing is doubtful about this take."));
    if (spec->person || wrist)
        g_string_append_printf(text, " (%s%s%s)", spec->person ? spec->person : "",
                               spec->person && wrist ? ", " : "", wrist ? wrist : "");
    return g_string_free(text, FALSE);
}

char *
wg_review_describe_takes(guint n_chosen, guint n, guint n_drawn)
{
    if (n_drawn > 0 && n_drawn < n)
        return g_strdup_printf(ngettext("Mean, and band of 80 in 100, of %u of %u take.",
                                        "Mean, and band of 80 in 100, of %u of %u takes.", n),
                               n_drawn, n);
    if (n_chosen == 0)
        return g_strdup(_("Mean, and band of 80 in 100. Choose takes to compare."));
    return g_strdup_printf(
        ngettext("%u chosen take over one another.", "%u chosen takes over one another.", n_chosen),
        n_chosen);
}
