/* Any bytes as what a MicroPython board prints: each program is answered once, whatever comes. */
#include "../device/manual-clock.h"
#include "device/python-repl.h"
#include "fuzz.h"

#include <stdlib.h>

#define N_PROGRAMS 4
#define DEADLINE_MS 1000

static void
on_send(const void *bytes, gsize n, gpointer user_data)
{
}

static void
on_done(const char *output, const GError *error, gpointer n_done)
{
    if (!output == !error)
        abort();
    ++*(int *)n_done;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char prompt[] = "raw REPL; CTRL-B to exit\r\n>";
    ManualClock *clock = manual_clock_new();
    WgPythonRepl *repl = wg_python_repl_new(&clock->clock, on_send, NULL);
    int n_done = 0;

    for (int i = 0; i < N_PROGRAMS; i++) {
        const gsize from = size * (gsize)i / N_PROGRAMS, to = size * (gsize)(i + 1) / N_PROGRAMS;

        wg_python_repl_run(repl, "print(1)", DEADLINE_MS, on_done, &n_done);
        if (i == 0 && size % 2) /* so that half of them get further */
            wg_python_repl_take(repl, prompt, sizeof prompt - 1);
        wg_python_repl_take(repl, data + from, to - from);
        for (int j = 0; wg_python_repl_is_running(repl) && j < 200; j++)
            manual_clock_wind(clock, DEADLINE_MS);
        if (n_done != i + 1)
            abort();
    }
    wg_python_repl_free(repl);
    if (manual_clock_get_n_timers(clock) != 0)
        abort();
    manual_clock_free(clock);
    return 0;
}
