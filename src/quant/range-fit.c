/* How the tensors of an int8 network hold what the float network shows on windows. */
#include "quant/range-fit.h"

#include "base/error.h"
#include "quant/layer-draft.h"
#include "quant/range-values.h"
#include "train/metrics.h"

#include <glib/gi18n.h>
#include <math.h>

#define NO_LAYER (-1)

typedef struct {
    GArray *fits;
    double *squares, *losts; /* of each fit: sums over its values */
    int *fit_of_layer;       /* NO_LAYER: no tensor of its own */
    int n_classes;           /* of the softmax behind the last layer; 0: there is none */
    float *probabilities;
} Fitting;

static void
add_values(Fitting *fitting, guint which, const float *values, gsize n)
{
    WgTensorFit *fit = &g_array_index(fitting->fits, WgTensorFit, which);

    for (gsize i = 0; i < n; i++) {
        const double value = (double)values[i];
        gboolean is_saturated;
        const int step =
            wg_range_quantize(value, (WgScale){fit->scale, fit->zero_point}, &is_saturated);
        const double lost = value - (double)fit->scale * (step - fit->zero_point);

        fit->found.min = MIN(fit->found.min, values[i]);
        fit->found.max = MAX(fit->found.max, values[i]);
        fit->n_saturated += is_saturated;
        fitting->squares[which] += value * value;
        fitting->losts[which] += lost * lost;
    }
    fit->n_values += (gint64)n;
}

static void
on_values(int layer, const float *values, gsize n, gpointer user_data)
{
    Fitting *fitting = user_data;
    const guint which = (guint)fitting->fit_of_layer[layer];

    add_values(fitting, which, values, n);
    if (fitting->n_classes == 0 || which + 2 != fitting->fits->len)
        return;
    for (gsize i = 0; i < n; i += (gsize)fitting->n_classes) {
        wg_softmax(values + i, fitting->n_classes, fitting->probabilities);
        add_values(fitting, which + 1, fitting->probabilities, (gsize)fitting->n_classes);
    }
}

/* The next activation of the file, from number *i on. */
static gboolean
add_fit(Fitting *fitting, const WgInt8Network *int8, int *i, const char *op)
{
    const WgTensorInfo *tensor = NULL;
    WgTensorFit fit = {.op = op, .found = {INFINITY, -INFINITY}};

    while (*i < wg_int8_network_get_n_tensors(int8) && !tensor) {
        tensor = wg_int8_network_get_tensor(int8, (*i)++);
        if (tensor->is_constant)
            tensor = NULL;
    }
    if (!tensor || tensor->type != WG_TENSOR_INT8 || !(tensor->scale > 0))
        return FALSE;
    g_strlcpy(fit.name, tensor->name ? tensor->name : "", sizeof fit.name);
    fit.scale = (float)tensor->scale;
    fit.zero_point = tensor->zero_point;
    fit.held = (WgRange){fit.scale * (float)(-128 - fit.zero_point),
                         fit.scale * (float)(127 - fit.zero_point)};
    g_array_append_val(fitting->fits, fit);
    return TRUE;
}

/* As wg_quantize() drafts them: a ReLU is the layer before's, some are nothing. */
static gboolean
add_fits(Fitting *fitting, const WgNetwork *network, const WgInt8Network *int8, GError **error)
{
    const int n_layers = wg_network_get_n_layers(network);
    const int n_ops = wg_int8_network_get_n_ops(int8);
    int tensor = 0;
    gboolean is_good = add_fit(fitting, int8, &tensor, "input");

    for (int i = 0; i < n_layers && is_good; i++) {
        const char *op = wg_network_get_layer(network, i)->spec.op;
        const WgLayerDraft *draft = wg_layer_draft_find(network, i);

        fitting->fit_of_layer[i] = NO_LAYER;
        if (draft && draft->code == 0)
            continue;
        if (wg_layer_draft_is_relu(network, i + 1))
            fitting->fit_of_layer[i++] = NO_LAYER;
        fitting->fit_of_layer[i] = (int)fitting->fits->len;
        is_good = add_fit(fitting, int8, &tensor, op);
    }
    if (n_ops > 0 && g_str_equal(wg_int8_network_get_op(int8, n_ops - 1), "SOFTMAX")) {
        fitting->n_classes = wg_network_get_n_classes(network);
        is_good = is_good && add_fit(fitting, int8, &tensor, "softmax");
    }
    if (!is_good || (int)fitting->fits->len != n_ops + 1)
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("the int8 model has %d operations and was not made of this network's layers"),
                    n_ops);
    return is_good && (int)fitting->fits->len == n_ops + 1;
}

static void
finish(Fitting *fitting)
{
    for (guint i = 0; i < fitting->fits->len; i++) {
        WgTensorFit *fit = &g_array_index(fitting->fits, WgTensorFit, i);
        const double n = (double)MAX(1, fit->n_values);

        fit->mse = fitting->losts[i] / n;
        fit->sqnr_db =
            fitting->squares[i] > 0 ? 10 * log10(fitting->squares[i] / fitting->losts[i]) : NAN;
    }
}

GArray *
wg_range_fit(const WgNetwork *network, const WgInt8Network *int8, const WgWindows *windows,
             GError **error)
{
    g_autoptr(WgNetwork) folded = wg_network_fold(network, error);
    g_autoptr(GArray) fits = g_array_new(FALSE, TRUE, sizeof(WgTensorFit));
    Fitting fitting = {.fits = fits};
    const gsize n_values = (gsize)windows->n * (gsize)windows->length * (gsize)windows->channels;
    const int n_layers = folded ? wg_network_get_n_layers(folded) : 0;
    g_autofree int *fit_of_layer = g_new0(int, n_layers + 1);
    g_autofree gboolean *is_wanted = g_new0(gboolean, n_layers + 1);
    g_autofree double *squares = g_new0(double, n_layers + 2);
    g_autofree double *losts = g_new0(double, n_layers + 2);
    g_autofree float *probabilities = NULL;

    fitting.fit_of_layer = fit_of_layer;
    fitting.squares = squares;
    fitting.losts = losts;
    if (!folded || !add_fits(&fitting, folded, int8, error))
        return NULL;
    probabilities = g_new(float, wg_network_get_n_classes(folded));
    fitting.probabilities = probabilities;
    for (int i = 0; i < n_layers; i++)
        is_wanted[i] = fit_of_layer[i] != NO_LAYER;
    add_values(&fitting, 0, windows->x, n_values);
    wg_values_foreach(folded, windows->x, windows->n, is_wanted, on_values, &fitting);
    finish(&fitting);
    return g_steal_pointer(&fits);
}
