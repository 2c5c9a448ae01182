/* How recordings become windows: rate, length, channels, where the event is, the step. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Channels of a window, in this order where several are wanted. */
typedef enum {
    WG_CHANNEL_X = 1 << 0, /* acceleration, in g */
    WG_CHANNEL_Y = 1 << 1,
    WG_CHANNEL_Z = 1 << 2,
    WG_CHANNEL_GX = 1 << 3, /* angular rate, in degrees per second */
    WG_CHANNEL_GY = 1 << 4,
    WG_CHANNEL_GZ = 1 << 5,
    WG_CHANNEL_MAGNITUDE = 1 << 6, /* of the acceleration, in g */
} WgChannel;

#define WG_CHANNELS_ACCELERATION (WG_CHANNEL_X | WG_CHANNEL_Y | WG_CHANNEL_Z)
#define WG_CHANNELS_ANGULAR_RATE (WG_CHANNEL_GX | WG_CHANNEL_GY | WG_CHANNEL_GZ)
#define WG_CHANNELS_MAX 7

/* Where a window of a longer recording lies. The event is the stretch of a quarter of the window
 * whose acceleration is furthest from the recording's mean, by the sum of squares. */
typedef enum {
    WG_EVENT_FIRST,  /* the recording's first samples: it was cut where its gesture begins */
    WG_EVENT_START,  /* the window starts with the event */
    WG_EVENT_CENTRE, /* the event is in its middle */
    WG_EVENT_END,    /* it ends with the event */
} WgEventPosition;

typedef struct {
    double rate_hz; /* WG_RATE_MIN_HZ .. WG_RATE_MAX_HZ */
    int length;     /* samples, WG_WINDOW_LENGTH_MIN .. WG_WINDOW_LENGTH_MAX */
    guint channels; /* of WgChannel */
    WgEventPosition event;
    int step;                  /* samples from one window of a continuous recording to the next */
    double range_g, range_dps; /* what 128 steps of int8 stand for */
    int shift;                 /* samples +- that training moves a take by; -1: as the preset */
    gboolean standardise;      /* the network scales each channel by the training windows' spread */
} WgWindowOptions;

#define WG_WINDOW_LENGTH_MIN 8
#define WG_WINDOW_LENGTH_MAX 2000

/* The watch's: 12.5 Hz, 50 samples, three axes, 64 steps a g. */
extern const WgWindowOptions wg_window_options_watch;

/* Errors: WG_ERROR_USAGE naming the option that is out of range. */
gboolean wg_window_options_check(const WgWindowOptions *self, GError **error);
int wg_window_options_get_n_channels(const WgWindowOptions *self);
gboolean wg_window_options_needs_gyroscope(const WgWindowOptions *self);
/* Whether a Bangle.js hands over such windows: rate, length, channels, event and range are its. */
gboolean wg_window_options_is_watch(const WgWindowOptions *self);
/* "119 samples of x, y, z at 119 Hz"; caller frees. */
char *wg_window_options_describe(const WgWindowOptions *self);

/* "x,y,z", also "acceleration" and "gyroscope" for three, "magnitude"; 0 with WG_ERROR_USAGE. */
guint wg_channels_parse(const char *text, GError **error);
char *wg_channels_to_text(guint channels); /* "x,y,z"; caller frees */
/* "first", "start", "centre" or "end"; WG_ERROR_USAGE otherwise. */
gboolean wg_event_position_parse(const char *text, WgEventPosition *event, GError **error);
const char *wg_event_position_to_text(WgEventPosition event);

G_END_DECLS
