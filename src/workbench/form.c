/* One form of a network - as it was trained, as int8, pruned, distilled - and what it answers. */
#include "workbench/form.h"

#include "quant/filter-pruning.h"
#include "quant/prune.h"
#include "quant/qat.h"
#include "quant/verdict.h"
#include "workbench/model.h"
#include "workbench/training.h"
#include "workbench/window-options.h"

#define INT4_STEPS 7 /* of int4 weights to each side of 0 */

struct _WgFormMaker {
    const WgFormOptions *options;
    WgSplit *split;
    WgWindows *train, *asked;
    WgNetwork *trained, *pruned, *teacher; /* NULL until made */
    guint64 seed;
    int n_threads;
    WgFormTickFunc tick_func;
    gpointer user_data;
};

static void
on_epoch(const WgEpoch *epoch, gpointer user_data)
{
    const WgFormMaker *self = user_data;

    self->tick_func(self->user_data);
}

/* A preset's network trained on the split. */
static WgNetwork *
train(WgFormMaker *self, const WgPreset *preset, WgTrainOptions options, const WgTrainAids *aids,
      GCancellable *cancellable, GError **error)
{
    g_autoptr(WgTraining) training = NULL;

    options.seed = self->seed;
    options.n_threads = self->n_threads;
    return wg_training_run_aided(preset, &options, self->split, aids, on_epoch, self, &training,
                                 cancellable, error);
}

/* The settings that a training after the training begins from. */
static WgTrainOptions
get_later_options(const WgFormMaker *self)
{
    WgTrainOptions options = wg_training_fit_options(&self->options->options,
                                                     wg_dataset_get_window(self->split->dataset));

    options.seed = self->seed;
    options.n_threads = self->n_threads;
    return options;
}

static gboolean
ensure_trained(WgFormMaker *self, GCancellable *cancellable, GError **error)
{
    const WgTrainAids none = {0};

    if (!self->trained)
        self->trained =
            train(self, self->options->preset, self->options->options, &none, cancellable, error);
    return self->trained != NULL;
}

static gboolean
ensure_teacher(WgFormMaker *self, GCancellable *cancellable, GError **error)
{
    const WgTrainAids none = {0};

    if (!self->teacher)
        self->teacher = train(self, self->options->teacher, self->options->teacher->options, &none,
                              cancellable, error);
    return self->teacher != NULL;
}

static WgNetwork *
distil(WgFormMaker *self, GCancellable *cancellable, GError **error)
{
    WgTrainAids aids = {.temperature = self->options->temperature, .share = self->options->share};

    if (!ensure_teacher(self, cancellable, error))
        return NULL;
    aids.teacher = self->teacher;
    return train(self, self->options->preset, self->options->options, &aids, cancellable, error);
}

static WgNetwork *
prune(WgFormMaker *self, double sparsity, GCancellable *cancellable, GError **error)
{
    const WgTrainOptions later = get_later_options(self);
    const WgTrainOptions options = wg_prune_options(&later);
    WgNetwork *from = self->pruned ? self->pruned : self->trained;
    WgNetwork *pruned =
        wg_prune(from, sparsity, self->train, &options, on_epoch, self, cancellable, error);

    if (pruned) {
        g_clear_pointer(&self->pruned, wg_network_unref);
        self->pruned = wg_network_ref(pruned);
    }
    return pruned;
}

static WgNetwork *
prune_filters(WgFormMaker *self, double share, GCancellable *cancellable, GError **error)
{
    const WgTrainOptions later = get_later_options(self);
    const WgTrainOptions options = wg_prune_options(&later);

    return wg_prune_filters(self->trained, share, self->train, &options, on_epoch, self,
                            cancellable, error);
}

static int *
dup_answers(const float *values, int n, int n_labels)
{
    int *answers = g_new(int, n + 1);

    for (int i = 0; i < n; i++)
        answers[i] = wg_argmax(values + (gsize)i * (gsize)n_labels, n_labels);
    return answers;
}

