/* Puts a long labelled stream together from takes, for those who have no long recording. */
#include "dataset/stream-synthesis.h"

#include "base/error.h"
#include "base/random.h"
#include "dataset/performance.h"
#include "dataset/resample.h"

#include <glib/gi18n.h>
#include <math.h>

#define PAUSE_MIN_SAMPLES 19  /* 1.5 s */
#define PAUSE_MORE_SAMPLES 57 /* to 6 s */
#define MOVEMENT_SHARE 3      /* a movement in each third pause */
#define NOISE_RAW 24          /* a resting sensor's, each axis, as the virtual watch has it */
/* A stirring hand: so many samples that wander by steps of up to 0.6 g from where it was. */
#define STIR_MIN_SAMPLES 8
#define STIR_MORE_SAMPLES 25
#define STIR_STEP_RAW 5000
/* What is longer is no take of one gesture, but a recording of its own. */
#define TAKE_MAX_S 30.0

typedef struct {
    GArray *raw; /* of gint16[3] */
    GArray *events;
    WgRandom random;
} Synthesis;

static gboolean
is_at_watch_rate(const WgRecordingSpec *spec)
{
    return fabs(spec->rate_hz - WG_STREAM_RATE_HZ) < 0.01;
}

static const gint16 *
get_end(const Synthesis *s)
{
    return (const gint16 *)(gconstpointer)s->raw->data + 3 * (gsize)(s->raw->len - 1);
}

static gint16
clamp_raw(int value)
{
    return (gint16)CLAMP(value, G_MININT16, G_MAXINT16);
}

/* A value of -most .. most. */
static int
draw(Synthesis *s, int most)
{
    return (int)wg_random_below(&s->random, 2 * (guint32)most + 1) - most;
}

static void
add_rest(Synthesis *s, int n)
{
    const gint16 *end = get_end(s);
    const gint16 at[3] = {end[0], end[1], end[2]};

    for (int i = 0; i < n; i++) {
        gint16 sample[3];

        for (int axis = 0; axis < 3; axis++)
            sample[axis] = clamp_raw(at[axis] + draw(s, NOISE_RAW));
        g_array_append_vals(s->raw, sample, 1);
    }
    g_array_append_vals(s->raw, at, 1);
}

static void
add_event(Synthesis *s, int start, int end, const char *label)
{
    const WgStreamEvent event = {MAX(0, start), end, g_strdup(label)};

    g_array_append_val(s->events, event);
}

/* The take as the watch would have held it. */
static WgTake *
make_take(const WgRecording *recording)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);
    g_autoptr(WgRecording) resampled = NULL;
    g_autofree float *samples = NULL;
    g_autofree gint8 *history = NULL;
    WgRecordingSpec watch = *spec;

    if (is_at_watch_rate(spec)) {
        history = wg_recording_dup_history(recording);
        return wg_take_new(spec->label, history, spec->n_samples);
    }
    samples = wg_resample(spec->samples, spec->n_samples, spec->n_channels, spec->rate_hz,
                          WG_STREAM_RATE_HZ, &watch.n_samples, NULL);
    watch.samples = samples;
    watch.original = NULL;
    resampled = wg_recording_new(&watch);
    history = wg_recording_dup_history(resampled);
    return wg_take_new(spec->label, history, watch.n_samples);
}

static void
add_take(Synthesis *s, const WgRecording *recording)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);
    g_autoptr(WgTake) take = make_take(recording);
    const gint16 *end = get_end(s);
    const gint16 from[3] = {end[0], end[1], end[2]};
    g_autoptr(GArray) raw = wg_performance_build(take, from, FALSE);
    int moved_to;

    g_array_append_vals(s->raw, raw->data, raw->len);
    moved_to = (int)s->raw->len - WG_PERFORMANCE_HOLD_SAMPLES;
    add_event(s, moved_to - take->n_samples, moved_to, spec->label);
}

static void
add_stir(Synthesis *s)
{
    const int start = (int)s->raw->len;
    const int n = STIR_MIN_SAMPLES + (int)wg_random_below(&s->random, STIR_MORE_SAMPLES);
    const gint16 *end = get_end(s);
    const gint16 home[3] = {end[0], end[1], end[2]};

    for (int i = 0; i < n; i++) {
        const gint16 *at = get_end(s);
        gint16 sample[3];

        /* it wanders, and is drawn back home */
        for (int axis = 0; axis < 3; axis++)
            sample[axis] =
                clamp_raw(home[axis] + (at[axis] - home[axis]) / 2 + draw(s, STIR_STEP_RAW));
        g_array_append_vals(s->raw, sample, 1);
    }
    add_event(s, start, (int)s->raw->len, WG_SYNTHESIS_MOVEMENT);
}

