/* What a chart takes from the desktop's theme: colours and type, so that dark and large text work.
 */
#include "ui/charts/theme.h"

#include <math.h>

#define CONTRAST 4.5 /* WCAG 2.1, 1.4.3 (AA) */
#define WORDS_AT_MOST 200
#define N_STEPS 20 /* from a colour to the theme's own */

static const char *const gesture_colours[WG_N_GESTURE_COLOURS] = {
    "#E69F00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C7A00", "#777777",
};

/* `style` NULL: there is none to ask. */
static void
look_up(GtkStyleContext *style, const char *name, const char *fallback, GdkRGBA *colour)
{
    if (!style || !gtk_style_context_lookup_color(style, name, colour))
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

double
wg_theme_contrast(const GdkRGBA *one, const GdkRGBA *other)
{
    const double a = luminance(one) + 0.05, b = luminance(other) + 0.05;

    return MAX(a, b) / MIN(a, b);
}

void
wg_theme_readable(const WgTheme *theme, const GdkRGBA *wanted, GdkRGBA *text)
{
    const GdkRGBA from = *wanted; /* which may be `text` itself */

    *text = from;
    for (int step = 1; step <= N_STEPS; step++) {
        if (wg_theme_contrast(text, &theme->background) >= CONTRAST &&
            wg_theme_contrast(text, &theme->ground) >= CONTRAST)
            return;
        wg_theme_mix(&from, &theme->foreground, (double)step / N_STEPS, text);
    }
}

void
wg_theme_gesture_colour(int index, GdkRGBA *colour)
{
    gdk_rgba_parse(colour, gesture_colours[MAX(index, 0) % WG_N_GESTURE_COLOURS]);
}

/* What a widget laid out lately, kept as long as it lives. */
static GHashTable *
get_words(GtkWidget *widget)
{
    GHashTable *words = g_object_get_data(G_OBJECT(widget), "waggle-words");

    if (words)
        return words;
    words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_object_unref);
    g_object_set_data_full(G_OBJECT(widget), "waggle-words", words,
                           (GDestroyNotify)g_hash_table_unref);
    return words;
}

static void
read_colours(WgTheme *theme, GtkStyleContext *style)
{
    static const char *const axes[] = {"#0072B2", "#E69F00", "#009E73"};
    const GdkRGBA white = {1, 1, 1, 1};

    look_up(style, "theme_fg_color", "#2e3436", &theme->foreground);
    look_up(style, "theme_base_color", "#ffffff", &theme->background);
    look_up(style, "theme_bg_color", "#f6f5f4", &theme->ground);
    look_up(style, "theme_selected_bg_color", "#3584e4", &theme->accent);
    look_up(style, "warning_color", "#f57900", &theme->warning);
    theme->is_dark = luminance(&theme->background) < 0.2;
    wg_theme_mix(&theme->foreground, &theme->background, 0.30, &theme->dim);
    wg_theme_readable(theme, &theme->dim, &theme->dim);
    wg_theme_mix(&theme->background, &theme->foreground, 0.14, &theme->faint);
    for (int i = 0; i < 3; i++) {
        gdk_rgba_parse(&theme->axis[i], axes[i]);
        if (theme->is_dark)
            wg_theme_mix(&theme->axis[i], &white, 0.35, &theme->axis[i]);
        wg_theme_readable(theme, &theme->axis[i], &theme->axis_text[i]);
    }
    gdk_rgba_parse(&theme->magnitude, theme->is_dark ? "#AAAAAA" : "#666666");
}

void
wg_theme_read(WgTheme *theme, GtkWidget *widget)
{
    read_colours(theme, gtk_widget_get_style_context(widget));
    theme->pango = gtk_widget_get_pango_context(widget);
    theme->words = get_words(widget);
}

void
wg_theme_read_plain(WgTheme *theme)
{
    *theme = (WgTheme){0};
    read_colours(theme, NULL);
}

void
wg_theme_round(cairo_t *cr, double x, double y, double width, double height, double radius)
{
    cairo_new_sub_path(cr);
    cairo_arc(cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
    cairo_arc(cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
    cairo_arc(cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
    cairo_arc(cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
    cairo_close_path(cr);
}

gboolean
wg_theme_equal(const WgTheme *one, const WgTheme *other)
{
    return one->pango == other->pango && gdk_rgba_equal(&one->foreground, &other->foreground) &&
           gdk_rgba_equal(&one->background, &other->background) &&
           gdk_rgba_equal(&one->accent, &other->accent) &&
           gdk_rgba_equal(&one->warning, &other->warning) &&
           gdk_rgba_equal(&one->axis[0], &other->axis[0]);
}

static gboolean
has_letters(const char *text)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        if (g_unichar_isalpha(g_utf8_get_char(at)))
            return TRUE;
    }
    return FALSE;
}

/* "+2" and "100 %" read so in every language, also where text goes from right to left: what has no
 * direction of its own begins with a left-to-right mark. */
static PangoLayout *
make_layout(const WgTheme *theme, const char *text, double scale)
{
    PangoLayout *layout = pango_layout_new(theme->pango);
    g_autofree char *marked = has_letters(text) ? NULL : g_strconcat("\342\200\216", text, NULL);
    g_autoptr(PangoAttrList) attributes = pango_attr_list_new();

    pango_attr_list_insert(attributes, pango_attr_scale_new(scale));
    pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1"));
    pango_layout_set_attributes(layout, attributes);
    pango_layout_set_text(layout, marked ? marked : text, -1);
    return layout;
}

/* Shaping the same few words again for each frame would be most of its work. */
static PangoLayout *
find_layout(const WgTheme *theme, const char *text, double scale, int width)
{
    g_autofree char *key = g_strdup_printf("%d %d %s", (int)(scale * 100), width, text);
    PangoLayout *layout = g_hash_table_lookup(theme->words, key);
    int natural;

    if (layout && pango_layout_get_context(layout) == theme->pango)
        return layout;
    if (g_hash_table_size(theme->words) >= WORDS_AT_MOST)
        g_hash_table_remove_all(theme->words);
    layout = make_layout(theme, text, scale);
    if (width > 0) {
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
        pango_layout_get_pixel_size(layout, &natural, NULL);
        if (natural > width)
            pango_layout_set_width(layout, width * PANGO_SCALE);
    }
    g_hash_table_replace(theme->words, g_steal_pointer(&key), layout);
    return layout;
}

void
wg_theme_measure(const WgTheme *theme, const char *text, double scale, double *width,
                 double *height)
{
    PangoLayout *layout = find_layout(theme, text, scale, 0);
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
    PangoLayout *layout = find_layout(theme, text, scale, MAX((int)width, 0));
    int layout_width, layout_height;

    pango_layout_get_pixel_size(layout, &layout_width, &layout_height);
    gdk_cairo_set_source_rgba(cr, colour);
    cairo_move_to(cr, x - align_x * layout_width, y - align_y * layout_height);
    pango_cairo_show_layout(cr, layout);
}
