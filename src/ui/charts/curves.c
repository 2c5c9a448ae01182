/* Two curves over the epochs of a training: of the training takes and of the validation takes; and
 * behind them those of another one. */
#include "ui/charts/curves.h"

#include "ui/charts/axes.h"

#include <glib/gi18n.h>
#include <math.h>

enum { PROP_IS_SHARE = 1 };

struct _WgCurves {
    WgChart parent_instance;
    GArray *values; /* double, pairs */
    GArray *beside; /* the same of another training */
    int n_epochs_at_most;
    gboolean is_share;
};

G_DEFINE_FINAL_TYPE(WgCurves, wg_curves, WG_TYPE_CHART)

typedef struct {
    double x, y, width, height, top, bottom;
} Frame;

static int
get_n(GArray *values)
{
    return (int)values->len / 2;
}

static double
get_value(GArray *values, int epoch, int curve)
{
    return g_array_index(values, double, 2 * epoch + curve);
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
        g_autofree char *text = self->is_share ? g_strdup_printf(_("%.0f %%"), 100 * value)
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

/* Where a line ends, and what stands there. */
typedef struct {
    double x, y;
    const char *name;
    const GdkRGBA *colour;
} End;

static End
draw_curve(WgCurves *self, GArray *values, int curve, const Frame *frame, cairo_t *cr,
           const GdkRGBA *colour, double width)
{
    const double dashes[] = {6, 3};
    const int n = get_n(values);
    End end = {.x = -1, .colour = colour};

    cairo_save(cr);
    cairo_new_path(cr);
    cairo_set_line_width(cr, width);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    if (curve == 1)
        cairo_set_dash(cr, dashes, 2, 0);
    gdk_cairo_set_source_rgba(cr, colour);
    for (int i = 0; i < n; i++) {
        const double value = get_value(values, i, curve);

        if (isnan(value))
            continue;
        end.x = frame->x + frame->width * i / MAX(self->n_epochs_at_most - 1, 1);
        end.y = to_y(frame, value);
        cairo_line_to(cr, end.x, end.y);
    }
    cairo_stroke(cr);
    cairo_restore(cr);
    return end;
}

static int
compare_ends(gconstpointer a, gconstpointer b)
{
    const End *x = a, *y = b;

    return (x->y > y->y) - (x->y < y->y);
}

/* Each name beside the end of its line, moved apart where they would touch. */
static void
draw_names(End *ends, int n, const Frame *frame, cairo_t *cr, const WgTheme *theme)
{
    double height, bottom = frame->y + frame->height;

    wg_theme_measure(theme, "100 %", 0.85, NULL, &height);
    qsort(ends, (gsize)n, sizeof *ends, compare_ends);
    for (int i = 1; i < n; i++)
        ends[i].y = MAX(ends[i].y, ends[i - 1].y + height);
    for (int i = n - 1; i >= 0; i--) {
        ends[i].y = MIN(ends[i].y, bottom - height / 2);
        bottom = ends[i].y - height / 2;
    }
    for (int i = 0; i < n; i++)
        wg_theme_text(theme, cr, ends[i].name, ends[i].x + 6, ends[i].y, 0, 0.5, 0.85, 0,
                      ends[i].colour);
}

static double
find_top(WgCurves *self)
{
    GArray *const all[] = {self->values, self->beside};
    double top = 0.1;

    if (self->is_share)
        return 1;
    for (gsize k = 0; k < G_N_ELEMENTS(all); k++) {
        for (guint i = 0; i < all[k]->len; i++) {
            const double value = g_array_index(all[k], double, i);

            if (!isnan(value))
                top = MAX(top, value);
        }
    }
    return round_up(top);
}

static double
measure_names(const WgTheme *theme, const char *const names[3])
{
    double widest = 0;

    for (int i = 0; i < 3; i++) {
        double width;

        wg_theme_measure(theme, names[i], 0.85, &width, NULL);
        widest = MAX(widest, width);
    }
    return widest;
}

static void
draw_all(WgCurves *self, const Frame *frame, cairo_t *cr, const WgTheme *theme,
         const char *const names[3])
{
    End ends[3], end;
    int n = 0;

    draw_curve(self, self->beside, 0, frame, cr, &theme->dim, 1);
    end = draw_curve(self, self->beside, 1, frame, cr, &theme->dim, 1.5);
    if (end.x >= 0) {
        end.name = names[2];
        ends[n++] = end;
    }
    for (int i = 0; i < 2; i++) {
        end = draw_curve(self, self->values, i, frame, cr, &theme->axis[i], 2);
        end.name = names[i];
        if (end.x >= 0)
            ends[n++] = end;
    }
    draw_names(ends, n, frame, cr, theme);
}

static void
wg_curves_paint(WgChart *chart, cairo_t *cr, const WgTheme *theme, double width, double height)
{
    WgCurves *self = WG_CURVES(chart);
    const char *const names[3] = {_("training"), _("validation"), _("in use")};
    double margin, line;
    Frame frame;

    wg_theme_measure(theme, "100 %", 0.85, &margin, &line);
    frame = (Frame){.x = margin + 12,
                    .y = line / 2 + 2,
                    .width = width - margin - measure_names(theme, names) - 24,
                    .height = height - 2 * line - 6,
                    .top = find_top(self),
                    .bottom = 0};
    if (frame.width <= 0 || frame.height <= 0)
        return;
    draw_ground(self, &frame, cr, theme);
    if (get_n(self->values) + get_n(self->beside) == 0)
        wg_theme_text(theme, cr, _("Fills while it learns"), frame.x + frame.width / 2,
                      frame.y + frame.height * 0.38, 0.5, 0.5, 1, frame.width, &theme->dim);
    else
        draw_all(self, &frame, cr, theme, names);
}

static char *
describe_end(WgCurves *self, GArray *values)
{
    const int n = get_n(values);
    const double factor = self->is_share ? 100 : 1;

    return g_strdup_printf(
        self->is_share ? _("After epoch %d: training %.1f %%, validation %.1f %%")
                       : _("After epoch %d: training %.3f, validation %.3f"),
        n, factor * get_value(values, n - 1, 0), factor * get_value(values, n - 1, 1));
}

static char *
wg_curves_describe(WgChart *chart)
{
    WgCurves *self = WG_CURVES(chart);
    g_autofree char *own = NULL, *beside = NULL;

    if (get_n(self->values) == 0)
        return g_strdup(_("No training yet"));
    own = describe_end(self, self->values);
    if (get_n(self->beside) == 0)
        return g_steal_pointer(&own);
    beside = describe_end(self, self->beside);
    return g_strdup_printf(_("%s. The other one: %s"), own, beside);
}

static void
wg_curves_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id == PROP_IS_SHARE)
        WG_CURVES(object)->is_share = g_value_get_boolean(value);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
