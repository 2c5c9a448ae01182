/* Whether what a recording names can be called so. */
#include "dataset/recording-names.h"

#include "base/name.h"

gboolean
wg_recording_check_names(const WgRecordingSpec *spec, GError **error)
{
    if (!wg_name_check(spec->label, error) || (spec->person && !wg_name_check(spec->person, error)))
        return FALSE;
    for (int i = 0; i < spec->n_spans; i++) {
        if (!wg_name_check(spec->spans[i].label, error))
            return FALSE;
    }
    return TRUE;
}
