/* Quality checks over recordings: what a person should look at first. */
#include "dataset/check.h"

#include "base/error.h"
#include "dataset/checks.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct {
    const char *kind;
    WgCheck run;
} checks[] = {
    {"label", wg_check_label}, {"clipping", wg_check_clipping}, {"length", wg_check_length},
    {"still", wg_check_still}, {"gaps", wg_check_gaps},         {"scale", wg_check_scale},
    {"axes", wg_check_axes},
};

void
wg_finding_free(WgFinding *finding)
{
    g_free(finding->kind);
    g_free(finding->message);
    g_free(finding);
}

void
wg_check_add(GPtrArray *findings, WgRecording *recording, const char *kind, double score,
             const char *format, ...)
{
    WgFinding *finding = g_new0(WgFinding, 1);
    va_list arguments;

    va_start(arguments, format);
    finding->message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    finding->id = wg_recording_get(recording)->id;
    finding->kind = g_strdup(kind);
    finding->score = score;
    g_ptr_array_add(findings, finding);
}

static int
compare_findings(gconstpointer a, gconstpointer b)
{
    const WgFinding *left = *(WgFinding *const *)a, *right = *(WgFinding *const *)b;

    if (left->score != right->score)
        return left->score < right->score ? 1 : -1;
    return (left->id > right->id) - (left->id < right->id);
}

GPtrArray *
wg_check_run(WgDataset *dataset, const char *kind, WgProgress *progress, GCancellable *cancellable,
             GError **error)
{
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func((GDestroyNotify)wg_finding_free);
    gboolean is_known = kind == NULL;

    for (guint i = 0; i < G_N_ELEMENTS(checks); i++) {
        if (kind && !g_str_equal(kind, checks[i].kind))
            continue;
        is_known = TRUE;
        if (!checks[i].run(dataset, findings, progress, cancellable, error))
            return NULL;
    }
    if (!is_known) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("there is no check “%s”: label, clipping, length, still, gaps, scale, axes"),
                    kind);
        return NULL;
    }
    g_ptr_array_sort(findings, compare_findings);
    return g_steal_pointer(&findings);
}
