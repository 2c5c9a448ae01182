/* The confusion matrix: true gestures down, answers across, every cell can be chosen. */
#include "ui/charts/matrix.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n.h>
#include <math.h>

struct _WgMatrix {
    WgChart parent_instance;
    char **labels;
    int *counts;
    int n;
    int row, column;               /* under the keyboard's cursor */
    int chosen_row, chosen_column; /* -1: none */
    double cell, left, top;        /* as last drawn on the widget */
    GtkGesture *click;
};

G_DEFINE_FINAL_TYPE(WgMatrix, wg_matrix, WG_TYPE_CHART)

static guint cell_chosen_signal;

static int
count_row(WgMatrix *self, int row)
{
    int sum = 0;

    for (int i = 0; i < self->n; i++)
        sum += self->counts[row * self->n + i];
    return sum;
}

static void
draw_cell(WgMatrix *self, int row, int column, cairo_t *cr, const WgTheme *theme, double x,
          double y, double size)
{
    const int count = self->counts[row * self->n + column];
    const double share = count / (double)MAX(count_row(self, row), 1);
    g_autofree char *text = g_strdup_printf("%d", count);
    const gboolean is_error = count > 0 && row != column;
    double text_width, text_height;
    GdkRGBA ground, ink;

    wg_theme_mix(&theme->background, &theme->accent, count ? 0.08 + 0.92 * share : 0, &ground);
    gdk_cairo_set_source_rgba(cr, &ground);
    cairo_rectangle(cr, x + 1, y + 1, size - 2, size - 2);
    cairo_fill(cr);
    if (is_error) {
        cairo_set_line_width(cr, 2);
        gdk_cairo_set_source_rgba(cr, &theme->warning);
        cairo_rectangle(cr, x + 2, y + 2, size - 4, size - 4);
        cairo_stroke(cr);
    }
    if (row == self->chosen_row && column == self->chosen_column) {
        cairo_set_line_width(cr, 3);
        gdk_cairo_set_source_rgba(cr, &theme->foreground);
        cairo_rectangle(cr, x + 1.5, y + 1.5, size - 3, size - 3);
        cairo_stroke(cr);
    }
    wg_theme_contrasting(&ground, &ink);
    if (count == 0)
        return;
    wg_theme_measure(theme, text, 1, &text_width, &text_height);
    wg_theme_text(theme, cr, text, x + size / 2, y + size / 2, 0.5, 0.5,
                  MIN(1.05, MIN(0.8 * size / text_width, size / text_height)), 0, &ink);
}

static void
draw_labels(WgMatrix *self, cairo_t *cr, const WgTheme *theme, double left, double top, double size)
{
    double line;

    wg_theme_measure(theme, "x", 0.9, NULL, &line);
    for (int i = 0; i < self->n; i++) {
        wg_theme_text(theme, cr, self->labels[i], left - 6, top + (i + 0.5) * size, 1, 0.5, 0.9,
                      left - 18, &theme->foreground);
        cairo_save(cr);
        cairo_translate(cr, left + (i + 0.5) * size - line * 0.35, top - 4);
        cairo_rotate(cr, -G_PI / 4);
        wg_theme_text(theme, cr, self->labels[i], 0, 0, 0, 0.5, 0.9, (top - line * 0.7 - 6) / 0.7,
                      &theme->foreground);
        cairo_restore(cr);
    }
    wg_theme_text(theme, cr, _("answered →"), left - 6, top - 4, 1, 1, 0.85, left - 8, &theme->dim);
    wg_theme_text(theme, cr, _("true ↓"), left - 6, top - 4 - line * 1.1, 1, 1, 0.85, left - 8,
                  &theme->dim);
}

static void
lay_out(WgMatrix *self, const WgTheme *theme, double width, double height, double *left,
        double *top, double *cell)
{
    double widest = 0, line;

    for (int i = 0; i < self->n; i++) {
        double label_width;

        wg_theme_measure(theme, self->labels[i], 0.9, &label_width, NULL);
        widest = MAX(widest, label_width);
    }
    wg_theme_measure(theme, _("answered →"), 0.85, &line, NULL);
    *left = MIN(MAX(widest, line) + 18, width * 0.35);
    wg_theme_measure(theme, "x", 0.9, NULL, &line);
    *top = MIN(widest * 0.74 + line + 8, height * 0.35);
    /* the last slanted label needs room at the right */
    *cell = floor(MIN((width - *left - MIN(widest * 0.5, width * 0.1)) / self->n,
                      (height - *top - 4) / self->n));
    *cell = MIN(*cell, 84);
}

static void
wg_matrix_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgMatrix *self = WG_MATRIX(chart);
    double left, top, cell;

    if (self->n == 0) {
        wg_theme_text(theme, cr, _("Shows which gestures are mixed up"), width / 2, height / 2, 0.5,
                      0.5, 1, width - 12, &theme->dim);
        return;
    }
    lay_out(self, theme, width, height, &left, &top, &cell);
    if (cell < 4)
        return;
    self->left = left;
    self->top = top;
    self->cell = cell;
    gdk_cairo_set_source_rgba(cr, &theme->faint);
    cairo_rectangle(cr, left, top, cell * self->n, cell * self->n);
    cairo_fill(cr);
    for (int row = 0; row < self->n; row++) {
        for (int column = 0; column < self->n; column++)
            draw_cell(self, row, column, cr, theme, left + column * cell, top + row * cell, cell);
    }
    draw_labels(self, cr, theme, left, top, cell);
    if (gtk_widget_has_visible_focus(GTK_WIDGET(self)))
        gtk_render_focus(gtk_widget_get_style_context(GTK_WIDGET(self)), cr,
                         left + self->column * cell, top + self->row * cell, cell, cell);
}

