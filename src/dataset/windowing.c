/* How recordings become windows: rate, length, channels, where the event is, the step. */
#include "dataset/windowing.h"

#include "base/error.h"
#include "dataset/resample.h"
#include "dataset/window.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

const WgWindowOptions wg_window_options_watch = {
    .rate_hz = WG_WINDOW_RATE_HZ,
    .length = WG_WINDOW_LENGTH,
    .channels = WG_CHANNELS_ACCELERATION,
    .event = WG_EVENT_FIRST,
    .step = WG_WINDOW_LENGTH / 2,
    .range_g = 128.0 / WG_UNITS_PER_G,
    .range_dps = 2000, /* of the LSM9DS1 and most others */
    .shift = -1,
};

static const struct {
    const char *name;
    guint channels;
} channel_names[] = {
    {"x", WG_CHANNEL_X},
    {"y", WG_CHANNEL_Y},
    {"z", WG_CHANNEL_Z},
    {"gx", WG_CHANNEL_GX},
    {"gy", WG_CHANNEL_GY},
    {"gz", WG_CHANNEL_GZ},
    {"magnitude", WG_CHANNEL_MAGNITUDE},
    {"acceleration", WG_CHANNELS_ACCELERATION},
    {"gyroscope", WG_CHANNELS_ANGULAR_RATE},
};

static const char *const event_names[] = {"first", "start", "centre", "end"};

static gboolean
check_range(const char *what, double value, double minimum, double maximum, GError **error)
{
    if (value >= minimum && value <= maximum)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("a window's %s is %g to %g, not %g"), _(what),
                minimum, maximum, value);
    return FALSE;
}

gboolean
wg_window_options_check(const WgWindowOptions *self, GError **error)
{
    if (self->channels == 0 || self->channels >= 1 << WG_CHANNELS_MAX) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("a window needs at least one channel"));
        return FALSE;
    }
    return check_range(N_("rate in hertz"), self->rate_hz, WG_RATE_MIN_HZ, WG_RATE_MAX_HZ, error) &&
           check_range(N_("length in samples"), self->length, WG_WINDOW_LENGTH_MIN,
                       WG_WINDOW_LENGTH_MAX, error) &&
           check_range(N_("step in samples"), self->step, 1, WG_WINDOW_LENGTH_MAX, error) &&
           check_range(N_("range in g"), self->range_g, 0.5, 32, error) &&
           check_range(N_("range in degrees per second"), self->range_dps, 50, 10000, error) &&
           check_range(N_("shift in samples"), self->shift, -1, self->length, error);
}

int
wg_window_options_get_n_channels(const WgWindowOptions *self)
{
    int n = 0;

    for (guint bit = 1; bit < 1 << WG_CHANNELS_MAX; bit <<= 1)
        n += (self->channels & bit) != 0;
    return n;
}

gboolean
wg_window_options_needs_gyroscope(const WgWindowOptions *self)
{
    return (self->channels & WG_CHANNELS_ANGULAR_RATE) != 0;
}

gboolean
wg_window_options_is_watch(const WgWindowOptions *self)
{
    const WgWindowOptions *watch = &wg_window_options_watch;

    /* whole numbers and those that a user types exactly: nothing was computed */
    return self->rate_hz == watch->rate_hz && self->length == watch->length &&
           self->channels == watch->channels && self->event == watch->event &&
           self->range_g == watch->range_g;
}

char *
wg_window_options_describe(const WgWindowOptions *self)
{
    g_autofree char *channels = wg_channels_to_text(self->channels);

    if (self->range_g == wg_window_options_watch.range_g)
        return g_strdup_printf(
            ngettext("%d sample of %s at %g Hz", "%d samples of %s at %g Hz", (gulong)self->length),
            self->length, channels, self->rate_hz);
    return g_strdup_printf(ngettext("%d sample of %s at %g Hz and %g g",
                                    "%d samples of %s at %g Hz and %g g", (gulong)self->length),
                           self->length, channels, self->rate_hz, self->range_g);
}

guint
wg_channels_parse(const char *text, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    guint channels = 0;

    for (int i = 0; words[i]; i++) {
        guint found = 0;

        g_strstrip(words[i]);
        for (guint j = 0; j < G_N_ELEMENTS(channel_names); j++) {
            if (g_ascii_strcasecmp(words[i], channel_names[j].name) == 0)
                found = channel_names[j].channels;
        }
        if (found == 0) {
            g_set_error(
                error, WG_ERROR, WG_ERROR_USAGE,
                _("there is no channel “%s”: x, y, z, gx, gy, gz, magnitude, acceleration or "
                  "gyroscope"),
                words[i]);
            return 0;
        }
        channels |= found;
    }
    if (channels == 0)
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("a window needs at least one channel"));
    return channels;
}

char *
wg_channels_to_text(guint channels)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < WG_CHANNELS_MAX; i++) {
        if (channels & channel_names[i].channels)
            g_string_append_printf(text, "%s%s", text->len > 0 ? "," : "", channel_names[i].name);
    }
    return g_strdup(text->str);
}

gboolean
wg_event_position_parse(const char *text, WgEventPosition *event, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(event_names); i++) {
        if (g_ascii_strcasecmp(text, event_names[i]) == 0) {
            *event = (WgEventPosition)i;
            return TRUE;
        }
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                _("an event is at first, start, centre or end, not at “%s”"), text);
    return FALSE;
}

const char *
wg_event_position_to_text(WgEventPosition event)
{
    return event_names[event];
}
