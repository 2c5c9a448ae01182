/* Reads the options of waggle-watch and holds each to its range. */
#include "virtual-watch/arguments.h"

#include <stdlib.h>
#include <string.h>

#define STORAGE_BYTES (8 << 20) /* the Bangle.js 2's serial flash */
#define PACKETS_SINCE_MAJOR 2   /* Espruino 2v25 */
#define PACKETS_SINCE_MINOR 25
#define SECONDS_MAX 1e6
#define BATTERY_PERCENT 87

typedef struct {
    gint64 storage_bytes, drop_heard, drop_said;
    int chunk;
    double battery, battery_falls;
    gboolean no_packets;
    char **rest;
} Numbers;

static gboolean
refuse(GError **error, const char *text)
{
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);
    return FALSE;
}

static gboolean
is_within(double value, double least, double most)
{
    return value >= least && value <= most;
}

static gboolean
check(const WgMachineOptions *options, const Numbers *numbers, GError **error)
{
    const WgLineOptions *line = &options->line;
    const WgLossPlan *loss = &line->loss;
    if (!(options->speed > 0 && options->speed <= 1000))
        return refuse(error, "--speed must be above 0 and at most 1000");
    if (options->press_seconds != 0 && !is_within(options->press_seconds, 0.1, SECONDS_MAX))
        return refuse(error, "--press must be 0.1 to 1000000 seconds");
    if (!is_within((double)numbers->storage_bytes, 0, G_MAXINT32))
        return refuse(error, "--storage must be 0 to 2147483647 bytes");
    if (!is_within(numbers->battery, 0, 100) ||
        !is_within(numbers->battery_falls, -SECONDS_MAX, SECONDS_MAX))
        return refuse(error, "--battery must be 0 to 100 percent");
    if (line->bytes_per_second != 0 && !is_within(line->bytes_per_second, 1, 1e9))
        return refuse(error, "--rate must be 1 to 1000000000 bytes a second");
    if (!is_within(numbers->chunk, 0, 65536))
        return refuse(error, "--chunk must be 1 to 65536 bytes");
    if (!is_within(line->latency_ms, 0, SECONDS_MAX))
        return refuse(error, "--latency must be 0 to 1000000 ms");
    if (!is_within(loss->seconds, -1, SECONDS_MAX) ||
        !is_within(loss->back_seconds, -1, SECONDS_MAX))
        return refuse(error, "--drop-seconds and --back must be 0 to 1000000 seconds");
    return TRUE;
}

/* "2v10.3" -> TRUE and 2, 10 */
static gboolean
read_version(const char *text, gint64 *major, gint64 *minor)
{
    char *end;
    *major = (gint64)g_ascii_strtoull(text, &end, 10);
    if (!g_ascii_isdigit(*text) || *end != 'v' || !g_ascii_isdigit(end[1]))
        return FALSE;
    *minor = (gint64)g_ascii_strtoull(end + 1, &end, 10);
    return strspn(end, "0123456789.") == strlen(end);
}

static gboolean
choose_firmware(WgArguments *self, gboolean no_packets, GError **error)
{
    gint64 major, minor;
    if (!self->firmware)
        self->firmware = g_strdup(WG_MACHINE_VERSION);
    if (!read_version(self->firmware, &major, &minor)) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                    "--firmware must be a version as 2v10, not “%s”", self->firmware);
        return FALSE;
    }
    self->options.firmware = self->firmware;
    self->options.has_packets =
        !no_packets && (major > PACKETS_SINCE_MAJOR ||
                        (major == PACKETS_SINCE_MAJOR && minor >= PACKETS_SINCE_MINOR));
    return TRUE;
}

