/* What a chart takes from the desktop's theme: colours and type, so that dark and large text work.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
    GdkRGBA foreground, background, dim, faint, accent, warning;
    GdkRGBA
        ground; /* of the window, on which most charts stand; `background`: of lists and tiles */
    GdkRGBA axis[3], magnitude; /* x, y, z as LOOK has them, lighter on a dark ground */
    GdkRGBA axis_text[3];       /* the same for their names, readable */
    gboolean is_dark;
    PangoContext *pango; /* of the widget; not owned */
    GHashTable *words;   /* of the widget, too: text that was laid out lately */
} WgTheme;

/* Number of colours for gestures; those after it begin anew, with another letter. */
#define WG_N_GESTURE_COLOURS 8

void wg_theme_read(WgTheme *theme, GtkWidget *widget);
/* The light one for what is drawn without a widget or a display, as a file's picture: no text. */
void wg_theme_read_plain(WgTheme *theme);
/* A rectangle with round corners as the path. */
void wg_theme_round(cairo_t *cr, double x, double y, double width, double height, double radius);
/* Whether both draw alike. */
gboolean wg_theme_equal(const WgTheme *one, const WgTheme *other);
/* Colours that people with any colour vision tell apart (after Okabe and Ito, 2008). */
void wg_theme_gesture_colour(int index, GdkRGBA *colour);
/* Contrast of two colours, 1 to 21 (WCAG 2.1, contrast ratio). */
double wg_theme_contrast(const GdkRGBA *one, const GdkRGBA *other);
/* The colour as near as possible to the wanted one in which text has a contrast of 4.5 (WCAG 2.1,
 * AA) on the theme's grounds, or the theme's own text colour where that has less. */
void wg_theme_readable(const WgTheme *theme, const GdkRGBA *wanted, GdkRGBA *text);
/* Black or white, whichever is read better on `ground` (WCAG 2.1 relative luminance). */
void wg_theme_contrasting(const GdkRGBA *ground, GdkRGBA *text);
/* share 0: a, 1: b. */
void wg_theme_mix(const GdkRGBA *a, const GdkRGBA *b, double share, GdkRGBA *mixed);

/* Size in pixels of the theme's font at that scale (1: as labels are). */
void wg_theme_measure(const WgTheme *theme, const char *text, double scale, double *width,
                      double *height);
/* Text at (x, y); align 0: it begins there, 0.5: its middle, 1: its end. `width` > 0 cuts it there.
 */
void wg_theme_text(const WgTheme *theme, cairo_t *cr, const char *text, double x, double y,
                   double align_x, double align_y, double scale, double width,
                   const GdkRGBA *colour);

G_END_DECLS
