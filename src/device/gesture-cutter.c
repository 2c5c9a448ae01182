/* Cuts gestures out of a stream of any rate as a watch's detector does. */
#include "device/gesture-cutter.h"

#include "dataset/detector.h"

#include <math.h>

#define DETECTOR_HZ 12.5
#define RAW_PER_G                                                                                  \
    8192.0 /* that the detector is fed with; it ends at 4 g, as the watch's sensor                 \
            */
#define WHOLE_SHARE 0.04
#define N_STARTS 64  /* steps that are remembered: more than a gesture has */
#define N_SETTLING 8 /* steps after which a detector that was just made has forgotten its zeros */
#define EPSILON 1e-9 /* of a sample: rounding of their sums */

typedef struct {
    gint64 number;
    float g[3];
    gboolean is_clipped;
} Sample;

struct _WgGestureCutter {
    WgDetector detector;
    double step;          /* samples a step has */
    double place, end;    /* in samples: until where the stream was taken; where this step ends */
    double begin, sum[3]; /* of this step */
    double last[3];
    gboolean has_begun;
    gint64 next, n_steps;
    gint64 starts[N_STARTS]; /* first sample of each of the last steps */
    GArray *kept;            /* Sample: those of the steps that are remembered */
    GArray *samples, *gaps;  /* of the newest gesture */
    WgCut cut;
};

WgGestureCutter *
wg_gesture_cutter_new(double rate_hz)
{
    WgGestureCutter *self = g_new0(WgGestureCutter, 1);
    wg_gesture_cutter_set_rate(self, rate_hz);
    self->kept = g_array_new(FALSE, FALSE, sizeof(Sample));
    self->samples = g_array_new(FALSE, FALSE, sizeof(float));
    self->gaps = g_array_new(FALSE, FALSE, sizeof(WgGap));
    return self;
}

void
wg_gesture_cutter_set_rate(WgGestureCutter *self, double rate_hz)
{
    const double step = rate_hz / DETECTOR_HZ;
    const double whole = MAX(1, rint(step));
    self->step = fabs(step - whole) <= WHOLE_SHARE * step ? whole : step;
}

static int
feed_step(WgGestureCutter *self, const double g[3])
{
    gint16 raw[3];
    for (int axis = 0; axis < 3; axis++)
        raw[axis] = (gint16)CLAMP(lrint(g[axis] * RAW_PER_G), G_MININT16, G_MAXINT16);
    return wg_detector_feed(&self->detector, raw, self->cut.history);
}

static void
begin_step(WgGestureCutter *self, double place)
{
    self->begin = self->place = place;
    self->end = place + self->step;
    self->starts[self->n_steps % N_STARTS] = (gint64)ceil(place - EPSILON);
    for (int axis = 0; axis < 3; axis++)
        self->sum[axis] = 0;
}

/* From what it is told now, as if it had been so for a while: nothing before it is a movement. */
static void
begin_stream(WgGestureCutter *self, gint64 number, const double g[3])
{
    wg_detector_init(&self->detector);
    for (int i = 0; i < N_SETTLING; i++)
        feed_step(self, g);
    g_array_set_size(self->kept, 0);
    self->n_steps = 0;
    self->next = number;
    self->has_begun = TRUE;
    begin_step(self, (double)number);
}

/* The gesture's last step is the one before the newest (detector.h). */
static void
collect(WgGestureCutter *self, int n)
{
    const gint64 newest = self->n_steps;
    const gint64 first_step = MAX(0, newest - n);
    const gint64 first = self->starts[first_step % N_STARTS];
    const gint64 end = self->starts[newest % N_STARTS];
    gint64 next = first;
    g_array_set_size(self->samples, 0);
    g_array_set_size(self->gaps, 0);
    self->cut.n_clipped = 0;
    for (guint i = 0; i < self->kept->len; i++) {
        const Sample *sample = &g_array_index(self->kept, Sample, i);
        if (sample->number < first || sample->number >= end)
            continue;
        if (sample->number > next) {
            const WgGap gap = {(int)self->samples->len / 3, (int)(sample->number - next)};
            g_array_append_val(self->gaps, gap);
        }
        g_array_append_vals(self->samples, sample->g, 3);
        self->cut.n_clipped += sample->is_clipped;
        next = sample->number + 1;
    }
    self->cut.n_steps = n;
    self->cut.n_samples = (int)self->samples->len / 3;
    self->cut.samples = (const float *)(gpointer)self->samples->data;
    self->cut.n_gaps = (int)self->gaps->len;
    self->cut.gaps = (const WgGap *)(gpointer)self->gaps->data;
}

/* Samples of steps that no gesture can reach any more go. */
static void
forget(WgGestureCutter *self)
{
    const gint64 oldest = MAX(0, self->n_steps - WG_GESTURE_MAX_STEPS - 1);
    const gint64 first = self->starts[oldest % N_STARTS];
    guint n = 0;
    while (n < self->kept->len && g_array_index(self->kept, Sample, n).number < first)
        n++;
    if (n > 0)
        g_array_remove_range(self->kept, 0, n);
}

static gboolean
end_step(WgGestureCutter *self)
{
    double mean[3];
    for (int axis = 0; axis < 3; axis++)
        mean[axis] = self->sum[axis] / (self->end - self->begin);
    const int n = feed_step(self, mean);
    if (n > 0)
        collect(self, n);
    self->n_steps++;
    begin_step(self, self->end);
    forget(self);
    return n > 0 && self->cut.n_samples > 0;
}

/* The stream is at `g` until `place`. */
static gboolean
stay(WgGestureCutter *self, const double g[3], double place)
{
    gboolean is_cut = FALSE;
    while (self->place < place - EPSILON) {
        const double until = MIN(place, self->end);
        for (int axis = 0; axis < 3; axis++)
            self->sum[axis] += g[axis] * (until - self->place);
        self->place = until;
        if (until >= self->end - EPSILON)
            is_cut |= end_step(self);
    }
    return is_cut;
}

const WgCut *
wg_gesture_cutter_add(WgGestureCutter *self, gint64 number, const double g[3], gboolean is_clipped)
{
    const Sample sample = {number, {(float)g[0], (float)g[1], (float)g[2]}, is_clipped};
    gboolean is_cut = FALSE;
    /* over so long nothing is a gesture */
    if (!self->has_begun || (double)(number - self->next) > WG_GESTURE_MAX_STEPS * self->step)
        begin_stream(self, number, g);
    if (number > self->next)
        is_cut = stay(self, self->last, (double)number);
    g_array_append_val(self->kept, sample);
    is_cut |= stay(self, g, (double)number + 1);
    self->next = number + 1;
    for (int axis = 0; axis < 3; axis++)
        self->last[axis] = g[axis];
    return is_cut ? &self->cut : NULL;
}

void
wg_gesture_cutter_free(WgGestureCutter *self)
{
    g_array_unref(self->kept);
    g_array_unref(self->samples);
    g_array_unref(self->gaps);
    g_free(self);
}
