/* Paths in space, where they are seen from, and how they are drawn. */
#include "ui/charts/path-private.h"

#include "dataset/motion.h"
#include "dataset/recording.h"

#include <glib/gi18n.h>
#include <math.h>

#define YAW_AT_FIRST 0.6
#define PITCH_AT_FIRST 0.45
#define SIZE_AT_LEAST_M 0.02
#define LARGEST_N_DRAWN 2000 /* points of a path: of more every second, third, ... */

/* How points of space come onto the picture. */
typedef struct {
    double cos_yaw, sin_yaw, cos_pitch, sin_pitch;
    double x, y, scale; /* of the middle, and pixels a metre */
} View;

static View
make_view(const WgPathScene *scene, double width, double height)
{
    return (View){cos(scene->yaw),
                  sin(scene->yaw),
                  cos(scene->pitch),
                  sin(scene->pitch),
                  width / 2,
                  height / 2,
                  0.46 * MIN(width, height) / scene->size_m};
}

/* Orthographic; depth is towards the viewer. z is up. */
static double
project(const View *view, double px, double py, double pz, double *x, double *y)
{
    const double right = px * view->cos_yaw - py * view->sin_yaw;
    const double away = px * view->sin_yaw + py * view->cos_yaw;

    *x = view->x + view->scale * right;
    *y = view->y - view->scale * (pz * view->cos_pitch + away * view->sin_pitch);
    return pz * view->sin_pitch - away * view->cos_pitch;
}

static double
project_point(const View *view, const float *point, double *x, double *y)
{
    return project(view, (double)point[0], (double)point[1], (double)point[2], x, y);
}

/* The floor's edges and the three axes from its far corner, with their names. */
static void
draw_box(const WgPathScene *scene, cairo_t *cr, const WgTheme *theme, const View *view)
{
    static const char *const names[] = {"x", "y", "z"};
    const double *low = scene->low_m, *high = scene->high_m;
    const double corners[5][2] = {{low[0], low[1]},
                                  {high[0], low[1]},
                                  {high[0], high[1]},
                                  {low[0], high[1]},
                                  {low[0], low[1]}};
    double x, y;

    cairo_set_line_width(cr, 1);
    gdk_cairo_set_source_rgba(cr, &theme->faint);
    cairo_new_path(cr);
    for (int i = 0; i < 5; i++) {
        project(view, corners[i][0], corners[i][1], low[2], &x, &y);
        cairo_line_to(cr, x, y);
    }
    cairo_stroke(cr);
    for (int axis = 0; axis < 3; axis++) {
        double end[3] = {low[0], low[1], low[2]};
        double from_x, from_y;

        end[axis] = high[axis];
        project(view, low[0], low[1], low[2], &from_x, &from_y);
        project(view, end[0], end[1], end[2], &x, &y);
        gdk_cairo_set_source_rgba(cr, &theme->axis[axis]);
        cairo_set_line_width(cr, 1.5);
        cairo_move_to(cr, from_x, from_y);
        cairo_line_to(cr, x, y);
        cairo_stroke(cr);
        wg_theme_text(theme, cr, names[axis], x + (x >= from_x ? 4 : -4), y, x >= from_x ? 0 : 1,
                      0.5, 0.85, 0, &theme->axis[axis]);
    }
}

/* Faintly, where it would fall upon the floor. */
static void
draw_shadow(const WgPathScene *scene, cairo_t *cr, const WgTheme *theme, const View *view,
            const WgPathLine *path)
{
    cairo_new_path(cr);
    for (int i = 0; i < path->n; i++) {
        double x, y;

        project(view, (double)path->points[3 * i], (double)path->points[3 * i + 1], scene->low_m[2],
                &x, &y);
        cairo_line_to(cr, x, y);
    }
    gdk_cairo_set_source_rgba(cr, &theme->faint);
    cairo_set_line_width(cr, 1.5);
    cairo_stroke(cr);
}

/* Near is thick and full, far is thin and pale; time goes from the text's colour to the accent. */
static void
draw_path(const WgPathScene *scene, cairo_t *cr, const WgTheme *theme, const View *view,
          const WgPathLine *path, double strength)
{
    const double reach = scene->size_m;
    double before_x = 0, before_y = 0, x, y;

    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    for (int i = 0; i < path->n; i++) {
        const double depth = project_point(view, path->points + 3 * i, &x, &y) / reach;
        const double near = CLAMP(depth / 2 + 0.5, 0, 1);
        GdkRGBA colour;

        wg_theme_mix(&theme->accent, &theme->foreground, (double)i / MAX(1, path->n - 1), &colour);
        wg_theme_mix(&theme->background, &colour, strength * (0.35 + 0.65 * near), &colour);
        gdk_cairo_set_source_rgba(cr, &colour);
        if (i > 0) {
            cairo_set_line_width(cr, strength * (1.2 + 2.3 * near));
            cairo_move_to(cr, before_x, before_y);
            cairo_line_to(cr, x, y);
            cairo_stroke(cr);
        }
        before_x = x;
        before_y = y;
    }
    if (path->n == 0)
        return;
    project_point(view, path->points, &x, &y);
    cairo_new_sub_path(cr);
    cairo_arc(cr, x, y, 4.5, 0, 2 * G_PI);
    gdk_cairo_set_source_rgba(cr, &theme->background);
    cairo_fill_preserve(cr);
    gdk_cairo_set_source_rgba(cr, &theme->accent);
    cairo_set_line_width(cr, 2);
    cairo_stroke(cr);
}

