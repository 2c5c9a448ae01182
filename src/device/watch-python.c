/* A MicroPython board at the other end: its raw REPL, and our program in its memory. */
#include "device/watch-python.h"

#include "base/error.h"
#include "device/address.h"
#include "device/python-repl.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define STEP_MS 3000
#define START_MS 10000
#define PERIOD_MS 10
#define MAX_KEPT 8192 /* of what it says */
#define MAX_SHOWN_CHARS 80
#define WHO_ARE_YOU                                                                                \
    "import sys\nprint(getattr(sys.implementation,'_machine',sys.platform),'|',"                   \
    "'.'.join(str(i) for i in sys.implementation.version[:3]))\n"

typedef enum { ASLEEP, OPENING_RAW, ASKING, STARTING_RAW, STARTING, RUNNING } Stage;

struct _WgPython {
    Stage stage;
    GString *in;     /* since the stage began */
    GByteArray *out; /* of the program, still to be sent */
    guint deadline_id, part_id;
    GTask *starting;
    WgPythonRepl *repl; /* NULL: no program was run for its answer */
    GTask *running;
};

static void
enter(WgWatch *watch, Stage stage)
{
    watch->python->stage = stage;
    g_string_truncate(watch->python->in, 0);
}

static void
say(WgWatch *watch, const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    wg_watch_send(watch, bytes);
}

static gboolean
send_part(gpointer user_data)
{
    WgWatch *watch = user_data;
    WgPython *self = watch->python;
    const guint n = MIN(self->out->len, WG_PYTHON_PART_BYTES);
    g_autoptr(GBytes) part = g_bytes_new(self->out->data, n);
    self->part_id = 0;
    wg_watch_send(watch, part);
    if (n > 0)
        g_byte_array_remove_range(self->out, 0, n);
    if (self->out->len)
        self->part_id = wg_clock_add(watch->clock, WG_PYTHON_PART_MS, send_part, watch);
    return G_SOURCE_REMOVE;
}

static void
run(WgWatch *watch, const char *program)
{
    WgPython *self = watch->python;
    wg_clock_clear(watch->clock, &self->part_id);
    g_byte_array_set_size(self->out, 0);
    g_byte_array_append(self->out, (const guint8 *)program, (guint)strlen(program));
    g_byte_array_append(self->out, (const guint8 *)WG_PYTHON_RUN, 1);
    (void)send_part(watch);
}

/* Ends what goes on; the board gets its own REPL back. Takes the error. */
static void
end(WgWatch *watch, GError *error)
{
    WgPython *self = watch->python;
    const gboolean is_greeting = self->stage == OPENING_RAW || self->stage == ASKING;
    wg_clock_clear(watch->clock, &self->deadline_id);
    g_autoptr(GTask) task = g_steal_pointer(&self->starting);
    if (error || is_greeting) {
        wg_clock_clear(watch->clock, &self->part_id);
        say(watch, WG_PYTHON_INTERRUPT WG_PYTHON_TO_FRIENDLY);
        enter(watch, ASLEEP);
    }
    if (is_greeting)
        wg_watch_end_connecting(watch, error);
    else if (task && error)
        g_task_return_error(task, error);
    else if (task)
        g_task_return_boolean(task, TRUE);
    else
        g_clear_error(&error);
}

static gboolean
on_deadline(gpointer user_data)
{
    WgWatch *watch = user_data;
    watch->python->deadline_id = 0;
    end(watch, g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                           _("the board at %s answers as MicroPython does, but runs nothing: press "
                             "its reset button"),
                           wg_watch_get_address(watch)));
    return G_SOURCE_REMOVE;
}

static void
set_deadline(WgWatch *watch, guint ms)
{
    wg_clock_clear(watch->clock, &watch->python->deadline_id);
    watch->python->deadline_id = wg_clock_add(watch->clock, ms, on_deadline, watch);
}

/* "OK" machine "|" version, then the two ends of output and error. */
static void
take_facts(WgWatch *watch)
{
    WgPython *self = watch->python;
    const char *start = strstr(self->in->str, "OK");
    const char *stop = start ? strstr(start, WG_PYTHON_RUN WG_PYTHON_RUN ">") : NULL;
    if (!stop)
        return;
    g_autofree char *raw = g_strndup(start + 2, (gsize)(stop - start - 2));
    g_autofree char *text = g_utf8_make_valid(raw, -1);
    g_auto(GStrv) parts = g_strsplit(text, "|", 2);
    const char *machine = parts[0] ? g_strstrip(parts[0]) : "";
    const char *version = parts[0] && parts[1] ? g_strstrip(parts[1]) : "";
    g_free(watch->name);
    g_free(watch->kind);
    g_free(watch->version);
    watch->name =
        *machine ? g_utf8_substring(machine, 0, MIN(g_utf8_strlen(machine, -1), MAX_SHOWN_CHARS))
                 : g_strdup("MicroPython board");
    watch->version = g_utf8_substring(version, 0, MIN(g_utf8_strlen(version, -1), MAX_SHOWN_CHARS));
    watch->kind = g_strdup("micropython");
    end(watch, NULL);
}

