/* A board that simply prints numbers, as a stream of samples. */
#include "device/number-lines.h"

#include "dataset/scale.h"
#include "device/arrival-pace.h"
#include "device/number-layout.h"
#include "device/rate-fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES 512 /* a longer line is none of numbers */
#define MIN_LINES 8    /* that the columns are learnt from, if they came over */
#define MIN_LEARNING_US 250000
#define SCALE_SAMPLES 128    /* that the unit is judged by; a first guess by */
#define MIN_SCALE_SAMPLES 16 /* so many */
#define MIN_FIT 32           /* samples after which a period that is too long is told as a gap */
#define GAP_PERIODS 1.6      /* jitter makes no gap */
#define MAX_MISSING 100000   /* that a damaged number may make up */
#define MAX_SILENT 10000000
#define LATE_S 10.0 /* longer no sample waits on its way */
#define JUMP_S 0.25 /* and five periods: longer than a board that counts is busy elsewhere */
#define JUMP_PERIODS 5.0
#define MEASURE_EVERY 32 /* samples, after which it is asked anew how long a period is */
#define MIN_ARRIVALS 8
#define WRAP 4294967296.0    /* where Arduino's millis() and micros() begin at 0 again */
#define MAX_WRAP_STEP_S 10.0 /* more is a board that began anew */
/* A sensor's zero and scale are this near, soldered and without calibration (the MPU-6050's data
 * sheet: 50 to 80 mg an axis and 3 %; others are better). */
#define UNIT_SHARE 0.2

/* Lines since the newest sample that are none. */
typedef struct {
    int n_damaged; /* that were meant as one */
    int n_doubts;  /* that may be anything */
} Between;

/* A sample of which is not known yet what is missing before it. */
typedef struct {
    WgNumberSample sample;
    int n_missing;
} Waiting;

struct _WgNumberLines {
    WgNumberFunc func;
    gpointer user_data;
    char line[LINE_BYTES];
    gsize n_line;
    gboolean is_too_long;
    WgLayoutLines learning;
    Between learning_between[WG_LAYOUT_LINES];
    Between between;
    WgNumberLayout layout;
    gboolean is_known;
    int n_cells;
    gint64 n, number; /* lines that were samples; number of the last that was told, -1: none */
    double last_counter, last_time_s, last_clock;
    double first_arrival_s, last_arrival_s, longest_s; /* the longest time between two */
    double start_s, offset_s; /* of the clock; what was added since the board began anew */
    WgArrivalPace pace;
    GArray *waiting; /* Waiting */
    WgRateFit fit;
    double rate_hz;  /* of the fit, of late */
    gint64 unfitted; /* samples and s of silences, of which the fit knows nothing */
    double unfitted_s, fitted_s;
    float scale_samples[SCALE_SAMPLES * 3];
    int n_scale;
    double units_per_g;
    WgNumberUnit unit;
};

WgNumberLines *
wg_number_lines_new(WgNumberFunc func, gpointer user_data)
{
    WgNumberLines *self = g_new0(WgNumberLines, 1);
    self->func = func;
    self->user_data = user_data;
    self->number = -1;
    self->waiting = g_array_new(FALSE, FALSE, sizeof(Waiting));
    wg_rate_fit_init(&self->fit);
    return self;
}

static int
count_by_counter(WgNumberLines *self, const WgLineCell *cells)
{
    const double counter = cells[self->layout.counter].value;
    const double n_missing = counter - self->last_counter - 1;
    self->last_counter = counter;
    return self->n > 0 && n_missing > 0 && n_missing < MAX_MISSING ? (int)n_missing : 0;
}

/* Where the board stamps its samples, a step of several periods is samples that did not arrive, or
 * were not measured: of those a board that counts does not know. */
static int
count_by_time(const WgNumberLines *self, double time_s, double arrival_s, int n_counted)
{
    const double heard = (arrival_s - self->last_arrival_s + LATE_S) * self->rate_hz;
    const double most = CLAMP(heard, MAX_MISSING, MAX_SILENT);
    const double step_s = time_s - self->last_time_s;
    const double periods = self->n > MIN_FIT ? step_s * self->rate_hz : 0;
    const double more = periods - n_counted - 1;
    if (!(periods > GAP_PERIODS && periods < most))
        return n_counted;
    if (self->layout.counter >= 0 && more < MAX(JUMP_PERIODS, JUMP_S * self->rate_hz))
        return n_counted;
    return MAX(n_counted, (int)lrint(periods) - 1);
}

/* Seconds since the first sample, and how many are missing before it. It goes on where the board's
 * own clock began anew, behind a gap as long as nothing was heard of it. */
