/* Two curves over the epochs of a training: of the training takes and of the validation takes. */
#include "ui/charts/curves.h"

#include "ui/charts/axes.h"

#include <glib/gi18n.h>
#include <math.h>

enum { PROP_IS_SHARE = 1 };

struct _WgCurves {
    WgChart parent_instance;
    GArray *values; /* double, pairs */
    int n_epochs_at_most;
    gboolean is_share;
};

G_DEFINE_FINAL_TYPE(WgCurves, wg_curves, WG_TYPE_CHART)

typedef struct {
    double x, y, width, height, top, bottom;
} Frame;

static int
get_n(WgCurves *self)
{
    return (int)self->values->len / 2;
}

static double
get_value(WgCurves *self, int epoch, int curve)
{
    return g_array_index(self->values, double, 2 * epoch + curve);
}

static double
to_y(const Frame *frame, double value)
{
    const double share = (value - frame->bottom) / (frame->top - frame->bottom);

    return frame->y + frame->height * (1 - CLAMP(share, 0, 1));
}

/* Marks stand at 0 and in quarters of the top. */
static void
draw_ground(WgCurves *self, const Frame *frame, cairo_t *cr, const WgTheme *theme)
{
    g_autofree char *last = NULL;

    for (int i = 0; i <= 4; i++) {
        const double value = frame->bottom + (frame->top - frame->bottom) * i / 4;
        g_autofree char *text = self->is_share ? g_strdup_printf("%.0f %%", 100 * value)
                                               : g_strdup_printf("%.2g", value);

        wg_axes_draw_level(cr, theme, frame->x, to_y(frame, value), frame->width, text, i == 0);
    }
    last = g_strdup_printf(_("epoch %d"), self->n_epochs_at_most);
    wg_theme_text(theme, cr, last, frame->x + frame->width, frame->y + frame->height + 3, 1, 0,
                  0.85, 0, &theme->dim);
}

/* The next of 1, 2, 4, 6, 8 times a power of ten, so that its quarters are short numbers. */
static double
round_up(double value)
{
    static const double steps[] = {1, 2, 4, 6, 8, 10};

    return wg_axes_round_up(value, steps, G_N_ELEMENTS(steps));
}

static void
draw_curve(WgCurves *self, int curve, const Frame *frame, cairo_t *cr, const WgTheme *theme,
           double *end_x, double *end_y)
{
    const double dashes[] = {6, 3};
    const int n = get_n(self);

    cairo_save(cr);
    cairo_new_path(cr);
    cairo_set_line_width(cr, 2);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    if (curve == 1)
        cairo_set_dash(cr, dashes, 2, 0);
    gdk_cairo_set_source_rgba(cr, &theme->axis[curve]);
    for (int i = 0; i < n; i++) {
        const double value = get_value(self, i, curve);

        if (isnan(value))
            continue;
        *end_x = frame->x + frame->width * i / MAX(self->n_epochs_at_most - 1, 1);
        *end_y = to_y(frame, value);
        cairo_line_to(cr, *end_x, *end_y);
    }
    cairo_stroke(cr);
    cairo_restore(cr);
}

/* Each name beside the end of its line, or within the plot where there is no room. */
static void
draw_names(const double end_x[2], double end_y[2], const Frame *frame, cairo_t *cr,
           const WgTheme *theme)
{
    const char *const names[] = {_("training"), _("validation")};
    double height;
    int upper;

    wg_theme_measure(theme, names[0], 0.85, NULL, &height);
    upper = end_y[0] <= end_y[1] ? 0 : 1;
    if (end_y[!upper] - end_y[upper] < height) {
        const double middle = (end_y[0] + end_y[1]) / 2;

        end_y[upper] = MAX(middle - height / 2, frame->y);
        end_y[!upper] = end_y[upper] + height;
    }
    if (end_y[!upper] > frame->y + frame->height - height / 2) {
        end_y[!upper] = frame->y + frame->height - height / 2;
        end_y[upper] = MIN(end_y[upper], end_y[!upper] - height);
    }
    for (int i = 0; i < 2; i++) {
        double width, x = end_x[i] + 6;

        if (end_x[i] < 0)
            continue;
        wg_theme_measure(theme, names[i], 0.85, &width, NULL);
        wg_theme_text(theme, cr, names[i], x, end_y[i], 0, 0.5, 0.85, 0, &theme->axis[i]);
    }
}

