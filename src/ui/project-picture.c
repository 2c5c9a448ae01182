/* The picture of a project file: a few takes of its first gestures, as the window draws them. */
#include "ui/project-picture.h"

#include "dataset/recording.h"
#include "dataset/window.h"
#include "ui/charts/axes.h"

#include <math.h>

typedef struct {
    const char *label;
    GPtrArray *takes; /* at most WG_PICTURE_TAKES, not owned */
} Row;

static void
clear_row(gpointer row)
{
    g_ptr_array_unref(((Row *)row)->takes);
}

static Row *
find_row(GArray *rows, const char *label)
{
    for (guint i = 0; i < rows->len; i++) {
        Row *row = &g_array_index(rows, Row, i);

        if (g_str_equal(row->label, label))
            return row;
    }
    return NULL;
}

static GArray *
sort_into_rows(GPtrArray *takes)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));

    g_array_set_clear_func(rows, clear_row);
    for (guint i = 0; i < takes->len; i++) {
        WgRecording *take = g_ptr_array_index(takes, i);
        const char *label = wg_recording_get_facts(take)->label;
        Row *row = find_row(rows, label);

        if (!row && rows->len < WG_PICTURE_GESTURES) {
            const Row new_row = {label, g_ptr_array_new()};

            g_array_append_val(rows, new_row);
            row = find_row(rows, label);
        }
        if (row && row->takes->len < WG_PICTURE_TAKES)
            g_ptr_array_add(row->takes, take);
    }
    return rows;
}

/* One scale for a gesture, as in its grid. */
static double
find_range(const Row *row)
{
    double range_g = 1;

    for (guint i = 0; i < row->takes->len; i++)
        range_g = MAX(range_g, wg_recording_get_peak_g(g_ptr_array_index(row->takes, i)));
    return isfinite(range_g) ? range_g : 1;
}

/* Where a longer recording goes on is left out. */
static void
draw_take(cairo_t *cr, const WgTheme *theme, WgRecording *take, const WgAxesFrame *frame)
{
    const WgRecordingSpec *spec = wg_recording_get_facts(take);
    const int n = MIN(spec->n_samples, WG_WINDOW_LENGTH);
    g_autofree float *samples = g_new(float, (gsize)spec->n_samples *(gsize)spec->n_channels + 1);

    wg_recording_copy_samples(take, samples);
    cairo_save(cr);
    cairo_rectangle(cr, frame->x, frame->y, frame->width, frame->height);
    cairo_clip(cr);
    wg_axes_draw_ground(frame, cr, theme, FALSE);
    wg_axes_draw_lines(frame, cr, theme, samples, n, spec->n_channels, 0, n - 1,
                       MAX(1.0, frame->width / 55), 1);
    cairo_restore(cr);
}

static void
draw_row(cairo_t *cr, const WgTheme *theme, const Row *row, int index, double x, double y,
         double width, double height)
{
    const double bar = MAX(2.0, width / 28), gap = bar;
    const double range_g = find_range(row) * 1.05;
    const double tile = (width - bar - gap * WG_PICTURE_TAKES) / WG_PICTURE_TAKES;
    GdkRGBA colour;

    wg_theme_gesture_colour(index, &colour);
    gdk_cairo_set_source_rgba(cr, &colour);
    wg_theme_round(cr, x, y + gap / 2, bar, height - gap, bar / 2);
    cairo_fill(cr);
    for (guint i = 0; i < row->takes->len; i++) {
        const WgAxesFrame frame = {x + bar + gap + i * (tile + gap), y + gap / 2, tile,
                                   height - gap, range_g};

        draw_take(cr, theme, g_ptr_array_index(row->takes, i), &frame);
    }
}

cairo_surface_t *
wg_project_picture_new(GPtrArray *takes, int size)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, size, size);
    g_autoptr(GArray) rows = sort_into_rows(takes);
    const double margin = size / 16.0, inside = size - 2 * margin;
    cairo_t *cr = cairo_create(surface);
    GdkRGBA border;
    WgTheme theme;

    wg_theme_read_plain(&theme);
    wg_theme_round(cr, 0.5, 0.5, size - 1, size - 1, margin);
    gdk_cairo_set_source_rgba(cr, &theme.background);
    cairo_fill_preserve(cr);
    wg_theme_mix(&theme.background, &theme.foreground, 0.3, &border);
    gdk_cairo_set_source_rgba(cr, &border);
    cairo_set_line_width(cr, 1);
    cairo_stroke(cr);
    for (guint i = 0; i < rows->len; i++)
        draw_row(cr, &theme, &g_array_index(rows, Row, i), (int)i, margin,
                 margin + inside * i / rows->len, inside, inside / rows->len);
    cairo_destroy(cr);
    return surface;
}
