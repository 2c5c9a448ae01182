/* Turns recordings whose sensor sat in another position: "x,-z,y" names the axes anew. */
#include "dataset/axes.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <string.h>

gboolean
wg_axes_parse(const char *text, WgAxes *axes, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, ",", 4);
    gboolean is_known = g_strv_length(words) == 3, is_used[3] = {FALSE};

    for (int i = 0; is_known && i < 3; i++) {
        const char *word = g_strstrip(words[i]);
        const gboolean is_negative = *word == '-';
        const char *found;

        word += *word == '-' || *word == '+';
        found = *word && !word[1] ? strchr("xyz", g_ascii_tolower(*word)) : NULL;
        axes->from[i] = found ? (int)(g_ascii_tolower(*word) - 'x') : 0;
        axes->sign[i] = is_negative ? -1 : 1;
        is_known = found && !is_used[axes->from[i]];
        is_used[axes->from[i]] = TRUE;
    }
    if (!is_known)
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("axes are each of x, y and z once, as in x,-z,y, not “%s”"), text);
    return is_known;
}

/* 1: a rotation, -1: a mirror image. */
static int
determine(const WgAxes *axes)
{
    const int *from = axes->from;
    const int order = (from[1] - from[0] + 3) % 3 == 1 ? 1 : -1;

    return order * axes->sign[0] * axes->sign[1] * axes->sign[2];
}

static float *
turn(const WgAxes *axes, const float *values, const WgRecordingSpec *spec)
{
    float *turned = g_new(float, (gsize)spec->n_samples * spec->n_channels);
    const int handed = determine(axes);

    for (int i = 0; i < spec->n_samples; i++) {
        for (int channel = 0; channel < spec->n_channels; channel++) {
            const int axis = channel % 3, block = channel - axis;
            const gsize at = (gsize)i * spec->n_channels;
            const int sign = axes->sign[axis] * (block > 0 ? handed : 1);

            /* no negative zero: it would be another take */
            turned[at + channel] = values[at + block + axes->from[axis]] * (float)sign + 0.0f;
        }
    }
    return turned;
}

WgRecording *
wg_axes_apply(const WgAxes *axes, const WgRecording *take)
{
    WgRecordingSpec spec = *wg_recording_get(take);
    g_autofree float *samples = turn(axes, spec.samples, &spec);
    g_autofree float *original = turn(axes, spec.original, &spec);

    spec.samples = samples;
    spec.original = original;
    return wg_recording_new(&spec);
}
