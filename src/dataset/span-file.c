/* A file beside a continuous recording that labels spans of it. */
#include "dataset/span-file.h"

#include "base/error.h"
#include "base/file.h"
#include "dataset/file-reading.h"
#include "dataset/file-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* More spans than a day of gestures has; each line is compared with those before it. */
#define SPANS_MAX 10000

static const char *const endings[] = {".spans.csv", ".spans.txt"};

gboolean
wg_span_file_is(const char *path)
{
    return g_str_has_suffix(path, endings[0]) || g_str_has_suffix(path, endings[1]);
}

/* The file that labels `path`, NULL: there is none. */
static char *
find_file(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(path, '.');
    const gsize length = dot && (!slash || dot > slash) ? (gsize)(dot - path) : strlen(path);

    for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *stem = g_strndup(path, length);
        g_autofree char *found = g_strconcat(stem, endings[i], NULL);

        if (g_file_test(found, G_FILE_TEST_IS_REGULAR))
            return g_steal_pointer(&found);
    }
    return NULL;
}

typedef struct {
    const char *path;
    double rate_hz;
    int n_samples;
    GArray *spans; /* WgLabelSpan with labels of its own, in order of time */
    WgRefusals *refused;
} Reading;

static void
clear_span(gpointer data)
{
    g_free((gpointer)((WgLabelSpan *)data)->label);
}

static gboolean
read_seconds(const char *cell, double *seconds)
{
    char *end = NULL;

    *seconds = g_ascii_strtod(cell, &end);
    return end != cell && *end == '\0' && isfinite(*seconds) && fabs(*seconds) < 1e6;
}

/* NULL: the line is a span, else why it is none. The samples of a span are those whose time lies
 * from its start up to, not with, its end. */
static const char *
read_line(Reading *reading, char **cells, int n_cells)
{
    const WgLabelSpan *spans = (const WgLabelSpan *)(gpointer)reading->spans->data;
    double start_s = 0, end_s = 0;
    guint at = reading->spans->len;
    WgLabelSpan span;

    if (n_cells < 3 || !read_seconds(cells[0], &start_s) || !read_seconds(cells[1], &end_s))
        return _("a span has a start and an end in seconds, and a label");
    if (!*cells[2])
        return _("the span has no label");
    if (reading->spans->len == SPANS_MAX)
        return _("the recording has 10000 spans already: cut it in pieces");
    if (!(start_s >= 0) || !(end_s > start_s))
        return _("the span ends before it starts, or starts before the recording");
    span.first = (int)fmin(ceil(start_s * reading->rate_hz - 1e-6), reading->n_samples);
    span.n_samples = (int)fmin(ceil(end_s * reading->rate_hz - 1e-6), 1e9) - span.first;
    /* an end that was rounded up may miss the last sample by one */
    if (span.first + span.n_samples > reading->n_samples + 1)
        return _("the span reaches beyond the recording's end");
    span.n_samples = MIN(span.n_samples, reading->n_samples - span.first);
    if (span.n_samples <= 0)
        return _("no sample of the recording lies in the span");
    while (at > 0 && spans[at - 1].first > span.first)
        at--;
    if ((at > 0 && spans[at - 1].first + spans[at - 1].n_samples > span.first) ||
        (at < reading->spans->len && spans[at].first < span.first + span.n_samples))
        return _("the span overlaps one of a line before it");
    span.label = g_utf8_make_valid(cells[2], -1);
    g_array_insert_val(reading->spans, at, span);
    return NULL;
}

static void
read_lines(Reading *reading, const char *content)
{
    g_auto(GStrv) lines = g_strsplit(content, "\n", -1);

    for (int i = 0; lines[i]; i++) {
        const char *separator = strchr(lines[i], '\t') ? "\t" : strchr(lines[i], ';') ? ";" : ",";
        g_auto(GStrv) cells = g_strsplit(g_strstrip(lines[i]), separator, 3);
        const int n_cells = (int)g_strv_length(cells);
        const char *why;
        double seconds;

        for (int j = 0; j < n_cells; j++)
            g_strstrip(cells[j]);
        if (!*lines[i] || (i == 0 && !read_seconds(cells[0], &seconds)))
            continue;
        why = read_line(reading, cells, n_cells);
        if (why)
            wg_refusals_take(reading->refused,
                             g_strdup_printf("%s:%d: %s", reading->path, i + 1, why));
    }
}

gboolean
wg_span_file_apply(const char *path, WgFileContent *found, guint first, GError **error)
{
    GPtrArray *takes = found->takes;
    g_autofree char *span_path = find_file(path);
    g_autofree char *content = NULL;
    g_autoptr(GArray) spans = NULL;
    WgRecordingSpec spec;
    Reading reading;
    gboolean is_guess;
    gsize length = 0;

    if (!span_path || takes->len == first)
        return TRUE;
    if (takes->len != first + 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s labels one recording, %s holds %u: put them into files of their own"),
                    span_path, path, takes->len - first);
        g_ptr_array_set_size(takes, (int)first);
        return FALSE;
    }
    content = wg_file_read(span_path, &length, error);
    if (!content || !wg_file_text_decode(span_path, &content, &length, &is_guess, error))
        return FALSE;
    if (is_guess)
        wg_file_say_guess(found, span_path);
    spec = *wg_recording_get(g_ptr_array_index(takes, first));
    spans = g_array_new(FALSE, FALSE, sizeof(WgLabelSpan));
    g_array_set_clear_func(spans, clear_span);
    reading = (Reading){span_path, spec.rate_hz, spec.n_samples, spans, found->refused};
    read_lines(&reading, content);
    spec.spans = (const WgLabelSpan *)(gpointer)spans->data;
    spec.n_spans = (int)spans->len;
    g_ptr_array_add(takes, wg_recording_new(&spec));
    g_ptr_array_remove_index(takes, first);
    return TRUE;
}
