/* A board that simply prints numbers, as a stream of samples. */
#include "device/number-lines.h"

#include "dataset/scale.h"
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
#define MAX_MISSING 100000
/* A sensor's zero and scale are this near, soldered and without calibration (the MPU-6050's data
 * sheet: 50 to 80 mg an axis and 3 %; others are better). */
#define UNIT_SHARE 0.2

struct _WgNumberLines {
    WgNumberFunc func;
    gpointer user_data;
    char line[LINE_BYTES];
    gsize n_line;
    gboolean is_too_long;
    WgLayoutLines learning;
    WgNumberLayout layout;
    gboolean is_known;
    int n_cells;
    gint64 n, number;
    double last_counter, last_time_s;
    double start_s, offset_s; /* of the clock; what was added since the board began anew */
    WgRateFit fit;
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

/* Where the board stamps its samples, a step of several periods is samples that did not arrive. */
static int
count_by_time(WgNumberLines *self, double time_s)
{
    const double rate_hz = self->n > MIN_FIT ? wg_rate_fit_get_hz(&self->fit) : 0;
    const double periods = (time_s - self->last_time_s) * rate_hz;
    return periods > GAP_PERIODS && periods < MAX_MISSING ? (int)lrint(periods) - 1 : 0;
}

/* Seconds since the first sample; goes on where the board's own clock began anew. */
static double
tell_time(WgNumberLines *self, const WgLineCell *cells, gint64 arrival_us)
{
    const double clock_s = self->layout.time >= 0
                               ? cells[self->layout.time].value * self->layout.time_unit_s
                               : (double)arrival_us / 1e6;
    if (self->n == 0)
        self->start_s = clock_s;
    double time_s = clock_s - self->start_s + self->offset_s;
    if (time_s < self->last_time_s) {
        const double rate_hz = wg_rate_fit_get_hz(&self->fit);
        self->offset_s += self->last_time_s - time_s + (rate_hz > 0 ? 1 / rate_hz : 0);
        time_s = clock_s - self->start_s + self->offset_s;
    }
    return time_s;
}

static void
take_sample(WgNumberLines *self, const WgLineCell *cells, gint64 arrival_us)
{
    const double time_s = tell_time(self, cells, arrival_us);
    int n_missing = 0;
    if (self->layout.counter >= 0)
        n_missing = count_by_counter(self, cells);
    else if (self->layout.time >= 0)
        n_missing = count_by_time(self, time_s);
    self->number = self->n == 0 ? 0 : self->number + 1 + n_missing;
    WgNumberSample sample = {.number = self->number, .time_s = time_s};
    for (int i = 0; i < 3; i++)
        sample.values[i] = (float)cells[self->layout.axes[i]].value;
    self->last_time_s = time_s;
    self->n++;
    wg_rate_fit_add(&self->fit, self->number, time_s);
    if (self->n_scale < SCALE_SAMPLES)
        memcpy(self->scale_samples + 3 * (gsize)self->n_scale++, sample.values,
               sizeof sample.values);
    self->func(&sample, self->user_data);
}

static void
learn(WgNumberLines *self, const WgLineCell *cells, int n_cells, gint64 arrival_us)
{
    WgLayoutLines *learning = &self->learning;
    if (n_cells != learning->n_cells) { /* it begins with these */
        if (learning->n_names != n_cells)
            learning->n_names = 0;
        learning->n_lines = 0;
        learning->n_cells = n_cells;
    }
    memcpy(learning->cells[learning->n_lines], cells, sizeof learning->cells[0]);
    learning->arrivals_us[learning->n_lines++] = arrival_us;
    if (learning->n_lines < WG_LAYOUT_LINES &&
        (learning->n_lines < MIN_LINES || arrival_us - learning->arrivals_us[0] < MIN_LEARNING_US))
        return;
    self->is_known = wg_number_layout_find(learning, &self->layout);
    self->n_cells = n_cells;
    for (int i = 0; self->is_known && i < learning->n_lines; i++)
        take_sample(self, learning->cells[i], learning->arrivals_us[i]);
    learning->n_lines = 0;
}

static void
take_line(WgNumberLines *self, gint64 arrival_us)
{
    WgLineCell cells[WG_LINE_CELLS];
    const int n_cells = wg_number_line_parse(self->line, self->n_line, cells);
    if (n_cells >= 3 && self->is_known && n_cells == self->n_cells)
        take_sample(self, cells, arrival_us);
    else if (n_cells >= 3 && !self->is_known)
        learn(self, cells, n_cells, arrival_us);
    else if (n_cells == 0 && !self->is_known)
        self->learning.n_names =
            wg_number_line_parse_header(self->line, self->n_line, self->learning.names);
    /* a line that is damaged or cut is a gap where the board counts or tells the time */
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
    g_free(self);
}
