/* How a confusion matrix is laid out and drawn, apart from who may click on it. */
#include "ui/charts/matrix-drawing.h"

#include <glib/gi18n.h>
#include <math.h>

#define LABEL_SCALE 0.9
#define FIGURE_SCALE 1.5 /* at most */
#define ASPECT 2.2       /* a cell is at most so much wider than high */
#define SMALL_SCALE 0.8
#define CELL_LINES 1.4 /* wide, at least, where there is a choice */
#define GAP 6.0
#define RADIUS 4.0

int
wg_matrix_data_count_row(const WgMatrixData *self, const int *counts, int row)
{
    int sum = 0;

    for (int i = 0; i < self->n_columns; i++)
        sum += counts[row * self->n_columns + i];
    return sum;
}

static double
get_share(const WgMatrixData *self, const int *counts, int row, int column)
{
    return counts[row * self->n_columns + column] /
           (double)MAX(wg_matrix_data_count_row(self, counts, row), 1);
}

/* With a sign that is as wide as a plus. */
static char *
format_signed(int value, const char *unit)
{
    return g_strdup_printf("%s%d%s", value > 0 ? "+" : value < 0 ? "−" : "", ABS(value), unit);
}

char *
wg_matrix_data_format(const WgMatrixData *self, int row, int column, gboolean as_share)
{
    const int at = row * self->n_columns + column;
    const double share = get_share(self, self->counts, row, column);

    if (self->before) {
        const double points = 100 * (share - get_share(self, self->before, row, column));

        if (self->counts[at] == self->before[at])
            return NULL;
        return as_share ? format_signed((int)lround(points), " %")
                        : format_signed(self->counts[at] - self->before[at], "");
    }
    if (self->counts[at] == 0)
        return NULL;
    return as_share ? g_strdup_printf(_("%.0f %%"), 100 * share)
                    : g_strdup_printf("%d", self->counts[at]);
}

static double
measure_widest(const WgMatrixData *data, const WgTheme *theme, double scale)
{
    double widest = 0;

    for (int i = 0; i < data->n_columns; i++) {
        double width;

        wg_theme_measure(theme, data->labels[i], scale, &width, NULL);
        widest = MAX(widest, width);
    }
    return widest;
}

double
wg_matrix_data_measure_width(const WgMatrixData *data, const WgTheme *theme)
{
    double line;

    if (data->n == 0)
        return 0;
    wg_theme_measure(theme, "x", 1, NULL, &line);
    return measure_widest(data, theme, LABEL_SCALE) + 2 * GAP + CELL_LINES * line * data->n_columns;
}

/* The longest of the figures that stand in the cells; transfer full. */
static char *
dup_longest(const WgMatrixData *data, gboolean as_share)
{
    char *longest = g_strdup("0");

    for (int i = 0; i < data->n * data->n_columns; i++) {
        char *text =
            wg_matrix_data_format(data, i / data->n_columns, i % data->n_columns, as_share);

        if (text && g_utf8_strlen(text, -1) > g_utf8_strlen(longest, -1)) {
            g_free(longest);
            longest = text;
        } else {
            g_free(text);
        }
    }
    return longest;
}

/* All figures of one size, so that none looks more important than it is. */
static void
fit_figures(WgMatrixLayout *self, const WgMatrixData *data, const WgTheme *theme)
{
    g_autofree char *large = dup_longest(data, data->has_shares);
    g_autofree char *small = dup_longest(data, !data->has_shares);
    const double room = 0.8 * self->cell_width;
    double width, height, small_width, small_height;

    wg_theme_measure(theme, large, 1, &width, &height);
    wg_theme_measure(theme, small, SMALL_SCALE, &small_width, &small_height);
    self->has_small = small_width <= room && self->cell_height >= 1.2 * height + small_height + GAP;
    self->figure_scale = MIN(FIGURE_SCALE, room / width);
    self->figure_scale =
        MIN(self->figure_scale,
            (self->cell_height - (self->has_small ? small_height + GAP : 0)) / height);
}

void
wg_matrix_layout_init(WgMatrixLayout *self, const WgMatrixData *data, const WgTheme *theme,
                      double width, double height)
{
    double widest = measure_widest(data, theme, LABEL_SCALE), corner, line, room;

    wg_theme_measure(theme, _("answered →"), 0.85, &corner, NULL);
    wg_theme_measure(theme, "x", LABEL_SCALE, NULL, &line);
    self->left = MIN(MAX(widest, corner), width * 0.35) + 2 * GAP;
    self->top = 2 * line + GAP;
    room = (width - self->left) / data->n_columns;
    self->is_slanted = widest > room - GAP;
    if (self->is_slanted) { /* the last slanted label needs room at the end */
        self->top = MIN(widest * 0.74 + line + GAP, height * 0.35);
        room = (width - self->left - MIN(widest * 0.65, width * 0.12)) / data->n_columns;
    }
    self->cell_height = floor((height - self->top - 2) / data->n);
    self->cell_width = floor(MIN(room, ASPECT * self->cell_height));
    self->cell_height = MIN(self->cell_height, self->cell_width);
    fit_figures(self, data, theme);
    self->label_scale = LABEL_SCALE * MIN(1, self->cell_height / line);
    if (data->is_rtl)
        self->left = width - self->left - data->n_columns * self->cell_width;
}