append_values(GString *text, const char *which, GArray *values)
{
    for (int i = 0; i < get_n(values); i++) {
        const double row[] = {i + 1, get_value(values, i, 0), get_value(values, i, 1)};

        wg_chart_append_row(text, which, row, 3, 6);
    }
}

static char *
wg_curves_dup_values(WgChart *chart)
{
    WgCurves *self = WG_CURVES(chart);
    GString *text = g_string_new("run,epoch,training,validation\n");

    append_values(text, _("this one"), self->values);
    append_values(text, _("in use"), self->beside);
    return g_string_free(text, FALSE);
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
    g_clear_pointer(&WG_CURVES(object)->beside, g_array_unref);
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
    WG_CHART_CLASS(klass)->dup_values = wg_curves_dup_values;
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
    self->beside = g_array_new(FALSE, FALSE, sizeof(double));
    self->n_epochs_at_most = 100;
}

void
wg_curves_clear(WgCurves *self, int n_epochs_at_most)
{
    g_array_set_size(self->values, 0);
    g_array_set_size(self->beside, 0);
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

void
wg_curves_add_beside(WgCurves *self, double train, double validation)
{
    const double pair[2] = {train, validation};

    g_array_append_vals(self->beside, pair, 2);
    wg_chart_changed(WG_CHART(self));
}
