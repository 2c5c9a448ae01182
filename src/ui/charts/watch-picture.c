/* A watch with what a model takes of its storage and of its room to work in. */
#include "ui/charts/watch-picture.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEGEND_LINES 4
#define LEAST_SHARE 0.012 /* of a ring, so that little can be seen at all */
/* A Bangle.js 2 from the front, as shares of its body's side (43 x 36 mm, strap of 20 mm). */
#define BODY_HEIGHT 1.12
#define STRAP_WIDTH 0.62
#define STRAP_HEIGHT 0.26
#define CORNER 0.24
#define SCREEN 0.8
#define BUTTON_HEIGHT 0.22

struct _WgWatchPicture {
    WgChart parent_instance;
    WgWatchPictureFacts facts;
    gboolean has_facts;
};

G_DEFINE_FINAL_TYPE(WgWatchPicture, wg_watch_picture, WG_TYPE_CHART)

static char *
format_size(gint64 bytes)
{
    return bytes < 1000 * 1000 ? g_strdup_printf(_("%.1f kB"), (double)bytes / 1e3)
                               : g_strdup_printf(_("%.1f MB"), (double)bytes / 1e6);
}

char *
wg_watch_picture_format(gint64 bytes, gint64 of)
{
    g_autofree char *size = format_size(bytes), *room = NULL;

    if (of <= 0)
        return g_steal_pointer(&size);
    if (of < 1000 * 1000)
        return g_strdup_printf(_("%.1f of %.1f kB"), (double)bytes / 1e3, (double)of / 1e3);
    room = format_size(of);
    return g_strdup_printf(_("%s of %s"), size, room);
}

static void
round_rectangle(cairo_t *cr, double x, double y, double width, double height, double radius)
{
    const double r = MIN(radius, MIN(width, height) / 2);

    cairo_new_sub_path(cr);
    cairo_arc(cr, x + width - r, y + r, r, -G_PI_2, 0);
    cairo_arc(cr, x + width - r, y + height - r, r, 0, G_PI_2);
    cairo_arc(cr, x + r, y + height - r, r, G_PI_2, G_PI);
    cairo_arc(cr, x + r, y + r, r, G_PI, 1.5 * G_PI);
    cairo_close_path(cr);
}

static void
fill(cairo_t *cr, const GdkRGBA *colour, const GdkRGBA *edge)
{
    gdk_cairo_set_source_rgba(cr, colour);
    cairo_fill_preserve(cr);
    cairo_set_line_width(cr, 1);
    gdk_cairo_set_source_rgba(cr, edge);
    cairo_stroke(cr);
}

static void
draw_ring(cairo_t *cr, double x, double y, double radius, double width, double share,
          const GdkRGBA *colour, const GdkRGBA *ground)
{
    cairo_set_line_width(cr, width);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    gdk_cairo_set_source_rgba(cr, ground);
    cairo_arc(cr, x, y, radius, 0, 2 * G_PI);
    cairo_stroke(cr);
    if (share <= 0)
        return;
    gdk_cairo_set_source_rgba(cr, colour);
    cairo_arc(cr, x, y, radius, -G_PI_2, -G_PI_2 + 2 * G_PI * CLAMP(share, LEAST_SHARE, 1));
    cairo_stroke(cr);
}

static double
get_share(gint64 bytes, gint64 of)
{
    return of > 0 ? (double)bytes / (double)of : 0;
}

/* A tick or, in its place, nothing: whether this model is on the watch. */
static void
draw_tick(cairo_t *cr, double x, double y, double size, const GdkRGBA *colour)
{
    cairo_set_line_width(cr, size / 6);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    gdk_cairo_set_source_rgba(cr, colour);
    cairo_move_to(cr, x - size / 2, y);
    cairo_line_to(cr, x - size / 8, y + size * 0.36);
    cairo_line_to(cr, x + size / 2, y - size * 0.36);
    cairo_stroke(cr);
}

/* Its body is `side` wide, with its middle at (x, y). */
static void
draw_watch(const WgWatchPicture *self, cairo_t *cr, const WgTheme *theme, double x, double y,
           double side)
{
    const WgWatchPictureFacts *f = &self->facts;
    const double height = side * BODY_HEIGHT, screen = side * SCREEN, strap = side * STRAP_WIDTH;
    GdkRGBA body, edge, glass, band, faint, storage;

    wg_theme_mix(&theme->background, &theme->foreground, 0.22, &band);
    wg_theme_mix(&theme->background, &theme->foreground, 0.34, &edge);
    wg_theme_mix(&theme->background, &theme->foreground, 0.14, &body);
    wg_theme_mix(&theme->background, &theme->foreground, 0.03, &glass);
    wg_theme_mix(&theme->background, &theme->foreground, 0.16, &faint);
    storage = theme->axis[1];
    cairo_push_group(cr);
    round_rectangle(cr, x - strap / 2, y - height / 2 - side * STRAP_HEIGHT, strap,
                    height + 2 * side * STRAP_HEIGHT, side * 0.1);
    fill(cr, &band, &edge);
    round_rectangle(cr, x + side / 2 - side * 0.03, y - side * BUTTON_HEIGHT / 2, side * 0.08,
                    side * BUTTON_HEIGHT, side * 0.03);
    fill(cr, &band, &edge);
    round_rectangle(cr, x - side / 2, y - height / 2, side, height, side * CORNER);
    fill(cr, &body, &edge);
    round_rectangle(cr, x - screen / 2, y - screen / 2, screen, screen, side * CORNER * 0.5);
    fill(cr, &glass, &edge);
    if (self->has_facts) {
        draw_ring(cr, x, y, screen * 0.4, screen * 0.1,
                  get_share(f->arena_bytes, f->arena_limit_bytes), &theme->axis[0], &faint);
        draw_ring(cr, x, y, screen * 0.27, screen * 0.1,
                  get_share(f->storage_bytes, f->storage_free_bytes), &storage, &faint);
        if (f->has_model)
            draw_tick(cr, x, y, screen * 0.2, &theme->foreground);
    }
    cairo_pop_group_to_source(cr);
    cairo_paint_with_alpha(cr, !self->has_facts || f->is_connected ? 1 : 0.55);
}

