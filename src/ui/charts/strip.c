/* Lines that run to the left as samples come: what was drawn is moved, only what is new is drawn.
 */
#include "ui/charts/strip.h"

#include <math.h>

/* Pixels around a sample that its lines may touch: half their width, and a round corner. */
#define REACH 4

struct _WgStrip {
    cairo_surface_t *surface; /* a ring: column c of all is at c % n_columns */
    int n_columns, height;
    GdkWindow *window;
    WgTheme theme;
    WgStripForm form;
    double *lengths; /* of each line up to each sample, for its dashes; a ring as the samples */
    int n_ring;
    gint64 n; /* samples drawn */
    int n_drawn;
};

WgStrip *
wg_strip_new(void)
{
    return g_new0(WgStrip, 1);
}

static void
forget(WgStrip *self)
{
    g_clear_pointer(&self->surface, cairo_surface_destroy);
    g_clear_pointer(&self->lengths, g_free);
    self->n = 0;
}

void
wg_strip_free(WgStrip *self)
{
    forget(self);
    g_free(self);
}

static gboolean
is_same_band(const WgAxesFrame *one, const WgAxesFrame *other)
{
    return fabs(one->x - other->x) < 1e-9 && fabs(one->y - other->y) < 1e-9 &&
           fabs(one->width - other->width) < 1e-9 && fabs(one->height - other->height) < 1e-9 &&
           fabs(one->range_g - other->range_g) < 1e-9;
}

static gboolean
is_same_form(const WgStripForm *one, const WgStripForm *other)
{
    return one->n_channels == other->n_channels && one->n_shown == other->n_shown &&
           fabs(one->line_width - other->line_width) < 1e-9 &&
           is_same_band(&one->bands[0], &other->bands[0]) &&
           is_same_band(&one->bands[1], &other->bands[1]);
}

static double
get_step(const WgStrip *self)
{
    return self->form.bands[0].width / (self->form.n_shown - 1);
}

static gint64
get_column(const WgStrip *self, gint64 sample)
{
    return (gint64)floor((double)sample * get_step(self));
}

static int
get_n_bands(const WgStrip *self)
{
    return self->form.n_channels > 3 ? 2 : 1;
}

static void
begin_anew(WgStrip *self, GdkWindow *window, const WgTheme *theme, const WgStripForm *form,
           int n_ring)
{
    const WgAxesFrame *last;

    forget(self);
    self->form = *form;
    self->window = window;
    self->theme = *theme;
    self->n_ring = n_ring;
    last = &form->bands[get_n_bands(self) - 1];
    self->n_columns = (int)ceil(form->bands[0].width) + 2 * REACH;
    self->height = (int)ceil(last->y + last->height) + REACH;
    self->surface = gdk_window_create_similar_surface(window, CAIRO_CONTENT_COLOR, self->n_columns,
                                                      self->height);
    self->lengths = g_new0(double, (gsize)n_ring *(gsize)form->n_channels);
}

static double
get_y(const WgStrip *self, const float *ring, gint64 sample, int channel)
{
    return wg_axes_y(&self->form.bands[channel / 3],
                     ring[sample % self->n_ring * self->form.n_channels + channel]);
}

/* As cairo has places: in 256ths of a pixel (cairo-fixed-type-private.h, CAIRO_FIXED_FRAC_BITS 8).
 * Of other lengths the dashes would drift from those that it draws in one go. */
static double
to_grid(double pixels)
{
    return rint(pixels * 256) / 256;
}

static double
get_distance(const WgStrip *self, const float *ring, gint64 sample, int channel)
{
    const double step = get_step(self);

    return hypot(to_grid((double)sample * step) - to_grid((double)(sample - 1) * step),
                 to_grid(get_y(self, ring, sample, channel)) -
                     to_grid(get_y(self, ring, sample - 1, channel)));
}

static void
measure(WgStrip *self, const float *ring, gint64 first, gint64 end)
{
    const int n_channels = self->form.n_channels;

    for (gint64 i = first; i < end; i++) {
        for (int channel = 0; channel < n_channels; channel++) {
            double *length = &self->lengths[i % self->n_ring * n_channels + channel];
            const double before =
                i > 0 ? self->lengths[(i - 1) % self->n_ring * n_channels + channel] : 0;

            *length = i > first || self->n > 0 ? before + get_distance(self, ring, i, channel) : 0;
        }
    }
}

