/* The confusion matrix: true gestures down, answers across, every cell can be chosen. */
#include "ui/charts/matrix.h"

#include "ui/charts/matrix-drawing.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n.h>
#include <math.h>

struct _WgMatrix {
    WgChart parent_instance;
    WgMatrixData data;
    WgMatrixLayout layout; /* as last drawn on the widget */
    GtkGesture *click;
};

G_DEFINE_FINAL_TYPE(WgMatrix, wg_matrix, WG_TYPE_CHART)

static guint cell_chosen_signal;

static void
wg_matrix_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgMatrix *self = WG_MATRIX(chart);

    if (self->data.n == 0) {
        wg_theme_text(theme, cr, _("Shows which gestures are mixed up"), width / 2, height / 2, 0.5,
                      0.5, 1, width - 12, &theme->dim);
        return;
    }
    self->data.is_rtl = gtk_widget_get_direction(GTK_WIDGET(self)) == GTK_TEXT_DIR_RTL;
    wg_matrix_layout_init(&self->layout, &self->data, theme, width, height);
    if (self->layout.cell_width < 4 || self->layout.cell_height < 4)
        return;
    wg_matrix_draw(&self->data, &self->layout, cr, theme);
    if (gtk_widget_has_visible_focus(GTK_WIDGET(self))) {
        double x, y;

        wg_matrix_layout_get_cell(&self->layout, &self->data, self->data.row, self->data.column, &x,
                                  &y);
        gtk_render_focus(gtk_widget_get_style_context(GTK_WIDGET(self)), cr, x, y,
                         self->layout.cell_width, self->layout.cell_height);
    }
}

/* "+2 since the training before"; NULL: nothing is known. */
static char *
describe_mark(WgMatrix *self, int at)
{
    const int mark = self->data.marks ? self->data.marks[at] : 0;

    if (mark == 0)
        return NULL;
    return g_strdup_printf(
        mark > 0 ? ngettext("%d more than before", "%d more than before", (gulong)mark)
                 : ngettext("%d fewer than before", "%d fewer than before", (gulong)-mark),
        ABS(mark));
}

static char *
describe_cell(WgMatrix *self, int row, int column)
{
    const WgMatrixData *data = &self->data;
    const int at = row * data->n_columns + column;
    const int sum = wg_matrix_data_count_row(data, data->counts, row);
    g_autofree char *mark = describe_mark(self, at);
    g_autofree char *text = NULL;

    if (data->before)
        return g_strdup_printf(_("True gesture %s, answered %s: %d here, %d there"),
                               data->labels[row], data->labels[column], data->counts[at],
                               data->before[at]);
    if (column >= data->n)
        return g_strdup_printf(ngettext("True gesture %s, not answered: %d take of %d (%.1f %%)",
                                        "True gesture %s, not answered: %d takes of %d (%.1f %%)",
                                        (gulong)data->counts[at]),
                               data->labels[row], data->counts[at], sum,
                               100.0 * data->counts[at] / MAX(sum, 1));
    text = g_strdup_printf(ngettext("True gesture %s, answered %s: %d take of %d (%.1f %%)",
                                    "True gesture %s, answered %s: %d takes of %d (%.1f %%)",
                                    (gulong)data->counts[at]),
                           data->labels[row], data->labels[column], data->counts[at], sum,
                           100.0 * data->counts[at] / MAX(sum, 1));
    return mark ? g_strjoin(", ", text, mark, NULL) : g_steal_pointer(&text);
}

static char *
wg_matrix_describe(WgChart *chart)
{
    WgMatrix *self = WG_MATRIX(chart);

    if (self->data.n == 0)
        return g_strdup(_("No model has been evaluated yet"));
    return describe_cell(self, self->data.row, self->data.column);
}

static void
choose(WgMatrix *self, int row, int column)
{
    wg_matrix_choose(self, row, column);
    g_signal_emit(self, cell_chosen_signal, 0, row, column);
}

/* The next cell off the diagonal that has takes, or the one before; where it is when there is none.
 */
