/* Charts: their values, their pictures, the live plot's short cut, and the contrast of their text.
 */
#include "base/random.h"
#include "ui/charts/chart-private.h"
#include "ui/charts/lines.h"
#include "ui/charts/thumbnail.h"
#include "ui/charts/trace.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define RATE_HZ 100

static GtkWidget *
show(gpointer chart, int width, int height)
{
    GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL);

    gtk_widget_set_size_request(chart, width, height);
    gtk_container_add(GTK_CONTAINER(window), chart);
    gtk_widget_show_all(window);
    while (gtk_events_pending())
        gtk_main_iteration();
    return window;
}

static void
add_samples(WgTrace *trace, WgRandom *random, int first, int n)
{
    for (int i = first; i < first + n; i++) {
        float values[WG_TRACE_CHANNELS];

        for (int channel = 0; channel < WG_TRACE_CHANNELS; channel++)
            values[channel] = (float)sin(i * 0.05 * (channel + 1)) * (channel < 3 ? 1.5F : 300) +
                              0.05F * wg_random_normal(random);
        wg_trace_add_sample(trace, i, values);
    }
}

static WgTrace *
new_trace(int n_channels)
{
    WgTrace *trace = g_object_new(WG_TYPE_TRACE, "visible", TRUE, NULL);

    wg_trace_set_stream(trace, n_channels, RATE_HZ, 4);
    return trace;
}

static WgLines *
new_lines(void)
{
    const WgLinePoint points[] = {{1, 0.5, 0.1}, {2, 0.75, 0}, {4, 0.875, 0.05}};
    WgLines *lines = g_object_new(WG_TYPE_LINES, "visible", TRUE, NULL);

    wg_lines_clear(lines, "takes", "nothing");
    wg_lines_add(lines, "with, comma and \"marks\"", points, 3, FALSE);
    return lines;
}

static WgRecording *
new_take(void)
{
    const float samples[] = {0, 0.25F, -1, 0.5F, -0.125F, 1};

    return wg_recording_new_packed(&(WgRecordingSpec){.id = 1,
                                                      .label = "up",
                                                      .rate_hz = 12.5,
                                                      .n_samples = 2,
                                                      .n_channels = 3,
                                                      .samples = samples,
                                                      .original_units_per_g = 64},
                                   "");
}

static void
test_values(void)
{
    g_autoptr(WgRecording) take = new_take();
    WgTrace *trace = g_object_ref_sink(new_trace(3));
    WgLines *lines = g_object_ref_sink(new_lines());
    GtkWidget *thumbnail = g_object_ref_sink(wg_thumbnail_new(take, NULL));
    g_autofree char *of_trace = NULL, *of_lines = wg_chart_dup_values(WG_CHART(lines));
    g_autofree char *of_take = wg_chart_dup_values(WG_CHART(thumbnail));

    g_assert_cmpstr(of_take, ==, "seconds,x,y,z\n0,0,0.25,-1\n0.08,0.5,-0.125,1\n");
    g_assert_cmpstr(of_lines, ==,
                    "line,x,y,spread\n\"with, comma and \"\"marks\"\"\",1,0.5,0.1\n"
                    "\"with, comma and \"\"marks\"\"\",2,0.75,0\n"
                    "\"with, comma and \"\"marks\"\"\",4,0.875,0.05\n");
    wg_trace_add(trace, 0, 0.5, -0.25, 1);
    wg_trace_add(trace, 1, 0, 0, 1);
    of_trace = wg_chart_dup_values(WG_CHART(trace));
    g_assert_cmpstr(of_trace, ==, "seconds,x,y,z\n-0.01,0.5,-0.25,1\n0,0,0,1\n");
    g_object_unref(trace);
    g_object_unref(lines);
    gtk_widget_destroy(thumbnail);
    g_object_unref(thumbnail);
}

/* A moving take that is turned so fast; as a picture of 120 x 60. */
static cairo_surface_t *
draw_turned(const WgTheme *theme, float turning_dps)
{
    const float samples[] = {0, 0, 1, turning_dps, 0, 0, 0.5F, 0, 1, turning_dps, 0, 0};
    g_autoptr(WgRecording) take = wg_recording_new_packed(&(WgRecordingSpec){.id = 1,
                                                                             .label = "turn",
                                                                             .rate_hz = 50,
                                                                             .n_samples = 2,
                                                                             .n_channels = 6,
                                                                             .samples = samples},
                                                          "");
    cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 120, 60);
    cairo_t *cr = cairo_create(picture);

    wg_thumbnail_draw(cr, theme, take, 2, 2, 120, 60);
    cairo_destroy(cr);
    cairo_surface_flush(picture);
    return picture;
}

static void
test_thumbnail_shows_turning(void)
{
    WgTheme theme;
    cairo_surface_t *still, *turned;

    wg_theme_read_plain(&theme);
    still = draw_turned(&theme, 0);
    turned = draw_turned(&theme, 400);
    g_assert_cmpint(memcmp(cairo_image_surface_get_data(still),
                           cairo_image_surface_get_data(turned), 120 * 60 * 4),
                    !=, 0);
    /* acceleration above is as it was */
    g_assert_cmpmem(cairo_image_surface_get_data(still), 120 * 28 * 4,
                    cairo_image_surface_get_data(turned), 120 * 28 * 4);
    cairo_surface_destroy(still);
    cairo_surface_destroy(turned);
}

