/* How long a watch that was lost waits for somebody to come back to it. */
#include "virtual-watch/linger.h"

#define LINGER_SECONDS 30

static gboolean
on_second(gpointer user_data)
{
    WgLinger *self = user_data;
    if (wg_machine_get_time_ms(self->machine) >= self->back_ms)
        self->n_seconds++;
    if (self->n_seconds >= LINGER_SECONDS ||
        !g_file_test(self->machine->options.folder, G_FILE_TEST_IS_DIR))
        wg_machine_stop(self->machine);
    return G_SOURCE_CONTINUE;
}

void
wg_linger_start(WgLinger *self, WgMachine *machine, double back_ms)
{
    self->machine = machine;
    self->back_ms = back_ms;
    self->n_seconds = 0;
    if (self->id == 0)
        self->id = g_timeout_add_seconds(1, on_second, self);
}

void
wg_linger_stop(WgLinger *self)
{
    g_clear_handle_id(&self->id, g_source_remove);
}