static void
go_to_mistake(WgMatrix *self, int step)
{
    WgMatrixData *data = &self->data;
    const int columns = data->n_columns, n = data->n * columns;
    int at = data->row * columns + data->column;

    for (int i = 0; i < n; i++) {
        at = (at + step + n) % n;
        if (at / columns != at % columns && data->counts[at] > 0) {
            data->row = at / columns;
            data->column = at % columns;
            return;
        }
    }
}

/* FALSE: it is no key that moves. */
static gboolean
move(WgMatrix *self, guint key)
{
    WgMatrixData *data = &self->data;
    const int forward = data->is_rtl ? -1 : 1;

    switch (key) {
    case GDK_KEY_Up:
        data->row--;
        break;
    case GDK_KEY_Down:
        data->row++;
        break;
    case GDK_KEY_Left:
        data->column -= forward;
        break;
    case GDK_KEY_Right:
        data->column += forward;
        break;
    case GDK_KEY_Home:
        data->column = 0;
        break;
    case GDK_KEY_End:
        data->column = data->n_columns - 1;
        break;
    case GDK_KEY_Page_Down:
        go_to_mistake(self, 1);
        break;
    case GDK_KEY_Page_Up:
        go_to_mistake(self, -1);
        break;
    default:
        return FALSE;
    }
    data->row = CLAMP(data->row, 0, data->n - 1);
    data->column = CLAMP(data->column, 0, data->n_columns - 1);
    return TRUE;
}

static gboolean
wg_matrix_key_press(GtkWidget *widget, GdkEventKey *event)
{
    WgMatrix *self = WG_MATRIX(widget);
    const gboolean is_enter = event->keyval == GDK_KEY_Return ||
                              event->keyval == GDK_KEY_KP_Enter || event->keyval == GDK_KEY_space;

    if (self->data.n > 0 && is_enter) {
        choose(self, self->data.row, self->data.column);
        return TRUE;
    }
    if (self->data.n > 0 && move(self, event->keyval)) {
        wg_chart_changed(WG_CHART(self));
        return TRUE;
    }
    return GTK_WIDGET_CLASS(wg_matrix_parent_class)->key_press_event(widget, event);
}

static void
on_pressed(GtkGestureMultiPress *gesture, int n_press, double x, double y, gpointer user_data)
{
    WgMatrix *self = WG_MATRIX(user_data);
    int row, column;

    gtk_widget_grab_focus(GTK_WIDGET(self));
    if (wg_matrix_layout_find(&self->layout, &self->data, x, y, &row, &column))
        choose(self, row, column);
}

static gboolean
wg_matrix_query_tooltip(GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
    WgMatrix *self = WG_MATRIX(widget);
    g_autofree char *text = NULL;
    int row, column;

    if (by_keyboard || !wg_matrix_layout_find(&self->layout, &self->data, x, y, &row, &column))
        return FALSE;
    text = describe_cell(self, row, column);
    gtk_tooltip_set_text(tooltip, text);
    return TRUE;
}

static char *
wg_matrix_dup_values(WgChart *chart)
{
    const WgMatrixData *data = &WG_MATRIX(chart)->data;
    GString *text =
        g_string_new(data->before ? "true,answered,takes,there\n" : "true,answered,takes\n");

    for (int i = 0; i < data->n * data->n_columns; i++) {
        const double row[] = {data->counts[i], data->before ? data->before[i] : 0};

        wg_chart_append_text(text, data->labels[i / data->n_columns]);
        g_string_append_c(text, ',');
        wg_chart_append_row(text, data->labels[i % data->n_columns], row, data->before ? 2 : 1, 0);
    }
    return g_string_free(text, FALSE);
}

static double
wg_matrix_count_lines(WgChart *chart)
{
    return 1.2 * WG_MATRIX(chart)->data.n + 5;
}

/* So that each cell can be read and met with a finger. */
static void
wg_matrix_get_preferred_width(GtkWidget *widget, int *minimum, int *natural)
{
    WgTheme theme;

    wg_theme_read(&theme, widget);
    *minimum = 0;
    *natural = (int)wg_matrix_data_measure_width(&WG_MATRIX(widget)->data, &theme);
}

static void
clear(WgMatrixData *data)
{
    g_clear_pointer(&data->counts, g_free);
    g_clear_pointer(&data->before, g_free);
    g_clear_pointer(&data->marks, g_free);
}

