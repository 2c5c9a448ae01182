/* A gesture that the watch has recognised: its answer, this machine's, and what it really was. */
#include "ui/heard.h"

#include "dataset/window.h"

#include <glib/gi18n.h>

struct _WgHeard {
    GObject parent_instance;
    char *label, *truth, *input;
    gboolean is_equal;
    WgRecording *recording;
    gint64 take;
};

G_DEFINE_FINAL_TYPE(WgHeard, wg_heard, G_TYPE_OBJECT)

static void
wg_heard_finalize(GObject *object)
{
    WgHeard *self = WG_HEARD(object);

    g_free(self->label);
    g_free(self->truth);
    g_free(self->input);
    g_clear_pointer(&self->recording, wg_recording_unref);
    G_OBJECT_CLASS(wg_heard_parent_class)->finalize(object);
}

static void
wg_heard_class_init(WgHeardClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_heard_finalize;
}

static void
wg_heard_init(WgHeard *self)
{
}

static WgRecording *
make_recording(const char *input, const char *label)
{
    gsize length = 0;
    g_autofree guchar *history = g_base64_decode(input, &length);
    g_autofree float *samples = g_new0(float, length + WG_WINDOW_CHANNELS);
    const WgRecordingSpec spec = {.label = label ? label : "",
                                  .rate_hz = WG_WINDOW_RATE_HZ,
                                  .n_samples = MAX(1, (int)length / WG_WINDOW_CHANNELS),
                                  .n_channels = WG_WINDOW_CHANNELS,
                                  .samples = samples,
                                  .original_units_per_g = WG_UNITS_PER_G};

    for (gsize i = 0; i < length; i++)
        samples[i] = (float)(gint8)history[i] / WG_UNITS_PER_G;
    return wg_recording_new(&spec);
}

WgHeard *
wg_heard_new(JsonObject *row, const char *performed)
{
    WgHeard *self = g_object_new(WG_TYPE_HEARD, NULL);
    JsonObject *watch = json_object_get_object_member(row, "watch");

    self->label = g_strdup(json_object_get_string_member_with_default(watch, "label", NULL));
    self->truth = g_strdup(performed);
    self->input = g_strdup(json_object_get_string_member(row, "input"));
    self->is_equal = json_object_get_boolean_member(row, "equal");
    self->recording = make_recording(self->input, self->label);
    return self;
}

const char *
wg_heard_get_label(WgHeard *self)
{
    return self->label;
}

gboolean
wg_heard_is_equal(WgHeard *self)
{
    return self->is_equal;
}

const char *
wg_heard_get_input(WgHeard *self)
{
    return self->input;
}

WgRecording *
wg_heard_get_recording(WgHeard *self)
{
    return self->recording;
}

const char *
wg_heard_get_truth(WgHeard *self)
{
    return self->truth;
}

void
wg_heard_correct(WgHeard *self, const char *truth, gint64 take)
{
    g_free(self->truth);
    self->truth = g_strdup(truth);
    self->take = take;
}

gint64
wg_heard_get_take(WgHeard *self)
{
    return self->take;
}

char *
wg_heard_dup_mark(WgHeard *self)
{
    const char *label = self->label ? self->label : _("not sure");

    if (!self->truth)
        return g_strdup(label);
    if (g_strcmp0(self->label, self->truth) == 0)
        return g_strdup_printf("✓ %s", label);
    /* what it was taken for, what it was */
    return g_strdup_printf(_("✕ %s: %s"), label, self->truth);
}

char *
wg_heard_dup_description(WgHeard *self)
{
    const char *label = self->label ? self->label : _("not sure");

    if (!self->truth)
        return g_strdup_printf(_("The watch said: %s."), label);
    if (g_strcmp0(self->label, self->truth) == 0)
        return g_strdup_printf(_("The watch said %s, which is right."), label);
    return g_strdup_printf(self->take ? _("The watch said %s. It was %s, and is a take now.")
                                      : _("The watch said %s. It was %s."),
                           label, self->truth);
}
