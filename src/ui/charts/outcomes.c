/* What became of each gesture's takes, as a bar: right, left unanswered, wrong. */
#include "ui/charts/outcomes.h"

#include "base/sentences.h"

#include <glib/gi18n.h>
#include <math.h>

#define HATCH 5 /* pixels from line to line */
#define ROW_AT_MOST 36
#define N_PARTS 3

struct _WgOutcomes {
    WgChart parent_instance;
    char **labels;
    WgOutcome *outcomes;
    char *silent;
    int n;
};

G_DEFINE_FINAL_TYPE(WgOutcomes, wg_outcomes, WG_TYPE_CHART)

/* As wide as all of the gesture's takes; wrong ones are hatched as well as coloured. */
static void
draw_part(cairo_t *cr, const WgTheme *theme, int part, double x, double y, double width,
          double height)
{
    GdkRGBA colour;

    if (width <= 0)
        return;
    wg_theme_mix(&theme->background, part == 0 ? &theme->accent : &theme->foreground,
                 part == 0 ? 0.75 : 0.16, &colour);
    gdk_cairo_set_source_rgba(cr, part == 2 ? &theme->warning : &colour);
    cairo_rectangle(cr, x, y, MAX(1, width - 1), height);
    cairo_fill(cr);
    if (part != 2)
        return;
    cairo_save(cr);
    cairo_rectangle(cr, x, y, MAX(1, width - 1), height);
    cairo_clip(cr);
    gdk_cairo_set_source_rgba(cr, &theme->background);
    cairo_set_line_width(cr, 1);
    for (int i = 0; i * HATCH < width + height; i++) {
        const double at = x - height + i * HATCH;

        cairo_move_to(cr, at, y + height);
        cairo_line_to(cr, at + height, y);
    }
    cairo_stroke(cr);
    cairo_restore(cr);
}

static char *
dup_counts(const WgOutcome *outcome, gboolean has_silent)
{
    if (has_silent)
        return g_strdup_printf("%d · %d · %d", outcome->n_right, outcome->n_silent,
                               outcome->n_wrong);
    return g_strdup_printf("%d · %d", outcome->n_right, outcome->n_wrong);
}

static void
draw_row(WgOutcomes *self, int i, cairo_t *cr, const WgTheme *theme, double left, double y,
         double width, double row)
{
    const WgOutcome *outcome = &self->outcomes[i];
    const int counts[N_PARTS] = {outcome->n_right, outcome->n_silent, outcome->n_wrong};
    const int n = counts[0] + counts[1] + counts[2];
    const double height = MAX(4, row * 0.5);
    g_autofree char *text = dup_counts(outcome, self->silent != NULL);
    double x = left;

    wg_theme_text(theme, cr, self->labels[i], left - 12, y + row / 2, 1, 0.5, 1, left - 12,
                  &theme->foreground);
    for (int part = 0; part < N_PARTS; part++) {
        const double part_width = n > 0 ? width * counts[part] / n : 0;

        draw_part(cr, theme, part, x, y + (row - height) / 2, part_width, height);
        x += part_width;
    }
    wg_theme_text(theme, cr, text, left + width + 12, y + row / 2, 0, 0.5, 0.9, 0,
                  &theme->foreground);
}

static double
measure_labels(WgOutcomes *self, const WgTheme *theme)
{
    double widest = 0;

    for (int i = 0; i < self->n; i++) {
        double width;

        wg_theme_measure(theme, self->labels[i], 1, &width, NULL);
        widest = MAX(widest, width);
    }
    return widest;
}

static void
wg_outcomes_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgOutcomes *self = WG_OUTCOMES(chart);
    g_autofree char *legend = NULL;
    double left, right, line, row;

    if (self->n == 0)
        return;
    left = MIN(measure_labels(self, theme) + 12, width * 0.35);
    wg_theme_measure(theme, self->silent ? "000 · 000 · 000" : "000 · 000", 0.9, &right, &line);
    row = MIN((height - line - 6) / self->n, MAX(ROW_AT_MOST, line));
    if (width - left - right - 24 < 10)
        return;
    legend = self->silent ? g_strdup_printf(_("right · %s · wrong"), self->silent)
                          : g_strdup(_("right · wrong"));
    wg_theme_text(theme, cr, legend, width, 0, 1, 0, 0.85, width, &theme->dim);
    for (int i = 0; i < self->n; i++)
        draw_row(self, i, cr, theme, left, line + 6 + i * row, width - left - right - 24, row);
}

static char *
wg_outcomes_describe(WgChart *chart)
{
    WgOutcomes *self = WG_OUTCOMES(chart);
    g_autoptr(GString) text = g_string_new(NULL);

    if (self->n == 0)
        return g_strdup(_("Nothing has been counted yet"));
    for (int i = 0; i < self->n; i++) {
        const WgOutcome *outcome = &self->outcomes[i];

        if (self->silent)
            /* TRANSLATORS: the word before “%d wrong” is what those are called that were not
             * answered */
            wg_append_sentence(text, _("%s: %d right, %d %s, %d wrong."), self->labels[i],
                               outcome->n_right, outcome->n_silent, self->silent, outcome->n_wrong);
        else
            wg_append_sentence(text, _("%s: %d right, %d wrong."), self->labels[i],
                               outcome->n_right, outcome->n_wrong);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
wg_outcomes_dup_values(WgChart *chart)
{
    WgOutcomes *self = WG_OUTCOMES(chart);
    GString *text = g_string_new("gesture,right,wrong,unanswered\n");

    for (int i = 0; i < self->n; i++) {
        const WgOutcome *outcome = &self->outcomes[i];
        const double row[] = {outcome->n_right, outcome->n_wrong, outcome->n_silent};

        wg_chart_append_row(text, self->labels[i], row, 3, 0);
    }
    return g_string_free(text, FALSE);
}

static double
wg_outcomes_count_lines(WgChart *chart)
{
    return 1.2 * (WG_OUTCOMES(chart)->n + 1);
}

static void
wg_outcomes_finalize(GObject *object)
{
    WgOutcomes *self = WG_OUTCOMES(object);

    g_strfreev(self->labels);
    g_free(self->outcomes);
    g_free(self->silent);
    G_OBJECT_CLASS(wg_outcomes_parent_class)->finalize(object);
}

static void
wg_outcomes_class_init(WgOutcomesClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_outcomes_finalize;
    WG_CHART_CLASS(klass)->paint = wg_outcomes_paint;
    WG_CHART_CLASS(klass)->describe = wg_outcomes_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_outcomes_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_outcomes_count_lines;
}

static void
wg_outcomes_init(WgOutcomes *self)
{
}

void
wg_outcomes_set(WgOutcomes *self, const char *const *labels, const WgOutcome *outcomes,
                const char *silent)
{
    const int n = labels ? (int)g_strv_length((char **)labels) : 0;
    char **copied = g_strdupv((char **)labels);

    if (n != self->n)
        gtk_widget_queue_resize(GTK_WIDGET(self));
    g_strfreev(self->labels);
    g_free(self->outcomes);
    g_free(self->silent);
    self->labels = copied;
    self->n = n;
    self->outcomes = n > 0 ? g_memdup2(outcomes, sizeof *outcomes * (gsize)n) : NULL;
    self->silent = g_strdup(silent);
    wg_chart_changed(WG_CHART(self));
}
