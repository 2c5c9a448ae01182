/* How one take of a grid is drawn: its picture on a tile, chosen, doubtful, where the keyboard is.
 */
#include "dataset/window.h"
#include "ui/charts/thumbnail.h"
#include "ui/take-grid-private.h"

#include <math.h>

#define RADIUS 6

static void
draw_ground(cairo_t *cr, const WgTheme *theme, const GdkRectangle *place, gboolean is_chosen)
{
    GdkRGBA ground, border;

    wg_theme_mix(&theme->background, &theme->accent, is_chosen ? 0.18 : 0, &ground);
    wg_theme_mix(&theme->background, &theme->foreground, 0.14, &border);
    wg_theme_round(cr, place->x + 1, place->y + 1, place->width - 2, place->height - 2, RADIUS);
    gdk_cairo_set_source_rgba(cr, &ground);
    cairo_fill_preserve(cr);
    gdk_cairo_set_source_rgba(cr, is_chosen ? &theme->accent : &border);
    cairo_set_line_width(cr, is_chosen ? 2 : 1);
    cairo_stroke(cr);
}

static void
draw(WgTakeGrid *self, cairo_t *cr, const WgTheme *theme, guint index, const GdkRectangle *place,
     cairo_surface_t *picture)
{
    WgTakeChoice *choice = wg_take_grid_get_choice(self);

    draw_ground(cr, theme, place, wg_take_choice_contains(choice, index));
    if (picture) {
        cairo_set_source_surface(cr, picture, place->x + WG_TILE_PADDING,
                                 place->y + WG_TILE_PADDING);
        cairo_paint(cr);
    }
    if (wg_take_grid_get_doubt(self, index))
        wg_thumbnail_draw_doubt(cr, theme, place->x + place->width - 12 - WG_TILE_PADDING,
                                place->y + 4 + WG_TILE_PADDING);
    if (index == wg_take_choice_get_focus(choice) && gtk_widget_has_visible_focus(GTK_WIDGET(self)))
        gtk_render_focus(gtk_widget_get_style_context(GTK_WIDGET(self)), cr, place->x + 2,
                         place->y + 2, place->width - 4, place->height - 4);
}

void
wg_take_grid_draw_tile(WgTakeGrid *self, cairo_t *cr, const WgTheme *theme, guint index,
                       const GdkRectangle *place, cairo_surface_t *picture, double opacity)
{
    if (opacity >= 1) {
        draw(self, cr, theme, index, place, picture);
        return;
    }
    cairo_push_group(cr);
    draw(self, cr, theme, index, place, picture);
    cairo_pop_group_to_source(cr);
    cairo_paint_with_alpha(cr, opacity);
}

void
wg_take_grid_fit_form(const WgTakeChoice *takes, WgTileForm *form)
{
    form->n_shown = 20;
    form->range_g = 2;
    for (guint i = 0; i < wg_take_choice_get_n(takes); i++) {
        WgRecording *take = wg_take_choice_get_take(takes, i);
        const int n = MIN(wg_recording_get_facts(take)->n_samples, WG_WINDOW_LENGTH);

        form->n_shown = MAX(form->n_shown, n);
        form->range_g = MAX(form->range_g, wg_recording_get_peak_g(take));
    }
    form->range_g = ceil(form->range_g * 2) / 2;
}
