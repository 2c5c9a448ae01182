/* The first words with a watch: what it is, what it can, and a quiet console. */
#include "base/error.h"
#include "base/watch-kind.h"
#include "device/json-line.h"
#include "device/program.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* A packet that a broken connection left unfinished swallows what comes within 5 s (firmware 2v29).
 */
#define GREETING_MS 2000
#define MAX_GREETINGS 4
/* A watch that was lost only by its silence may be running a long program, which is left in peace
 * by so many greetings. */
#define GENTLE_GREETINGS 2
#define PROBE_MS 3000
#define FIRST_VERSION_WITH_PACKETS 25 /* 2v25 */
#define MAX_NAME_CHARS 40
#define JOIN_MS 10000 /* who connects a watch that tries by itself waits so long */

static void greet(WgWatch *self);

void
wg_watch_end_connecting(WgWatch *self, GError *error)
{
    g_autoptr(WgWatch) alive = g_object_ref(self);
    g_autoptr(GTask) task = g_steal_pointer(&self->connecting);
    if (!error) {
        wg_watch_set_state(self, WG_WATCH_READY, "connected");
        g_task_return_boolean(task, TRUE);
        return;
    }
    wg_watch_lose(self, error);
    g_task_return_error(task, error);
}

/* TRUE: it was told to stop, and has. */
static gboolean
end_if_cancelled(WgWatch *self)
{
    GError *error = NULL;
    if (!g_cancellable_set_error_if_cancelled(g_task_get_cancellable(self->connecting), &error))
        return FALSE;
    wg_watch_end_connecting(self, error);
    return TRUE;
}

static void
on_probed(WgWatch *self, const char *data, gsize n, JsonNode *line, const GError *error,
          gpointer user_data)
{
    if (error && g_error_matches(error, WG_ERROR, WG_ERROR_CONNECTION)) {
        wg_watch_end_connecting(self, g_error_copy(error));
        return;
    }
    self->has_packets = !error && n == 1 && data[0] == '1';
    if (!self->has_packets) {
        g_autoptr(GBytes) interrupt = g_bytes_new_static("\x03", 1);
        g_debug("the watch takes no packets");
        wg_watch_send(self, interrupt); /* what it took for a line to be continued */
    }
    wg_watch_end_connecting(self, NULL);
}

/* "2v29.277" -> 29, 0 where it is not of this form. */
static int
read_minor_version(const char *version)
{
    guint64 major = 0;
    char *rest = NULL;
    major = g_ascii_strtoull(version, &rest, 10);
    if (*rest != 'v')
        return 0;
    const guint64 minor = g_ascii_strtoull(rest + 1, NULL, 10);
    return major > 2 ? G_MAXINT : major == 2 ? (int)MIN(minor, 1000) : 0;
}

static const char *
find_kind_id(const char *board)
{
    static const struct {
        const char *board, *kind;
    } boards[] = {
        {"BANGLEJS", "bangle1"},
        {"BANGLEJS2", "bangle2"},
        {"MICROBIT2", "microbit2"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(boards); i++)
        if (g_strcmp0(boards[i].board, board) == 0)
            return boards[i].kind;
    return NULL;
}

static char *
dup_short(const char *text)
{
    return g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), MAX_NAME_CHARS));
}

static void
take_facts(WgWatch *self, const char *board, const char *version, const char *modules,
           gboolean is_virtual)
{
    g_auto(GStrv) names = g_strsplit(modules, ",", -1);
    const char *kind_id = find_kind_id(board);
    const WgWatchKind *kind = kind_id ? wg_watch_kind_find(kind_id, NULL) : NULL;
    g_autofree char *short_board = dup_short(board);
    g_free(self->kind);
    g_free(self->name);
    g_free(self->version);
    self->kind = g_strdup(kind_id);
    self->name =
        g_strdup_printf("%s%s", kind ? kind->name : short_board, is_virtual ? " (virtual)" : "");
    self->version = dup_short(version);
    self->is_virtual = is_virtual;
    self->has_tensorflow = g_strv_contains((const char *const *)names, "tensorflow");
}

