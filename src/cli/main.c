/* waggle-cli: the headless face of the workbench. */
#include "cli/command.h"

#include <locale.h>
#include <stdlib.h>

/* The command line is a contract: English, and a decimal point, whatever the locale; only its
 * characters are the terminal's. A test has it built with all of the locale, as the window is. */
#ifndef WAGGLE_CLI_LOCALE
#define WAGGLE_CLI_LOCALE LC_CTYPE
#endif

int
main(int argc, char **argv)
{
    WgOutput output = {FALSE, FALSE};
    int n_words = 0;
    g_autofree char **words = g_new0(char *, argc + 1);

    setlocale(WAGGLE_CLI_LOCALE, "");
    for (int i = 1; i < argc; i++) {
        if (g_str_equal(argv[i], "--json"))
            output.as_json = TRUE;
        else if (g_str_equal(argv[i], "--quiet"))
            output.is_quiet = TRUE;
        else
            words[n_words++] = argv[i];
    }
    if (n_words == 1 && g_str_equal(words[0], "--version")) {
        g_print("waggle-cli %s\n", WAGGLE_VERSION);
        return EXIT_SUCCESS;
    }
    if (n_words == 0) {
        g_printerr("waggle-cli: no command is given: --help lists them\n");
        if (!output.as_json)
            wg_help_print_all();
        return 2;
    }
    if (n_words == 1 && wg_help_is_asked(words[0])) {
        wg_help_print_all();
        return EXIT_SUCCESS;
    }
    if (g_str_equal(words[0], "help")) { /* of the command behind it, or of all */
        if (n_words == 1) {
            wg_help_print_all();
            return EXIT_SUCCESS;
        }
        words[0] = words[1];
        words[1] = (char *)"--help";
    }
    return wg_command_run(n_words, words, &output);
}
