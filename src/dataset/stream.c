/* A stream: a long recording of ordinary life, and what was done in it when. */
#include "dataset/stream.h"

#include "base/error.h"
#include "base/file.h"
#include "dataset/file-text.h"
#include "dataset/resample.h"
#include "dataset/stream-read.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

/* Hours at any rate; more would not fit into memory as JSON. */
#define FILE_BYTES_MAX (256 * 1024 * 1024)

static int
compare_events(gconstpointer a, gconstpointer b)
{
    const WgStreamEvent *left = a, *right = b;

    return left->start != right->start ? (left->start > right->start) - (left->start < right->start)
                                       : (left->end > right->end) - (left->end < right->end);
}

static void
clear_event(gpointer data)
{
    g_free(((WgStreamEvent *)data)->label);
}

GArray *
wg_stream_events_new(void)
{
    GArray *events = g_array_new(FALSE, FALSE, sizeof(WgStreamEvent));

    g_array_set_clear_func(events, clear_event);
    return events;
}

WgStream *
wg_stream_new(double rate_hz, int n_samples, float *samples, GArray *events)
{
    WgStream *self = g_new0(WgStream, 1);

    self->rate_hz = rate_hz;
    self->n_samples = n_samples;
    self->samples = samples;
    self->events = events;
    self->duration_s = n_samples / rate_hz;
    g_array_sort(self->events, compare_events);
    return self;
}

WgStream *
wg_stream_new_from_recording(const WgRecording *recording)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);
    float *samples = g_new(float, MAX(1, (gsize)spec->n_samples * 3));
    GArray *events = wg_stream_events_new();
    const WgStreamEvent event = {0, spec->n_samples, g_strdup(spec->label)};
    WgStream *self;

    for (int i = 0; i < spec->n_samples; i++)
        memcpy(samples + (gsize)i * 3, spec->samples + (gsize)i * spec->n_channels,
               3 * sizeof(float));
    g_array_append_val(events, event);
    self = wg_stream_new(spec->rate_hz, spec->n_samples, samples, events);
    if (spec->n_gaps > 0) {
        self->gaps = g_array_new(FALSE, FALSE, sizeof(WgGap));
        g_array_append_vals(self->gaps, spec->gaps, (guint)spec->n_gaps);
    }
    return self;
}

int
wg_stream_get_piece_end(const WgStream *self, int first)
{
    for (guint i = 0; self->gaps && i < self->gaps->len; i++) {
        const WgGap *gap = &g_array_index(self->gaps, WgGap, i);

        if (gap->first > first)
            return gap->first;
    }
    return self->n_samples;
}

/* Each stretch between gaps for itself; `gaps` (of WgGap) gets where they are in the answer. */
static float *
resample_pieces(const WgStream *self, double rate_hz, GArray *gaps, int *n_samples, GError **error)
{
    g_autoptr(GArray) out = g_array_new(FALSE, FALSE, 3 * sizeof(float));
    guint at = 0;

    for (int first = 0; first < self->n_samples;) {
        const int end = wg_stream_get_piece_end(self, first);
        int n = 0;
        g_autofree float *piece = wg_resample(self->samples + (gsize)first * 3, end - first, 3,
                                              self->rate_hz, rate_hz, &n, error);

        if (!piece)
            return NULL;
        g_array_append_vals(out, piece, (guint)n);
        while (end < self->n_samples && g_array_index(self->gaps, WgGap, at).first < end)
            at++;
        if (end < self->n_samples) {
            const int n_missing = g_array_index(self->gaps, WgGap, at).n_missing;
            const WgGap gap = {(int)out->len,
                               MAX(1, (int)lrint(n_missing * rate_hz / self->rate_hz))};

            g_array_append_val(gaps, gap);
        }
        first = end;
    }
    *n_samples = (int)out->len;
    return (float *)(gpointer)g_array_free(g_steal_pointer(&out), FALSE);
}

WgStream *
wg_stream_resample(const WgStream *self, double rate_hz, GError **error)
{
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(WgGap));
    WgStream *resampled;
    int n_samples = 0;
    float *samples = self->gaps ? resample_pieces(self, rate_hz, gaps, &n_samples, error)
                                : wg_resample(self->samples, self->n_samples, 3, self->rate_hz,
                                              rate_hz, &n_samples, error);
    GArray *events;

    if (!samples)
        return NULL;
    events = wg_stream_events_new();
    for (guint i = 0; i < self->events->len; i++) {
        const WgStreamEvent *event = &g_array_index(self->events, WgStreamEvent, i);
        const int start = (int)(event->start * rate_hz / self->rate_hz);
        const int end = (int)ceil(event->end * rate_hz / self->rate_hz);
        const WgStreamEvent moved = {MIN(start, n_samples - 1), CLAMP(end, start + 1, n_samples),
                                     g_strdup(event->label)};

        g_array_append_val(events, moved);
    }
    resampled = wg_stream_new(rate_hz, n_samples, samples, events);
    if (gaps->len > 0)
        resampled->gaps = g_steal_pointer(&gaps);
    return resampled;
}