static void
wg_matrix_finalize(GObject *object)
{
    WgMatrix *self = WG_MATRIX(object);

    clear(&self->data);
    g_strfreev(self->data.labels);
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
    widget_class->get_preferred_width = wg_matrix_get_preferred_width;
    WG_CHART_CLASS(klass)->paint = wg_matrix_paint;
    WG_CHART_CLASS(klass)->describe = wg_matrix_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_matrix_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_matrix_count_lines;
    gtk_widget_class_set_css_name(widget_class, "matrix");
    gtk_widget_class_set_accessible_role(widget_class, ATK_ROLE_TABLE);
    cell_chosen_signal = g_signal_new("cell-chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
}

static void
wg_matrix_init(WgMatrix *self)
{
    self->data.chosen_row = self->data.chosen_column = -1;
    gtk_widget_set_has_tooltip(GTK_WIDGET(self), TRUE);
    self->click = gtk_gesture_multi_press_new(GTK_WIDGET(self));
    gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(self->click), GDK_BUTTON_PRIMARY);
    g_signal_connect(self->click, "pressed", G_CALLBACK(on_pressed), self);
}

static int *
dup_cells(WgMatrix *self, const int *cells)
{
    const gsize n = (gsize)self->data.n * (gsize)self->data.n_columns;

    return cells ? g_memdup2(cells, sizeof(int) * n) : NULL;
}

/* `labels`: of the columns, of which the first n are those of the rows too. */
static void
set(WgMatrix *self, const char *const *labels, int n, const int *counts, const int *before)
{
    WgMatrixData *data = &self->data;
    char **old = data->labels;

    if (!old || !g_strv_equal((const char *const *)old, labels)) {
        data->row = data->column = 0;
        data->chosen_row = data->chosen_column = -1;
    }
    data->labels = g_strdupv((char **)labels);
    g_strfreev(old);
    clear(data);
    data->n = n;
    data->n_columns = (int)g_strv_length(data->labels);
    data->counts = dup_cells(self, counts);
    data->before = dup_cells(self, before);
    wg_chart_changed(WG_CHART(self));
    gtk_widget_queue_resize(GTK_WIDGET(self));
}

void
wg_matrix_set(WgMatrix *self, const char *const *labels, const int *counts)
{
    wg_matrix_set_difference(self, labels, counts, NULL);
}

void
wg_matrix_set_with_silence(WgMatrix *self, const char *const *labels, const char *silence,
                           const int *counts)
{
    const guint n = g_strv_length((char **)labels);
    g_autofree const char **all = g_new0(const char *, n + 2);

    for (guint i = 0; i < n; i++)
        all[i] = labels[i];
    all[n] = silence;
    set(self, all, (int)n, counts, NULL);
}

void
wg_matrix_set_difference(WgMatrix *self, const char *const *labels, const int *counts,
                         const int *before)
{
    set(self, labels, (int)g_strv_length((char **)labels), counts, before);
}

void
wg_matrix_mark(WgMatrix *self, const int *marks)
{
    g_free(self->data.marks);
    self->data.marks = dup_cells(self, marks);
    wg_chart_changed(WG_CHART(self));
}

void
wg_matrix_set_shares(WgMatrix *self, gboolean has_shares)
{
    self->data.has_shares = has_shares;
    wg_chart_changed(WG_CHART(self));
}

void
wg_matrix_clear(WgMatrix *self)
{
    g_clear_pointer(&self->data.labels, g_strfreev);
    clear(&self->data);
    self->data.n = self->data.n_columns = 0;
    wg_matrix_choose(self, -1, -1);
}

void
wg_matrix_get_chosen(WgMatrix *self, int *row, int *column)
{
    *row = self->data.chosen_row;
    *column = self->data.chosen_column;
}

void
wg_matrix_choose(WgMatrix *self, int row, int column)
{
    self->data.row = MAX(row, 0);
    self->data.column = MAX(column, 0);
    self->data.chosen_row = row;
    self->data.chosen_column = column;
    wg_chart_changed(WG_CHART(self));
}