static void
lower_hand(Synthesis *s)
{
    const gint16 *end = get_end(s);
    const gint16 from[3] = {end[0], end[1], end[2]};
    g_autoptr(GArray) raw = wg_performance_build_rest(from);

    g_array_append_vals(s->raw, raw->data, raw->len);
}

static int
draw_pause(Synthesis *s)
{
    return PAUSE_MIN_SAMPLES + (int)wg_random_below(&s->random, PAUSE_MORE_SAMPLES);
}

static void
add_pause(Synthesis *s, GPtrArray *others)
{
    if (wg_random_below(&s->random, 2) == 0)
        lower_hand(s);
    add_rest(s, draw_pause(s));
    if (wg_random_below(&s->random, MOVEMENT_SHARE) > 0)
        return;
    if (others->len > 0)
        add_take(s, g_ptr_array_index(others, wg_random_below(&s->random, others->len)));
    else
        add_stir(s);
    add_rest(s, draw_pause(s));
}

static GPtrArray *
choose_performable(GPtrArray *takes)
{
    GPtrArray *chosen = g_ptr_array_new();

    for (guint i = 0; takes && i < takes->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(takes, i));

        if (spec->n_samples > 0 && spec->rate_hz > 0 &&
            spec->n_samples / spec->rate_hz < TAKE_MAX_S)
            g_ptr_array_add(chosen, g_ptr_array_index(takes, i));
    }
    return chosen;
}

static WgStream *
finish(Synthesis *s)
{
    const int n = (int)s->raw->len;
    const gint16 *raw = (const gint16 *)(gconstpointer)s->raw->data;
    float *samples = g_new(float, (gsize)n * 3);

    for (int i = 0; i < n * 3; i++)
        samples[i] = (float)raw[i] / WG_STREAM_RAW_PER_G;
    return wg_stream_new(WG_STREAM_RATE_HZ, n, samples, g_array_ref(s->events));
}

/* Every take once, in an order of its own; stops where the stream is long enough. */
static gboolean
add_round(Synthesis *s, GPtrArray *takes, GPtrArray *others, int n_wanted, WgProgress *progress,
          GCancellable *cancellable, GError **error)
{
    g_autofree int *order = g_new(int, takes->len);

    for (guint i = 0; i < takes->len; i++)
        order[i] = (int)i;
    wg_random_shuffle(&s->random, order, (int)takes->len);
    for (guint i = 0; i < takes->len && (n_wanted == 0 || (int)s->raw->len < n_wanted); i++) {
        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        wg_progress_tell(
            progress,
            n_wanted > 0 ? MIN(1, (double)s->raw->len / n_wanted) : (double)i / takes->len, NULL);
        add_pause(s, others);
        add_take(s, g_ptr_array_index(takes, (guint)order[i]));
    }
    return TRUE;
}

WgStream *
wg_stream_synthesise(GPtrArray *all_takes, GPtrArray *all_others, const WgSynthesisOptions *options,
                     WgProgress *progress, GCancellable *cancellable, GError **error)
{
    static const gint16 rest[3] = {0, 0, -WG_STREAM_RAW_PER_G};
    const int n_wanted = (int)(options->duration_s * WG_STREAM_RATE_HZ);
    g_autoptr(GPtrArray) takes = choose_performable(all_takes);
    g_autoptr(GPtrArray) others = choose_performable(all_others);
    g_autoptr(GArray) raw = g_array_new(FALSE, FALSE, 3 * sizeof(gint16));
    g_autoptr(GArray) events = wg_stream_events_new();
    Synthesis s = {.raw = raw, .events = events};

    if (takes->len == 0) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_MISSING,
            _("there are no takes of less than %g s to put a stream together from: give a long "
              "recording"),
            TAKE_MAX_S);
        return NULL;
    }
    wg_random_init(&s.random, options->seed, takes->len);
    g_array_append_vals(raw, rest, 1);
    do {
        if (!add_round(&s, takes, others, n_wanted, progress, cancellable, error))
            return NULL;
    } while ((int)raw->len < n_wanted);
    add_pause(&s, others);
    return finish(&s);
}