/* Of name over figure. */
static double
measure_legend(const WgTheme *theme, const char *name, const char *figure)
{
    double name_width, figure_width;

    wg_theme_measure(theme, name, 0.85, &name_width, NULL);
    wg_theme_measure(theme, figure, 1, &figure_width, NULL);
    return MAX(name_width, figure_width);
}

/* What a ring stands for: name over figure. */
static void
draw_legend(cairo_t *cr, const WgTheme *theme, const char *name, const char *figure, double left,
            double y, double line, double scale, const GdkRGBA *colour)
{

    round_rectangle(cr, left - 6, y + line * 0.2, 10, line * 1.6, 3);
    gdk_cairo_set_source_rgba(cr, colour);
    cairo_fill(cr);
    wg_theme_text(theme, cr, name, left + 12, y, 0, 0, 0.85 * scale, 0, &theme->dim);
    wg_theme_text(theme, cr, figure, left + 12, y + line * 0.92, 0, 0, scale, 0,
                  &theme->foreground);
}

static void
wg_watch_picture_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width,
                       double height)
{
    WgWatchPicture *self = WG_WATCH_PICTURE(chart);
    const WgWatchPictureFacts *f = &self->facts;
    g_autofree char *arena = wg_watch_picture_format(f->arena_bytes, f->arena_limit_bytes);
    g_autofree char *storage = wg_watch_picture_format(f->storage_bytes, f->storage_free_bytes);
    const char *const names[] = {_("Room to work in"), _("Storage")};
    double line, legend, side, tall, wide, scale, left;

    wg_theme_measure(theme, arena, 1, NULL, &line);
    legend = self->has_facts ? (LEGEND_LINES + 1) * line : 0;
    side = MIN((height - legend) / (BODY_HEIGHT + 2 * STRAP_HEIGHT), width / 1.1);
    if (side < 20)
        return;
    tall = side * (BODY_HEIGHT + 2 * STRAP_HEIGHT);
    draw_watch(self, cr, theme, width / 2, tall / 2 + 1, side);
    if (!self->has_facts)
        return;
    /* both begin at one place, and are made smaller where they are too wide */
    wide = MAX(measure_legend(theme, names[0], arena), measure_legend(theme, names[1], storage));
    scale = MIN(1, (width - 24) / wide);
    left = (width - scale * wide) / 2;
    draw_legend(cr, theme, names[0], arena, left, tall + line / 2, line, scale, &theme->axis[0]);
    draw_legend(cr, theme, names[1], storage, left, tall + line * 2.75, line, scale,
                &theme->axis[1]);
}

static char *
wg_watch_picture_describe(WgChart *chart)
{
    const WgWatchPicture *self = WG_WATCH_PICTURE(chart);
    const WgWatchPictureFacts *f = &self->facts;
    g_autofree char *arena = wg_watch_picture_format(f->arena_bytes, f->arena_limit_bytes);
    g_autofree char *storage = wg_watch_picture_format(f->storage_bytes, f->storage_free_bytes);

    if (!self->has_facts)
        return g_strdup(_("Nothing is known of the watch yet"));
    return g_strdup_printf(f->has_model ? _("The model is on the watch. Room to work in: %s. "
                                            "Storage for another deployment: %s.")
                                        : _("Room to work in: %s. Storage: %s."),
                           arena, storage);
}

static char *
wg_watch_picture_dup_values(WgChart *chart)
{
    const WgWatchPicture *self = WG_WATCH_PICTURE(chart);
    const WgWatchPictureFacts *f = &self->facts;
    const double arena[] = {(double)f->arena_bytes,
                            f->arena_limit_bytes > 0 ? (double)f->arena_limit_bytes : NAN};
    const double storage[] = {(double)f->storage_bytes,
                              f->storage_free_bytes >= 0 ? (double)f->storage_free_bytes : NAN};
    GString *text = g_string_new("what,bytes,of\n");

    if (self->has_facts) {
        wg_chart_append_row(text, _("Room to work in"), arena, 2, 0);
        wg_chart_append_row(text, _("Storage"), storage, 2, 0);
    }
    return g_string_free(text, FALSE);
}

static double
wg_watch_picture_count_lines(WgChart *chart)
{
    return 2.4 * LEGEND_LINES;
}

static void
wg_watch_picture_class_init(WgWatchPictureClass *klass)
{
    WG_CHART_CLASS(klass)->paint = wg_watch_picture_paint;
    WG_CHART_CLASS(klass)->describe = wg_watch_picture_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_watch_picture_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_watch_picture_count_lines;
}

static void
wg_watch_picture_init(WgWatchPicture *self)
{
}

void
wg_watch_picture_show(WgWatchPicture *self, const WgWatchPictureFacts *facts)
{
    self->has_facts = facts != NULL;
    self->facts = facts ? *facts : (WgWatchPictureFacts){0};
    wg_chart_changed(WG_CHART(self));
}