static double
take_clock(WgNumberLines *self, double clock, double arrival_s, int n_counted, int *n_missing)
{
    const double unit_s = self->layout.time_unit_s;
    const double wrapped_s = (clock + WRAP - self->last_clock) * unit_s;
    if (self->n == 0)
        self->start_s = clock * unit_s;
    else if (clock < self->last_clock && self->last_clock < WRAP && wrapped_s > 0 &&
             wrapped_s < MAX_WRAP_STEP_S)
        self->offset_s += WRAP * unit_s;
    self->last_clock = clock;
    double time_s = clock * unit_s - self->start_s + self->offset_s;
    *n_missing = self->n > 0 ? count_by_time(self, time_s, arrival_s, n_counted) : 0;
    if (self->n > 0 && time_s < self->last_time_s) {
        const double periods = (arrival_s - self->last_arrival_s) * self->rate_hz;
        *n_missing = (int)CLAMP(rint(periods) - 1, 0, MAX_SILENT);
        self->offset_s += self->last_time_s - time_s;
        if (self->rate_hz > 0)
            self->offset_s += (*n_missing + 1) / self->rate_hz;
        time_s = clock * unit_s - self->start_s + self->offset_s;
    }
    return time_s;
}

static void
tell(WgNumberLines *self, WgNumberSample *sample, int n_missing)
{
    self->number += 1 + n_missing;
    sample->number = self->number;
    self->fitted_s = MAX(self->fitted_s, sample->time_s - self->unfitted_s);
    wg_rate_fit_add(&self->fit, self->number - self->unfitted, self->fitted_s);
    self->func(sample, self->user_data);
}

static void
tell_waiting(WgNumberLines *self, const WgArrivalGap *gap)
{
    int n_more = gap->n_missing;
    self->unfitted += gap->n_missing;
    self->unfitted_s += gap->silence_s;
    for (guint i = 0; i < self->waiting->len; i++) {
        Waiting *waiting = &g_array_index(self->waiting, Waiting, i);
        tell(self, &waiting->sample, waiting->n_missing + n_more);
        n_more = 0;
    }
    g_array_set_size(self->waiting, 0);
}

/* Where the board tells no time: what came late waits until it is known whether some are missing.
 */
static void
tell_by_arrival(WgNumberLines *self, const Waiting *newest, double arrival_s, int n_doubts)
{
    WgArrivalGap gap;
    if (wg_arrival_pace_break(&self->pace, arrival_s, &gap))
        tell_waiting(self, &gap);
    g_array_append_val(self->waiting, *newest);
    if (wg_arrival_pace_take(&self->pace, arrival_s, newest->n_missing, n_doubts, &gap))
        tell_waiting(self, &gap);
}

/* Arrivals are a measurement once they came many times: a buffer's lines come at once. */
static void
measure(WgNumberLines *self, double arrival_s)
{
    if (self->n == 0)
        self->first_arrival_s = self->last_arrival_s = arrival_s;
    self->longest_s = MAX(self->longest_s, arrival_s - self->last_arrival_s);
    self->last_arrival_s = arrival_s;
    if (++self->n % MEASURE_EVERY != 0)
        return;
    self->rate_hz = wg_rate_fit_get_hz(&self->fit);
    if (self->rate_hz > 0 && (self->pace.period_s > 0 ||
                              arrival_s - self->first_arrival_s >= MIN_ARRIVALS * self->longest_s))
        wg_arrival_pace_set_period(&self->pace, 1 / self->rate_hz);
}

static void
take_sample(WgNumberLines *self, const WgLineCell *cells, gint64 arrival_us, Between between)
{
    const WgNumberLayout *layout = &self->layout;
    const double arrival_s = (double)arrival_us / 1e6;
    const gboolean is_counted = layout->counter >= 0;
    Waiting newest = {.n_missing = is_counted ? count_by_counter(self, cells) : 0};
    for (int i = 0; i < 3; i++)
        newest.sample.values[i] = (float)cells[layout->axes[i]].value;
    if (self->n_scale < SCALE_SAMPLES)
        memcpy(self->scale_samples + 3 * (gsize)self->n_scale++, newest.sample.values,
               sizeof newest.sample.values);
    if (layout->time >= 0) {
        /* until the rate is known the clock tells of none */
        if (!is_counted && self->n > 0 && self->n <= MIN_FIT)
            newest.n_missing = between.n_damaged;
        newest.sample.time_s = take_clock(self, cells[layout->time].value, arrival_s,
                                          newest.n_missing, &newest.n_missing);
        tell(self, &newest.sample, newest.n_missing);
    } else {
        if (self->n == 0)
            self->start_s = arrival_s;
        else if (!is_counted)
            newest.n_missing = between.n_damaged;
        newest.sample.time_s = arrival_s - self->start_s;
        tell_by_arrival(self, &newest, arrival_s, is_counted ? 0 : between.n_doubts);
    }
    self->last_time_s = newest.sample.time_s;
    measure(self, arrival_s);
}