/* Columns first .. end - 1 of all, of which the ring's first is `base`. */
static void
draw_columns(WgStrip *self, cairo_t *cr, const float *ring, gint64 oldest, gint64 n, gint64 base,
             gint64 first, gint64 end)
{
    const double step = get_step(self);
    const gint64 from = MAX((gint64)floor((double)(first - REACH) / step) - 1, oldest);
    const gint64 to = MIN((gint64)ceil((double)(end + REACH) / step) + 1, n);

    cairo_save(cr);
    cairo_rectangle(cr, (double)(first - base), 0, (double)(end - first), self->height);
    cairo_clip(cr);
    gdk_cairo_set_source_rgba(cr, &self->theme.ground); /* what covers all is copied, not blended */
    cairo_paint(cr);
    for (int band = 0; band < get_n_bands(self); band++) {
        WgAxesFrame frame = self->form.bands[band];

        frame.x = (double)(first - base);
        frame.width = (double)(end - first);
        wg_axes_draw_levels(&frame, cr, &self->theme);
    }
    for (int channel = 0; channel < self->form.n_channels && from < to; channel++) {
        cairo_new_path(cr);
        for (gint64 i = from; i < to; i++)
            cairo_line_to(cr, (double)i * step - (double)base, get_y(self, ring, i, channel));
        wg_axes_set_style(cr, channel % 3, self->form.line_width,
                          self->lengths[from % self->n_ring * self->form.n_channels + channel]);
        gdk_cairo_set_source_rgba(cr, &self->theme.axis[channel % 3]);
        cairo_stroke(cr);
    }
    cairo_restore(cr);
}

static void
draw_new(WgStrip *self, const float *ring, gint64 n)
{
    const gint64 oldest = MAX(n - self->n_ring, 0);
    const gint64 newest = n > 0 ? get_column(self, n - 1) : 0;
    const gint64 end = newest + REACH;
    const gint64 first =
        MAX(self->n > 0 ? get_column(self, self->n - 1) - REACH : end - self->n_columns,
            end - self->n_columns);
    cairo_t *cr;

    measure(self, ring, MAX(self->n, oldest), n);
    cr = cairo_create(self->surface);
    /* before the first sample columns are below 0 */
    for (gint64 base = (gint64)floor((double)first / self->n_columns) * self->n_columns; base < end;
         base += self->n_columns)
        draw_columns(self, cr, ring, oldest, n, base, MAX(first, base),
                     MIN(end, base + self->n_columns));
    cairo_destroy(cr);
    self->n_drawn = (int)(end - first);
    self->n = n;
}

/* The ring is shown in its one or two pieces. */
static void
show_columns(WgStrip *self, cairo_t *cr)
{
    const int width = (int)self->form.bands[0].width;
    const double left = floor(self->form.bands[0].x);
    const gint64 end = (self->n > 0 ? get_column(self, self->n - 1) : 0) + 1;
    const gint64 first = end - width;

    cairo_save(cr);
    cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
    for (gint64 base = (gint64)floor((double)first / self->n_columns) * self->n_columns; base < end;
         base += self->n_columns) {
        const gint64 begin = MAX(first, base), stop = MIN(end, base + self->n_columns);

        cairo_set_source_surface(cr, self->surface, left + (double)(base - first), 0);
        cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
        cairo_rectangle(cr, left + (double)(begin - first), 0, (double)(stop - begin),
                        self->height);
        cairo_fill(cr);
    }
    cairo_restore(cr);
}

void
wg_strip_show(WgStrip *self, cairo_t *cr, GdkWindow *window, const WgTheme *theme,
              const WgStripForm *form, const float *ring, int n_ring, gint64 n)
{
    const gboolean is_known = self->surface && self->window == window && self->n_ring == n_ring &&
                              self->n <= n && n - self->n < form->n_shown &&
                              wg_theme_equal(&self->theme, theme) &&
                              is_same_form(&self->form, form);

    if (!is_known)
        begin_anew(self, window, theme, form, n_ring);
    self->n_drawn = 0;
    if (!is_known || self->n < n)
        draw_new(self, ring, n);
    show_columns(self, cr);
}

int
wg_strip_get_n_drawn(const WgStrip *self)
{
    return self->n_drawn;
}
