/* What the page Record says of what goes on, in one sentence. */
#include "ui/record-status.h"

#include <glib/gi18n.h>

/* What a person is to do now. */
static const char *
get_request(const WgRecordStatus *s)
{
    switch (s->trigger) {
    case WG_TRIGGER_COUNTDOWN:
        return s->is_virtual  ? _("the virtual watch performs it.")
               : s->is_taking ? _("do it now.")
                              : _("get ready, the hand still.");
    case WG_TRIGGER_BUTTON:
        return s->is_virtual  ? _("the virtual watch presses its button and performs it.")
               : s->is_taking ? _("do it now, until the watch buzzes again.")
                              : _("press the button on the watch.");
    case WG_TRIGGER_DETECTOR:
    case WG_TRIGGER_CONTINUOUS:
    default:
        return s->is_virtual ? _("the virtual watch performs it.") : _("do it, then hold still.");
    }
}

static char *
dup_running(const WgRecordStatus *s)
{
    if (s->trigger == WG_TRIGGER_CONTINUOUS)
        return g_strdup_printf(ngettext("All of it is recorded, %d second so far. Stop ends it.",
                                        "All of it is recorded, %d seconds so far. Stop ends it.",
                                        (gulong)s->seconds),
                               s->seconds);
    if (s->n_wanted == 0 && s->trigger == WG_TRIGGER_DETECTOR)
        return g_strdup_printf(ngettext("Move as you do in daily life. %d take so far.",
                                        "Move as you do in daily life. %d takes so far.",
                                        (gulong)s->n_taken),
                               s->n_taken);
    if (s->n_wanted == 0)
        return g_strdup_printf(_("Take %d: %s"), s->n_taken + 1, get_request(s));
    return g_strdup_printf(_("Take %d of %d: %s"), MIN(s->n_taken + 1, s->n_wanted), s->n_wanted,
                           get_request(s));
}

static const char *
get_invitation(const WgRecordStatus *s)
{
    if (s->is_virtual)
        return _("Press Record: the virtual watch performs the gesture for you.");
    switch (s->trigger) {
    case WG_TRIGGER_COUNTDOWN:
        return _("Name a gesture, press Record, and do it each time the count is over.");
    case WG_TRIGGER_BUTTON:
        return _("Name a gesture, press Record, and begin each take with the watch's button.");
    case WG_TRIGGER_CONTINUOUS:
        return _("Name what you do, press Record, and move: all of it becomes one take.");
    case WG_TRIGGER_DETECTOR:
    default:
        return _("Name a gesture, press Record, and do it as often as asked.");
    }
}

static void
append_known(GString *text, const WgRecordStatus *s)
{
    g_string_append_c(text, ' ');
    if (s->known_as && *s->known_as)
        g_string_append_printf(text,
                               ngettext("%d was there already, as a take of “%s”.",
                                        "%d were there already, as takes of “%s”.",
                                        (gulong)s->n_known),
                               s->n_known, s->known_as);
    else
        g_string_append_printf(
            text, ngettext("%d was there already.", "%d were there already.", (gulong)s->n_known),
            s->n_known);
}

/* What has become of the takes. */
static char *
dup_outcome(const WgRecordStatus *s)
{
    const int n_recorded = s->n_taken - s->n_known;
    GString *text = g_string_new(NULL);

    g_string_printf(text, ngettext("%d take recorded.", "%d takes recorded.", (gulong)n_recorded),
                    n_recorded);
    if (s->n_known > 0)
        append_known(text, s);
    if (s->n_held_back > 0) {
        g_string_append_c(text, ' ');
        g_string_append_printf(text,
                               ngettext("%d take was held back: its picture says why.",
                                        "%d takes were held back: their pictures say why.",
                                        (gulong)s->n_held_back),
                               s->n_held_back);
    }
    return g_string_free(text, FALSE);
}

static char *
dup_idle(const WgRecordStatus *s)
{
    if (!s->has_watch)
        return g_strdup(_("Connect a watch at the upper right to record."));
    if (s->held)
        return g_strdup(s->held);
    if (s->n_taken > 0)
        return dup_outcome(s);
    return g_strdup(get_invitation(s));
}

/* The gesture as a take of which that recording is in the project, "" for the chosen one. */
static const char *
get_known_as(WgDesk *desk, gint64 id)
{
    GPtrArray *recordings = wg_session_get_recordings(wg_desk_get_session(desk));

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(recordings, i));

        if (spec->id == id && g_strcmp0(spec->label, wg_desk_get_gesture(desk)) != 0)
            return spec->label;
    }
    return "";
}

void
wg_record_status_reset(WgRecordStatus *self)
{
    self->n_taken = self->n_held_back = self->n_known = self->seconds = 0;
    self->is_taking = FALSE;
    self->earlier_s = self->newest_s = 0;
    g_clear_pointer(&self->known_as, g_free);
}

void
wg_record_status_count(WgRecordStatus *self, WgDesk *desk, JsonObject *take)
{
    const gboolean is_known = json_object_get_boolean_member(take, "known");
    const char *known_as;

    self->n_taken++;
    self->is_taking = FALSE;
    self->n_held_back += !is_known && !json_object_get_null_member(take, "held_back");
    if (!is_known)
        return;
    self->n_known++;
    known_as = get_known_as(desk, json_object_get_int_member(take, "id"));
    if (!self->known_as) {
        self->known_as = g_strdup(known_as);
    } else if (g_strcmp0(self->known_as, known_as) != 0) {
        g_free(self->known_as); /* different ones: none is named */
        self->known_as = g_strdup("");
    }
}

gboolean
wg_record_status_hear(WgRecordStatus *self, double time_s)
{
    const int before = self->seconds;

    if (time_s < self->newest_s)
        self->earlier_s += self->newest_s;
    self->newest_s = time_s;
    self->seconds = (int)(self->earlier_s + time_s);
    return self->trigger == WG_TRIGGER_CONTINUOUS && self->seconds != before;
}

char *
wg_record_status_dup_back(double missed_s)
{
    if (missed_s > 0)
        return g_strdup_printf(_("The watch is back. The gap is %.1f seconds long."), missed_s);
    return g_strdup(_("The watch is back."));
}

char *
wg_record_status_dup_text(const WgRecordStatus *self)
{
    if (!self->has_watch && (self->state == WG_RECORD_STARTING || self->state == WG_RECORD_RUNNING))
        return g_strdup(_("The watch is out of reach. The recording waits for it; what was "
                          "recorded is safe, and Stop ends it."));
    switch (self->state) {
    case WG_RECORD_COUNTING_DOWN:
        return g_strdup(_("Get ready: the hand still."));
    case WG_RECORD_STARTING:
        return g_strdup(_("The watch begins to listen…"));
    case WG_RECORD_RUNNING:
        return dup_running(self);
    case WG_RECORD_STOPPING:
        return g_strdup(_("Finishing. What was recorded is safe."));
    case WG_RECORD_IDLE:
    default:
        return dup_idle(self);
    }
}