static void
press(GtkWidget *chart, guint keyval)
{
    GdkEvent *event = gdk_event_new(GDK_KEY_PRESS);

    event->key.keyval = keyval;
    event->key.window = g_object_ref(gtk_widget_get_window(chart));
    gtk_widget_event(chart, event);
    gdk_event_free(event);
}

static void
assert_told(GtkWidget *chart, const char *text)
{
    g_assert_cmpstr(atk_object_get_description(gtk_widget_get_accessible(chart)), ==, text);
}

/* Row after row, and back to the summary. */
static void
test_reading(void)
{
    GtkWidget *lines = GTK_WIDGET(new_lines());
    GtkWidget *window = show(lines, 400, 200);
    g_autofree char *summary =
        g_strdup(atk_object_get_description(gtk_widget_get_accessible(lines)));

    press(lines, GDK_KEY_Home);
    assert_told(lines, "line with, comma and \"marks\", x 1, y 0.5, spread 0.1");
    press(lines, GDK_KEY_Right);
    press(lines, GDK_KEY_Right);
    press(lines, GDK_KEY_Right); /* no further than there is */
    assert_told(lines, "line with, comma and \"marks\", x 4, y 0.875, spread 0.05");
    press(lines, GDK_KEY_Left);
    assert_told(lines, "line with, comma and \"marks\", x 2, y 0.75, spread 0");
    press(lines, GDK_KEY_End);
    assert_told(lines, "line with, comma and \"marks\", x 4, y 0.875, spread 0.05");
    press(lines, GDK_KEY_Escape);
    assert_told(lines, summary);
    gtk_widget_destroy(window);
}

static void
test_pictures(void)
{
    WgRandom random;
    WgTrace *trace = new_trace(6);
    GtkWidget *window = show(trace, 600, 300);
    g_autofree char *folder = g_dir_make_tmp("waggle-charts-XXXXXX", NULL);
    static const char *const names[] = {"a.svg", "a.png"};
    static const char *const begins[] = {"<?xml", "\x89PNG"};
    g_autoptr(GError) error = NULL;

    wg_random_init(&random, 1, 0);
    add_samples(trace, &random, 0, 300);
    for (int i = 0; i < 2; i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL), *content = NULL;

        g_assert_true(wg_chart_save(WG_CHART(trace), path, &error));
        g_assert_no_error(error);
        g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
        g_assert_true(g_str_has_prefix(content, begins[i]));
        if (i == 0) /* lines, not a picture of them */
            g_assert_nonnull(strstr(content, "<path"));
        g_unlink(path);
    }
    g_rmdir(folder);
    g_assert_false(wg_chart_save(WG_CHART(trace), "/nowhere/at/all.svg", &error));
    g_assert_nonnull(error);
    gtk_widget_destroy(window);
}

static void
on_told(GSimpleAction *action, GVariant *parameter, gpointer told)
{
    *(char **)told = g_variant_dup_string(parameter, NULL);
}

/* Where the window has words for it; else in the log. */
static void
test_failure(void)
{
    GtkWidget *window = g_object_new(GTK_TYPE_APPLICATION_WINDOW, NULL);
    GtkWidget *lines = GTK_WIDGET(new_lines());
    g_autoptr(GSimpleAction) action =
        g_simple_action_new(WG_CHART_TELL_FAILURE, G_VARIANT_TYPE_STRING);
    g_autoptr(GError) error = NULL;
    g_autofree char *told = NULL;

    gtk_container_add(GTK_CONTAINER(window), lines);
    g_signal_connect(action, "activate", G_CALLBACK(on_told), &told);
    g_action_map_add_action(G_ACTION_MAP(window), G_ACTION(action));
    g_assert_false(wg_chart_save(WG_CHART(lines), "/nowhere/at/all.png", &error));
    wg_chart_tell_failure(WG_CHART(lines), error);
    g_assert_nonnull(told);
    g_assert_nonnull(strstr(told, "/nowhere/at/all.png"));
    gtk_widget_destroy(window);
}

static cairo_surface_t *
draw_now(WgTrace *trace, int width, int height)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    cairo_t *cr = cairo_create(surface);

    gtk_widget_draw(GTK_WIDGET(trace), cr);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return surface;
}

/* Bytes of the pictures that differ by more than anti-aliasing does. */
static int
count_differences(cairo_surface_t *one, cairo_surface_t *other)
{
    const int n = cairo_image_surface_get_stride(one) * cairo_image_surface_get_height(one);
    const guchar *a = cairo_image_surface_get_data(one), *b = cairo_image_surface_get_data(other);
    int n_different = 0;

    for (int i = 0; i < n; i++)
        n_different += abs(a[i] - b[i]) > 2; /* a dash's end is a rounding away */
    return n_different;
}

