/* Finds which column of a board's lines is what. */
#include "device/number-layout.h"

#include <math.h>
#include <string.h>

/* The unit of a time is not a matter of doubt: the next one is a thousand times as long. */
#define MAX_MISMATCH 30.0
/* Lines that arrive together say nothing about how fast time runs. */
#define MIN_ARRIVAL_S 0.05

static const char *
get_name(const WgLayoutLines *lines, int column)
{
    const char *name = lines->cells[0][column].name;
    return !*name && lines->n_names ? lines->names[column].name : name;
}

static gboolean
is_among(const char *name, const char *const *names)
{
    return g_strv_contains(names, name);
}

static int
find_named(const WgLayoutLines *lines, const char *const *names)
{
    for (int i = 0; i < lines->n_cells; i++)
        if (is_among(get_name(lines, i), names))
            return i;
    return -1;
}

static gboolean
find_named_axes(const WgLayoutLines *lines, int axes[3])
{
    static const char *const names[3][11] = {
        {"ax", "accx", "acc_x", "acc.x", "accel_x", "accelx", "accel.x", "a_x", "x_acc", "x", NULL},
        {"ay", "accy", "acc_y", "acc.y", "accel_y", "accely", "accel.y", "a_y", "y_acc", "y", NULL},
        {"az", "accz", "acc_z", "acc.z", "accel_z", "accelz", "accel.z", "a_z", "z_acc", "z", NULL},
    };
    for (int i = 0; i < 3; i++) {
        axes[i] = find_named(lines, names[i]);
        if (axes[i] < 0)
            return FALSE;
    }
    return TRUE;
}

/* It grows from each line to the next. */
static gboolean
is_growing(const WgLayoutLines *lines, int column)
{
    for (int i = 1; i < lines->n_lines; i++)
        if (!(lines->cells[i][column].value > lines->cells[i - 1][column].value))
            return FALSE;
    return lines->n_lines > 1;
}

/* A named time may stand still between two samples that were printed in one go. */
static gboolean
runs(const WgLayoutLines *lines, int column)
{
    const int last = lines->n_lines - 1;
    for (int i = 1; i <= last; i++)
        if (lines->cells[i][column].value < lines->cells[i - 1][column].value)
            return FALSE;
    return lines->cells[last][column].value > lines->cells[0][column].value;
}

static gboolean
counts_by_one(const WgLayoutLines *lines, int column)
{
    int n_ones = 0;
    for (int i = 1; i < lines->n_lines; i++) {
        const double step = lines->cells[i][column].value - lines->cells[i - 1][column].value;
        if (step < 1 || step != floor(step)) /* whole numbers as printed: exact */
            return FALSE;
        n_ones += step < 2;
    }
    return 2 * n_ones > lines->n_lines; /* some may be missing */
}

/* s for one in that column; 0: it is not the time. */
static double
find_time_unit(const WgLayoutLines *lines, int column)
{
    static const char *const ms[] = {"ms", "millis", "t_ms", "time_ms", "timestamp_ms", NULL};
    static const char *const us[] = {"us", "micros", "t_us", "time_us", "timestamp_us", NULL};
    static const char *const s[] = {"s", "sec", "seconds", "t_s", "time_s", NULL};
    static const double units_s[] = {1, 1e-3, 1e-6, 1e-9};
    const int last = lines->n_lines - 1;
    const double arrival_s = (double)(lines->arrivals_us[last] - lines->arrivals_us[0]) / 1e6;
    const double span = lines->cells[last][column].value - lines->cells[0][column].value;
    const char *name = get_name(lines, column);
    double best_s = 0, best = MAX_MISMATCH;
    if (!runs(lines, column))
        return 0;
    if (is_among(name, ms))
        return 1e-3;
    if (is_among(name, us))
        return 1e-6;
    if (is_among(name, s))
        return 1;
    /* lines of a buffer come at once: what most boards print is milliseconds (Arduino's millis())
     */
    if (arrival_s < MIN_ARRIVAL_S)
        return span == floor(span) ? 1e-3 : 1;
    for (gsize i = 0; i < G_N_ELEMENTS(units_s); i++) {
        const double ratio = span * units_s[i] / arrival_s;
        const double mismatch = MAX(ratio, 1 / ratio);
        if (mismatch < best) {
            best = mismatch;
            best_s = units_s[i];
        }
    }
    return best_s;
}

static void
find_named_clock(const WgLayoutLines *lines, WgNumberLayout *layout)
{
    static const char *const times[] = {
        "t",   "time",    "timestamp", "ms",      "millis",  "us",           "micros",
        "s",   "t_ms",    "t_us",      "time_ms", "time_us", "timestamp_ms", "timestamp_us",
        "sec", "seconds", "t_s",       "time_s",  NULL};
    static const char *const counters[] = {"n",     "i",      "count", "counter",
                                           "index", "sample", "seq",   NULL};
    const int time = find_named(lines, times), counter = find_named(lines, counters);
    if (time >= 0 && (layout->time_unit_s = find_time_unit(lines, time)) > 0)
        layout->time = time;
    if (counter >= 0 && counts_by_one(lines, counter))
        layout->counter = counter;
}

/* Counting by one in step with a time of one unit a line cannot be told from that time: where the
 * arrivals fit it is the time. */
static void
judge_growing(const WgLayoutLines *lines, int column, WgNumberLayout *layout)
{
    const int last = lines->n_lines - 1;
    const double arrival_s = (double)(lines->arrivals_us[last] - lines->arrivals_us[0]) / 1e6;
    const double unit_s = find_time_unit(lines, column);
    const double span_s =
        (lines->cells[last][column].value - lines->cells[0][column].value) * unit_s;
    const gboolean fits =
        arrival_s >= MIN_ARRIVAL_S && span_s > arrival_s / 2 && span_s < arrival_s * 2;
    if (counts_by_one(lines, column) && layout->counter < 0 && !fits) {
        layout->counter = column;
    } else if (unit_s > 0 && layout->time < 0) {
        layout->time = column;
        layout->time_unit_s = unit_s;
    }
}

gboolean
wg_number_layout_find(const WgLayoutLines *lines, WgNumberLayout *layout)
{
    int first = 0;
    *layout = (WgNumberLayout){.time = -1, .counter = -1};
    if (find_named_axes(lines, layout->axes)) {
        find_named_clock(lines, layout);
        /* "1234 x:0.1 y:0.2 z:0.9": what stands before the names has none */
        for (int i = 0; i < lines->n_cells && !*get_name(lines, i) && is_growing(lines, i); i++)
            judge_growing(lines, i, layout);
        return TRUE;
    }
    while (first < 2 && lines->n_cells - first > 3 && is_growing(lines, first)) {
        judge_growing(lines, first, layout);
        first++;
    }
    if (lines->n_cells - first < 3)
        return FALSE;
    for (int i = 0; i < 3; i++)
        layout->axes[i] = first + i;
    return TRUE;
}
