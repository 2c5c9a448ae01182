/* MicroPython's raw REPL as calls with answers: bytes in and out, and a clock. */
#include "device/python-repl.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <string.h>

#define ASK_PASTE                                                                                  \
    "\x05"                                                                                         \
    "A\x01"
#define PASTE_YES 1   /* of the two bytes that answer it, the first is 'R' */
#define WINDOW_MORE 1 /* in raw paste: as much again may be sent */
#define WINDOW_STOP 4 /* it takes no more */
#define MAX_OUTPUT (64 * 1024)
#define MAX_SHOWN_CHARS 120
#define OK "OK"

typedef enum {
    IDLE,
    ENTERING,     /* until the prompt */
    ASKING_PASTE, /* two bytes */
    LEARNING,     /* an old board took the question for a new beginning: until the prompt */
    OPENING,      /* two bytes: the window */
    PASTING,
    PASTED,  /* the end of the program is acknowledged */
    SENDING, /* in parts, until "OK" */
    RUNNING, /* until the ends of output and error */
} Stage;

typedef enum { PASTE_UNKNOWN, PASTE_KNOWN, PASTE_NONE } Paste;

struct _WgPythonRepl {
    const WgClock *clock;
    WgPythonSendFunc send;
    gpointer send_data;
    Stage stage;
    Paste paste;
    gboolean is_raw;
    GByteArray *in; /* since the stage began */
    char *program;
    gsize n_sent, n_program;
    gsize window, n_allowed; /* of raw paste */
    guint deadline_ms, deadline_id, part_id;
    WgPythonDoneFunc done;
    gpointer done_data;
};

static void step(WgPythonRepl *self);

static void
say(WgPythonRepl *self, const char *text)
{
    self->send(text, strlen(text), self->send_data);
}

static void
enter(WgPythonRepl *self, Stage stage)
{
    self->stage = stage;
    g_byte_array_set_size(self->in, 0);
}

/* The error is the caller's. */
static void
end(WgPythonRepl *self, const char *output, const GError *error)
{
    const WgPythonDoneFunc done = g_steal_pointer(&self->done);
    g_autofree char *kept = g_strdup(output);
    wg_clock_clear(self->clock, &self->deadline_id);
    wg_clock_clear(self->clock, &self->part_id);
    enter(self, IDLE);
    if (error && !g_error_matches(error, WG_ERROR, WG_ERROR_INPUT))
        self->is_raw = FALSE; /* who knows where it is */
    if (done)
        done(error ? NULL : kept, error, self->done_data);
}

static gboolean
on_deadline(gpointer user_data)
{
    WgPythonRepl *self = user_data;
    self->deadline_id = 0;
    g_autoptr(GError) error = g_error_new(
        WG_ERROR, WG_ERROR_CONNECTION,
        _("the board answers as MicroPython does, but has run nothing for %u s: press its "
          "reset button"),
        self->deadline_ms / 1000);
    end(self, NULL, error);
    return G_SOURCE_REMOVE;
}

static void
renew_deadline(WgPythonRepl *self)
{
    wg_clock_clear(self->clock, &self->deadline_id);
    self->deadline_id = wg_clock_add(self->clock, self->deadline_ms, on_deadline, self);
}

static gboolean
send_part(gpointer user_data)
{
    WgPythonRepl *self = user_data;
    const gsize n = MIN(self->n_program - self->n_sent, WG_PYTHON_PART_BYTES);
    self->part_id = 0;
    renew_deadline(self);
    self->send(self->program + self->n_sent, n, self->send_data);
    self->n_sent += n;
    if (self->n_sent < self->n_program)
        self->part_id = wg_clock_add(self->clock, WG_PYTHON_PART_MS, send_part, self);
    else
        say(self, WG_PYTHON_RUN);
    return G_SOURCE_REMOVE;
}

static void
begin_plainly(WgPythonRepl *self)
{
    enter(self, SENDING);
    (void)send_part(self);
}

static void
begin(WgPythonRepl *self)
{
    if (self->paste == PASTE_NONE) {
        begin_plainly(self);
        return;
    }
    enter(self, ASKING_PASTE);
    say(self, ASK_PASTE);
}

/* As much as the board allows; the end of the program when all is sent. */
static void
paste_on(WgPythonRepl *self)
{
    const gsize n = MIN(self->n_program - self->n_sent, self->n_allowed);
    if (n > 0) {
        renew_deadline(self);
        self->send(self->program + self->n_sent, n, self->send_data);
    }
    self->n_sent += n;
    self->n_allowed -= n;
    if (self->n_sent == self->n_program) {
        enter(self, PASTED);
        say(self, WG_PYTHON_RUN);
    }
}

/* TRUE: it has come, and what lay before and in it is taken. */
static gboolean
take_text(WgPythonRepl *self, const char *text)
{
    const gsize n = strlen(text);
    /* an array that nothing came into yet has no memory */
    const guint8 *found =
        self->in->len >= n ? memmem(self->in->data, self->in->len, text, n) : NULL;

    if (!found)
        return FALSE;
    g_byte_array_remove_range(self->in, 0, (guint)((gsize)(found - self->in->data) + n));
    return TRUE;
}

static gboolean
take_byte(WgPythonRepl *self, guint8 *byte)
{
    if (self->in->len == 0)
        return FALSE;
    *byte = self->in->data[0];
    g_byte_array_remove_index(self->in, 0);
    return TRUE;
}