gboolean
wg_matrix_layout_find(const WgMatrixLayout *self, const WgMatrixData *data, double x, double y,
                      int *row, int *column)
{
    if (self->cell_width < 1 || self->cell_height < 1)
        return FALSE;
    *column = (int)floor((x - self->left) / self->cell_width);
    *row = (int)floor((y - self->top) / self->cell_height);
    if (data->is_rtl)
        *column = data->n_columns - 1 - *column;
    return *row >= 0 && *row < data->n && *column >= 0 && *column < data->n_columns;
}

void
wg_matrix_layout_get_cell(const WgMatrixLayout *self, const WgMatrixData *data, int row, int column,
                          double *x, double *y)
{
    const int place = data->is_rtl ? data->n_columns - 1 - column : column;

    *x = self->left + place * self->cell_width;
    *y = self->top + row * self->cell_height;
}

static void
trace_cell(const WgMatrixLayout *layout, cairo_t *cr, double x, double y, double inset)
{
    const double width = layout->cell_width - 2 * inset, height = layout->cell_height - 2 * inset;
    const double r = MIN(RADIUS, MIN(width, height) / 4);

    x += inset;
    y += inset;
    cairo_new_sub_path(cr);
    cairo_arc(cr, x + width - r, y + r, r, -G_PI / 2, 0);
    cairo_arc(cr, x + width - r, y + height - r, r, 0, G_PI / 2);
    cairo_arc(cr, x + r, y + height - r, r, G_PI / 2, G_PI);
    cairo_arc(cr, x + r, y + r, r, G_PI, 1.5 * G_PI);
    cairo_close_path(cr);
}

/* One hue by share of the row; of a difference blue where there are more and orange where there are
 * fewer, by how many of the row. */
static void
choose_ground(const WgMatrixData *data, const WgTheme *theme, int row, int column, GdkRGBA *ground)
{
    const int count = data->counts[row * data->n_columns + column];
    const double share = get_share(data, data->counts, row, column);
    GdkRGBA hue;
    double points;

    if (!data->before) {
        if (count == 0)
            wg_theme_mix(&theme->background, &theme->foreground, 0.04, ground);
        else if (column >= data->n) /* no answer is neither right nor wrong */
            wg_theme_mix(&theme->background, &theme->foreground, 0.06 + 0.24 * share, ground);
        else
            wg_theme_mix(&theme->background, &theme->accent, 0.08 + 0.92 * share, ground);
        return;
    }
    points = share - get_share(data, data->before, row, column);
    gdk_rgba_parse(&hue,
                   count > data->before[row * data->n_columns + column] ? "#0072B2" : "#E69F00");
    if (count == data->before[row * data->n_columns + column])
        wg_theme_mix(&theme->background, &theme->foreground, 0.04, ground);
    else
        wg_theme_mix(&theme->background, &hue, 0.35 + 0.65 * MIN(1, fabs(points)), ground);
}

/* Whether there is something to look at: takes that were answered wrongly, or more of them. */
static gboolean
is_error(const WgMatrixData *data, int row, int column)
{
    const int at = row * data->n_columns + column;

    if (column >= data->n)
        return FALSE;
    if (row == column)
        return data->before && data->counts[at] < data->before[at];
    return data->counts[at] > (data->before ? data->before[at] : 0);
}

/* The large figure, and below it the other one where there is room. */
static void
draw_figures(const WgMatrixData *data, const WgMatrixLayout *layout, cairo_t *cr,
             const WgTheme *theme, int row, int column, double x, double y, const GdkRGBA *ink)
{
    g_autofree char *large = wg_matrix_data_format(data, row, column, data->has_shares);
    g_autofree char *small = wg_matrix_data_format(data, row, column, !data->has_shares);
    const double middle = x + layout->cell_width / 2;
    double height, small_height, top;

    if (!large)
        return;
    if (!layout->has_small) {
        wg_theme_text(theme, cr, large, middle, y + layout->cell_height / 2, 0.5, 0.5,
                      layout->figure_scale, 0, ink);
        return;
    }
    wg_theme_measure(theme, large, layout->figure_scale, NULL, &height);
    wg_theme_measure(theme, small, SMALL_SCALE, NULL, &small_height);
    top = y + (layout->cell_height - height - small_height) / 2;
    wg_theme_text(theme, cr, large, middle, top, 0.5, 0, layout->figure_scale, 0, ink);
    wg_theme_text(theme, cr, small, middle, top + height, 0.5, 0, SMALL_SCALE, 0, ink);
}

