/* How a watch is shown: a symbol, its colour, and words for its state. */
#include "ui/watch-face.h"

#include "base/shown.h"

#include <glib/gi18n.h>

#define REASON_CHARS 200

WgWatchFace
wg_watch_face_get(WgWatch *watch, gboolean is_looking)
{
    if (!watch && is_looking)
        return (WgWatchFace){"◐", "doubtful", _("looking for it…")};
    if (!watch)
        return (WgWatchFace){"○", "dim-label", _("not connected")};
    if (wg_watch_get_lost_s(watch) >= 0)
        return (WgWatchFace){"✕", "bad", _("out of reach, trying again")};
    switch (wg_watch_get_state(watch)) {
    case WG_WATCH_READY:
        if (wg_watch_is_busy(watch))
            return (WgWatchFace){"◐", "doubtful", _("busy")};
        return (WgWatchFace){"●", "good", _("ready")};
    case WG_WATCH_OPENING:
        return (WgWatchFace){"◐", "doubtful", _("connecting…")};
    case WG_WATCH_LOST:
        return (WgWatchFace){"✕", "bad", _("out of reach")};
    case WG_WATCH_CLOSED:
        break;
    }
    return (WgWatchFace){"○", "dim-label", _("not connected")};
}

static char *
describe_lost(WgWatch *watch)
{
    const int seconds = (int)wg_watch_get_lost_s(watch);
    g_autofree char *reason = wg_dup_shown(wg_watch_get_trouble(watch), REASON_CHARS);
    g_autofree char *since = g_strdup_printf(
        ngettext("Lost %d second ago, trying again. What was recorded is safe.",
                 "Lost %d seconds ago, trying again. What was recorded is safe.", (gulong)seconds),
        seconds);

    return g_strdup_printf("%s\n%s", since, reason);
}

static char *
describe_ready(const WgWatchFace *self, WgWatch *watch, const char *name)
{
    /* a board that only prints numbers does not say which firmware it has */
    g_autofree char *text = wg_watch_get_version(watch)
                                ? g_strdup_printf(_("%s, firmware %s, %s"), name,
                                                  wg_watch_get_version(watch), self->words)
                                : g_strdup_printf(_("%s, %s"), name, self->words);
    g_autofree char *shown = wg_dup_shown(text, 0);

    if (!wg_watch_is_busy(watch))
        return g_steal_pointer(&shown);
    return g_strdup_printf("%s\n%s", shown,
                           _("It is at work on something of its own. What it is sent waits."));
}

char *
wg_watch_face_dup_details(const WgWatchFace *self, WgWatch *watch, const char *name,
                          gboolean is_looking)
{
    if (watch && wg_watch_get_lost_s(watch) >= 0)
        return describe_lost(watch);
    if (watch && wg_watch_get_state(watch) == WG_WATCH_READY)
        return describe_ready(self, watch, name);
    if (watch && wg_watch_get_state(watch) == WG_WATCH_LOST)
        return wg_dup_shown(wg_watch_get_trouble(watch), REASON_CHARS);
    if (watch && wg_watch_get_state(watch) == WG_WATCH_OPENING)
        return g_strdup(_("Connecting…"));
    if (is_looking && name)
        return g_strdup_printf(_("Looking for %s, which was used last."), name);
    return g_strdup(_("No watch is connected. Choose one, or work with the virtual watch."));
}

void
wg_watch_face_show_symbol(const WgWatchFace *self, GtkLabel *label)
{
    static const char *const classes[] = {"good", "doubtful", "bad", "dim-label"};
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(label));

    for (gsize i = 0; i < G_N_ELEMENTS(classes); i++)
        gtk_style_context_remove_class(style, classes[i]);
    gtk_style_context_add_class(style, self->css);
    gtk_label_set_text(label, self->symbol);
}