/* The last line of what stands between the two ends: the exception. */
static GError *
read_exception(WgWatch *watch, const char *output_end)
{
    g_autofree char *text = g_utf8_make_valid(output_end + 1, -1);
    text[strcspn(text, WG_PYTHON_RUN)] = '\0';
    g_strchomp(text);
    const char *last = strrchr(text, '\n');
    g_autofree char *line = g_strstrip(g_strdup(last ? last + 1 : text));
    g_autofree char *shown =
        g_utf8_substring(line, 0, MIN(g_utf8_strlen(line, -1), MAX_SHOWN_CHARS));
    return g_error_new(WG_ERROR, WG_ERROR_UNSUPPORTED,
                       _("%s does not tell its acceleration (%s): say how it is read, as "
                         "serial:/dev/ttyACM0?read=accelerometer.get_values()"),
                       wg_watch_get_name(watch), shown);
}

static void
take_start(WgWatch *watch)
{
    WgPython *self = watch->python;
    const char *start = strstr(self->in->str, "OK");
    const char *output_end = start ? strchr(start, WG_PYTHON_RUN[0]) : NULL;
    if (output_end && strchr(output_end + 1, WG_PYTHON_RUN[0])) {
        end(watch, read_exception(watch, output_end));
    } else if (start && !output_end && strchr(start, '\n')) {
        const gint64 now_us = wg_clock_get_us(watch->clock);
        self->stage = RUNNING;
        wg_number_lines_feed(watch->numbers, start + 2, strlen(start + 2), now_us);
        end(watch, NULL);
    }
}

static char *
build_program(WgWatch *watch, GError **error)
{
    static const char *const known[] = {"baud", "read", NULL};
    const char *address = wg_watch_get_address(watch);
    const char *colon = strchr(address, ':');
    g_autoptr(WgAddress) parts = wg_address_parse(address, colon ? colon + 1 : "", known, NULL);
    const char *expression = parts ? wg_address_get(parts, "read") : NULL;
    if (expression &&
        strpbrk(expression,
                "\r\n" WG_PYTHON_TO_RAW WG_PYTHON_TO_FRIENDLY WG_PYTHON_INTERRUPT WG_PYTHON_RUN)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("what “read=” says how to read the board must be one line of Python"));
        return NULL;
    }
    return g_strdup_printf("PERIOD=%d\nREAD=%s%s%s\n%s", PERIOD_MS, expression ? "lambda:(" : "",
                           expression ? expression : "None", expression ? ")" : "",
                           wg_board_programs[WG_BOARD_RECORD]);
}

static void
take_prompt(WgWatch *watch)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *program = NULL;
    if (!strstr(watch->python->in->str, WG_PYTHON_RAW_PROMPT))
        return;
    if (watch->python->stage == OPENING_RAW) {
        enter(watch, ASKING);
        set_deadline(watch, STEP_MS);
        run(watch, WHO_ARE_YOU);
        return;
    }
    program = build_program(watch, &error);
    if (!program) {
        end(watch, g_steal_pointer(&error));
        return;
    }
    enter(watch, STARTING);
    set_deadline(watch, START_MS);
    run(watch, program);
}

void
wg_watch_python_take(WgWatch *watch, const void *bytes, gsize n)
{
    WgPython *self = watch->python;
    if (self->running) {
        wg_python_repl_take(self->repl, bytes, n);
        return;
    }
    if (self->stage == ASLEEP)
        return;
    if (self->stage == RUNNING && memchr(bytes, WG_PYTHON_RUN[0], n)) {
        g_autoptr(GError) error = g_error_new(
            WG_ERROR, WG_ERROR_CONNECTION, _("the program on %s has ended: is its sensor loose?"),
            wg_watch_get_name(watch));
        wg_watch_lose(watch, error);
        return;
    }
    if (self->stage == RUNNING) {
        wg_number_lines_feed(watch->numbers, bytes, n, wg_clock_get_us(watch->clock));
        return;
    }
    for (gsize i = 0; i < n; i++) /* a '\0' would hide what comes after it */
        g_string_append_c(self->in, ((const char *)bytes)[i] ? ((const char *)bytes)[i] : ' ');
    if (self->in->len > MAX_KEPT)
        g_string_erase(self->in, 0, (gssize)(self->in->len - MAX_KEPT));
    if (self->stage == ASKING)
        take_facts(watch);
    else if (self->stage == STARTING)
        take_start(watch);
    else
        take_prompt(watch);
}

