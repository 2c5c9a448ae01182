/* How a map of takes is drawn: dots of a gesture's colour, its letter at their heart, rings. */
#include "ui/charts/take-map-private.h"

#include <math.h>

#define MARGIN 18
#define LETTERS_UP_TO 150 /* points that each carry their letter */
#define GRID 8
#define MARK_SCALE 0.85
#define BADGE 11 /* radius of a gesture's letter */

void
wg_take_map_view_find_place(const WgMapDot *dot, double width, double height, double *x, double *y)
{
    *x = MARGIN + (width - 2 * MARGIN) * (double)(dot->x + 1) / 2;
    *y = MARGIN + (height - 2 * MARGIN) * (double)(1 - dot->y) / 2;
}

static int
get_cell(const WgMapDot *dot)
{
    const int column = CLAMP((int)((dot->x + 1) / 2 * GRID), 0, GRID - 1);
    const int row = CLAMP((int)((dot->y + 1) / 2 * GRID), 0, GRID - 1);

    return row * GRID + column;
}

static double
get_radius(WgTakeMapView *self)
{
    return self->n <= LETTERS_UP_TO ? 9 : self->n <= 1500 ? 4 : 3;
}

/* All of a gesture at once: thousands of single fills would be slow. */
static void
draw_gesture(WgTakeMapView *self, cairo_t *cr, int gesture, double width, double height)
{
    const double radius = get_radius(self);
    GdkRGBA colour;

    wg_theme_gesture_colour(self->colours[gesture], &colour);
    cairo_new_path(cr);
    for (int i = 0; i < self->n; i++) {
        double x, y;

        if (self->dots[i].gesture != gesture)
            continue;
        wg_take_map_view_find_place(&self->dots[i], width, height, &x, &y);
        cairo_new_sub_path(cr);
        cairo_arc(cr, x, y, radius, 0, 2 * G_PI);
    }
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    cairo_set_source_rgba(cr, colour.red, colour.green, colour.blue, 0.75);
    cairo_fill(cr);
}

static void
draw_letter(WgTakeMapView *self, cairo_t *cr, const WgTheme *theme, int gesture, double x, double y,
            double radius)
{
    GdkRGBA colour, ink;
    double line;

    wg_theme_gesture_colour(self->colours[gesture], &colour);
    wg_theme_contrasting(&colour, &ink);
    cairo_new_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * G_PI);
    gdk_cairo_set_source_rgba(cr, &colour);
    cairo_fill_preserve(cr);
    gdk_cairo_set_source_rgba(cr, &theme->background);
    cairo_set_line_width(cr, 1.5);
    cairo_stroke(cr);
    wg_theme_measure(theme, self->letters[gesture], 1, NULL, &line);
    wg_theme_text(theme, cr, self->letters[gesture], x, y, 0.5, 0.5, MIN(1, 1.55 * radius / line),
                  0, &ink);
}

/* Where most of its takes are: the middle of those in the fullest cell of a grid. FALSE: none. */
static gboolean
find_heart(WgTakeMapView *self, int gesture, WgMapDot *heart)
{
    int counts[GRID * GRID] = {0}, fullest = 0;
    double x = 0, y = 0;

    for (int i = 0; i < self->n; i++) {
        if (self->dots[i].gesture == gesture)
            counts[get_cell(&self->dots[i])]++;
    }
    for (int cell = 1; cell < GRID * GRID; cell++)
        fullest = counts[cell] > counts[fullest] ? cell : fullest;
    for (int i = 0; i < self->n; i++) {
        if (self->dots[i].gesture == gesture && get_cell(&self->dots[i]) == fullest) {
            x += (double)self->dots[i].x / counts[fullest];
            y += (double)self->dots[i].y / counts[fullest];
        }
    }
    heart->x = (float)x;
    heart->y = (float)y;
    return counts[fullest] > 0;
}

typedef struct {
    double x, y, width; /* of its letter's middle, and from there to the end of its name */
} Badge;

/* Where it lies upon none of the n before it: further by `step` past each that is in its way. */
static double
find_free(const Badge *badges, int n, double step)
{
    const Badge *self = &badges[n];
    double y = self->y;

    for (int i = 0, n_tries = 0; i < n && n_tries < n * n; i++) {
        const Badge *other = &badges[i];

        if (self->x < other->x + other->width + BADGE && other->x < self->x + self->width + BADGE &&
            fabs(y - other->y) < fabs(step)) {
            y = other->y + step;
            i = -1;
            n_tries++;
        }
    }
    return y;
}

