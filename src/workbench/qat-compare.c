/* Quantization-aware training of the project's model, held against quantizing it plainly. */
#include "workbench/qat-compare.h"

#include "base/error.h"
#include "base/workers.h"
#include "quant/qat.h"
#include "workbench/kept-preset.h"
#include "workbench/training.h"

#include <glib/gi18n.h>

typedef struct {
    WgProgress *progress;
    int n_epochs;
} Watching;

static void
on_epoch(const WgEpoch *epoch, gpointer user_data)
{
    const Watching *watching = user_data;

    wg_progress_tell(watching->progress, (double)epoch->epoch / watching->n_epochs, NULL);
}

static WgWindows *
load_part(WgJob *job, WgModel *model, const char *part, GError **error)
{
    g_autoptr(WgDataset) dataset = wg_model_load_part(model, wg_job_get_project(job), part, error);

    return dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
}

static WgQat *
train(WgJob *job, WgModel *model, WgWindows *calibration, const WgQuantizeOptions *plain,
      GError **error)
{
    g_autoptr(WgPreset) preset =
        wg_kept_preset_find(wg_job_get_project(job), model->record->preset, error);
    g_autoptr(WgWindows) takes = preset ? load_part(job, model, "train", error) : NULL;
    g_autoptr(WgQat) qat = NULL;
    WgTrainOptions options;
    Watching watching;

    if (!takes)
        return NULL;
    options = wg_training_fit_options(&preset->options, &model->window);
    options = wg_qat_options(&options);
    options.n_threads = wg_workers_count(0);
    watching = (Watching){wg_job_get_progress(job), options.epochs};
    qat = wg_qat_new(model->network, calibration, plain, WG_WEIGHT_STEPS, error);
    if (!qat || !wg_qat_train(qat, model->network, takes, &options, on_epoch, &watching,
                              wg_job_get_cancellable(job), error))
        return NULL;
    return g_steal_pointer(&qat);
}

static int
count_errors(const WgModel *model, const WgWindows *takes)
{
    g_autofree float *values = g_new(float, (gsize)takes->n *(gsize)model->n_labels + 1);
    int n_errors = 0;

    wg_model_predict(model, takes, values);
    for (int i = 0; i < takes->n; i++)
        n_errors += wg_argmax(values + (gsize)i * (gsize)model->n_labels, model->n_labels) !=
                    takes->labels[i];
    return n_errors;
}

static int
count_int8_errors(const WgModel *model, GBytes *tflite, const WgWindows *takes, GError **error)
{
    g_autoptr(WgInt8Network) network = wg_int8_network_new(tflite, error);
    const WgModel int8 = {.labels = model->labels, .n_labels = model->n_labels, .int8 = network};

    return network ? count_errors(&int8, takes) : -1;
}

static char *
dup_verdict(int n, int n_float, int n_plain, int n_qat)
{
    const char *form;

    if (n_qat > n_plain)
        form = ngettext("Of %d validation take quantizing plainly has %d wrong (as float %d), and "
                        "training on as int8 %d: the plain one is kept.",
                        "Of %d validation takes quantizing plainly has %d wrong (as float %d), and "
                        "training on as int8 %d: the plain one is kept.",
                        n);
    else if (n_qat < n_plain)
        form = ngettext("Of %d validation take quantizing plainly has %d wrong (as float %d), and "
                        "training on as int8 %d: that one is kept.",
                        "Of %d validation takes quantizing plainly has %d wrong (as float %d), and "
                        "training on as int8 %d: that one is kept.",
                        n);
    else
        form = ngettext("Of %d validation take quantizing plainly has %d wrong (as float %d), and "
                        "training on as int8 %d: here it brings nothing, and costs nothing.",
                        "Of %d validation takes quantizing plainly has %d wrong (as float %d), and "
                        "training on as int8 %d: here it brings nothing, and costs nothing.",
                        n);
    return g_strdup_printf(form, n, n_plain, n_float, n_qat);
}

/* Which of the two is given, by the validation takes. */
static gboolean
compare(WgJob *job, WgModel *model, GBytes *plain, GBytes *qat, JsonObject *told, gboolean *is_qat,
        GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(WgWindows) takes = load_part(job, model, "validation", &why);
    g_autofree char *verdict = NULL;
    int n_float, n_plain, n_qat;

    if (!takes && !g_error_matches(why, WG_ERROR, WG_ERROR_MISSING)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    *is_qat = TRUE;
    if (!takes) {
        json_object_set_string_member(told, "verdict",
                                      _("There are no validation takes to tell whether training on "
                                        "as int8 was worth it."));
        return TRUE;
    }
    n_float = count_errors(model, takes);
    n_plain = count_int8_errors(model, plain, takes, error);
    n_qat = n_plain < 0 ? -1 : count_int8_errors(model, qat, takes, error);
    if (n_qat < 0)
        return FALSE;
    verdict = dup_verdict(takes->n, n_float, n_plain, n_qat);
    *is_qat = n_qat <= n_plain;
    json_object_set_int_member(told, "n", takes->n);
    json_object_set_int_member(told, "float_errors", n_float);
    json_object_set_int_member(told, "plain_errors", n_plain);
    json_object_set_int_member(told, "qat_errors", n_qat);
    json_object_set_string_member(told, "verdict", verdict);
    return TRUE;
}

GBytes *
wg_qat_quantize(WgJob *job, WgModel *model, WgWindows *calibration,
                const WgQuantizeOptions *options, JsonObject **told, GError **error)
{
    WgQuantizeOptions qat_options = *options;
    g_autoptr(WgQat) qat = train(job, model, calibration, options, error);
    g_autoptr(GBytes) plain = NULL;
    g_autoptr(GBytes) fitted = NULL;
    g_autoptr(JsonObject) comparison = json_object_new();
    gboolean is_qat = FALSE;

    if (!qat)
        return NULL;
    qat_options.ranges = qat->ranges;
    plain = wg_quantize(model->network, calibration, options, error);
    fitted = plain ? wg_quantize(qat->network, calibration, &qat_options, error) : NULL;
    if (!fitted || !compare(job, model, plain, fitted, comparison, &is_qat, error))
        return NULL;
    json_object_set_string_member(comparison, "kept", is_qat ? "qat" : "ptq");
    *told = g_steal_pointer(&comparison);
    return g_bytes_ref(is_qat ? fitted : plain);
}
