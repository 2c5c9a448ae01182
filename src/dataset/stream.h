/* A stream: a long recording of ordinary life, and what was done in it when. */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

/* The watch polls its accelerometer every 80 ms; one g is 8192 raw. */
#define WG_STREAM_RATE_HZ 12.5
#define WG_STREAM_RAW_PER_G 8192

/* Something done from sample `start` up to, not with, sample `end`: a gesture, or what went on
 * meanwhile ("walking"). Events may overlap. */
typedef struct {
    int start, end;
    char *label;
} WgStreamEvent;

/* Frozen once made; may be read from any thread. */
typedef struct {
    double rate_hz;
    int n_samples;
    float *samples;    /* n_samples x 3, in g */
    GArray *events;    /* of WgStreamEvent, by their start */
    GArray *gaps;      /* of WgGap, by their sample; what is missing has no time here; NULL: none */
    double duration_s; /* n_samples / rate_hz */
    char *note;        /* what was taken for granted, sentences for the user, a line each; NULL:
                          nothing */
} WgStream;

/* What a file does not tell; 0: nothing is told. */
typedef struct {
    double rate_hz, units_per_g;
} WgStreamOptions;

/* Reads the forms of docs/stream-format.md: JSON, or CSV with a column of labels; `name` is what a
 * message calls the file. WG_ERROR_INPUT says in one sentence what is wrong where; any bytes are
 * safe. `content` ends with a zero byte beyond `length`. Any thread. */
WgStream *wg_stream_parse(const char *name, const char *content, gsize length,
                          const WgStreamOptions *options, GError **error);
/* The same from a file. */
WgStream *wg_stream_load(const char *path, const WgStreamOptions *options, GError **error);
/* A recording through which its gesture is done: one event from its first to its last sample. */
WgStream *wg_stream_new_from_recording(const WgRecording *recording);
/* Takes samples (n_samples x 3, in g) and events, whose order becomes that of their start. */
WgStream *wg_stream_new(double rate_hz, int n_samples, float *samples, GArray *events);
/* An array of events that frees their labels. */
GArray *wg_stream_events_new(void);
/* The same stream at another rate, its events where they were in time; what the slower rate cannot
 * hold is filtered out (dataset/resample.h, whose errors it gives). */
WgStream *wg_stream_resample(const WgStream *self, double rate_hz, GError **error);
void wg_stream_free(WgStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgStream, wg_stream_free)

/* One past the last sample from `first` on that no gap interrupts. */
int wg_stream_get_piece_end(const WgStream *self, int first);
/* Sample i as the watch's accelerometer gives it: 8192 per g, to the ends of its 16 bits. */
void wg_stream_get_raw(const WgStream *self, int i, gint16 raw[3]);
/* The JSON form in raw samples, which also a virtual watch performs. Caller frees. */
char *wg_stream_to_json(const WgStream *self);

G_END_DECLS