void
wg_watch_python_greet(WgWatch *watch)
{
    wg_watch_python_free(watch);
    watch->python = g_new0(WgPython, 1);
    watch->python->in = g_string_new(NULL);
    watch->python->out = g_byte_array_new();
    enter(watch, OPENING_RAW);
    set_deadline(watch, STEP_MS);
    /* whatever runs ends, and another program's raw REPL is left */
    say(watch, WG_PYTHON_ENTER);
}

void
wg_watch_python_free(WgWatch *watch)
{
    WgPython *self = g_steal_pointer(&watch->python);
    if (!self)
        return;
    wg_clock_clear(watch->clock, &self->deadline_id);
    wg_clock_clear(watch->clock, &self->part_id);
    if (self->starting)
        g_task_return_new_error(self->starting, WG_ERROR, WG_ERROR_CONNECTION,
                                _("the board has gone"));
    g_clear_object(&self->starting);
    g_clear_pointer(&self->repl, wg_python_repl_free);
    if (self->running)
        g_task_return_new_error(self->running, WG_ERROR, WG_ERROR_CONNECTION,
                                _("the board has gone"));
    g_clear_object(&self->running);
    g_string_free(self->in, TRUE);
    g_byte_array_unref(self->out);
    g_free(self);
}

void
wg_watch_start_program_async(WgWatch *watch, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr(GTask) task = g_task_new(watch, cancellable, callback, user_data);
    if (watch->state != WG_WATCH_READY || !watch->python || watch->python->starting ||
        watch->python->running) {
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_CONNECTION,
                                _("the board is not connected, or starts already"));
        return;
    }
    wg_watch_talk_renew_numbers(watch);
    watch->python->starting = g_steal_pointer(&task);
    enter(watch, STARTING_RAW);
    set_deadline(watch, STEP_MS);
    say(watch, WG_PYTHON_ENTER);
}

gboolean
wg_watch_start_program_finish(WgWatch *watch, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

void
wg_watch_stop_program(WgWatch *watch)
{
    if (!watch->python || watch->state != WG_WATCH_READY)
        return;
    wg_clock_clear(watch->clock, &watch->python->part_id);
    say(watch, WG_PYTHON_INTERRUPT WG_PYTHON_INTERRUPT WG_PYTHON_TO_FRIENDLY);
    enter(watch, ASLEEP);
}

static void
send_bytes(const void *bytes, gsize n, gpointer user_data)
{
    g_autoptr(GBytes) part = g_bytes_new(bytes, n);
    wg_watch_send(user_data, part);
}

static void
on_run(const char *output, const GError *error, gpointer user_data)
{
    WgWatch *watch = user_data;
    g_autoptr(GTask) task = g_steal_pointer(&watch->python->running);
    if (error)
        g_task_return_error(task, g_error_copy(error));
    else
        g_task_return_pointer(task, g_strdup(output), g_free);
}

void
wg_watch_run_python_async(WgWatch *watch, const char *program, guint deadline_ms,
                          GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr(GTask) task = g_task_new(watch, NULL, callback, user_data);
    WgPython *self = watch->python;
    if (watch->state != WG_WATCH_READY || !self || self->stage != ASLEEP || self->running) {
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_CONNECTION,
                                _("the board is not connected, or runs something already"));
        return;
    }
    if (!self->repl)
        self->repl = wg_python_repl_new(watch->clock, send_bytes, watch);
    self->running = g_steal_pointer(&task);
    wg_python_repl_run(self->repl, program, deadline_ms, on_run, watch);
}

char *
wg_watch_run_python_finish(WgWatch *watch, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

gboolean
wg_watch_python_has_paste(WgWatch *watch)
{
    return watch->python && watch->python->repl && wg_python_repl_has_paste(watch->python->repl);
}

void
wg_watch_leave_python(WgWatch *watch)
{
    if (!watch->python || watch->state != WG_WATCH_READY || !watch->python->repl)
        return;
    wg_python_repl_leave(watch->python->repl);
}

gboolean
wg_watch_read_numbers(WgWatch *watch, const char *text, gint64 *numbers, int n, GError **error)
{
    g_auto(GStrv) words = NULL;
    g_autofree char *plain = g_strdelimit(g_strdup(text), "\r\n", ' ');
    int found = 0;

    words = g_strsplit(g_strstrip(plain), " ", WG_PYTHON_NUMBERS_MAX + 1);
    for (int i = 0; words[i]; i++) {
        if (!*words[i])
            continue;
        if (found == n || !g_ascii_string_to_signed(words[i], 10, G_MININT64 / 2, G_MAXINT64 / 2,
                                                    &numbers[found], NULL)) {
            found = -1;
            break;
        }
        found++;
    }
    if (found == n)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_VERIFY,
                _("%s gives an answer that is no answer of this program: try again"),
                wg_watch_get_name(watch));
    return FALSE;
}
