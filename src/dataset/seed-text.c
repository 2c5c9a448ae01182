/* The Bangle.js gesture text: a line `Name(n), x,y,z,...` of history units is one gesture. */
#include "base/name.h"
#include "dataset/data-writer.h"
#include "dataset/window.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* The watch polls its accelerometer every 80 ms. */
#define RATE_HZ 12.5
/* Longest name a line may carry, in bytes; more is no name but prose. */
#define LABEL_MAX (WG_NAME_CHARS_MAX * 4)
#define SAMPLES_MAX 100000

/* A line that begins with a name, a count in brackets and a comma: gives where its numbers begin.
 */
static const char *
match_gesture(const char *line, gsize *label_length, gint64 *n_samples)
{
    const char *bracket = strchr(line, '(');
    const char *name_end = bracket;
    char *end = NULL;

    if (!bracket || bracket == line || bracket - line > LABEL_MAX)
        return NULL;
    while (name_end > line && name_end[-1] == ' ')
        name_end--;
    if (name_end == line || !g_ascii_isdigit(bracket[1]))
        return NULL;
    *n_samples = g_ascii_strtoll(bracket + 1, &end, 10);
    if (end[0] != ')')
        return NULL;
    end++;
    while (*end == ' ')
        end++;
    if (*end != ',')
        return NULL;
    *label_length = (gsize)(name_end - line);
    return end + 1;
}

/* The numbers of a line; NULL and why not. */
static GArray *
read_numbers(const char *text, char **why)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(float));
    const char *p = text;

    for (;;) {
        char *end = NULL;
        const gint64 value = g_ascii_strtoll(p, &end, 10);
        const float number = (float)value;

        if (end == p) {
            *why = g_strdup_printf(_("number %u is missing or no whole number"), values->len + 1);
            return NULL;
        }
        if (value < -128 || value > 127) {
            *why = g_strdup_printf(_("number %u is %" PRId64 ", the watch's values are -128..127"),
                                   values->len + 1, value);
            return NULL;
        }
        g_array_append_val(values, number);
        p = end;
        while (*p == ' ' || *p == '\t' || *p == '\r')
            p++;
        if (*p == '\0')
            return g_steal_pointer(&values);
        if (*p != ',') {
            *why = g_strdup_printf(_("“%c” stands after number %u instead of a comma"),
                                   g_ascii_isprint(*p) ? *p : '?', values->len);
            return NULL;
        }
        p++;
        if (strspn(p, " \t\r,") == strlen(p))
            return g_steal_pointer(&values); /* a comma at the line's end */
    }
}

static void
read_line(const char *name, const char *line, int number, const WgImportOptions *options,
          WgFileContent *found)
{
    gsize label_length = 0;
    gint64 n_samples = 0;
    const char *numbers = match_gesture(line, &label_length, &n_samples);
    g_autofree char *why = NULL;
    g_autofree char *label = NULL;
    g_autoptr(GArray) values = NULL;

    if (!numbers)
        return; /* prose, a prompt or an empty line */
    values = read_numbers(numbers, &why);
    if (values && (gint64)values->len != 3 * n_samples)
        why = g_strdup_printf(
            _("the count (%" PRId64 ") asks for %" PRId64 " numbers, and the line has %u"),
            n_samples, 3 * n_samples, values->len);
    label = options->label ? g_strdup(options->label) : g_strndup(line, label_length);
    if (!why && (n_samples < 1 || n_samples > SAMPLES_MAX))
        why = g_strdup(_("it has no samples"));
    if (!why && !g_utf8_validate(label, -1, NULL))
        why = g_strdup(_("its name is not UTF-8 text"));
    if (why) {
        wg_refusals_take(found->refused, g_strdup_printf("%s:%d: %s", name, number, why));
    } else {
        const WgRecordingSpec spec = {
            .label = label,
            .person = options->person,
            .file = name,
            .line = number,
            .rate_hz = options->rate_hz > 0 ? options->rate_hz : RATE_HZ,
            .n_samples = (int)n_samples,
            .n_channels = 3,
            /* without values there is a reason why: NOLINTNEXTLINE(clang-analyzer-core.*) */
            .samples = (const float *)values->data,
            .original = (const float *)values->data,
        };

        g_ptr_array_add(found->takes, wg_recording_new(&spec));
    }
}

static gboolean
read_seed_text(const char *name, const char *content, gsize length, const WgImportOptions *options,
               WgFileContent *found, GError **error)
{
    const char *end = content + length;
    int number = 1;

    for (const char *p = content; p < end; number++) {
        const char *newline = memchr(p, '\n', (gsize)(end - p));
        g_autofree char *line = g_strndup(p, (gsize)((newline ? newline : end) - p));

        read_line(name, g_strchug(line), number, options, found);
        p = newline ? newline + 1 : end;
    }
    return TRUE;
}

