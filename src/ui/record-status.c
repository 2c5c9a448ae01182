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

static char *
dup_idle(const WgRecordStatus *s)
{
    if (!s->has_watch)
        return g_strdup(_("Connect a watch at the upper right to record."));
    if (s->n_held_back > 0)
        return g_strdup_printf(ngettext("%d take was held back: its picture says why.",
                                        "%d takes were held back: their pictures say why.",
                                        (gulong)s->n_held_back),
                               s->n_held_back);
    if (s->n_taken > 0)
        return g_strdup_printf(
            ngettext("%d take recorded.", "%d takes recorded.", (gulong)s->n_taken), s->n_taken);
    return g_strdup(get_invitation(s));
}

char *
wg_record_status_dup_text(const WgRecordStatus *self)
{
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
