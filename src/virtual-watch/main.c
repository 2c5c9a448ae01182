/* waggle-watch: a virtual Bangle.js 2 on standard input and output, or on a pseudo-terminal. */
#include "virtual-watch/machine.h"
#include "virtual-watch/takes.h"
#include "virtual-watch/terminal.h"

#include <signal.h>
#include <unistd.h>

#define STORAGE_BYTES (8 << 20) /* the Bangle.js 2's serial flash */
#define EXIT_USAGE 2

typedef struct {
    char *perform, *project, *tty;
    double speed;
    gint64 storage_bytes;
    gboolean no_packets, plain_takes;
    char **rest;
} Arguments;

static gboolean
parse(Arguments *self, int *argc, char ***argv, GError **error)
{
    const GOptionEntry entries[] = {
        {"perform", 0, 0, G_OPTION_ARG_STRING, &self->perform,
         "Play these takes once something listens for gestures", "LABEL|FILE|split:test"},
        {"speed", 0, 0, G_OPTION_ARG_DOUBLE, &self->speed, "Run N times faster than real time",
         "N"},
        {"project", 0, 0, G_OPTION_ARG_FILENAME, &self->project,
         "Take what is performed from this project", "FILE"},
        {"tty", 0, 0, G_OPTION_ARG_FILENAME, &self->tty,
         "Speak on a new pseudo-terminal; PATH becomes a link to it", "new|PATH"},
        {"storage-bytes", 0, 0, G_OPTION_ARG_INT64, &self->storage_bytes,
         "Size of the watch's Storage", "N"},
        {"no-packets", 0, 0, G_OPTION_ARG_NONE, &self->no_packets,
         "Behave as firmware before 2v25, which knows no packets", NULL},
        {"plain-takes", 0, 0, G_OPTION_ARG_NONE, &self->plain_takes,
         "Play takes without choosing the bits that the watch's history drops", NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->rest, NULL, "[FOLDER]"},
        {NULL},
    };
    g_autoptr(GOptionContext) context = g_option_context_new("- a virtual Bangle.js 2");
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, argc, argv, error))
        return FALSE;
    if (self->rest && self->rest[0] && self->rest[1]) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "one folder only, not also %s",
                    self->rest[1]);
        return FALSE;
    }
    if (!(self->speed > 0 && self->speed <= 1000) || self->storage_bytes < 0) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                    "--speed must be above 0 and at most 1000, --storage-bytes not negative");
        return FALSE;
    }
    return TRUE;
}

static void
clear_arguments(Arguments *self)
{
    g_free(self->perform);
    g_free(self->project);
    g_free(self->tty);
    g_strfreev(self->rest);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Arguments, clear_arguments)

static int
fail(GError *error, int status)
{
    g_printerr("waggle-watch: %s\n", error->message);
    g_error_free(error);
    return status;
}

static gboolean
run(const WgMachineOptions *options, const char *tty, GError **error)
{
    g_autoptr(WgTerminal) terminal = NULL;
    if (tty && !(terminal = wg_terminal_open(tty, error)))
        return FALSE;
    const gboolean by_hand = !terminal && isatty(STDIN_FILENO);
    if (by_hand)
        terminal = wg_terminal_take_over(STDIN_FILENO);
    const int in = tty ? wg_terminal_get_fd(terminal) : STDIN_FILENO;
    const int out = tty ? in : STDOUT_FILENO;
    g_autoptr(WgMachine) machine = wg_machine_new(options, in, out, error);
    if (!machine)
        return FALSE;
    if (by_hand)
        g_printerr("Close with Ctrl-D.\r\n");
    machine->ends_on_ctrl_d = by_hand;
    wg_machine_run(machine);
    return TRUE;
}

int
main(int argc, char **argv)
{
    g_auto(Arguments) arguments = {.speed = 1, .storage_bytes = STORAGE_BYTES};
    GError *error = NULL;
    signal(SIGPIPE, SIG_IGN); /* the output's own error says it */
    if (!parse(&arguments, &argc, &argv, &error))
        return fail(error, EXIT_USAGE);
    g_autofree char *folder =
        arguments.rest && arguments.rest[0]
            ? g_strdup(arguments.rest[0])
            : g_build_filename(g_get_user_state_dir(), "waggle", "virtual-watch", NULL);
    g_autoptr(GPtrArray) takes = NULL;
    if (arguments.perform && !(takes = wg_takes_load(arguments.perform, arguments.project, &error)))
        return fail(error, 1);
    const WgMachineOptions options = {
        .folder = folder,
        .storage_bytes = (gsize)arguments.storage_bytes,
        .speed = arguments.speed,
        .has_packets = !arguments.no_packets,
        .project = arguments.project,
        .performance = takes,
        .plain_takes = arguments.plain_takes,
    };
    const gboolean done = run(&options, arguments.tty, &error);
    return done ? 0 : fail(error, 1);
}
