/* A take as it was, faint, and as it was changed, over it. */
#include "ui/charts/beside.h"

#include "ui/charts/axes.h"

#include <glib/gi18n.h>

#define AXES 3
#define N_SHOWN_AT_LEAST 20
#define FAINT 0.3

struct _WgBeside {
    WgChart parent_instance;
    char *what;
    float *before, *after;
    int n_before, n_after;
    double rate_hz;
};

G_DEFINE_FINAL_TYPE(WgBeside, wg_beside, WG_TYPE_CHART)

static void
wg_beside_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgBeside *self = WG_BESIDE(chart);
    const int n_shown = MAX(N_SHOWN_AT_LEAST, MAX(self->n_before, self->n_after));
    WgAxesFrame frame, ended;
    double margin, line;

    if (self->n_after == 0)
        return;
    wg_theme_measure(theme, "+2", 0.85, &margin, &line);
    frame = (WgAxesFrame){margin + 12, line / 2 + 2, width - margin - 36, height - 2 * line - 6, 2};
    if (frame.width <= 0 || frame.height <= 0)
        return;
    wg_axes_draw_ground(&frame, cr, theme, TRUE);
    for (int second = 0; second <= (int)(n_shown / self->rate_hz); second++) {
        g_autofree char *text = g_strdup_printf("%d s", second);

        wg_theme_text(theme, cr, text, frame.x + frame.width * second * self->rate_hz / n_shown,
                      frame.y + frame.height + 3, second ? 0.5 : 0, 0, 0.85, 0, &theme->dim);
    }
    wg_axes_draw_lines(&frame, cr, theme, self->before, self->n_before, AXES, 0, n_shown - 1, 1,
                       FAINT);
    wg_axes_draw_lines(&frame, cr, theme, self->after, self->n_after, AXES, 0, n_shown - 1, 2, 1);
    ended = frame;
    ended.width = frame.width * (self->n_after - 1) / (n_shown - 1);
    wg_axes_draw_labels(&ended, cr, theme, self->after + (gsize)(self->n_after - 1) * AXES);
}

static char *
wg_beside_describe(WgChart *chart)
{
    WgBeside *self = WG_BESIDE(chart);

    if (self->n_after == 0)
        return g_strdup(_("No take is shown yet"));
    return g_strdup_printf(_("%s, changed, over what it was: x, y and z in g, %.1f s"), self->what,
                           self->n_after / self->rate_hz);
}

static char *
wg_beside_dup_values(WgChart *chart)
{
    WgBeside *self = WG_BESIDE(chart);
    GString *text = g_string_new("line,seconds,x,y,z\n");

    wg_chart_append_series(text, _("before"), self->before, self->n_before, AXES, AXES,
                           self->rate_hz);
    wg_chart_append_series(text, _("changed"), self->after, self->n_after, AXES, AXES,
                           self->rate_hz);
    return g_string_free(text, FALSE);
}

static double
wg_beside_count_lines(WgChart *chart)
{
    return 6;
}

static void
wg_beside_finalize(GObject *object)
{
    WgBeside *self = WG_BESIDE(object);

    g_free(self->what);
    g_free(self->before);
    g_free(self->after);
    G_OBJECT_CLASS(wg_beside_parent_class)->finalize(object);
}

static void
wg_beside_class_init(WgBesideClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_beside_finalize;
    WG_CHART_CLASS(klass)->paint = wg_beside_paint;
    WG_CHART_CLASS(klass)->describe = wg_beside_describe;
    WG_CHART_CLASS(klass)->dup_values = wg_beside_dup_values;
    WG_CHART_CLASS(klass)->count_lines = wg_beside_count_lines;
}

static void
wg_beside_init(WgBeside *self)
{
    self->rate_hz = 1;
}

void
wg_beside_set(WgBeside *self, const char *what, double rate_hz, const float *before, int n_before,
              const float *after, int n_after)
{
    const gsize size = sizeof(float) * AXES;

    g_free(self->what);
    g_free(self->before);
    g_free(self->after);
    self->what = g_strdup(what);
    self->before = g_memdup2(before, size * (gsize)n_before);
    self->after = g_memdup2(after, size * (gsize)n_after);
    self->n_before = n_before;
    self->n_after = n_after;
    self->rate_hz = rate_hz;
    wg_chart_changed(WG_CHART(self));
}
