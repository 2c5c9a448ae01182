/* waggle-watch: a virtual Bangle.js 2 on standard input and output, or on a pseudo-terminal. */
#include "virtual-watch/arguments.h"
#include "virtual-watch/connection.h"
#include "virtual-watch/rendezvous.h"
#include "virtual-watch/takes.h"
#include "virtual-watch/terminal.h"

#include <signal.h>
#include <unistd.h>

#define EXIT_USAGE 2

static int
fail(GError *error, int status)
{
    g_printerr("waggle-watch: %s\n", error->message);
    g_error_free(error);
    return status;
}

static gboolean
run(WgMachineOptions *options, const char *tty, GError **error)
{
    g_autoptr(WgTerminal) terminal = NULL;
    if (tty && !(terminal = wg_terminal_open(tty, error)))
        return FALSE;
    const gboolean by_hand = !terminal && isatty(STDIN_FILENO);
    if (by_hand) {
        terminal = wg_terminal_take_over(STDIN_FILENO);
        options->line.loss.back_seconds = -1; /* who types it would lose the terminal for good */
    }
    const int in = tty ? wg_terminal_get_fd(terminal) : STDIN_FILENO;
    const int out = tty ? in : STDOUT_FILENO;
    g_autoptr(WgMachine) machine = wg_machine_new(options, in, out, error);
    if (!machine)
        return FALSE;
    if (tty)
        wg_connection_set_terminal(machine->connection, terminal);
    if (by_hand)
        g_printerr("Close with Ctrl-D.\r\n");
    machine->ends_on_ctrl_d = by_hand;
    wg_machine_run(machine);
    return TRUE;
}

int
main(int argc, char **argv)
{
    g_auto(WgArguments) arguments = {0};
    GError *error = NULL;
    signal(SIGPIPE, SIG_IGN); /* the output's own error says it */
    if (!wg_arguments_parse(&arguments, &argc, &argv, &error))
        return fail(error, EXIT_USAGE);
    if (!arguments.tty) {
        const WgOffer offer = wg_rendezvous_offer(arguments.folder, STDIN_FILENO, STDOUT_FILENO);
        if (offer == WG_OFFER_REFUSED)
            g_printerr("waggle-watch: the watch is out of reach\n");
        if (offer != WG_OFFER_ALONE)
            return offer == WG_OFFER_TAKEN ? 0 : 1;
    }
    g_autoptr(GPtrArray) takes = NULL;
    if (arguments.perform && !(takes = wg_takes_load(arguments.perform, arguments.project, &error)))
        return fail(error, 1);
    arguments.options.performance = takes;
    const gboolean done = run(&arguments.options, arguments.tty, &error);
    return done ? 0 : fail(error, 1);
}
