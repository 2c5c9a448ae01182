/* Reads recordings again and again and prints takes a second; for bench/import. */
#include "dataset/import.h"

#include <stdlib.h>

static int turns = 5;

static const GOptionEntry entries[] = {
    {"turns", 0, 0, G_OPTION_ARG_INT, &turns, "how often all is read", "N"},
    {NULL},
};

int
main(int argc, char **argv)
{
    g_autoptr(GOptionContext) context = g_option_context_new("FOLDER");
    g_autoptr(GError) error = NULL;

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error) || argc != 2) {
        g_printerr("%s\n", error ? error->message : "a folder of recordings is needed");
        return EXIT_FAILURE;
    }
    for (int turn = 1; turn <= turns; turn++) {
        const char *paths[] = {argv[1], NULL};
        const WgImportOptions options = {0};
        const gint64 start_us = g_get_monotonic_time();
        g_autoptr(WgImport) import = wg_import_read(paths, &options, NULL, NULL, NULL, &error);
        const double seconds = (double)(g_get_monotonic_time() - start_us) / G_USEC_PER_SEC;

        if (!import) {
            g_printerr("%s\n", error->message);
            return EXIT_FAILURE;
        }
        g_print("turn %d takes %u seconds %.6f\n", turn, import->recordings->len, seconds);
    }
    return EXIT_SUCCESS;
}