/* How many more or fewer it has than before, in the corner at its end. */
static void
draw_mark(const WgMatrixData *data, const WgMatrixLayout *layout, cairo_t *cr, const WgTheme *theme,
          int row, int column, double x, double y)
{
    const int mark = data->marks ? data->marks[row * data->n_columns + column] : 0;
    g_autofree char *text = mark ? format_signed(mark, "") : NULL;
    double width, height, scale;

    if (!text)
        return;
    wg_theme_measure(theme, text, 0.8, &width, &height);
    scale = MIN(1, MIN(layout->cell_width / (2 * width), layout->cell_height / (2 * height)));
    width = scale * width + 8;
    height = scale * height;
    x = data->is_rtl ? x + 3 : x + layout->cell_width - width - 3;
    gdk_cairo_set_source_rgba(cr, &theme->foreground);
    cairo_rectangle(cr, x, y + 3, width, height);
    cairo_fill(cr);
    wg_theme_text(theme, cr, text, x + width / 2, y + 3 + height / 2, 0.5, 0.5, 0.8 * scale, 0,
                  &theme->background);
}

static void
draw_cell(const WgMatrixData *data, const WgMatrixLayout *layout, cairo_t *cr, const WgTheme *theme,
          int row, int column)
{
    GdkRGBA ground, ink;
    double x, y;

    wg_matrix_layout_get_cell(layout, data, row, column, &x, &y);
    choose_ground(data, theme, row, column, &ground);
    gdk_cairo_set_source_rgba(cr, &ground);
    trace_cell(layout, cr, x, y, 1);
    cairo_fill(cr);
    if (is_error(data, row, column)) {
        cairo_set_line_width(cr, 2);
        gdk_cairo_set_source_rgba(cr, &theme->warning);
        trace_cell(layout, cr, x, y, 2);
        cairo_stroke(cr);
    }
    if (row == data->chosen_row && column == data->chosen_column) {
        cairo_set_line_width(cr, 3);
        gdk_cairo_set_source_rgba(cr, &theme->foreground);
        trace_cell(layout, cr, x, y, 1.5);
        cairo_stroke(cr);
    }
    wg_theme_contrasting(&ground, &ink);
    draw_figures(data, layout, cr, theme, row, column, x, y, &ink);
    draw_mark(data, layout, cr, theme, row, column, x, y);
}

static void
draw_column_label(const WgMatrixData *data, const WgMatrixLayout *layout, cairo_t *cr,
                  const WgTheme *theme, int column)
{
    double line, x, y;

    wg_theme_measure(theme, "x", layout->label_scale, NULL, &line);
    wg_matrix_layout_get_cell(layout, data, 0, column, &x, &y);
    x += layout->cell_width / 2;
    if (!layout->is_slanted) {
        wg_theme_text(theme, cr, data->labels[column], x, y - 4, 0.5, 1, layout->label_scale,
                      layout->cell_width, &theme->foreground);
        return;
    }
    cairo_save(cr);
    cairo_translate(cr, x + (data->is_rtl ? line : -line) * 0.35, y - 4);
    cairo_rotate(cr, data->is_rtl ? G_PI / 4 : -G_PI / 4);
    wg_theme_text(theme, cr, data->labels[column], 0, 0, data->is_rtl, 0.5, layout->label_scale,
                  (layout->top - line * 0.7 - GAP) / 0.7, &theme->foreground);
    cairo_restore(cr);
}

void
wg_matrix_draw(const WgMatrixData *data, const WgMatrixLayout *layout, cairo_t *cr,
               const WgTheme *theme)
{
    const double end = layout->left + data->n_columns * layout->cell_width;
    const double edge = data->is_rtl ? end + GAP : layout->left - GAP;
    const double align = data->is_rtl ? 0 : 1;
    const double room = (data->is_rtl ? 0.35 * end : layout->left - GAP) - GAP;
    double line;

    for (int row = 0; row < data->n; row++) {
        for (int column = 0; column < data->n_columns; column++)
            draw_cell(data, layout, cr, theme, row, column);
    }
    for (int i = 0; i < data->n; i++)
        wg_theme_text(theme, cr, data->labels[i], edge,
                      layout->top + (i + 0.5) * layout->cell_height, align, 0.5,
                      layout->label_scale, room, &theme->foreground);
    for (int i = 0; i < data->n_columns; i++)
        draw_column_label(data, layout, cr, theme, i);
    wg_theme_measure(theme, "x", 0.85, NULL, &line);
    wg_theme_text(theme, cr, data->is_rtl ? _("← answered") : _("answered →"), edge,
                  layout->top - 4, align, 1, 0.85, room, &theme->dim);
    wg_theme_text(theme, cr, _("true ↓"), edge, layout->top - 4 - line, align, 1, 0.85, room,
                  &theme->dim);
}
