/* What is said of the ways to record, and of their rates. */
#include "ui/record-way-words.h"

#include <glib/gi18n.h>

const char *
wg_record_way_describe(WgTrigger trigger, gboolean is_board)
{
    if (is_board && trigger == WG_TRIGGER_COUNTDOWN)
        return _("Counted down before each take. This board only prints numbers: it tells of no "
                 "button.");
    if (is_board && trigger == WG_TRIGGER_DETECTOR)
        return _("Each movement is noticed and cut out on this computer: the board only prints "
                 "numbers.");
    switch (trigger) {
    case WG_TRIGGER_COUNTDOWN:
        return _("Counted down before each take: for what is too calm to be noticed.");
    case WG_TRIGGER_BUTTON:
        return _("Hands free: the watch buzzes where a take begins and ends, and shows how many "
                 "there are. A second press ends a take. If it sleeps, the first press only wakes "
                 "it.");
    case WG_TRIGGER_CONTINUOUS:
        return _("One long take from Record to Stop: for “other”, what you do in between.");
    case WG_TRIGGER_DETECTOR:
    case WG_TRIGGER_ORDINARY:
    default:
        return _("The watch notices each movement and cuts it out by itself.");
    }
}

const char *
wg_record_way_describe_rate(WgTrigger trigger, gboolean is_board, gboolean has_rates)
{
    if (is_board)
        return _("This board has a rate of its own: it is measured and kept.");
    if (!has_rates)
        return _("This watch has a sensor of one rate.");
    if (trigger == WG_TRIGGER_DETECTOR)
        return _("The watch notices movements at 12.5 only.");
    return _("Watches recognise at 12.5. Finer takes are brought to it when they are learnt from.");
}
