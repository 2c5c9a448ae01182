/* A file of measurements that the environment asks for, and the main thread's own time. */
#include "ui/meter.h"

#include <stdio.h>
#include <time.h>

struct WgMeter {
    FILE *file;
    gint64 wall_us, own_us; /* at the beginning */
};

gint64
wg_meter_get_own_us(void)
{
    struct timespec time = {0};

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

WgMeter *
wg_meter_new(const char *variable)
{
    const char *path = g_getenv(variable);
    FILE *file = path ? fopen(path, "w") : NULL;
    WgMeter *self;

    if (!file) {
        if (path)
            g_message("%s names a file that cannot be written: %s", variable, path);
        return NULL;
    }
    self = g_new0(WgMeter, 1);
    self->file = file;
    return self;
}

void
wg_meter_free(WgMeter *self)
{
    fclose(self->file);
    g_free(self);
}

void
wg_meter_begin(WgMeter *self)
{
    self->wall_us = g_get_monotonic_time();
    self->own_us = wg_meter_get_own_us();
}

void
wg_meter_end(WgMeter *self, gint64 asked_us, gint64 told_us)
{
    const gint64 now_us = g_get_monotonic_time();
    const gint64 length_us = now_us - self->wall_us - asked_us;

    if (length_us <= told_us)
        return;
    fprintf(self->file, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", now_us,
            length_us, wg_meter_get_own_us() - self->own_us);
    fflush(self->file);
}