/* A dot each sample says how fast it was: far apart is fast. */
static void
draw_dots(cairo_t *cr, const WgTheme *theme, const View *view, const WgPathLine *path)
{
    gdk_cairo_set_source_rgba(cr, &theme->foreground);
    for (int i = 1; i < path->n; i++) {
        double x, y;

        project_point(view, path->points + 3 * i, &x, &y);
        cairo_new_sub_path(cr);
        cairo_arc(cr, x, y, i == path->n - 1 ? 3.5 : 2, 0, 2 * G_PI);
        cairo_fill(cr);
    }
}

static void
draw_scale(cairo_t *cr, const WgTheme *theme, const View *view, double height)
{
    static const double steps[] = {1, 2, 5};
    const double metres = wg_axes_round_up(30 / view->scale, steps, G_N_ELEMENTS(steps));
    const double pixels = metres * view->scale;
    g_autofree char *text = metres < 1 ? g_strdup_printf(_("%g cm"), round(metres * 1000) / 10)
                                       : g_strdup_printf(_("%g m"), metres);

    gdk_cairo_set_source_rgba(cr, &theme->dim);
    cairo_set_line_width(cr, 1.5);
    cairo_move_to(cr, 6, height - 10);
    cairo_line_to(cr, 6, height - 6);
    cairo_line_to(cr, 6 + pixels, height - 6);
    cairo_line_to(cr, 6 + pixels, height - 10);
    cairo_stroke(cr);
    wg_theme_text(theme, cr, text, 6, height - 12, 0, 1, 0.85, 0, &theme->dim);
}

void
wg_path_scene_draw(const WgPathScene *scene, cairo_t *cr, const WgTheme *theme, double width,
                   double height)
{
    const View view = make_view(scene, width, height);
    const double strength = scene->lines->len > 1 ? 0.7 : 1;
    double x, y;

    cairo_save(cr);
    draw_box(scene, cr, theme, &view);
    for (guint i = 0; i < scene->lines->len; i++)
        draw_shadow(scene, cr, theme, &view, g_ptr_array_index(scene->lines, i));
    for (guint i = 0; i < scene->lines->len; i++)
        draw_path(scene, cr, theme, &view, g_ptr_array_index(scene->lines, i), strength);
    if (scene->lines->len == 1) {
        const WgPathLine *path = g_ptr_array_index(scene->lines, 0);

        draw_dots(cr, theme, &view, path);
        project_point(&view, path->points, &x, &y);
        wg_theme_text(theme, cr, C_("of a path", "start"), x + 8, y, 0, 1, 0.85, 0, &theme->dim);
    }
    draw_scale(cr, theme, &view, height);
    cairo_restore(cr);
}

static void
path_free(gpointer data)
{
    g_free(((WgPathLine *)data)->points);
    g_free(data);
}

static WgPathLine *
make_path(WgRecording *take)
{
    const WgRecordingSpec *spec = wg_recording_get(take);
    const int every = 1 + spec->n_samples / LARGEST_N_DRAWN;
    g_autofree float *points = wg_motion_new(spec->samples, spec->n_samples, spec->n_channels,
                                             spec->rate_hz, WG_MOTION_POSITION);
    WgPathLine *path = g_new0(WgPathLine, 1);

    path->points = g_new(float, 3 * ((gsize)spec->n_samples / (gsize)every + 1));
    for (int i = 0; i < spec->n_samples; i += every) {
        for (int axis = 0; axis < 3; axis++)
            path->points[3 * path->n + axis] = points[3 * i + axis];
        path->n++;
    }
    return path;
}

/* All about the middle of what they fill. */
static void
centre(WgPathScene *scene)
{
    double squares = 0;

    for (int axis = 0; axis < 3; axis++) {
        double low = INFINITY, high = -INFINITY, middle;

        for (guint i = 0; i < scene->lines->len; i++) {
            const WgPathLine *path = g_ptr_array_index(scene->lines, i);

            for (int k = 0; k < path->n; k++) {
                low = fmin(low, (double)path->points[3 * k + axis]);
                high = fmax(high, (double)path->points[3 * k + axis]);
            }
        }
        middle = (low + high) / 2;
        for (guint i = 0; i < scene->lines->len; i++) {
            const WgPathLine *path = g_ptr_array_index(scene->lines, i);

            for (int k = 0; k < path->n; k++)
                path->points[3 * k + axis] -= (float)middle;
        }
        scene->low_m[axis] = low - middle;
        scene->high_m[axis] = high - middle;
        squares += (high - middle) * (high - middle);
    }
    scene->size_m = fmax(sqrt(squares), SIZE_AT_LEAST_M);
}

void
wg_path_scene_init(WgPathScene *scene)
{
    scene->lines = g_ptr_array_new_with_free_func(path_free);
    scene->size_m = SIZE_AT_LEAST_M;
    wg_path_scene_look_at_first(scene);
}

void
wg_path_scene_clear(WgPathScene *scene)
{
    g_clear_pointer(&scene->lines, g_ptr_array_unref);
}

void
wg_path_scene_look_at_first(WgPathScene *scene)
{
    scene->yaw = YAW_AT_FIRST;
    scene->pitch = PITCH_AT_FIRST;
}

void
wg_path_scene_set_takes(WgPathScene *scene, GPtrArray *takes, guint n_at_most)
{
    const guint n = takes ? MIN(takes->len, n_at_most) : 0;

    g_ptr_array_set_size(scene->lines, 0);
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(scene->lines,
                        make_path(g_ptr_array_index(takes, (guint)((guint64)i * takes->len / n))));
    if (n > 0)
        centre(scene);
}
