/* The virtual accelerometer: at rest, or playing raw samples, with the watch's own detector. */
#pragma once

#include "base/random.h"
#include "dataset/detector.h"

G_BEGIN_DECLS

#define WG_SENSOR_PERIOD_MS 80.0       /* 12.5 Hz (jswrap_bangle.c, DEFAULT_ACCEL_POLL_INTERVAL) */
#define WG_SENSOR_SLOW_PERIOD_MS 800.0 /* POWER_SAVE_ACCEL_POLL_INTERVAL, after 60 s still */
#define WG_SENSOR_RAW_PER_G 8192
#define WG_SENSOR_N_REGISTERS 128

typedef struct {
    WgRandom random;
    WgDetector detector;
    gint16 raw[3]; /* as last read: 8192 per g, or half of it at +-8 g */
    double difference_g, magnitude_g;
    gboolean has_last, is_new; /* polled faster than it measures, there is nothing new */
    double period_ms, next_ms;
    double still_ms; /* how long nothing has moved */
    gboolean power_save;
    guint8 registers[WG_SENSOR_N_REGISTERS];
    double age_ms;          /* since the chip measured anew, at the rate of its registers */
    GArray *queue;          /* of gint16[3] at queue_period_ms, still to be played */
    double queue_period_ms; /* WG_SENSOR_PERIOD_MS unless a faster stream is played */
    double position;        /* in the queue */
    gint8 gesture[150];     /* of the last gesture, n x 3 */
} WgSensor;

WgSensor *wg_sensor_new(guint64 seed);
void wg_sensor_free(WgSensor *self);
/* Reads one sample, where there is a new one. Returns the length of the gesture that ended with it
 * (then in `gesture`), or 0. `has_listener`: something listens to the accelerometer, so no power
 * saving. */
int wg_sensor_read(WgSensor *self, gboolean has_listener);
/* Appends raw samples (8192 per g at +-4 g) that follow each other in so many ms to what is played;
 * a stream of another pace is begun anew. */
void wg_sensor_play(WgSensor *self, const gint16 *samples, int n, double period_ms);
/* What is being played is broken off: the watch rests. */
void wg_sensor_stop(WgSensor *self);
gboolean wg_sensor_is_playing(const WgSensor *self);
/* Where the hand is, or will be once all is played. */
void wg_sensor_get_end(const WgSensor *self, gint16 raw[3]);
/* 10..4000 ms; turns power saving off. FALSE when out of range. */
gboolean wg_sensor_set_period(WgSensor *self, double period_ms);
/* The KX023's registers, as far as they matter here: 0x18 (CNTL1) holds power in bit 7 and the
 * range in bits 3 and 4, 0x1B (ODCNTL) the rate in bits 0 to 3. A rate is taken on only while the
 * power bit is 0, as the data sheet asks. */
void wg_sensor_write_register(WgSensor *self, int address, int value);
int wg_sensor_read_register(const WgSensor *self, int address); /* 0: none such */

G_END_DECLS