static void
wg_curves_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgCurves *self = WG_CURVES(chart);
    const int n = get_n(self);
    double margin, line, name_width, end_x[2] = {-1, -1}, end_y[2] = {0, 0};
    Frame frame;

    wg_theme_measure(theme, "100 %", 0.85, &margin, &line);
    wg_theme_measure(theme, _("validation"), 0.85, &name_width, NULL);
    frame = (Frame){.x = margin + 12,
                    .y = line / 2 + 2,
                    .width = width - margin - name_width - 24,
                    .height = height - 2 * line - 6,
                    .top = self->is_share ? 1 : 0.1,
                    .bottom = 0};
    if (frame.width <= 0 || frame.height <= 0)
        return;
    for (int i = 0; i < 2 * n; i++) {
        const double value = g_array_index(self->values, double, i);

        if (!self->is_share && !isnan(value))
            frame.top = MAX(frame.top, value);
    }
    frame.top = round_up(frame.top);
    draw_ground(self, &frame, cr, theme);
    if (n == 0) {
        wg_theme_text(theme, cr, _("Fills while it learns"), frame.x + frame.width / 2,
                      frame.y + frame.height * 0.38, 0.5, 0.5, 1, frame.width, &theme->dim);
        return;
    }
    for (int i = 0; i < 2; i++)
        draw_curve(self, i, &frame, cr, theme, &end_x[i], &end_y[i]);
    draw_names(end_x, end_y, &frame, cr, theme);
}

static char *
wg_curves_describe(WgChart *chart)
{
    WgCurves *self = WG_CURVES(chart);
    const int n = get_n(self);
    const double factor = self->is_share ? 100 : 1;

    if (n == 0)
        return g_strdup(_("No training yet"));
    return g_strdup_printf(
        self->is_share ? _("After epoch %d: training %.1f %%, validation %.1f %%")
                       : _("After epoch %d: training %.3f, validation %.3f"),
        n, factor * get_value(self, n - 1, 0), factor * get_value(self, n - 1, 1));
}

static void
wg_curves_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id == PROP_IS_SHARE)
        WG_CURVES(object)->is_share = g_value_get_boolean(value);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static double
wg_curves_count_lines(WgChart *chart)
{
    return 7;
}

static void
wg_curves_finalize(GObject *object)
{
    g_clear_pointer(&WG_CURVES(object)->values, g_array_unref);
    G_OBJECT_CLASS(wg_curves_parent_class)->finalize(object);
}

static void
wg_curves_class_init(WgCurvesClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);

    object_class->set_property = wg_curves_set_property;
    object_class->finalize = wg_curves_finalize;
    WG_CHART_CLASS(klass)->paint = wg_curves_paint;
    WG_CHART_CLASS(klass)->describe = wg_curves_describe;
    WG_CHART_CLASS(klass)->count_lines = wg_curves_count_lines;
    g_object_class_install_property(
        object_class, PROP_IS_SHARE,
        g_param_spec_boolean("is-share", "Is a share", "Values are shares of 1", FALSE,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
}

static void
wg_curves_init(WgCurves *self)
{
    self->values = g_array_new(FALSE, FALSE, sizeof(double));
    self->n_epochs_at_most = 100;
}

void
wg_curves_clear(WgCurves *self, int n_epochs_at_most)
{
    g_array_set_size(self->values, 0);
    self->n_epochs_at_most = n_epochs_at_most;
    wg_chart_changed(WG_CHART(self));
}

void
wg_curves_add(WgCurves *self, double train, double validation)
{
    const double pair[2] = {train, validation};

    g_array_append_vals(self->values, pair, 2);
    wg_chart_changed(WG_CHART(self));
}