/* Down where it would lie upon another, or up where there is no more room, or without its name. */
static void
place_badge(Badge *badges, int n, double step, double height)
{
    Badge *self = &badges[n];
    const double down = find_free(badges, n, step), up = find_free(badges, n, -step);

    if (down <= height - step / 2)
        self->y = down;
    else if (up >= step / 2)
        self->y = up;
    else
        self->width = 0;
}

/* Of each gesture its letter and name. */
static void
draw_badges(WgTakeMapView *self, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    const int n = (int)g_strv_length(self->names);
    g_autofree Badge *badges = g_new0(Badge, n + 1);
    double line, step;

    wg_theme_measure(theme, "x", MARK_SCALE, NULL, &line);
    step = MAX(2 * BADGE, line) + 1;
    for (int i = 0; i < n; i++) {
        Badge *badge = &badges[i];
        WgMapDot heart = {0};

        badge->x = -2 * width;
        if (!find_heart(self, i, &heart))
            continue;
        wg_take_map_view_find_place(&heart, width, height, &badge->x, &badge->y);
        wg_theme_measure(theme, self->names[i], MARK_SCALE, &badge->width, NULL);
        badge->width += BADGE + 8;
        badge->x = CLAMP(badge->x, MARGIN, MAX(MARGIN, width - badge->width - BADGE - 4));
        badge->y = CLAMP(badge->y, step / 2, MAX(step / 2, height - step / 2));
        place_badge(badges, i, step, height);
        draw_letter(self, cr, theme, i, badge->x, badge->y, BADGE);
        if (badge->width == 0)
            continue;
        /* on a ground of its own, to be read over the points */
        cairo_set_source_rgba(cr, theme->background.red, theme->background.green,
                              theme->background.blue, 0.85);
        cairo_rectangle(cr, badge->x + BADGE + 2, badge->y - line / 2, badge->width - BADGE - 2,
                        line);
        cairo_fill(cr);
        wg_theme_text(theme, cr, self->names[i], badge->x + BADGE + 5, badge->y, 0, 0.5, MARK_SCALE,
                      0, &theme->foreground);
    }
}

static void
draw_ring(WgTakeMapView *self, cairo_t *cr, int dot, double radius, double line_width, double width,
          double height, const GdkRGBA *colour)
{
    double x, y;

    wg_take_map_view_find_place(&self->dots[dot], width, height, &x, &y);
    cairo_new_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * G_PI);
    gdk_cairo_set_source_rgba(cr, colour);
    cairo_set_line_width(cr, line_width);
    cairo_stroke(cr);
}

void
wg_take_map_view_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width,
                       double height)
{
    WgTakeMapView *self = WG_TAKE_MAP_VIEW(chart);
    const int n_gestures = self->names ? (int)g_strv_length(self->names) : 0;
    const double radius = get_radius(self);

    self->width = width;
    self->height = height;
    if (self->n == 0) {
        wg_theme_text(theme, cr, self->empty ? self->empty : "", width / 2, height / 2, 0.5, 0.5, 1,
                      width - 12, &theme->dim);
        return;
    }
    cairo_save(cr);
    for (int gesture = 0; gesture < n_gestures; gesture++)
        draw_gesture(self, cr, gesture, width, height);
    for (int i = 0; i < self->n; i++) {
        double x, y;

        if (!self->dots[i].is_odd && self->n > LETTERS_UP_TO)
            continue;
        wg_take_map_view_find_place(&self->dots[i], width, height, &x, &y);
        draw_letter(self, cr, theme, self->dots[i].gesture, x, y, 8);
        if (self->dots[i].is_odd)
            draw_ring(self, cr, i, 10.5, 2.5, width, height, &theme->warning);
    }
    for (int k = 0; k < self->n_neighbours; k++)
        draw_ring(self, cr, self->neighbours[k], radius + 3, 1.5, width, height,
                  &theme->foreground);
    draw_badges(self, cr, theme, width, height);
    if (self->chosen >= 0) {
        double x, y;

        wg_take_map_view_find_place(&self->dots[self->chosen], width, height, &x, &y);
        draw_letter(self, cr, theme, self->dots[self->chosen].gesture, x, y, 9);
        draw_ring(self, cr, self->chosen, 12, 3, width, height, &theme->accent);
    }
    cairo_restore(cr);
}