static void
take_paste_answer(WgPythonRepl *self)
{
    if (self->in->len < 2)
        return;
    const gboolean is_answer = self->in->data[0] == 'R';
    const gboolean is_yes = is_answer && self->in->data[1] == PASTE_YES;
    if (is_yes) {
        g_byte_array_remove_range(self->in, 0, 2);
        self->paste = PASTE_KNOWN;
        self->stage = OPENING;
        step(self);
        return;
    }
    self->paste = PASTE_NONE;
    if (is_answer)
        begin_plainly(self);
    else
        self->stage = LEARNING;
    if (!is_answer)
        step(self);
}

static void
take_window(WgPythonRepl *self)
{
    if (self->in->len < 2)
        return;
    self->window = (gsize)self->in->data[0] | (gsize)self->in->data[1] << 8;
    self->n_allowed = self->window;
    g_byte_array_remove_range(self->in, 0, 2);
    self->stage = PASTING;
    step(self);
}

static void
take_pasting(WgPythonRepl *self)
{
    guint8 byte;
    while (self->stage == PASTING && take_byte(self, &byte)) {
        if (byte == WINDOW_MORE) {
            self->n_allowed += self->window;
        } else if (byte == WINDOW_STOP) { /* it has no memory for more, and runs what it has */
            say(self, WG_PYTHON_RUN);
            self->stage = RUNNING;
            step(self);
            return;
        }
    }
    paste_on(self);
}

/* The last line of what stands between the two ends: the exception. */
static GError *
read_exception(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_strchomp(valid);
    const char *last = strrchr(valid, '\n');
    g_autofree char *line = g_strstrip(g_strdup(last ? last + 1 : valid));
    g_autofree char *shown =
        g_utf8_substring(line, 0, MIN(g_utf8_strlen(line, -1), MAX_SHOWN_CHARS));
    return g_error_new_literal(WG_ERROR, WG_ERROR_INPUT, shown);
}

/* Output, its end, error, its end, prompt. */
static void
take_output(WgPythonRepl *self)
{
    const guint8 *data = self->in->data;
    const guint8 *first = memchr(data, WG_PYTHON_RUN[0], self->in->len);
    const gsize n_rest = first ? self->in->len - (gsize)(first + 1 - data) : 0;
    const guint8 *second = first ? memchr(first + 1, WG_PYTHON_RUN[0], n_rest) : NULL;
    if (!second || second + 1 == data + self->in->len)
        return;
    g_autofree char *output = g_strndup((const char *)data, (gsize)(first - data));
    g_autofree char *trouble = g_strndup((const char *)first + 1, (gsize)(second - first - 1));
    g_autoptr(GError) error = *trouble ? read_exception(trouble) : NULL;
    end(self, output, error);
}

static void
step(WgPythonRepl *self)
{
    if (self->stage == ENTERING && take_text(self, WG_PYTHON_RAW_PROMPT)) {
        self->is_raw = TRUE;
        begin(self);
    } else if (self->stage == ASKING_PASTE) {
        take_paste_answer(self);
    } else if (self->stage == LEARNING && take_text(self, WG_PYTHON_RAW_PROMPT)) {
        begin_plainly(self);
    } else if (self->stage == OPENING) {
        take_window(self);
    } else if (self->stage == PASTING) {
        take_pasting(self);
    } else if ((self->stage == PASTED && take_text(self, WG_PYTHON_RUN)) ||
               (self->stage == SENDING && take_text(self, OK))) {
        self->stage = RUNNING;
        take_output(self);
    } else if (self->stage == RUNNING) {
        take_output(self);
    }
}

void
wg_python_repl_take(WgPythonRepl *self, const void *bytes, gsize n)
{
    if (self->stage == IDLE)
        return;
    g_byte_array_append(self->in, bytes, (guint)n);
    if (self->in->len > MAX_OUTPUT) {
        g_autoptr(GError) error = g_error_new(
            WG_ERROR, WG_ERROR_CONNECTION,
            _("the board says more than %d bytes where a few are due: is another program "
              "running on it?"),
            MAX_OUTPUT);
        end(self, NULL, error);
        return;
    }
    step(self);
}

void
wg_python_repl_run(WgPythonRepl *self, const char *program, guint deadline_ms,
                   WgPythonDoneFunc done, gpointer user_data)
{
    g_return_if_fail(!self->done);
    g_free(self->program);
    self->program = g_strdup(program);
    self->n_program = strlen(program);
    self->n_sent = 0;
    self->deadline_ms = deadline_ms;
    self->done = done;
    self->done_data = user_data;
    renew_deadline(self);
    if (self->is_raw) {
        begin(self);
        return;
    }
    enter(self, ENTERING);
    say(self, WG_PYTHON_ENTER);
}

void
wg_python_repl_fail(WgPythonRepl *self, const GError *error)
{
    if (self->done)
        end(self, NULL, error);
}

gboolean
wg_python_repl_is_running(const WgPythonRepl *self)
{
    return self->done != NULL;
}

gboolean
wg_python_repl_has_paste(const WgPythonRepl *self)
{
    return self->paste == PASTE_KNOWN;
}

void
wg_python_repl_leave(WgPythonRepl *self)
{
    say(self, WG_PYTHON_INTERRUPT WG_PYTHON_TO_FRIENDLY);
    self->is_raw = FALSE;
}

WgPythonRepl *
wg_python_repl_new(const WgClock *clock, WgPythonSendFunc send, gpointer user_data)
{
    WgPythonRepl *self = g_new0(WgPythonRepl, 1);
    self->clock = clock;
    self->send = send;
    self->send_data = user_data;
    self->in = g_byte_array_new();
    return self;
}

void
wg_python_repl_free(WgPythonRepl *self)
{
    wg_clock_clear(self->clock, &self->deadline_id);
    wg_clock_clear(self->clock, &self->part_id);
    g_byte_array_unref(self->in);
    g_free(self->program);
    g_free(self);
}
