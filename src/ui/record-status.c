/* What the page Record says of what goes on, in one sentence. */
#include "ui/record-status.h"

#include "base/name.h"
#include "base/shown.h"

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
    case WG_TRIGGER_ORDINARY:
    default:
        return s->is_virtual ? _("the virtual watch performs it.") : _("do it, then hold still.");
    }
}

static char *
dup_ordinary(const WgRecordStatus *s)
{
    const int left_s = MAX(0, WG_ORDINARY_SECONDS - s->seconds);

    return g_strdup_printf(
        ngettext("Move as you do in daily life, but without a gesture. %d second to go.",
                 "Move as you do in daily life, but without a gesture. %d seconds to go.",
                 (gulong)left_s),
        left_s);
}

static char *
dup_running(const WgRecordStatus *s)
{
    if (s->trigger == WG_TRIGGER_ORDINARY)
        return dup_ordinary(s);
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

/* How takes are made, now that it is known of what. */
static const char *
get_way(const WgRecordStatus *s)
{
    if (s->is_virtual)
        return _("Press Record: the virtual watch performs it.");
    switch (s->trigger) {
    case WG_TRIGGER_COUNTDOWN:
        return _("Press Record, and do it each time the count is over.");
    case WG_TRIGGER_BUTTON:
        return _("Press Record, and begin each take with the watch's button.");
    case WG_TRIGGER_CONTINUOUS:
        return _("Press Record, and move: all of it becomes one take.");
    case WG_TRIGGER_DETECTOR:
    case WG_TRIGGER_ORDINARY:
    default:
        return _("Press Record, and do it again and again.");
    }
}

/* The next useful step. */
static char *
dup_invitation(const WgRecordStatus *s)
{
    const WgNextStep *next = s->next;
    /* that of an older project may be of any length */
    g_autofree char *label =
        next && next->label ? wg_dup_shown(next->label, WG_NAME_CHARS_MAX) : NULL;
    g_autofree char *what = NULL;

    if (!next || next->kind == WG_STEP_NAME)
        return g_strdup(_("Name your first gesture, then press Record."));
    switch (next->kind) {
    case WG_STEP_ANOTHER:
        return g_strdup(_("Add a second gesture, so that there is something to tell apart."));
    case WG_STEP_OTHER:
        return g_strdup(_("Record a minute of other movement, so that not everything is taken for "
                          "a gesture."));
    case WG_STEP_TRAIN:
        return g_strdup(s->is_trained ? _("The model has learned from all takes.")
                                      : _("Ready to train."));
    case WG_STEP_BALANCE:
        what =
            g_strdup_printf(ngettext("%d more of “%s”: the others have far more.",
                                     "%d more of “%s”: the others have far more.", (gulong)next->n),
                            next->n, label);
        break;
    case WG_STEP_NAME:
    case WG_STEP_MORE:
    default:
        what = g_strdup_printf(ngettext("%d more of “%s”.", "%d more of “%s”.", (gulong)next->n),
                               next->n, label);
        break;
    }
    /* who has just done it knows how */
    return s->n_taken > 0 ? g_steal_pointer(&what) : g_strdup_printf("%s %s", what, get_way(s));
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
        g_string_append_printf(
            text, ngettext("%d was held back.", "%d were held back.", (gulong)s->n_held_back),
            s->n_held_back);
    }
    return g_string_free(text, FALSE);
}

static char *
dup_idle(const WgRecordStatus *s)
{
    g_autofree char *invitation = NULL;
    g_autofree char *outcome = NULL;

    if (!s->has_watch)
        return g_strdup(_("Connect a watch at the upper right to record."));
    if (s->held)
        return g_strdup(s->held);
    invitation = dup_invitation(s);
    if (s->n_taken == 0)
        return g_steal_pointer(&invitation);
    outcome = dup_outcome(s);
    return g_strdup_printf("%s %s", outcome, invitation);
}

/* The gesture as a take of which that recording is in the project, "" for the chosen one. */
static const char *
get_known_as(WgDesk *desk, gint64 id)
{
    GPtrArray *recordings = wg_session_get_recordings(wg_desk_get_session(desk));

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get_facts(g_ptr_array_index(recordings, i));

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
    return (self->trigger == WG_TRIGGER_CONTINUOUS || self->trigger == WG_TRIGGER_ORDINARY) &&
           self->seconds != before;
}

const char *
wg_record_status_get_advice(JsonObject *take)
{
    if (json_object_get_int_member(take, "missing") > 0)
        return _("⚠ Samples are missing in that take: keep the watch nearer.");
    if (json_object_get_boolean_member(take, "clipped"))
        return _("⚠ That take is clipped: do it softer.");
    return NULL;
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
        return g_strdup(_("The watch is out of reach. Waiting for it; your recording is safe."));
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
