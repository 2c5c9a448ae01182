/* A recording: the frozen samples of one gesture or of a longer stretch, and where they came from.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define WG_TYPE_RECORDING (wg_recording_get_type())
/* Immutable and reference counted; may be read from any thread. */
typedef struct _WgRecording WgRecording;

/* A labelled stretch of a continuous recording. */
typedef struct {
    int first, n_samples;
    const char *label; /* never NULL or empty */
} WgLabelSpan;

/* Samples that were measured, or should have been, and are not there: so many are missing before
 * sample `first`. */
typedef struct {
    int first, n_missing;
} WgGap;

/* The arm that the watch was worn on. */
typedef enum { WG_WRIST_UNKNOWN, WG_WRIST_LEFT, WG_WRIST_RIGHT } WgWrist;

typedef struct {
    gint64 id;          /* in the project file; 0 when not stored */
    const char *label;  /* UTF-8, any characters; never NULL */
    const char *person; /* NULL: unknown */
    const char *device; /* NULL: unknown */
    const char *file;   /* where it was read from, NULL: recorded here */
    int line;           /* first line in that file, from 1; 0: none */
    double rate_hz;
    int n_samples;
    int n_channels;              /* 3: acceleration x, y, z; 6: and angular rate x, y, z */
    const float *samples;        /* n_samples x n_channels, in g (and degrees per second) */
    const float *original;       /* the same shape, as in the source; NULL: samples x units */
    double original_units_per_g; /* of the original values as believed at import */
    int n_clipped;               /* values at or beyond the ends of the watch's range */
    gboolean disabled;           /* kept, but takes no part */
    /* Of a continuous recording, whose own label is then only its name: in order of time, within
     * the samples, not overlapping. NULL and 0: the whole recording is its label. */
    const WgLabelSpan *spans;
    int n_spans;
    const WgGap *gaps; /* in order of time, at most one before each sample; NULL and 0: none */
    int n_gaps;
    const char *held_back; /* why a new take was disabled ("clipping", "gaps", "guest"); NULL: it
                            * was not */
    WgWrist wrist;
    /* Of a take that was trimmed: its samples are those from `trim_first` of the `n_whole` that
     * were recorded, and the digest is still that of all. 0 and 0: it is the whole recording. */
    int trim_first, n_whole;
    double start_s; /* of a window of a continuous recording: where in that it begins */
} WgRecordingSpec;

GType wg_recording_get_type(void);
/* `held_back` of a take that another person performed as a test: it never trains anything. */
#define WG_HELD_BACK_GUEST "guest"
/* Copies all that the spec points at. */
WgRecording *wg_recording_new(const WgRecordingSpec *spec);
/* The same in a fraction of the room, as long as nobody asks for the samples: for the thousands of
 * a project that a window shows a few of. `digest`: as wg_recording_get_digest had it. */
WgRecording *wg_recording_new_packed(const WgRecordingSpec *spec, const char *digest);
WgRecording *wg_recording_ref(WgRecording *self);
void wg_recording_unref(WgRecording *self);
/* All facts at once; pointers live as long as the recording. `samples` and `original` are set; a
 * packed one keeps them unpacked from then on. */
const WgRecordingSpec *wg_recording_get(const WgRecording *self);
/* The facts without the samples: `samples` and `original` may be NULL. For who looks at all takes
 * of a project: those of a session are packed. */
const WgRecordingSpec *wg_recording_get_facts(const WgRecording *self);
/* The largest acceleration along one axis, as an amount. */
float wg_recording_get_peak_g(const WgRecording *self);
/* n_samples x n_channels values, as `samples`, into the caller's room; keeps nothing unpacked. */
void wg_recording_copy_samples(const WgRecording *self, float *samples);
/* Hex SHA-1 over original values, channels and rate: two recordings with it are the same take. */
const char *wg_recording_get_digest(const WgRecording *self);
/* Samples that are missing in all. */
int wg_recording_get_n_missing(const WgRecording *self);
/* The samples from `first` (to the end, or up to the next gap) that no gap interrupts: one past the
 * last of them. */
int wg_recording_get_piece_end(const WgRecording *self, int first);
/* A recording of n of its samples from `first`, without spans and gaps. Transfer full. */
WgRecording *wg_recording_new_piece(const WgRecording *self, int first, int n);
/* A take of its own of n of its samples from `first`, with that label and the gaps within. Transfer
 * full. */
WgRecording *wg_recording_cut_out(const WgRecording *self, int first, int n, const char *label);
/* WG_ERROR_INPUT unless they are in order of time, labelled, and within n_samples without overlap.
 */
gboolean wg_label_spans_check(const WgLabelSpan *spans, int n, int n_samples, GError **error);
/* "left", "right", NULL: unknown, as it is stored and spoken on the command line. */
const char *wg_wrist_get_name(WgWrist wrist);
/* Unknown where the name is NULL or none of them. */
WgWrist wg_wrist_find(const char *name);
/* The longest stretch without a gap, itself where it has none. Transfer full. */
WgRecording *wg_recording_dup_longest_piece(WgRecording *self);
/* The watch's history form, round(g * 64) clipped to -128..127; n_samples x 3. Caller frees. */
gint8 *wg_recording_dup_history(const WgRecording *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgRecording, wg_recording_unref)

G_END_DECLS
