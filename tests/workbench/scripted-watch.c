/* The watch's end of a pseudo-terminal, as a script. */
#include "scripted-watch.h"

#include "device/crc32.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define FACTS "[\"BANGLEJS2\",\"2v10\",\"Storage,tensorflow\",0]"
#define PERIOD_MS 10
#define OUT_BYTES 4000 /* ready to be taken */
#define XOFF 0x13

void
scripted_watch_get_sample(int k, int raw[3])
{
    raw[0] = k % 30011 - 15000;
    raw[1] = k / 30011 - 6;
    raw[2] = (int)((gint64)k * 7919 % 29989) - 15000;
}

static void
put_uint32(guint8 *p, guint32 value)
{
    for (int i = 0; i < 4; i++)
        p[i] = (guint8)(value >> (8 * i));
}

static void
put_int16(guint8 *p, int value)
{
    p[0] = (guint8)value;
    p[1] = (guint8)(value >> 8);
}

static char *
build_line(int first, int n)
{
    guint8 bytes[8 + 8 * SCRIPTED_BLOCK];
    g_autofree char *base64 = NULL;

    put_uint32(bytes, (guint32)first);
    put_uint32(bytes + 4, (guint32)first * PERIOD_MS);
    for (int i = 0; i < n; i++) {
        int raw[3];

        scripted_watch_get_sample(first + i, raw);
        put_int16(bytes + 8 + 8 * i, i == 0 ? 0 : PERIOD_MS);
        for (int axis = 0; axis < 3; axis++)
            put_int16(bytes + 10 + 8 * i + 2 * axis, raw[axis]);
    }
    base64 = g_base64_encode(bytes, 8 + 8 * (gsize)n);
    return g_strdup_printf("\x1e{\"wg\":\"block\",\"d\":\"%s\",\"c\":%u}\r\n", base64,
                           wg_crc32(bytes, 8 + 8 * (gsize)n));
}

/* Half of those that are hit are gone, of the others one byte is another. XOFF is none of them: it
 * would hold back what the watch is sent, as it is to. */
static void
send_block(ScriptedWatch *self)
{
    const int n = MIN(SCRIPTED_BLOCK, self->n_samples - self->n_sent);
    const gboolean is_last = self->n_sent + n >= self->n_samples;
    g_autofree char *line = build_line(self->n_sent, n);

    if (!is_last && (int)wg_random_below(&self->random, 1000) < self->per_mille) {
        g_array_append_val(self->lost, self->n_sent);
        if (wg_random_below(&self->random, 2) == 0) {
            *line = '\0';
        } else {
            const guint at = wg_random_below(&self->random, (guint32)strlen(line) - 2);
            char other = line[at];

            while (other == line[at] || other == XOFF || other == '\0')
                other = (char)wg_random_below(&self->random, 256);
            line[at] = other;
        }
    }
    g_string_append(self->out, line);
    self->n_sent += n;
    if (is_last)
        g_string_append(self->out, "\x1e{\"wg\":\"performed\",\"n\":1}\r\n");
}

static gboolean on_ready(int fd, GIOCondition condition, gpointer user_data);

static void
want_to_write(ScriptedWatch *self)
{
    if (self->ready)
        return;
    self->ready = g_unix_fd_source_new(self->master, G_IO_OUT);
    g_source_set_callback(self->ready, G_SOURCE_FUNC(on_ready), self, NULL);
    g_source_attach(self->ready, NULL);
}

static gboolean
on_ready(int fd, GIOCondition condition, gpointer user_data)
{
    ScriptedWatch *self = user_data;
    gssize n;

    while (self->is_recording && self->n_sent < self->n_samples && self->out->len < OUT_BYTES)
        send_block(self);
    n = write(fd, self->out->str, self->out->len);
    if (n > 0)
        g_string_erase(self->out, 0, n);
    if (self->out->len > 0 || (self->is_recording && self->n_sent < self->n_samples))
        return G_SOURCE_CONTINUE;
    g_clear_pointer(&self->ready, g_source_unref);
    return G_SOURCE_REMOVE;
}

static const char *
answer(ScriptedWatch *self, const char *line)
{
    if (strstr(line, "process.env.BOARD"))
        return FACTS;
    if (strstr(line, "Waggle.alive()")) {
        self->n_alive++;
        return "1";
    }
    if (strstr(line, "return eval(c)")) /* the program that was sent in pieces */
        self->is_recording = TRUE;
    else if (strstr(line, "Waggle.stop()"))
        self->is_recording = FALSE;
    return "1";
}

static void
take_line(ScriptedWatch *self, const char *line)
{
    const char *number = strstr(line, "wg:\"=\",n:");

    if (strstr(line, "\"here\""))
        g_string_append(self->out, "\x1e{\"wg\":\"here\"}\r\n");
    else if (number)
        g_string_append_printf(self->out, "\x1e{\"wg\":\"=\",\"n\":%d,\"v\":%s}\r\n",
                               atoi(number + 9), answer(self, line));
    want_to_write(self);
}

static gboolean
on_input(int fd, GIOCondition condition, gpointer user_data)
{
    ScriptedWatch *self = user_data;
    char part[4096], *end;
    const gssize n = read(fd, part, sizeof part);

    if (n <= 0)
        return n < 0 && errno == EAGAIN ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
    g_string_append_len(self->heard, part, n);
    while ((end = strchr(self->heard->str, '\n'))) {
        g_autofree char *line = g_strndup(self->heard->str, (gsize)(end - self->heard->str));

        g_string_erase(self->heard, 0, end - self->heard->str + 1);
        take_line(self, line);
    }
    return G_SOURCE_CONTINUE;
}

ScriptedWatch *
scripted_watch_new(int n_samples, int per_mille, guint64 seed)
{
    ScriptedWatch *self = g_new0(ScriptedWatch, 1);
    struct termios settings;

    self->n_samples = n_samples;
    self->per_mille = per_mille;
    wg_random_init(&self->random, seed, 1);
    self->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    g_assert_cmpint(self->master, >=, 0);
    g_assert_cmpint(grantpt(self->master), ==, 0);
    g_assert_cmpint(unlockpt(self->master), ==, 0);
    g_assert_cmpint(tcgetattr(self->master, &settings), ==, 0);
    cfmakeraw(&settings);
    g_assert_cmpint(tcsetattr(self->master, TCSANOW, &settings), ==, 0);
    self->address = g_strdup_printf("serial:%s", ptsname(self->master));
    self->lost = g_array_new(FALSE, FALSE, sizeof(int));
    self->heard = g_string_new(NULL);
    self->out = g_string_new(NULL);
    self->in = g_unix_fd_source_new(self->master, G_IO_IN);
    g_source_set_callback(self->in, G_SOURCE_FUNC(on_input), self, NULL);
    g_source_attach(self->in, NULL);
    return self;
}

void
scripted_watch_free(ScriptedWatch *self)
{
    g_source_destroy(self->in);
    g_source_unref(self->in);
    if (self->ready) {
        g_source_destroy(self->ready);
        g_source_unref(self->ready);
    }
    close(self->master);
    g_free(self->address);
    g_array_unref(self->lost);
    g_string_free(self->heard, TRUE);
    g_string_free(self->out, TRUE);
    g_free(self);
}
