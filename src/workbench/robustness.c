/* How a model bears what a worn watch does: noise, a turned wrist, another pace, lost samples. */
#include "workbench/robustness.h"

#include "workbench/advice.h"

#include <glib/gi18n.h>

#define POINTS_MAX 8
#define LOSS_WORTH_SAYING 0.02

/* Values ascend; `mild` and `strong` are places in them. */
static const struct {
    WgPerturbation kind;
    const char *name, *unit;
    double values[POINTS_MAX];
    int n_values, mild, strong;
} curves[] = {
    {WG_PERTURB_NOISE, N_("noise"), N_("g"), {0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5}, 7, 2, 4},
    {WG_PERTURB_ROTATION, N_("rotation"), N_("degrees"), {0, 10, 20, 30, 45, 60}, 6, 2, 4},
    {WG_PERTURB_SPEED, N_("speed"), N_("times"), {0.5, 0.67, 0.8, 1, 1.25, 1.5, 2}, 7, 4, 5},
    {WG_PERTURB_DROP, N_("dropped samples"), "%", {0, 5, 10, 20, 30}, 5, 2, 3},
};

static double
get_accuracy(const WgModel *model, const WgWindows *windows, float *probabilities)
{
    int n_right = 0;

    wg_model_predict(model, windows, probabilities);
    for (int i = 0; i < windows->n; i++) {
        const float *row = probabilities + (gsize)i * (gsize)model->n_labels;

        n_right += wg_argmax(row, model->n_labels) == windows->labels[i];
    }
    return (double)n_right / MAX(1, windows->n);
}

/* Mean over the draws; `changed` has the shape of `windows`. */
static double
ask(const WgModel *model, const WgWindows *windows, WgPerturbation kind, double value, int n_draws,
    guint64 seed, WgWindows *changed, float *probabilities)
{
    const gsize size = (gsize)windows->length * (gsize)windows->channels;
    const int n = kind == WG_PERTURB_SPEED ? 1 : n_draws; /* no chance in it */
    double sum = 0;

    for (int draw = 0; draw < n; draw++) {
        for (int i = 0; i < windows->n; i++) {
            WgRandom random;

            wg_random_init(&random, seed + (guint64)kind, ((guint64)draw << 32) | (guint64)i);
            wg_perturb(windows, i, kind, value, &random, changed->x + (gsize)i * size);
            changed->labels[i] = windows->labels[i];
        }
        sum += get_accuracy(model, changed, probabilities);
    }
    return sum / n;
}

static int
count_points(void)
{
    int n = 0;

    for (guint i = 0; i < G_N_ELEMENTS(curves); i++)
        n += curves[i].n_values;
    return n;
}

WgRobustness *
wg_robustness_new(const WgModel *model, const WgWindows *windows, int n_draws, guint64 seed,
                  WgProgress *progress, GCancellable *cancellable, GError **error)
{
    g_autoptr(WgRobustness) self = g_new0(WgRobustness, 1);
    g_autoptr(WgWindows) changed = wg_windows_alloc_like(windows, windows->n);
    g_autofree float *probabilities = g_new(float, (gsize)windows->n *(gsize)model->n_labels + 1);
    const int n_points = count_points();
    int n_done = 0;

    self->n = windows->n;
    self->n_draws = n_draws;
    self->n_curves = G_N_ELEMENTS(curves);
    self->curves = g_new0(WgRobustCurve, self->n_curves);
    self->accuracy = get_accuracy(model, windows, probabilities);
    for (int k = 0; k < self->n_curves; k++) {
        WgRobustCurve *curve = &self->curves[k];

        curve->kind = curves[k].kind;
        curve->name = _(curves[k].name);
        curve->unit = _(curves[k].unit);
        curve->mild = curves[k].mild;
        curve->strong = curves[k].strong;
        curve->n_points = curves[k].n_values;
        curve->points = g_new0(WgRobustPoint, curve->n_points);
        for (int i = 0; i < curve->n_points; i++) {
            WgRobustPoint *point = &curve->points[i];

            if (g_cancellable_set_error_if_cancelled(cancellable, error))
                return NULL;
            point->value = curves[k].values[i];
            point->accuracy = ask(model, windows, curve->kind, point->value, n_draws, seed, changed,
                                  probabilities);
            wg_progress_tell(progress, (double)++n_done / n_points, NULL);
        }
    }
    return g_steal_pointer(&self);
}