static char *
wg_matrix_describe(WgChart *chart)
{
    WgMatrix *self = WG_MATRIX(chart);
    int count;

    if (self->n == 0)
        return g_strdup(_("No model has been evaluated yet"));
    count = self->counts[self->row * self->n + self->column];
    return g_strdup_printf(ngettext("True gesture %s, answered %s: %d take",
                                    "True gesture %s, answered %s: %d takes", (gulong)count),
                           self->labels[self->row], self->labels[self->column], count);
}

static void
choose(WgMatrix *self, int row, int column)
{
    self->row = self->chosen_row = row;
    self->column = self->chosen_column = column;
    wg_chart_changed(WG_CHART(self));
    g_signal_emit(self, cell_chosen_signal, 0, row, column);
}

static gboolean
wg_matrix_key_press(GtkWidget *widget, GdkEventKey *event)
{
    WgMatrix *self = WG_MATRIX(widget);
    int row = self->row, column = self->column;

    if (self->n == 0)
        return GTK_WIDGET_CLASS(wg_matrix_parent_class)->key_press_event(widget, event);
    switch (event->keyval) {
    case GDK_KEY_Up:
        row--;
        break;
    case GDK_KEY_Down:
        row++;
        break;
    case GDK_KEY_Left:
        column--;
        break;
    case GDK_KEY_Right:
        column++;
        break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
        choose(self, row, column);
        return TRUE;
    default:
        return GTK_WIDGET_CLASS(wg_matrix_parent_class)->key_press_event(widget, event);
    }
    self->row = CLAMP(row, 0, self->n - 1);
    self->column = CLAMP(column, 0, self->n - 1);
    wg_chart_changed(WG_CHART(self));
    return TRUE;
}

static void
on_pressed(GtkGestureMultiPress *gesture, int n_press, double x, double y, gpointer user_data)
{
    WgMatrix *self = WG_MATRIX(user_data);
    const int column = (int)floor((x - self->left) / MAX(self->cell, 1));
    const int row = (int)floor((y - self->top) / MAX(self->cell, 1));

    gtk_widget_grab_focus(GTK_WIDGET(self));
    if (row >= 0 && row < self->n && column >= 0 && column < self->n)
        choose(self, row, column);
}

static gboolean
wg_matrix_query_tooltip(GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
    WgMatrix *self = WG_MATRIX(widget);
    const int column = (int)floor((x - self->left) / MAX(self->cell, 1));
    const int row = (int)floor((y - self->top) / MAX(self->cell, 1));
    g_autofree char *text = NULL;
    int count, sum;

    if (by_keyboard || row < 0 || row >= self->n || column < 0 || column >= self->n)
        return FALSE;
    count = self->counts[row * self->n + column];
    sum = count_row(self, row);
    text = g_strdup_printf(_("%d of %d takes of “%s” were answered “%s” (%.1f %%)"), count, sum,
                           self->labels[row], self->labels[column], 100.0 * count / MAX(sum, 1));
    gtk_tooltip_set_text(tooltip, text);
    return TRUE;
}

static double
wg_matrix_count_lines(WgChart *chart)
{
    return 1.4 * WG_MATRIX(chart)->n + 5;
}

static void
wg_matrix_finalize(GObject *object)
{
    WgMatrix *self = WG_MATRIX(object);

    g_strfreev(self->labels);
    g_free(self->counts);
    g_clear_object(&self->click);
    G_OBJECT_CLASS(wg_matrix_parent_class)->finalize(object);
}

static void
wg_matrix_class_init(WgMatrixClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = wg_matrix_finalize;
    widget_class->key_press_event = wg_matrix_key_press;
    widget_class->query_tooltip = wg_matrix_query_tooltip;
    WG_CHART_CLASS(klass)->paint = wg_matrix_paint;
    WG_CHART_CLASS(klass)->describe = wg_matrix_describe;
    WG_CHART_CLASS(klass)->count_lines = wg_matrix_count_lines;
    gtk_widget_class_set_css_name(widget_class, "matrix");
    gtk_widget_class_set_accessible_role(widget_class, ATK_ROLE_TABLE);
    cell_chosen_signal = g_signal_new("cell-chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
}

static void
wg_matrix_init(WgMatrix *self)
{
    self->chosen_row = self->chosen_column = -1;
    gtk_widget_set_has_tooltip(GTK_WIDGET(self), TRUE);
    self->click = gtk_gesture_multi_press_new(GTK_WIDGET(self));
    gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(self->click), GDK_BUTTON_PRIMARY);
    g_signal_connect(self->click, "pressed", G_CALLBACK(on_pressed), self);
}

void
wg_matrix_set(WgMatrix *self, const char *const *labels, const int *counts)
{
    char **before = self->labels;

    if (!before || !g_strv_equal((const char *const *)before, labels)) {
        self->row = self->column = 0;
        self->chosen_row = self->chosen_column = -1;
    }
    self->labels = g_strdupv((char **)labels);
    g_strfreev(before);
    self->n = (int)g_strv_length(self->labels);
    g_free(self->counts);
    self->counts = g_memdup2(counts, sizeof(int) * (gsize)self->n * (gsize)self->n);
    wg_chart_changed(WG_CHART(self));
    gtk_widget_queue_resize(GTK_WIDGET(self));
}

void
wg_matrix_clear(WgMatrix *self)
{
    g_clear_pointer(&self->labels, g_strfreev);
    g_clear_pointer(&self->counts, g_free);
    self->n = 0;
    self->row = self->column = 0;
    self->chosen_row = self->chosen_column = -1;
    wg_chart_changed(WG_CHART(self));
}

void
wg_matrix_get_chosen(WgMatrix *self, int *row, int *column)
{
    *row = self->chosen_row;
    *column = self->chosen_column;
}