static gboolean
read_options(WgArguments *self, Numbers *numbers, int *argc, char ***argv, GError **error)
{
    WgMachineOptions *options = &self->options;
    WgLineOptions *line = &options->line;
    const GOptionEntry entries[] = {
        {"perform", 0, 0, G_OPTION_ARG_STRING, &self->perform,
         "Play these takes once something listens for gestures", "LABEL|FILE|split:test"},
        {"speed", 0, 0, G_OPTION_ARG_DOUBLE, &options->speed,
         "Run N times faster than real time; all other times are the watch's", "N"},
        {"project", 0, 0, G_OPTION_ARG_FILENAME, &self->project,
         "Take what is performed from this project", "FILE"},
        {"plain-takes", 0, 0, G_OPTION_ARG_NONE, &options->plain_takes,
         "Play takes without choosing the bits that the watch's history drops", NULL},
        {"tty", 0, 0, G_OPTION_ARG_FILENAME, &self->tty,
         "Speak on a new pseudo-terminal; PATH becomes a link to it", "new|PATH"},
        {"storage", 0, 0, G_OPTION_ARG_INT64, &numbers->storage_bytes,
         "Size of the watch's Storage", "BYTES"},
        {"storage-bytes", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT64, &numbers->storage_bytes,
         NULL, NULL},
        {"battery", 0, 0, G_OPTION_ARG_DOUBLE, &numbers->battery, "Its charge (87)", "PERCENT"},
        {"battery-falls", 0, 0, G_OPTION_ARG_DOUBLE, &numbers->battery_falls,
         "What it loses in an hour; below 0: it is charging", "PERCENT"},
        {"press", 0, 0, G_OPTION_ARG_DOUBLE, &options->press_seconds,
         "While a program listens to its button, press it each S seconds", "S"},
        {"firmware", 0, 0, G_OPTION_ARG_STRING, &self->firmware,
         "Behave as this version; before 2v25 there are no packets", "VERSION"},
        {"no-packets", 0, 0, G_OPTION_ARG_NONE, &numbers->no_packets,
         "Know no packets, whatever the version", NULL},
        {"rate", 0, 0, G_OPTION_ARG_DOUBLE, &line->bytes_per_second,
         "A line that carries so many bytes a second each way", "BYTES"},
        {"chunk", 0, 0, G_OPTION_ARG_INT, &numbers->chunk,
         "So many of which come together (20 with --rate)", "BYTES"},
        {"latency", 0, 0, G_OPTION_ARG_DOUBLE, &line->latency_ms, "And so much later", "MS"},
        {"drop-heard", 0, 0, G_OPTION_ARG_INT64, &numbers->drop_heard,
         "Lose the connection when the watch has taken so many bytes", "BYTES"},
        {"drop-said", 0, 0, G_OPTION_ARG_INT64, &numbers->drop_said,
         "Lose it when so many of its own have left", "BYTES"},
        {"drop-seconds", 0, 0, G_OPTION_ARG_DOUBLE, &line->loss.seconds, "Lose it after this time",
         "S"},
        {"back", 0, 0, G_OPTION_ARG_DOUBLE, &line->loss.back_seconds,
         "After a loss the same watch is found again after this time, its programs still running; "
         "else the program ends",
         "S"},
        {"silent", 0, 0, G_OPTION_ARG_NONE, &line->loss.is_silent,
         "Tell nobody of a loss: bytes just do not come through", NULL},
        {"stays", 0, 0, G_OPTION_ARG_NONE, &line->stays,
         "When the other end closes, wait for somebody to come back to the same watch", NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &numbers->rest, NULL, "[FOLDER]"},
        {NULL},
    };
    g_autoptr(GOptionContext) context = g_option_context_new("- a virtual Bangle.js 2");
    g_option_context_add_main_entries(context, entries, NULL);
    return g_option_context_parse(context, argc, argv, error);
}

gboolean
wg_arguments_parse(WgArguments *self, int *argc, char ***argv, GError **error)
{
    Numbers numbers = {.storage_bytes = STORAGE_BYTES,
                       .drop_heard = -1,
                       .drop_said = -1,
                       .battery = BATTERY_PERCENT};
    WgMachineOptions *options = &self->options;
    options->speed = 1;
    options->line.loss.seconds = options->line.loss.back_seconds = -1;
    const gboolean done = read_options(self, &numbers, argc, argv, error);
    g_auto(GStrv) rest = numbers.rest;
    if (!done || !check(options, &numbers, error) ||
        !choose_firmware(self, numbers.no_packets, error))
        return FALSE;
    if (rest && rest[0] && rest[1]) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "one folder only, not also %s",
                    rest[1]);
        return FALSE;
    }
    self->folder = rest && rest[0]
                       ? g_strdup(rest[0])
                       : g_build_filename(g_get_user_state_dir(), "waggle", "virtual-watch", NULL);
    options->folder = self->folder;
    options->project = self->project;
    options->storage_bytes = (gsize)numbers.storage_bytes;
    options->battery_percent = numbers.battery;
    options->battery_falls = numbers.battery_falls;
    options->line.chunk_bytes = numbers.chunk;
    options->line.loss.heard = numbers.drop_heard;
    options->line.loss.said = numbers.drop_said;
    return TRUE;
}

void
wg_arguments_clear(WgArguments *self)
{
    g_free(self->folder);
    g_free(self->perform);
    g_free(self->project);
    g_free(self->tty);
    g_free(self->firmware);
}