static void
on_greeted(WgWatch *self, const char *data, gsize n, JsonNode *line, const GError *error,
           gpointer user_data)
{
    /* a fence: a packet that a broken connection left unfinished has eaten a part of the line */
    const gboolean is_damaged = !error && wg_json_get(line, "fence");
    if (is_damaged || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)) {
        if (end_if_cancelled(self))
            return;
        if (wg_watch_talk_is_other(self))
            return;
        if (self->n_greetings < MAX_GREETINGS)
            greet(self);
        else
            wg_watch_end_connecting(
                self,
                g_error_new(
                    WG_ERROR, WG_ERROR_CONNECTION,
                    _("what is connected at %s does not answer as an Espruino watch does, and "
                      "prints no numbers"),
                    wg_watch_get_address(self)));
        return;
    }
    if (error) {
        wg_watch_end_connecting(self, g_error_copy(error));
        return;
    }
    JsonNode *facts = wg_json_get(line, "v");
    const char *board = wg_json_read_string(wg_json_at(facts, 0));
    const char *version = wg_json_read_string(wg_json_at(facts, 1));
    const char *modules = wg_json_read_string(wg_json_at(facts, 2));
    gint64 is_virtual = 0;
    if (!board || !version || !modules) {
        wg_watch_end_connecting(
            self, g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                              _("what is connected at %s does not say which board it is"),
                              wg_watch_get_address(self)));
        return;
    }
    if (end_if_cancelled(self))
        return;
    (void)wg_json_read_int(wg_json_at(facts, 3), &is_virtual);
    take_facts(self, board, version, modules, is_virtual != 0);
    wg_watch_talk_forget(self);
    g_clear_pointer(&self->numbers, wg_number_lines_free); /* what it prints is its own affair */
    if (read_minor_version(version) < FIRST_VERSION_WITH_PACKETS) {
        wg_watch_end_connecting(self, NULL);
        return;
    }
    g_autoptr(GBytes) probe = wg_espruino_build_packet(WG_PACKET_EVAL, "1", 1);
    wg_watch_exchange(self, WG_EXPECT_RESPONSE, probe, PROBE_MS, on_probed, NULL);
}

static void
greet(WgWatch *self)
{
    /* the interrupt clears what was typed; a program of ours that a broken connection left ends */
    static const char interrupt[] = "\x03";
    static const char first[] = "\x10"
                                "echo(0)\n"
                                "\x10" WG_STOP_PROGRAM "\n"
                                "\x10"
                                "delete global.Waggle;\n";
    const gboolean is_gentle = self->is_gentle && self->n_greetings < GENTLE_GREETINGS;
    g_autoptr(GBytes) hush = g_bytes_new_static(interrupt, sizeof interrupt - 1);
    g_autoptr(GBytes) line = wg_watch_build_query_line(
        self, "[process.env.BOARD,process.version,process.env.MODULES,process.env.VIRTUAL?1:0]");
    g_autoptr(GBytes) start = g_bytes_new_static(first, sizeof first - 1);
    if (!is_gentle)
        wg_watch_send(self, hush);
    self->n_greetings++;
    wg_watch_send(self, start);
    wg_watch_exchange(self, WG_EXPECT_LINE, line, GREETING_MS, on_greeted, NULL);
}

static void
on_opened(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgWatch) self = user_data;
    GError *error = NULL;
    const gboolean is_open = wg_link_open_finish(WG_LINK(source), result, &error);
    if (self->state != WG_WATCH_OPENING) { /* disconnected meanwhile */
        wg_link_close(self->link);
        g_clear_error(&error);
        wg_watch_end_connecting(self, g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION,
                                                          _("the watch was disconnected")));
    } else if (!is_open) {
        wg_watch_end_connecting(self, error);
    } else if (!end_if_cancelled(self)) {
        greet(self);
    }
}

void
wg_watch_connect_async(WgWatch *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
    g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
    g_task_set_check_cancellable(task, FALSE);    /* looked at between exchanges */
    if (self->connecting && self->lost_us >= 0) { /* it tries by itself */
        wg_watch_add_waiter(self, g_steal_pointer(&task), JOIN_MS);
        return;
    }
    if (self->connecting || self->state == WG_WATCH_OPENING) {
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_CONNECTION,
                                _("the watch is being connected already"));
        return;
    }
    if (self->state == WG_WATCH_READY) {
        g_task_return_boolean(task, TRUE);
        return;
    }
    self->connecting = g_steal_pointer(&task);
    self->n_greetings = 0;
    self->bytes_per_s = 0;
    self->has_packets = FALSE;
    g_clear_pointer(&self->last_text, g_free);
    wg_espruino_parser_reset(self->parser);
    wg_watch_talk_reset(self);
    wg_watch_set_state(self, WG_WATCH_OPENING,
                       self->lost_us >= 0 ? _("connecting again") : _("connecting"));
    wg_link_open_async(self->link, cancellable, on_opened, g_object_ref(self));
}

gboolean
wg_watch_connect_finish(WgWatch *self, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}
