/* Measures how long the window does not answer: the gaps between turns of the main loop. */
#include "ui/stall-meter.h"

#include <stdio.h>
#include <time.h>

#define TURN_MS 10
#define TOLD_US 10000

typedef struct {
    FILE *file;
    gint64 wall_us, cpu_us; /* at the last turn */
} Meter;

static gint64
get_cpu_us(void)
{
    struct timespec time = {0};

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
on_turn(gpointer user_data)
{
    Meter *self = user_data;
    const gint64 wall_us = g_get_monotonic_time(), cpu_us = get_cpu_us();
    const gint64 gap_us = wall_us - self->wall_us - TURN_MS * 1000;

    if (gap_us > TOLD_US) {
        fprintf(self->file, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                wall_us, gap_us, cpu_us - self->cpu_us);
        fflush(self->file);
    }
    self->wall_us = g_get_monotonic_time();
    self->cpu_us = get_cpu_us();
    return G_SOURCE_CONTINUE;
}

static void
meter_free(gpointer meter)
{
    fclose(((Meter *)meter)->file);
    g_free(meter);
}

void
wg_stall_meter_start(void)
{
    const char *path = g_getenv("WAGGLE_STALLS");
    FILE *file = path ? fopen(path, "w") : NULL;
    Meter *meter;

    if (!file) {
        if (path)
            g_message("WAGGLE_STALLS names a file that cannot be written: %s", path);
        return;
    }
    meter = g_new0(Meter, 1);
    meter->file = file;
    meter->wall_us = g_get_monotonic_time();
    meter->cpu_us = get_cpu_us();
    g_timeout_add_full(G_PRIORITY_HIGH, TURN_MS, on_turn, meter, meter_free);
}
