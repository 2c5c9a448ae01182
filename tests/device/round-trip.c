/* Prints how long a question and its answer take over the link to a watch: round-trip ADDRESS [N]
 */
#include "device-fixture.h"

#define QUESTIONS 25

static int
compare(gconstpointer one, gconstpointer other)
{
    const double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

static double
get_ms(void)
{
    return (double)g_get_monotonic_time() / 1000;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(double));
    const int n = argc > 2 ? atoi(argv[2]) : QUESTIONS;
    if (argc < 2 || n < 1) {
        g_printerr("usage: round-trip ADDRESS [N]\n");
        return 2;
    }
    g_autoptr(WgWatch) watch = fixture_watch_new(argv[1]);
    const double start_ms = get_ms();
    gboolean is_good = fixture_connect(watch, &error);
    const double connect_ms = get_ms() - start_ms;
    for (int i = 0; is_good && i < n; i++) {
        const double asked_ms = get_ms();
        g_autofree char *value = fixture_eval(watch, "1", &error);
        const double took_ms = get_ms() - asked_ms;
        g_array_append_val(times, took_ms);
        is_good = value != NULL;
    }
    if (!is_good) {
        g_printerr("%s\n", error->message);
        return 1;
    }
    g_array_sort(times, compare);
    g_print("{\"connect_ms\":%.1f,\"median_ms\":%.2f,\"max_ms\":%.2f,\"n\":%d}\n", connect_ms,
            g_array_index(times, double, n / 2), g_array_index(times, double, n - 1), n);
    wg_watch_disconnect(watch);
    return 0;
}
