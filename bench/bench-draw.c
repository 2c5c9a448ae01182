/* Lets the live plot run in a large window and prints how long its frames take, as the frame clock
 * has them; for bench/draw. */
#include "base/random.h"
#include "ui/charts/trace.h"
#include "ui/meter.h"

#include <math.h>
#include <stdlib.h>

#define WIDTH 1920
#define HEIGHT 1080
#define RATE_HZ 100
#define VIEW_S 10

typedef struct {
    GtkWidget *window;
    WgTrace *trace;
    /* gint64; by the clock, and until the display has done its part too */
    GArray *frames_us, *shown_us;
    GArray *own_us; /* processor time of this thread in them */
    gint64 start_us, begin_us, begin_own_us;
    int n, n_channels;
    double seconds;
    WgRandom random;
} Bench;

static void
add_sample(Bench *bench)
{
    const double t = (double)bench->n / RATE_HZ;
    float values[WG_TRACE_CHANNELS];

    for (int channel = 0; channel < WG_TRACE_CHANNELS; channel++)
        values[channel] = (float)(sin(t * (2 + channel)) + 0.1 * wg_random_normal(&bench->random)) *
                          (channel < 3 ? 1.2F : 250);
    wg_trace_add_sample(bench->trace, bench->n++, values);
}

/* As a watch sends: as many as the time has brought. */
static gboolean
on_time(gpointer user_data)
{
    Bench *bench = user_data;
    const double elapsed = (double)(g_get_monotonic_time() - bench->start_us) / G_USEC_PER_SEC;

    while (bench->n < (VIEW_S + elapsed) * RATE_HZ)
        add_sample(bench);
    if (elapsed < bench->seconds)
        return G_SOURCE_CONTINUE;
    gtk_main_quit();
    return G_SOURCE_REMOVE;
}

static void
on_before(GdkFrameClock *clock, gpointer user_data)
{
    ((Bench *)user_data)->begin_us = g_get_monotonic_time();
    ((Bench *)user_data)->begin_own_us = wg_meter_get_own_us();
}

static void
on_after(GdkFrameClock *clock, gpointer user_data)
{
    Bench *bench = user_data;
    const gint64 frame_us = g_get_monotonic_time() - bench->begin_us;
    const gint64 own_us = wg_meter_get_own_us() - bench->begin_own_us;
    gint64 shown_us;

    gdk_display_sync(gtk_widget_get_display(bench->window));
    shown_us = g_get_monotonic_time() - bench->begin_us;
    if (bench->begin_us - bench->start_us < G_USEC_PER_SEC)
        return; /* the first second draws all */
    g_array_append_val(bench->frames_us, frame_us);
    g_array_append_val(bench->own_us, own_us);
    g_array_append_val(bench->shown_us, shown_us);
}

static int
compare(gconstpointer a, gconstpointer b)
{
    const gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;

    return (one > other) - (one < other);
}

static double
get_ms(GArray *sorted_us, double share)
{
    return (double)g_array_index(sorted_us, gint64, (guint)((sorted_us->len - 1) * share)) / 1000;
}

int
main(int argc, char **argv)
{
    Bench bench = {.n_channels = WG_TRACE_CHANNELS, .seconds = argc > 1 ? atof(argv[1]) : 20};
    GdkFrameClock *clock;

    gtk_init(NULL, NULL);
    wg_random_init(&bench.random, 1, 0);
    bench.frames_us = g_array_new(FALSE, FALSE, sizeof(gint64));
    bench.own_us = g_array_new(FALSE, FALSE, sizeof(gint64));
    bench.shown_us = g_array_new(FALSE, FALSE, sizeof(gint64));
    bench.window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    gtk_window_set_default_size(GTK_WINDOW(bench.window), WIDTH, HEIGHT);
    gtk_window_set_decorated(GTK_WINDOW(bench.window), FALSE);
    bench.trace = g_object_new(WG_TYPE_TRACE, "visible", TRUE, NULL);
    wg_trace_set_stream(bench.trace, bench.n_channels, RATE_HZ, VIEW_S);
    gtk_container_add(GTK_CONTAINER(bench.window), GTK_WIDGET(bench.trace));
    gtk_widget_show(bench.window);
    while (bench.n < VIEW_S * RATE_HZ)
        add_sample(&bench);
    clock = gtk_widget_get_frame_clock(bench.window);
    g_signal_connect(clock, "before-paint", G_CALLBACK(on_before), &bench);
    g_signal_connect_after(clock, "after-paint", G_CALLBACK(on_after), &bench);
    bench.start_us = g_get_monotonic_time();
    g_timeout_add(1000 / RATE_HZ, on_time, &bench);
    gtk_main();
    if (bench.frames_us->len == 0)
        return EXIT_FAILURE;
    g_array_sort(bench.frames_us, compare);
    g_array_sort(bench.shown_us, compare);
    g_array_sort(bench.own_us, compare);
    g_print("frames %u median_ms %.3f p99_ms %.3f worst_ms %.3f shown_median_ms %.3f "
            "shown_worst_ms %.3f own_median_ms %.3f own_worst_ms %.3f width %d height %d\n",
            bench.frames_us->len, get_ms(bench.frames_us, 0.5), get_ms(bench.frames_us, 0.99),
            get_ms(bench.frames_us, 1), get_ms(bench.shown_us, 0.5), get_ms(bench.shown_us, 1),
            get_ms(bench.own_us, 0.5), get_ms(bench.own_us, 1),
            gtk_widget_get_allocated_width(GTK_WIDGET(bench.trace)),
            gtk_widget_get_allocated_height(GTK_WIDGET(bench.trace)));
    g_array_unref(bench.frames_us);
    g_array_unref(bench.shown_us);
    g_array_unref(bench.own_us);
    gtk_widget_destroy(bench.window);
    return EXIT_SUCCESS;
}
