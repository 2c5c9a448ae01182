/* One take on its way through the float network and the int8 one, layer beside layer. */
#include "workbench/layer-trace.h"

#include "base/sentences.h"
#include "quant/activations.h"

#include <math.h>
#include <string.h>
#include <glib/gi18n.h>

/* What the making of a trace has at hand. */
typedef struct {
    WgNetwork *folded;
    const WgInt8Network *network;
    int *layers;    /* of each op, its layer */
    float **floats; /* of each layer of the folded network */
    void **raws;    /* of each op */
} Tracing;

static void
tracing_clear(Tracing *t)
{
    for (int i = 0; t->floats && i < wg_network_get_n_layers(t->folded); i++)
        g_free(t->floats[i]);
    for (int i = 0; t->raws && i < wg_int8_network_get_n_ops(t->network); i++)
        g_free(t->raws[i]);
    g_free(t->floats);
    g_free(t->raws);
    g_free(t->layers);
    g_clear_pointer(&t->folded, wg_network_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tracing, tracing_clear)

static void
run_both(Tracing *t, const float *x, const gint8 *history)
{
    const int n_layers = wg_network_get_n_layers(t->folded);
    const int n_ops = wg_int8_network_get_n_ops(t->network);
    const WgTensorInfo *in = wg_int8_network_get_input(t->network);
    g_autofree float *wide = g_new(float, in->n_elements);

    t->layers = g_new(int, n_ops);
    t->floats = g_new0(float *, n_layers);
    t->raws = g_new0(void *, n_ops);
    for (int i = 0; i < n_layers; i++) {
        const WgLayer *layer = wg_network_get_layer(t->folded, i);

        t->floats[i] = g_new(float, (gsize)layer->out_length * layer->out_channels);
    }
    for (int i = 0; i < n_ops; i++)
        t->raws[i] = g_malloc(wg_int8_network_get_op_output(t->network, i)->size_bytes);
    for (int i = 0; i < in->n_elements; i++)
        wide[i] = history[i];
    wg_network_trace(t->folded, x, 1, t->floats);
    wg_int8_network_trace(t->network, in->type == WG_TENSOR_FLOAT32 ? (const void *)wide : history,
                          t->raws);
    wg_int8_network_pair_layers(t->network, t->folded, t->layers);
}

static void
compare(WgLayerRow *row)
{
    const int n = row->length * row->channels;
    /* a value further out than half a step from the last one that int8 has is cut off */
    const double low = (-128.5 - row->zero_point) * row->scale;
    const double high = (127.5 - row->zero_point) * row->scale;
    double sum = 0;

    for (int i = 0; i < n; i++) {
        /* both are filled before: NOLINTNEXTLINE(clang-analyzer-core.*) */
        const double steps = fabs((double)row->int8[i] - (double)row->floats[i]) / row->scale;

        row->largest_steps = MAX(row->largest_steps, steps);
        sum += steps;
        row->n_saturated += row->floats[i] < low || row->floats[i] > high;
    }
    row->mean_steps = n > 0 ? sum / n : 0;
}

static void
fill_int8(WgLayerRow *row, const WgTensorInfo *info, const void *raw)
{
    const gboolean is_int8 = info->type == WG_TENSOR_INT8;

    row->scale = is_int8 && info->scale > 0 ? info->scale : 1;
    row->zero_point = is_int8 ? info->zero_point : 0;
    row->int8 = g_new(float, info->n_elements);
    for (int i = 0; i < info->n_elements; i++)
        row->int8[i] = is_int8 ? (float)((((const gint8 *)raw)[i] - row->zero_point) * row->scale)
                               : ((const float *)raw)[i];
}

/* The watch's own units: what its history clipped is gone before any network sees it. */
static void
fill_input(WgLayerRow *row, const WgInt8Network *network, const WgWindows *windows, const float *x,
           const gint8 *history)
{
    const WgTensorInfo *in = wg_int8_network_get_input(network);
    const int n = windows->length * windows->channels;

    row->op = "input";
    row->length = windows->length;
    row->channels = windows->channels;
    row->scale = in->type == WG_TENSOR_INT8 && in->scale > 0 ? in->scale : 1;
    row->int8 = g_new(float, n);
    for (int i = 0; i < n; i++)
        row->int8[i] = (float)(history[i] * row->scale);
    row->floats = g_memdup2(x, sizeof(float) * (gsize)n);
    compare(row);
}

/* The float network ends before it: the same is worked out from its logits. */
static gboolean
is_last_softmax(const Tracing *t, int op)
{
    return op > 0 && g_str_equal(wg_int8_network_get_op(t->network, op), "SOFTMAX") &&
           t->layers[op - 1] == wg_network_get_n_layers(t->folded) - 1;
}

static void
fill_row(WgLayerRow *row, const Tracing *t, int op)
{
    const WgTensorInfo *info = wg_int8_network_get_op_output(t->network, op);
    const int layer = t->layers[op];

    row->op = wg_int8_network_get_op(t->network, op);
    row->channels = info->n_dims > 0 ? MAX(1, info->dims[info->n_dims - 1]) : 1;
    row->length = info->n_elements / row->channels;
    fill_int8(row, info, t->raws[op]);
    if (layer >= 0) {
        row->floats = g_memdup2(t->floats[layer], sizeof(float) * (gsize)info->n_elements);
        compare(row);
    } else if (is_last_softmax(t, op)) {
        const int last = wg_network_get_n_layers(t->folded) - 1;

        row->floats = g_new(float, info->n_elements);
        wg_softmax(t->floats[last], info->n_elements, row->floats);
        compare(row);
    }
}

/* The answer of the layers after `layer` to what that one is said to give. */
static int
answer_from(const WgNetwork *folded, int layer, const float *values, int n_labels)
{
    const int n_layers = wg_network_get_n_layers(folded), n = n_layers - layer - 1;
    const WgLayer *at = wg_network_get_layer(folded, layer);
    g_autofree WgLayerSpec *specs = g_new0(WgLayerSpec, MAX(1, n));
    g_autofree float *logits = g_new0(float, n_labels);
    g_autoptr(WgNetwork) tail = NULL;
    float *parameters;

    if (n == 0)
        return wg_argmax(values, n_labels);
    for (int i = 0; i < n; i++)
        specs[i] = wg_network_get_layer(folded, layer + 1 + i)->spec;
    tail = wg_network_new(specs, n, at->out_length, at->out_channels, 1, 1, NULL);
    g_return_val_if_fail(tail != NULL, -1);
    parameters = wg_network_get_parameters(tail);
    for (int i = 0; i < n; i++) {
        const WgLayer *one = wg_network_get_layer(folded, layer + 1 + i);

        memcpy(parameters, one->parameters, sizeof(float) * (gsize)one->n_parameters);
        parameters += one->n_parameters;
    }
    wg_network_predict(tail, values, 1, logits);
    return wg_argmax(logits, n_labels);
}

static void
find_parting(WgLayerTrace *self, const Tracing *t)
{
    self->parts_at = self->flips_at = -1;
    for (int i = 0; i < self->n && self->parts_at < 0; i++) {
        /* a softmax at the end tells probabilities in steps of 1/256, whatever is before it */
        if ((i == 0 || t->layers[i - 1] >= 0) && self->rows[i].largest_steps > self->limit_steps)
            self->parts_at = i;
    }
    if (self->float_answer == self->int8_answer)
        return;
    for (int i = 1; i < self->n && self->flips_at < 0; i++) {
        const int layer = t->layers[i - 1];

        if (layer >= 0 &&
            answer_from(t->folded, layer, self->rows[i].int8, self->n_labels) != self->float_answer)
            self->flips_at = i;
    }
    if (self->flips_at < 0)
        self->flips_at = self->n - 1;
}

WgLayerTrace *
wg_layer_trace_new(const WgModel *trained, const WgModel *int8, const WgWindows *windows, int i,
                   double limit_steps, GError **error)
{
    const gsize size = (gsize)windows->length * (gsize)windows->channels;
    const float *x = windows->x + (gsize)i * size;
    g_autofree gint8 *history = g_malloc(size);
    g_auto(Tracing) t = {wg_network_fold(trained->network, error), int8->int8};
    g_autoptr(WgWindows) one = wg_windows_alloc_like(windows, 1);
    WgLayerTrace *self;

    if (!t.folded)
        return NULL;
    wg_windows_get_history(windows, i, history);
    memcpy(one->x, x, sizeof(float) * size);
    run_both(&t, x, history);
    self = g_new0(WgLayerTrace, 1);
    self->limit_steps = limit_steps;
    self->n = 1 + wg_int8_network_get_n_ops(int8->int8);
    self->rows = g_new0(WgLayerRow, self->n);
    fill_input(&self->rows[0], int8->int8, windows, x, history);
    for (int op = 0; op + 1 < self->n; op++)
        fill_row(&self->rows[op + 1], &t, op);
    self->n_labels = int8->n_labels;
    self->float_p = g_new0(float, self->n_labels);
    self->int8_p = g_new0(float, self->n_labels);
    wg_model_predict(trained, one, self->float_p);
    wg_model_predict(int8, one, self->int8_p);
    self->float_answer = wg_argmax(self->float_p, self->n_labels);
    self->int8_answer = wg_argmax(self->int8_p, self->n_labels);
    find_parting(self, &t);
    return self;
}

void
wg_layer_trace_free(WgLayerTrace *self)
{
    for (int i = 0; i < self->n; i++) {
        g_free(self->rows[i].int8);
        g_free(self->rows[i].floats);
    }
    g_free(self->rows);
    g_free(self->float_p);
    g_free(self->int8_p);
    g_free(self);
}

char *
wg_layer_trace_dup_words(const WgLayerTrace *self, const char *const *labels)
{
    const char *ours = labels[self->float_answer], *watch = labels[self->int8_answer];
    GString *text = g_string_new(NULL);

    if (self->parts_at < 0)
        g_string_append_printf(
            text,
            g_str_equal(self->rows[self->n - 1].op, "SOFTMAX")
                ? _("In no layer up to the softmax do they differ by more than %g steps.")
                : _("In no layer do they differ by more than %g steps."),
            self->limit_steps);
    else
        g_string_append_printf(
            text, _("They part at layer %d (%s): its largest difference is %.1f steps."),
            self->parts_at, self->rows[self->parts_at].op,
            self->rows[self->parts_at].largest_steps);
    if (self->flips_at < 0)
        wg_append_sentence(text, _("Both answer %s."), ours);
    else
        wg_append_sentence(text, _("The answer turns from %s to %s at layer %d (%s)."), ours, watch,
                           self->flips_at, self->rows[self->flips_at].op);
    return g_string_free(text, FALSE);
}