static int
matches(const char *name, const char *content, gsize length)
{
    const char *end = content + length;
    int n_looked = 0;

    if (memchr(content, '\0', length))
        return 0;
    for (const char *p = content; p < end && n_looked < 200; n_looked++) {
        const char *newline = memchr(p, '\n', (gsize)(end - p));
        g_autofree char *line = g_strndup(p, (gsize)((newline ? newline : end) - p));
        gsize label_length;
        gint64 n_samples;

        if (match_gesture(g_strchug(line), &label_length, &n_samples))
            return 90;
        p = newline ? newline + 1 : end;
    }
    return 0;
}

/* The units a g in which the take is whole history values as it is, 0: in none. */
static int
find_units(const WgRecordingSpec *spec)
{
    const int units = (int)lrint(spec->original_units_per_g);
    const gsize n = (gsize)spec->n_samples * spec->n_channels;

    if (spec->n_channels != 3 || fabs(spec->original_units_per_g - units) > 0 ||
        (units != 32 && units != WG_UNITS_PER_G))
        return 0;
    for (gsize i = 0; i < n; i++) {
        if (spec->original[i] < -128 || spec->original[i] > 127 ||
            fabsf(spec->original[i] - rintf(spec->original[i])) > 0)
            return 0;
    }
    return units;
}

/* FALSE: the label had what ends a name in a line, or the line. */
static gboolean
append_label(GString *text, const char *label)
{
    g_autofree char *name =
        g_utf8_substring(label, 0, MIN(g_utf8_strlen(label, -1), WG_NAME_CHARS_MAX));

    g_strstrip(g_strdelimit(name, "(\r\n", '_'));
    g_string_append(text, *name ? name : "_");
    return g_str_equal(name, label);
}

/* Takes of one person and one scale are a file: the scale is told by what rests in a folder. */
static GString *
get_file(GHashTable *files, const WgRecordingSpec *spec, int units)
{
    g_autofree char *name = wg_data_writer_make_name(spec->person ? spec->person : "takes");
    g_autofree char *path = units == WG_UNITS_PER_G
                                ? g_strdup_printf("%s/gestures.txt", name)
                                : g_strdup_printf("%s-%d-per-g/gestures.txt", name, units);
    GString *text = g_hash_table_lookup(files, path);

    if (!text) {
        text = g_string_new(NULL);
        g_hash_table_insert(files, g_steal_pointer(&path), text);
    }
    return text;
}

static void
append_take(GHashTable *files, WgRecording *take, int *n_rounded, int *n_renamed)
{
    const WgRecordingSpec *spec = wg_recording_get(take);
    const int units = find_units(spec);
    g_autofree gint8 *history = units > 0 ? NULL : wg_recording_dup_history(take);
    GString *text = get_file(files, spec, units > 0 ? units : WG_UNITS_PER_G);

    *n_rounded += units == 0;
    *n_renamed += !append_label(text, spec->label);
    g_string_append_printf(text, "(%d), ", spec->n_samples);
    for (int i = 0; i < spec->n_samples * 3; i++)
        g_string_append_printf(text, "%s%d", i > 0 ? "," : "",
                               history ? history[i] : (int)lrintf(spec->original[i]));
    g_string_append_c(text, '\n');
}

static void
free_text(gpointer text)
{
    g_string_free(text, TRUE);
}

static gboolean
write_seed_text(GPtrArray *recordings, const WgExportDataOptions *options, WgDataWriter *out,
                GError **error)
{
    g_autoptr(GHashTable) files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_text);
    GHashTableIter iter;
    gpointer path, text;
    int n_rounded = 0, n_renamed = 0;

    for (guint i = 0; i < recordings->len; i++) {
        if (!wg_data_writer_tick(out, i, recordings->len, error))
            return FALSE;
        append_take(files, g_ptr_array_index(recordings, i), &n_rounded, &n_renamed);
    }
    g_hash_table_iter_init(&iter, files);
    while (g_hash_table_iter_next(&iter, &path, &text)) {
        if (!wg_data_writer_add(out, path, ((GString *)text)->str, ((GString *)text)->len, error))
            return FALSE;
    }
    if (n_rounded > 0)
        wg_data_writer_say(
            out, g_strdup_printf(ngettext("%d take is not of a watch's history: it was rounded to "
                                          "steps of 1/64 g and clipped near 2 g",
                                          "%d takes are not of a watch's history: they were "
                                          "rounded to steps of 1/64 g and clipped near 2 g",
                                          (gulong)n_rounded),
                                 n_rounded));
    if (n_renamed > 0)
        wg_data_writer_say(
            out, g_strdup_printf(ngettext("of %d take the label has a bracket, which ends a name "
                                          "here: it became _",
                                          "of %d takes the label has a bracket, which ends a name "
                                          "here: it became _",
                                          (gulong)n_renamed),
                                 n_renamed));
    return TRUE;
}

const WgFileFormat wg_file_format_seed_text = {
    "seed-text",
    N_("Bangle.js gesture text, one gesture a line"),
    matches,
    read_seed_text,
    .write = write_seed_text,
    .holds = WG_HOLDS_LABEL | WG_HOLDS_ORIGINAL,
    .rate_hz = RATE_HZ,
};