void
wg_stream_free(WgStream *self)
{
    g_free(self->samples);
    g_array_unref(self->events);
    g_clear_pointer(&self->gaps, g_array_unref);
    g_free(self->note);
    g_free(self);
}

static void
add_note(WgStream *stream, const char *note)
{
    g_autofree char *before = stream->note;

    stream->note = before ? g_strdup_printf("%s\n%s", note, before) : g_strdup(note);
}

/* `content` is replaced where it is not in the form that readers know. */
static WgStream *
parse(const char *name, char **content, gsize length, const WgStreamOptions *options,
      GError **error)
{
    WgStream *stream;
    gboolean is_guess;
    gsize at = 0;

    if (!wg_file_text_decode(name, content, &length, &is_guess, error))
        return NULL;
    while (at < length && g_ascii_isspace((*content)[at]))
        at++;
    if (memchr(*content, '\0', length)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s is no text: a stream is JSON or CSV with a column of labels"), name);
        return NULL;
    }
    stream = at < length && ((*content)[at] == '{' || (*content)[at] == '[')
                 ? wg_stream_read_json(name, *content, length, options, error)
                 : wg_stream_read_csv(name, *content, length, options, error);
    if (stream && is_guess) {
        g_autofree char *note = g_strdup_printf("%s: %s", name, wg_file_text_get_guess());

        add_note(stream, note);
    }
    return stream;
}

WgStream *
wg_stream_parse(const char *name, const char *content, gsize length, const WgStreamOptions *options,
                GError **error)
{
    g_autofree char *copy = g_memdup2(content, length + 1);

    return parse(name, &copy, length, options, error);
}

WgStream *
wg_stream_load(const char *path, const WgStreamOptions *options, GError **error)
{
    g_autofree char *content = NULL;
    gsize length = 0;
    GStatBuf facts;

    if (g_stat(path, &facts) == 0 && facts.st_size > FILE_BYTES_MAX) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s has %zu bytes, at most %d are read: cut it into parts"), path,
                    (gsize)facts.st_size, FILE_BYTES_MAX);
        return NULL;
    }
    content = wg_file_read(path, &length, error);
    if (!content)
        return NULL;
    return parse(path, &content, length, options, error);
}

void
wg_stream_get_raw(const WgStream *self, int i, gint16 raw[3])
{
    for (int axis = 0; axis < 3; axis++)
        raw[axis] = (gint16)lrint(CLAMP(
            (double)self->samples[(gsize)i * 3 + axis] * WG_STREAM_RAW_PER_G, -32768.0, 32767.0));
}

/* A label as a JSON string. */
static void
append_text(GString *out, const char *text)
{
    g_autoptr(JsonNode) node = json_node_init_string(json_node_alloc(), text);
    g_autofree char *quoted = json_to_string(node, FALSE);

    g_string_append(out, quoted);
}

char *
wg_stream_to_json(const WgStream *self)
{
    GString *out = g_string_new("{\"rate_hz\": ");
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append(out, g_ascii_dtostr(number, sizeof number, self->rate_hz));
    g_string_append_printf(out, ", \"units_per_g\": %d, \"samples\": [", WG_STREAM_RAW_PER_G);
    for (int i = 0; i < self->n_samples; i++) {
        gint16 raw[3];

        wg_stream_get_raw(self, i, raw);
        g_string_append_printf(out, "%s[%d, %d, %d]", i > 0 ? ", " : "", raw[0], raw[1], raw[2]);
    }
    g_string_append(out, "], \"events\": [");
    for (guint i = 0; i < self->events->len; i++) {
        const WgStreamEvent *event = &g_array_index(self->events, WgStreamEvent, i);

        g_string_append_printf(out, "%s{\"start\": %d, \"end\": %d, \"label\": ", i > 0 ? ", " : "",
                               event->start, event->end);
        append_text(out, event->label);
        g_string_append_c(out, '}');
    }
    g_string_append(out, "]}\n");
    return g_string_free(out, FALSE);
}