void
wg_robustness_free(WgRobustness *self)
{
    for (int i = 0; i < self->n_curves; i++)
        g_free(self->curves[i].points);
    g_free(self->curves);
    g_free(self);
}

static char *
describe(WgPerturbation kind, const WgRobustPoint *point)
{
    const double right = 100 * point->accuracy;

    switch (kind) {
    case WG_PERTURB_NOISE:
        return g_strdup_printf(_("With noise of %.1f g, %.0f of 100 are still right"), point->value,
                               right);
    case WG_PERTURB_ROTATION:
        return g_strdup_printf(_("Turned by %.0f degrees, %.0f of 100 are still right"),
                               point->value, right);
    case WG_PERTURB_SPEED:
        return g_strdup_printf(_("Performed %.2f times as fast, %.0f of 100 are still right"),
                               point->value, right);
    case WG_PERTURB_DROP:
        return g_strdup_printf(_("With %.0f %% of the samples lost, %.0f of 100 are still right"),
                               point->value, right);
    }
    g_return_val_if_reached(NULL);
}

static const char *
get_cure(WgPerturbation kind)
{
    switch (kind) {
    case WG_PERTURB_NOISE:
        return _("record takes while walking or riding too");
    case WG_PERTURB_ROTATION:
        return _("record takes with the watch worn in other ways too");
    case WG_PERTURB_SPEED:
        return _("record slow and quick takes too");
    case WG_PERTURB_DROP:
        return _("keep the watch near while you record");
    }
    g_return_val_if_reached(NULL);
}

static const WgRobustPoint *
get_point(const WgRobustCurve *curve, gboolean is_strong)
{
    return &curve->points[is_strong ? curve->strong : curve->mild];
}

static const WgRobustCurve *
find_weakest(const WgRobustness *self, gboolean is_strong)
{
    const WgRobustCurve *weakest = &self->curves[0];

    for (int i = 1; i < self->n_curves; i++) {
        if (get_point(&self->curves[i], is_strong)->accuracy <
            get_point(weakest, is_strong)->accuracy)
            weakest = &self->curves[i];
    }
    return weakest;
}

static char *
advise(const WgRobustness *self)
{
    const WgRobustCurve *weakest = find_weakest(self, FALSE);
    const gboolean bears_mild =
        self->accuracy - get_point(weakest, FALSE)->accuracy < LOSS_WORTH_SAYING;
    g_autofree char *words = NULL;

    if (bears_mild)
        weakest = find_weakest(self, TRUE);
    words = describe(weakest->kind, get_point(weakest, bears_mild));
    /* Translators: the first is as “Turned by 20 degrees, 91 of 100 are still right” */
    if (self->accuracy - get_point(weakest, bears_mild)->accuracy < LOSS_WORTH_SAYING)
        return g_strdup_printf(_("%s, and %.0f as they are: it bears all that was tried."), words,
                               100 * self->accuracy);
    if (bears_mild)
        return g_strdup_printf(_("It bears mild changes. %s, and %.0f as they are: if that may "
                                 "happen, %s."),
                               words, 100 * self->accuracy, get_cure(weakest->kind));
    return g_strdup_printf(_("%s, and %.0f as they are; that is what it bears least: %s."), words,
                           100 * self->accuracy, get_cure(weakest->kind));
}

char *
wg_robustness_dup_advice(const WgRobustness *self)
{
    g_autofree char *advice = advise(self);
    const char *caution = wg_advice_get_caution(self->n);

    return g_strconcat(caution, *caution ? " " : "", advice, NULL);
}