static gsize
count_compressed(GBytes *bytes)
{
    g_autoptr(GConverter) compressor =
        G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_RAW, 9));
    const gsize size = g_bytes_get_size(bytes), room = size + size / 8 + 1024;
    g_autofree guint8 *out = g_malloc(room);
    gsize n_read, n_written = 0;

    /* room for the worst: one call takes all */
    if (g_converter_convert(compressor, g_bytes_get_data(bytes, NULL), size, out, room,
                            G_CONVERTER_INPUT_AT_END, &n_read, &n_written,
                            NULL) != G_CONVERTER_FINISHED)
        return size;
    return n_written;
}

/* Asks the float network, and its int8 form with those ranges (NULL: calibrated). */
static gboolean
ask(WgFormMaker *self, WgForm *form, const WgRange *ranges, GError **error)
{
    g_autofree char *description =
        wg_window_options_dup_description(wg_dataset_get_window(self->split->dataset));
    const WgQuantizeOptions options = {
        .softmax = TRUE, .ranges = ranges, .description = description};
    const WgWindows *asked = self->asked;
    g_autofree float *values = g_new(float, (gsize)asked->n *(gsize)asked->n_labels + 1);
    g_autoptr(WgNetwork) folded = wg_network_fold(form->network, error);
    g_autoptr(GBytes) tflite = NULL;
    g_autoptr(WgInt8Network) int8 = NULL;
    WgModel model = {.n_labels = asked->n_labels};

    if (!folded)
        return FALSE;
    form->n_parameters = wg_network_get_n_parameters(folded);
    form->n_weights = wg_prune_count_weights(folded);
    form->n_nonzero = wg_prune_count_nonzero(folded);
    if (!ranges) {
        model.network = form->network;
        wg_model_predict(&model, asked, values);
        form->as_float = dup_answers(values, asked->n, asked->n_labels);
    }
    tflite = wg_quantize(form->network, self->train, &options, error);
    int8 = tflite ? wg_int8_network_new(tflite, error) : NULL;
    if (!int8)
        return FALSE;
    model.int8 = int8;
    wg_model_predict(&model, asked, values);
    form->as_int8 = dup_answers(values, asked->n, asked->n_labels);
    form->bytes = g_bytes_get_size(tflite);
    form->compressed_bytes = count_compressed(tflite);
    form->arena_bytes = wg_arena_bytes(int8, FALSE);
    return TRUE;
}

/* With int4 weights, which no interpreter here runs: asked as the float network that rounds alike,
 * and its file reckoned as the int8 one's with half the bytes a weight. */
static gboolean
ask_int4(WgFormMaker *self, WgForm *form, const WgQat *qat, GError **error)
{
    const WgWindows *asked = self->asked;
    g_autofree float *values = g_new(float, (gsize)asked->n *(gsize)asked->n_labels + 1);

    if (!ask(self, form, qat->ranges, error))
        return FALSE;
    form->bytes -= (gsize)form->n_weights / 2;
    form->compressed_bytes = 0;
    wg_fake_quant_predict(qat->fake_quant, qat->network, asked->x, asked->n, values);
    g_free(form->as_int8);
    form->as_int8 = dup_answers(values, asked->n, asked->n_labels);
    return TRUE;
}

/* Rounded as int8 or with int4 weights, and trained on as such or not. */
static gboolean
make_rounded(WgFormMaker *self, WgForm *form, GCancellable *cancellable, GError **error)
{
    const gboolean is_int8 = form->spec.kind == WG_FORM_AWARE;
    const WgTrainOptions later = get_later_options(self);
    const WgTrainOptions options = wg_qat_options(&later);
    g_autoptr(WgQat) qat = wg_qat_new(self->trained, self->train, &(WgQuantizeOptions){0},
                                      is_int8 ? WG_WEIGHT_STEPS : INT4_STEPS, error);

    if (!qat ||
        (form->spec.kind != WG_FORM_INT4 && !wg_qat_train(qat, self->trained, self->train, &options,
                                                          on_epoch, self, cancellable, error)))
        return FALSE;
    form->network = wg_network_ref(qat->network);
    return is_int8 ? ask(self, form, qat->ranges, error) : ask_int4(self, form, qat, error);
}