/* However the samples came, and though the plot has run on by a tenth of its width, the picture is
 * the one that is drawn of all of them at once. */
static void
test_strip(void)
{
    static const int pieces[] = {1, 1, 7, 1, 30, 2, 199, 1, 190, 3, 1, 1, 1};

    for (int n_channels = 3; n_channels <= 6; n_channels += 3) {
        WgTrace *piecewise = new_trace(n_channels), *at_once = new_trace(n_channels);
        GtkWidget *window = show(piecewise, 613, 240), *other = show(at_once, 613, 240);
        cairo_surface_t *one, *two;
        WgRandom random, again;
        int n = 0;

        wg_random_init(&random, 1, 0);
        wg_random_init(&again, 1, 0);
        for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
            add_samples(piecewise, &random, n, pieces[i]);
            n += pieces[i];
            one = draw_now(piecewise, 613, 240);
            if (i + 1 < G_N_ELEMENTS(pieces))
                cairo_surface_destroy(one);
        }
        add_samples(at_once, &again, 0, n);
        two = draw_now(at_once, 613, 240);
        g_test_message("%d bytes of %d differ", count_differences(one, two), 613 * 240 * 4);
        g_assert_cmpint(count_differences(one, two), ==, 0);
        cairo_surface_destroy(one);
        cairo_surface_destroy(two);
        gtk_widget_destroy(window);
        gtk_widget_destroy(other);
    }
}

static void
assert_readable(const char *theme_name, const char *what, const GdkRGBA *text, const WgTheme *theme)
{
    const double on_list = wg_theme_contrast(text, &theme->background);
    const double on_window = wg_theme_contrast(text, &theme->ground);

    if (on_list < 4.5 || on_window < 4.5)
        g_error("%s: %s has a contrast of %.2f on lists and %.2f on the window", theme_name, what,
                on_list, on_window);
}

static void
test_contrast(void)
{
    static const struct {
        const char *name;
        gboolean is_dark;
    } themes[] = {{"Adwaita", FALSE},
                  {"Adwaita", TRUE},
                  {"HighContrast", FALSE},
                  {"HighContrastInverse", FALSE}};
    GtkSettings *settings = gtk_settings_get_default();
    GtkWidget *window = show(new_lines(), 300, 200);

    for (gsize i = 0; i < G_N_ELEMENTS(themes); i++) {
        WgTheme theme;

        g_object_set(settings, "gtk-theme-name", themes[i].name,
                     "gtk-application-prefer-dark-theme", themes[i].is_dark, NULL);
        while (gtk_events_pending())
            gtk_main_iteration();
        wg_theme_read(&theme, gtk_bin_get_child(GTK_BIN(window)));
        g_assert_true(theme.is_dark == (i % 2 == 1)); /* it did change */
        assert_readable(themes[i].name, "text", &theme.foreground, &theme);
        assert_readable(themes[i].name, "dim text", &theme.dim, &theme);
        for (int axis = 0; axis < 3; axis++)
            assert_readable(themes[i].name, "an axis' name", &theme.axis_text[axis], &theme);
        for (int gesture = 0; gesture < WG_N_GESTURE_COLOURS; gesture++) {
            GdkRGBA colour;

            wg_theme_gesture_colour(gesture, &colour);
            wg_theme_readable(&theme, &colour, &colour);
            assert_readable(themes[i].name, "a gesture's name", &colour, &theme);
        }
    }
    g_object_set(settings, "gtk-theme-name", "Adwaita", "gtk-application-prefer-dark-theme", FALSE,
                 NULL);
    gtk_widget_destroy(window);
}

static void
test_contrast_ratio(void)
{
    const GdkRGBA black = {0, 0, 0, 1}, white = {1, 1, 1, 1};
    GdkRGBA grey;

    g_assert_cmpfloat_with_epsilon(wg_theme_contrast(&black, &white), 21, 1e-9);
    gdk_rgba_parse(&grey, "#767676"); /* the lightest grey that WCAG's authors give for white */
    g_assert_cmpfloat_with_epsilon(wg_theme_contrast(&grey, &white), 4.54, 0.005);
}

int
main(int argc, char **argv)
{
    g_unsetenv("GTK_THEME"); /* the test chooses */
    gtk_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/charts/values-are-a-table", test_values);
    g_test_add_func("/ui/charts/a-small-picture-shows-turning-too", test_thumbnail_shows_turning);
    g_test_add_func("/ui/charts/arrow-keys-read-the-values", test_reading);
    g_test_add_func("/ui/charts/are-saved-as-lines-and-as-pixels", test_pictures);
    g_test_add_func("/ui/charts/a-failure-is-told-in-the-window", test_failure);
    g_test_add_func("/ui/charts/what-runs-on-is-as-drawn-at-once", test_strip);
    g_test_add_func("/ui/charts/contrast-is-as-defined", test_contrast_ratio);
    g_test_add_func("/ui/charts/text-is-readable-in-every-theme", test_contrast);
    return g_test_run();
}
