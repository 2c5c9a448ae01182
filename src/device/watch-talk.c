/* Finds out in the greeting what a board talks that does not answer as Espruino does. */
#include "device/watch-talk.h"

#include "base/error.h"
#include "device/usb-boards.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define SERIAL_SCHEME "serial:"
#define PYTHON_PROMPT ">>> "
#define HEARD_BYTES 1024 /* more than one answer to a greeting */
#define MIN_LINES 8      /* of numbers, one like the other, that nobody prints by chance */

/* A board's way of its own to be connected by its USB ids is named by the same table. */
static char *
dup_board_name(WgWatch *self, const char **kind)
{
    const char *address = wg_watch_get_address(self);
    g_autoptr(GPtrArray) boards = wg_usb_boards_scan("/sys");
    const gboolean is_serial = g_str_has_prefix(address, SERIAL_SCHEME);
    g_autofree char *path = is_serial ? g_strdup(address + strlen(SERIAL_SCHEME)) : NULL;
    if (path)
        path[strcspn(path, "?")] = '\0';
    const WgUsbBoard *board = path ? wg_usb_boards_find_tty(boards, path) : NULL;
    *kind = board && board->known && board->known->kind ? board->known->kind : "generic";
    return board ? g_strdup(board->name) : NULL;
}

static void
on_sample(const WgNumberSample *sample, gpointer user_data)
{
    WgWatch *self = user_data;
    if (self->numbers_func)
        self->numbers_func(sample, self->numbers_data);
}

void
wg_watch_talk_renew_numbers(WgWatch *self)
{
    g_clear_pointer(&self->numbers, wg_number_lines_free);
    self->numbers = wg_number_lines_new(on_sample, self);
}

void
wg_watch_talk_reset(WgWatch *self)
{
    wg_watch_talk_renew_numbers(self);
    wg_watch_talk_forget(self);
    self->heard = g_string_new(NULL);
    wg_watch_python_free(self);
    self->talk = WG_TALK_ESPRUINO;
    self->has_prompt = FALSE;
}

void
wg_watch_talk_forget(WgWatch *self)
{
    if (self->heard)
        g_string_free(g_steal_pointer(&self->heard), TRUE);
}

static void
hear(WgWatch *self, const void *bytes, gsize n)
{
    if (!self->heard)
        return;
    g_string_append_len(self->heard, bytes, (gssize)n);
    /* looked for at once: a line editor that remembers the last greeting repeats much of it */
    if (g_strstr_len(self->heard->str, (gssize)self->heard->len, PYTHON_PROMPT))
        self->has_prompt = TRUE;
    if (self->heard->len > HEARD_BYTES)
        g_string_erase(self->heard, 0, (gssize)(self->heard->len - HEARD_BYTES));
}

gboolean
wg_watch_talk_take(WgWatch *self, const void *bytes, gsize n)
{
    if (self->talk == WG_TALK_PYTHON) {
        wg_watch_python_take(self, bytes, n);
        return TRUE;
    }
    if (self->state == WG_WATCH_OPENING)
        hear(self, bytes, n);
    if (self->has_prompt && self->heard) { /* no Espruino will answer */
        g_autoptr(GError) other = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "");
        wg_watch_exchange_fail(self, other);
        return TRUE;
    }
    if (self->numbers && (self->state == WG_WATCH_OPENING || self->talk == WG_TALK_LINES))
        wg_number_lines_feed(self->numbers, bytes, n, wg_clock_get_us(self->clock));
    return self->talk == WG_TALK_LINES;
}

gboolean
wg_watch_talk_is_other(WgWatch *self)
{
    const char *kind;
    if (self->has_prompt) {
        self->talk = WG_TALK_PYTHON;
        wg_watch_talk_forget(self);
        wg_watch_python_greet(self);
        return TRUE;
    }
    if (!self->numbers || !wg_number_lines_is_known(self->numbers) ||
        wg_number_lines_get_n(self->numbers) < MIN_LINES)
        return FALSE;
    g_autofree char *name = dup_board_name(self, &kind);
    self->talk = WG_TALK_LINES;
    g_free(self->name);
    g_free(self->kind);
    self->name = name ? g_steal_pointer(&name) : g_strdup("board that prints numbers");
    self->kind = g_strdup(kind);
    g_clear_pointer(&self->version, g_free);
    self->has_packets = self->has_tensorflow = FALSE;
    wg_watch_talk_forget(self);
    wg_watch_end_connecting(self, NULL);
    return TRUE;
}

GError *
wg_watch_talk_refuse(WgWatch *self)
{
    if (self->talk == WG_TALK_ESPRUINO)
        return NULL;
    if (self->talk == WG_TALK_PYTHON)
        return g_error_new(WG_ERROR, WG_ERROR_UNSUPPORTED,
                           _("%s runs MicroPython, where this is not to be had: record, deploy and "
                             "restore are"),
                           wg_watch_get_name(self));
    return g_error_new(
        WG_ERROR, WG_ERROR_UNSUPPORTED,
        _("%s takes no models and programs from here: record from it, and export the "
          "model for it"),
        wg_watch_get_name(self));
}

WgWatchTalk
wg_watch_get_talk(WgWatch *self)
{
    return self->talk;
}

void
wg_watch_hear_numbers(WgWatch *self, WgNumberFunc func, gpointer user_data)
{
    self->numbers_func = func;
    self->numbers_data = user_data;
}

WgNumberLines *
wg_watch_get_numbers(WgWatch *self)
{
    return self->talk == WG_TALK_ESPRUINO ? NULL : self->numbers;
}