static WgWindows *
make_windows(WgSplit *split, GArray *part)
{
    return wg_windows_new(split->dataset, (const int *)(gconstpointer)part->data, (int)part->len);
}

WgFormMaker *
wg_form_maker_new(const WgFormOptions *options, WgSplit *split, GArray *asked,
                  const WgNetwork *trained, guint64 seed, int n_threads, WgFormTickFunc tick_func,
                  gpointer user_data)
{
    WgFormMaker *self = g_new0(WgFormMaker, 1);

    self->options = options;
    self->split = split;
    self->train = make_windows(split, split->train);
    self->asked = make_windows(split, asked);
    self->trained = trained ? wg_network_copy(trained) : NULL;
    self->seed = seed;
    self->n_threads = n_threads;
    self->tick_func = tick_func;
    self->user_data = user_data;
    return self;
}

void
wg_form_maker_free(WgFormMaker *self)
{
    g_clear_pointer(&self->train, wg_windows_unref);
    g_clear_pointer(&self->asked, wg_windows_unref);
    g_clear_pointer(&self->trained, wg_network_unref);
    g_clear_pointer(&self->pruned, wg_network_unref);
    g_clear_pointer(&self->teacher, wg_network_unref);
    g_free(self);
}

const WgWindows *
wg_form_maker_get_asked(WgFormMaker *self)
{
    return self->asked;
}

gboolean
wg_form_make(WgFormMaker *self, const WgFormSpec *spec, WgForm *form, GCancellable *cancellable,
             GError **error)
{
    form->spec = *spec;
    if (spec->kind != WG_FORM_TEACHER && spec->kind != WG_FORM_DISTILLED &&
        !ensure_trained(self, cancellable, error))
        return FALSE;
    switch (spec->kind) {
    case WG_FORM_TRAINED:
        form->network = wg_network_ref(self->trained);
        break;
    case WG_FORM_AWARE:
    case WG_FORM_INT4:
    case WG_FORM_INT4_AWARE:
        return make_rounded(self, form, cancellable, error);
    case WG_FORM_PRUNED:
        form->network = prune(self, spec->sparsity, cancellable, error);
        break;
    case WG_FORM_FILTERS_PRUNED:
        form->network = prune_filters(self, spec->sparsity, cancellable, error);
        break;
    case WG_FORM_TEACHER:
        if (ensure_teacher(self, cancellable, error))
            form->network = wg_network_ref(self->teacher);
        break;
    case WG_FORM_DISTILLED:
        form->network = distil(self, cancellable, error);
        break;
    }
    return form->network && ask(self, form, NULL, error);
}

void
wg_form_clear(WgForm *form)
{
    g_clear_pointer(&form->network, wg_network_unref);
    g_clear_pointer(&form->as_float, g_free);
    g_clear_pointer(&form->as_int8, g_free);
}

int
wg_form_count_epochs(const WgFormOptions *options, const WgFormSpec *spec)
{
    switch (spec->kind) {
    case WG_FORM_AWARE:
    case WG_FORM_INT4_AWARE:
        return wg_qat_options(&options->options).epochs;
    case WG_FORM_PRUNED:
    case WG_FORM_FILTERS_PRUNED:
        return wg_prune_options(&options->options).epochs;
    case WG_FORM_TEACHER:
        return options->teacher->options.epochs;
    case WG_FORM_TRAINED:
    case WG_FORM_DISTILLED:
        return options->options.epochs;
    case WG_FORM_INT4:
        break;
    }
    return 0;
}
