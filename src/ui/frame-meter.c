/* Measures how long the window's frames take, as its frame clock has them. */
#include "ui/frame-meter.h"

#include "ui/meter.h"

static void
on_before(GdkFrameClock *clock, gpointer meter)
{
    wg_meter_begin(meter);
}

static void
on_after(GdkFrameClock *clock, gpointer meter)
{
    wg_meter_end(meter, 0, -1);
}

static void
on_realize(GtkWidget *window, gpointer meter)
{
    GdkFrameClock *clock = gtk_widget_get_frame_clock(window);

    g_signal_connect(clock, "before-paint", G_CALLBACK(on_before), meter);
    g_signal_connect_after(clock, "after-paint", G_CALLBACK(on_after), meter);
}

static void
on_unrealize(GtkWidget *window, gpointer meter)
{
    g_signal_handlers_disconnect_by_data(gtk_widget_get_frame_clock(window), meter);
}

static void
meter_free(gpointer meter, GClosure *closure)
{
    wg_meter_free(meter);
}

void
wg_frame_meter_start(GtkWidget *window)
{
    WgMeter *meter = wg_meter_new("WAGGLE_FRAMES");

    if (!meter)
        return;
    g_signal_connect(window, "realize", G_CALLBACK(on_realize), meter);
    g_signal_connect_data(window, "unrealize", G_CALLBACK(on_unrealize), meter, meter_free, 0);
}
