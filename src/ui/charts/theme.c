/* What a chart takes from the desktop's theme: colours and type, so that dark and large text work.
 */
#include "ui/charts/theme.h"

#include <math.h>

static const char *const gesture_colours[WG_N_GESTURE_COLOURS] = {
    "#E69F00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C7A00", "#777777",
};

static void
look_up(GtkStyleContext *style, const char *name, const char *fallback, GdkRGBA *colour)
{
    if (!gtk_style_context_lookup_color(style, name, colour))
        gdk_rgba_parse(colour, fallback);
}

static double
channel_luminance(double value)
{
    return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/* WCAG 2.1, relative luminance */
static double
luminance(const GdkRGBA *colour)
{
    return 0.2126 * channel_luminance(colour->red) + 0.7152 * channel_luminance(colour->green) +
           0.0722 * channel_luminance(colour->blue);
}

void
wg_theme_mix(const GdkRGBA *a, const GdkRGBA *b, double share, GdkRGBA *mixed)
{
    *mixed = (GdkRGBA){
        .red = a->red + (b->red - a->red) * share,
        .green = a->green + (b->green - a->green) * share,
        .blue = a->blue + (b->blue - a->blue) * share,
        .alpha = 1,
    };
}

void
wg_theme_contrasting(const GdkRGBA *ground, GdkRGBA *text)
{
    const double level = luminance(ground);
    const double on_white = 1.05 / (level + 0.05), on_black = (level + 0.05) / 0.05;

    gdk_rgba_parse(text, on_white >= on_black ? "#FFFFFF" : "#000000");
}

void
wg_theme_gesture_colour(int index, GdkRGBA *colour)
{
    gdk_rgba_parse(colour, gesture_colours[MAX(index, 0) % WG_N_GESTURE_COLOURS]);
}

void
wg_theme_read(WgTheme *theme, GtkWidget *widget)
{
    static const char *const axes[] = {"#0072B2", "#E69F00", "#009E73"};
    GtkStyleContext *style = gtk_widget_get_style_context(widget);
    const GdkRGBA white = {1, 1, 1, 1};

    look_up(style, "theme_fg_color", "#2e3436", &theme->foreground);
    look_up(style, "theme_base_color", "#ffffff", &theme->background);
    look_up(style, "theme_selected_bg_color", "#3584e4", &theme->accent);
    look_up(style, "warning_color", "#f57900", &theme->warning);
    theme->is_dark = luminance(&theme->background) < 0.2;
    wg_theme_mix(&theme->foreground, &theme->background, 0.30, &theme->dim);
    wg_theme_mix(&theme->background, &theme->foreground, 0.14, &theme->faint);
    for (int i = 0; i < 3; i++) {
        gdk_rgba_parse(&theme->axis[i], axes[i]);
        if (theme->is_dark)
            wg_theme_mix(&theme->axis[i], &white, 0.35, &theme->axis[i]);
    }
    gdk_rgba_parse(&theme->magnitude, theme->is_dark ? "#AAAAAA" : "#666666");
    theme->pango = gtk_widget_get_pango_context(widget);
}

static PangoLayout *
make_layout(const WgTheme *theme, const char *text, double scale)
{
    PangoLayout *layout = pango_layout_new(theme->pango);
    g_autoptr(PangoAttrList) attributes = pango_attr_list_new();

    pango_attr_list_insert(attributes, pango_attr_scale_new(scale));
    pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1"));
    pango_layout_set_attributes(layout, attributes);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

void
wg_theme_measure(const WgTheme *theme, const char *text, double scale, double *width,
                 double *height)
{
    g_autoptr(PangoLayout) layout = make_layout(theme, text, scale);
    int layout_width, layout_height;

    pango_layout_get_pixel_size(layout, &layout_width, &layout_height);
    if (width)
        *width = layout_width;
    if (height)
        *height = layout_height;
}

void
wg_theme_text(const WgTheme *theme, cairo_t *cr, const char *text, double x, double y,
              double align_x, double align_y, double scale, double width, const GdkRGBA *colour)
{
    g_autoptr(PangoLayout) layout = make_layout(theme, text, scale);
    int layout_width, layout_height;

    if (width > 0) {
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
        pango_layout_get_pixel_size(layout, &layout_width, &layout_height);
        if (layout_width > width)
            pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    }
    pango_layout_get_pixel_size(layout, &layout_width, &layout_height);
    gdk_cairo_set_source_rgba(cr, colour);
    cairo_move_to(cr, x - align_x * layout_width, y - align_y * layout_height);
    pango_cairo_show_layout(cr, layout);
}