static void
learn(WgNumberLines *self, const WgLineCell *cells, int n_cells, gint64 arrival_us, Between between)
{
    WgLayoutLines *learning = &self->learning;
    if (n_cells != learning->n_cells) { /* it begins with these */
        if (learning->n_names != n_cells)
            learning->n_names = 0;
        learning->n_lines = 0;
        learning->n_cells = n_cells;
    }
    memcpy(learning->cells[learning->n_lines], cells, sizeof learning->cells[0]);
    self->learning_between[learning->n_lines] = between;
    learning->arrivals_us[learning->n_lines++] = arrival_us;
    if (learning->n_lines < WG_LAYOUT_LINES &&
        (learning->n_lines < MIN_LINES || arrival_us - learning->arrivals_us[0] < MIN_LEARNING_US))
        return;
    self->is_known = wg_number_layout_find(learning, &self->layout);
    self->n_cells = n_cells;
    for (int i = 0; self->is_known && i < learning->n_lines; i++)
        take_sample(self, learning->cells[i], learning->arrivals_us[i], self->learning_between[i]);
    learning->n_lines = 0;
}

static void
take_line(WgNumberLines *self, gint64 arrival_us)
{
    WgLineCell cells[WG_LINE_CELLS];
    const int n_cells = wg_number_line_parse(self->line, self->n_line, cells);
    const int n_usual = self->is_known ? self->n_cells : self->learning.n_cells;
    const Between between = self->between;
    if (n_cells >= 3 && (!self->is_known || n_cells == self->n_cells)) {
        self->between = (Between){0, 0};
        if (self->is_known)
            take_sample(self, cells, arrival_us, between);
        else
            learn(self, cells, n_cells, arrival_us, between);
        return;
    }
    if (n_cells == 0 && !self->is_known)
        self->learning.n_names =
            wg_number_line_parse_header(self->line, self->n_line, self->learning.names);
    if (n_usual > 0 && wg_number_line_is_damaged(self->line, self->n_line, n_usual))
        self->between.n_damaged = MIN(between.n_damaged + 1, MAX_MISSING);
    else
        self->between.n_doubts = MIN(between.n_doubts + 1, MAX_MISSING);
}

void
wg_number_lines_feed(WgNumberLines *self, gconstpointer bytes, gsize n, gint64 arrival_us)
{
    const char *text = bytes;
    for (gsize i = 0; i < n; i++) {
        if (text[i] == '\n' || text[i] == '\r') {
            if (self->n_line > 0 && !self->is_too_long)
                take_line(self, arrival_us);
            self->n_line = 0;
            self->is_too_long = FALSE;
        } else if (self->n_line == LINE_BYTES) {
            self->is_too_long = TRUE;
        } else {
            self->line[self->n_line++] = text[i];
        }
    }
}

gboolean
wg_number_lines_is_known(const WgNumberLines *self)
{
    return self->is_known;
}

gint64
wg_number_lines_get_n(const WgNumberLines *self)
{
    return self->n;
}

gboolean
wg_number_lines_has_time(const WgNumberLines *self)
{
    return self->is_known && self->layout.time >= 0;
}

double
wg_number_lines_get_rate_hz(const WgNumberLines *self)
{
    return wg_rate_fit_get_hz(&self->fit);
}

static int
compare_doubles(const void *a, const void *b)
{
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double
find_median_magnitude(const WgNumberLines *self)
{
    double magnitudes[SCALE_SAMPLES];
    for (int i = 0; i < self->n_scale; i++) {
        const float *v = self->scale_samples + 3 * (gsize)i;
        magnitudes[i] = sqrt((double)v[0] * v[0] + (double)v[1] * v[1] + (double)v[2] * v[2]);
    }
    qsort(magnitudes, (size_t)self->n_scale, sizeof *magnitudes, compare_doubles);
    return magnitudes[self->n_scale / 2];
}

double
wg_number_lines_get_units_per_g(WgNumberLines *self)
{
    if (self->units_per_g > 0 || self->n_scale < MIN_SCALE_SAMPLES)
        return self->units_per_g;
    const WgRecordingSpec spec = {.label = "",
                                  .rate_hz = 1,
                                  .n_samples = self->n_scale,
                                  .n_channels = 3,
                                  .samples = self->scale_samples,
                                  .original = self->scale_samples};
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_ptr_array_add(takes, wg_recording_new(&spec));
    const double resting = wg_scale_resting_magnitude(takes);
    if (resting > 0) {
        const double usual = wg_scale_judge(resting, FALSE);
        self->unit = fabs(usual / resting - 1) <= UNIT_SHARE ? WG_UNIT_USUAL : WG_UNIT_MEASURED;
        self->units_per_g = self->unit == WG_UNIT_USUAL ? usual : resting;
    } else if (self->n_scale == SCALE_SAMPLES) { /* it has been shaken all the time */
        self->unit = WG_UNIT_GUESSED;
        self->units_per_g = wg_scale_judge(find_median_magnitude(self), FALSE);
    }
    return self->units_per_g;
}

WgNumberUnit
wg_number_lines_get_unit(const WgNumberLines *self)
{
    return self->unit;
}

void
wg_number_lines_free(WgNumberLines *self)
{
    g_array_unref(self->waiting);
    g_free(self);
}
