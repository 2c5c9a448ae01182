/* The takes that an int8 model is calibrated on. */
#include "workbench/calibration.h"

#include "base/error.h"
#include "quant/calibrate.h"
#include "workbench/window-options.h"

#include <glib/gi18n.h>
#include <string.h>

static WgCalibration *
new_calibration(WgCalibrationKind kind, const char *source)
{
    WgCalibration *self = g_new0(WgCalibration, 1);

    self->kind = kind;
    self->source = g_strdup(source);
    return self;
}

/* Keeps so many of the windows, those that wg_calibration_choose() names. */
static void
keep_some(WgCalibration *self, int n_samples)
{
    g_autofree int *indices = g_new(int, self->windows->n + 1);
    const int n = wg_calibration_choose(self->windows, n_samples, indices);
    WgWindows *all = self->windows;

    if (n == all->n)
        return;
    self->is_some = TRUE;
    self->windows = wg_windows_new(self->dataset, indices, n);
    wg_windows_unref(all);
}

WgCalibration *
wg_calibration_load_part(WgProject *project, WgModel *model, const char *part, GError **error)
{
    g_autoptr(WgCalibration) self = new_calibration(WG_CALIBRATION_PART, part);

    self->dataset = wg_model_load_part(model, project, part, error);
    if (!self->dataset)
        return NULL;
    self->windows = wg_windows_new(self->dataset, NULL, 0);
    return g_steal_pointer(&self);
}

static WgCalibration *
load_part(WgJob *job, WgModel *model, const char *part, GError **error)
{
    g_autoptr(GError) why = NULL;
    WgCalibration *self = wg_calibration_load_part(wg_job_get_project(job), model, part, &why);

    if (!self && g_error_matches(why, WG_ERROR, WG_ERROR_MISSING) &&
        g_str_equal(part, "validation")) {
        wg_job_note(job, _("no validation takes: calibrated on the training takes"));
        return wg_calibration_load_part(wg_job_get_project(job), model, "train", error);
    }
    if (!self)
        g_propagate_error(error, g_steal_pointer(&why));
    return self;
}

static WgCalibration *
load_file(WgJob *job, WgModel *model, const char *path, GError **error)
{
    g_autoptr(WgCalibration) self = new_calibration(WG_CALIBRATION_FILE, path);

    self->dataset = wg_calibration_read_file(job, model, path, error);
    if (!self->dataset)
        return NULL;
    self->windows = wg_windows_new(self->dataset, NULL, 0);
    return g_steal_pointer(&self);
}

static WgCalibration *
make_noise(WgJob *job, WgModel *model, const char *source, WgNoise noise)
{
    WgCalibration *self = new_calibration(WG_CALIBRATION_NOISE, source);
    const int n_samples = (int)wg_job_get_int(job, "samples");
    g_autoptr(WgWindows) like =
        wg_windows_alloc(0, model->window.length, wg_window_options_get_n_channels(&model->window),
                         (const char *const *)model->labels);

    self->noise = noise;
    like->rate_hz = model->window.rate_hz;
    like->units_per_g = 128 / model->window.range_g;
    self->windows = wg_calibration_make_noise(like, n_samples > 0 ? n_samples : WG_NOISE_WINDOWS,
                                              noise, (guint64)wg_job_get_int(job, "seed"));
    return self;
}

static gboolean
check_file_options(WgJob *job, const char *source, GError **error)
{
    static const char *const options[] = {"units-per-g", "rate"};

    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        if (!wg_job_is_given(job, options[i]))
            continue;
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--%s is about a file to calibrate on, and “%s” is none", options[i], source);
        return FALSE;
    }
    return TRUE;
}

WgCalibration *
wg_calibration_load(WgJob *job, WgModel *model, GError **error)
{
    const char *source = wg_job_get_string(job, "calibration");
    const gboolean is_part = g_str_equal(source, "validation") || g_str_equal(source, "train");
    WgNoise noise;
    const gboolean is_noise = wg_noise_find(source, &noise);
    g_autoptr(WgCalibration) self = NULL;

    if (g_str_equal(source, "test")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("calibration never uses the test part: use validation or train"));
        return NULL;
    }
    if ((is_part || is_noise) && !check_file_options(job, source, error))
        return NULL;
    if (is_noise)
        return make_noise(job, model, source, noise);
    self = is_part ? load_part(job, model, source, error) : load_file(job, model, source, error);
    if (self)
        keep_some(self, (int)wg_job_get_int(job, "samples"));
    return g_steal_pointer(&self);
}

void
wg_calibration_free(WgCalibration *self)
{
    g_free(self->source);
    g_clear_pointer(&self->dataset, wg_dataset_unref);
    g_clear_pointer(&self->windows, wg_windows_unref);
    g_free(self);
}

WgQuantizeOptions
wg_calibration_get_options(WgJob *job, const char *description)
{
    return (WgQuantizeOptions){
        .softmax = TRUE,
        .description = description,
        .range_method = wg_range_method_find(wg_job_get_string(job, "ranges"), NULL),
        .percentile = wg_job_get_number(job, "percentile"),
    };
}

GBytes *
wg_calibration_quantize(const WgCalibration *self, WgJob *job, const WgModel *model, GError **error)
{
    g_autofree char *description = wg_window_options_dup_description(&model->window);
    const WgQuantizeOptions options = wg_calibration_get_options(job, description);

    if (!wg_range_method_find(wg_job_get_string(job, "ranges"), error))
        return NULL;
    return wg_quantize(model->network, self->windows, &options, error);
}

char *
wg_calibration_describe(const WgCalibration *self)
{
    const gboolean is_train = g_str_equal(self->source, "train");
    g_autofree char *name = NULL;

    if (self->kind == WG_CALIBRATION_NOISE)
        return g_strdup(wg_noise_describe(self->noise));
    if (self->kind == WG_CALIBRATION_FILE)
        name = g_path_get_basename(self->source);
    if (self->is_some && name)
        return g_strdup_printf(_("%d of the takes in %s"), self->windows->n, name);
    if (self->is_some)
        return g_strdup_printf(is_train ? _("%d of the training takes")
                                        : _("%d of the validation takes"),
                               self->windows->n);
    if (name)
        return g_strdup_printf(_("the takes in %s"), name);
    return g_strdup(is_train ? _("the training takes") : _("the validation takes"));
}
