/* Samples of the virtual accelerometer. */
#include "virtual-watch/sensor.h"

#include <math.h>

#define NOISE_RAW 24 /* each axis at most this far from rest: far below 800 together */
#define POWER_SAVE_AFTER_MS 60000.0 /* POWER_SAVE_TIMEOUT */
#define STILL_G 0.097               /* POWER_SAVE_MIN_ACCEL: below it nothing moves */
/* KX023-1025 technical reference: CNTL1 and ODCNTL, and what the firmware leaves in them
 * (jswrap_bangle.c) */
#define REGISTER_CONTROL 0x18
#define REGISTER_RATE 0x1b
#define CONTROL_POWER 0x80
#define CONTROL_DEFAULT 0xac /* on, low power, 4 g, taps */
#define RATE_DEFAULT 0x00    /* 12.5 Hz */

static const gint16 rest[3] = {0, 0, -WG_SENSOR_RAW_PER_G};

WgSensor *
wg_sensor_new(guint64 seed)
{
    WgSensor *self = g_new0(WgSensor, 1);
    wg_random_init(&self->random, seed, 0);
    wg_detector_init(&self->detector);
    self->period_ms = WG_SENSOR_PERIOD_MS;
    self->next_ms = WG_SENSOR_PERIOD_MS;
    self->power_save = TRUE;
    self->registers[REGISTER_CONTROL] = CONTROL_DEFAULT;
    self->registers[REGISTER_RATE] = RATE_DEFAULT;
    self->queue_period_ms = WG_SENSOR_PERIOD_MS;
    self->queue = g_array_new(FALSE, FALSE, 3 * sizeof(gint16));
    return self;
}

void
wg_sensor_free(WgSensor *self)
{
    g_array_unref(self->queue);
    g_free(self);
}

static const gint16 *
queued(const WgSensor *self, guint i)
{
    return (const gint16 *)(const void *)(self->queue->data + i * 3 * sizeof(gint16));
}

static int
get_range_g(const WgSensor *self)
{
    static const int ranges[4] = {2, 4, 8, 8};
    return ranges[self->registers[REGISTER_CONTROL] >> 3 & 3];
}

/* How long a measurement stays in the chip. OSA of ODCNTL: 0 is 12.5 Hz, each step twice as much up
 * to 1600 Hz at 7; 8 to 11 are 0.781 to 6.25 Hz. */
static double
get_measuring_ms(const WgSensor *self)
{
    const int rate = self->registers[REGISTER_RATE] & 15;
    return rate < 8 ? 80.0 / (1 << rate) : 80.0 * (1 << MAX(1, 12 - rate));
}

/* The acceleration now, 8192 per g; between two played samples along the line that joins them. */
static void
take_sample(WgSensor *self, double sample[3])
{
    const guint n = self->queue->len;
    if (!wg_sensor_is_playing(self)) {
        for (int axis = 0; axis < 3; axis++)
            sample[axis] =
                rest[axis] + (int)wg_random_below(&self->random, 2 * NOISE_RAW + 1) - NOISE_RAW;
        return;
    }
    const guint i = (guint)self->position;
    const double part = self->position - i;
    const guint after = MIN(i + 1, n - 1);
    for (int axis = 0; axis < 3; axis++)
        sample[axis] = queued(self, i)[axis] * (1 - part) + queued(self, after)[axis] * part;
    self->position += self->period_ms / self->queue_period_ms;
    if (self->position >= n) {
        g_array_set_size(self->queue, 0);
        self->position = 0;
    }
}

static void
note_stillness(WgSensor *self, gboolean has_listener)
{
    self->still_ms = self->difference_g > STILL_G ? 0 : self->still_ms + self->period_ms;
    if (!self->power_save)
        return;
    const gboolean slow =
        self->still_ms >= POWER_SAVE_AFTER_MS && !has_listener && !wg_sensor_is_playing(self);
    self->period_ms = slow ? WG_SENSOR_SLOW_PERIOD_MS : WG_SENSOR_PERIOD_MS;
}

int
wg_sensor_read(WgSensor *self, gboolean has_listener)
{
    double sample[3];
    take_sample(self, sample);
    self->age_ms += self->period_ms;
    self->is_new = self->age_ms > get_measuring_ms(self) * 0.99 || !self->has_last;
    if (!self->is_new)
        return 0;
    self->age_ms = 0;
    double difference = 0, magnitude = 0;
    for (int axis = 0; axis < 3; axis++) {
        /* full scale is +-32768 whatever the range, and the firmware always divides by 8192 */
        const double scaled = sample[axis] * 4 / get_range_g(self);
        const gint16 raw = (gint16)CLAMP(lrint(scaled), G_MININT16, G_MAXINT16);
        const double change = raw - self->raw[axis];
        difference += change * change;
        magnitude += (double)raw * raw;
        self->raw[axis] = raw;
    }
    self->difference_g = self->has_last ? sqrt(difference) / WG_SENSOR_RAW_PER_G : 0;
    self->magnitude_g = sqrt(magnitude) / WG_SENSOR_RAW_PER_G;
    self->has_last = TRUE;
    note_stillness(self, has_listener);
    return wg_detector_feed(&self->detector, self->raw, self->gesture);
}

void
wg_sensor_play(WgSensor *self, const gint16 *samples, int n, double period_ms)
{
    /* paces are whole numbers of ms or the watch's own: nothing was computed */
    if (period_ms != self->queue_period_ms) {
        g_array_set_size(self->queue, 0);
        self->position = 0;
    }
    self->queue_period_ms = period_ms;
    g_array_append_vals(self->queue, samples, (guint)n);
    if (self->power_save) {
        self->period_ms = WG_SENSOR_PERIOD_MS;
        self->still_ms = 0;
    }
}

void
wg_sensor_stop(WgSensor *self)
{
    g_array_set_size(self->queue, 0);
    self->position = 0;
}

gboolean
wg_sensor_is_playing(const WgSensor *self)
{
    return self->queue->len > 0;
}

void
wg_sensor_get_end(const WgSensor *self, gint16 raw[3])
{
    const gint16 *end = self->queue->len ? queued(self, self->queue->len - 1) : rest;
    for (int axis = 0; axis < 3; axis++)
        raw[axis] = end[axis];
}

gboolean
wg_sensor_set_period(WgSensor *self, double period_ms)
{
    if (!(period_ms >= 10 && period_ms <= 4000))
        return FALSE;
    self->period_ms = period_ms;
    self->power_save = FALSE;
    return TRUE;
}

void
wg_sensor_write_register(WgSensor *self, int address, int value)
{
    if (address < 0 || address >= WG_SENSOR_N_REGISTERS)
        return;
    if (address == REGISTER_RATE && (self->registers[REGISTER_CONTROL] & CONTROL_POWER))
        return;
    self->registers[address] = (guint8)value;
}

int
wg_sensor_read_register(const WgSensor *self, int address)
{
    return address >= 0 && address < WG_SENSOR_N_REGISTERS ? self->registers[address] : 0;
}
