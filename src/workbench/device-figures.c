/* What a model takes of a watch: flash, arena, stack, time, energy; each number with its source. */
#include "workbench/device-figures.h"

#include "device/crc32.h"
#include "quant/micropython.h"
#include "quant/stack.h"
#include "quant/verdict.h"
#include "workbench/actions.h"
#include "workbench/decision.h"
#include "workbench/json.h"
#include "workbench/window-options.h"

#include <glib/gi18n.h>
#include <math.h>

/* Of a kind of which nothing is known. */
#define COMMON_KIND "bangle2"
/* In the place of dates, which are as long. */
#define SOME_DATE "2000-01-01T00:00:00Z"
#define USUAL_ARENA 4000

static void
fill_names(WgDeployment *d, const WgInt8Network *network, const WgModel *model)
{
    const int n = wg_int8_network_get_output(network)->n_elements;

    d->names = g_new0(char *, n + 1);
    for (int i = 0; i < n; i++)
        d->names[i] = model ? g_strdup(model->labels[i]) : g_strdup_printf("gesture %d", i + 1);
}

/* Also the model that the firmware's own recogniser gets: with the thresholds built in, and its
 * input where the arena is clean. */
static void
fill_decision(WgDeployment *d, const WgModel *model, WgProject *project, WgInt8Network **builtin)
{
    g_autoptr(WgDecision) decision =
        model && project ? wg_decision_load(project, model, "detector") : NULL;
    g_autoptr(GError) error = NULL;

    d->threshold = decision ? decision->threshold : WG_THRESHOLD_USUAL;
    d->other = model && project ? g_strdup(wg_decision_get_other(project, model, decision)) : NULL;
    if (decision && decision->thresholds)
        d->thresholds = g_memdup2(decision->thresholds, sizeof(double) * (gsize)model->n_labels);
    *builtin = model ? wg_decision_build_network(decision, model, &error) : NULL;
    if (error)
        g_debug("no model for the firmware's own recogniser: %s", error->message);
}

static void
measure_sizes(WgDeviceFigures *self, const WgInt8Network *network, const WgModel *model,
              WgProject *project)
{
    WgDeployment *d = g_new0(WgDeployment, 1);
    g_autoptr(WgInt8Network) builtin = NULL;

    d->arena_bytes = MAX(USUAL_ARENA, self->arena_bytes); /* as "deploy" asks for it */
    d->made = g_strdup(SOME_DATE);
    d->date = g_strdup(SOME_DATE);
    d->project_name = project ? g_path_get_basename(wg_project_get_path(project)) : g_strdup("");
    fill_names(d, network, model);
    fill_decision(d, model, project, &builtin);
    d->mode = WG_DEPLOY_APP;
    d->tflite = g_bytes_ref(wg_int8_network_get_bytes(network));
    wg_actions_fill(project, d);
    wg_deploy_size_measure(d, &self->app);
    if (builtin) {
        g_clear_pointer(&d->tflite, g_bytes_unref);
        d->tflite = g_bytes_ref(wg_int8_network_get_bytes(builtin));
        self->builtin_stack_bytes = wg_builtin_stack_bytes(builtin);
    }
    self->builtin_arena_bytes = wg_arena_bytes(builtin ? builtin : network, FALSE);
    self->builtin_operations = wg_operations(builtin ? builtin : network);
    self->builtin_crc32 = wg_crc32_bytes(d->tflite);
    g_clear_pointer(&d->thresholds, g_free);
    d->threshold = WG_THRESHOLD_USUAL;
    d->mode = WG_DEPLOY_BUILTIN;
    wg_deploy_size_measure(d, &self->builtin);
    wg_deployment_free(d);
}

static void
measure_module(WgDeviceFigures *self, const WgInt8Network *network, const WgModel *model)
{
    WgDeployment *d = g_new0(WgDeployment, 1);
    WgExportSource source = {.network = network,
                             .window = model ? &model->window : &wg_window_options_watch,
                             .project_name = "model",
                             .made = SOME_DATE,
                             .date = SOME_DATE,
                             .threshold = WG_THRESHOLD_USUAL};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) module = NULL;

    fill_names(d, network, model);
    source.labels = (const char *const *)d->names;
    module = wg_micropython_module_new(&source, &self->python_memory_bytes, &error);
    if (module)
        self->app.model_bytes = (gint64)g_bytes_get_size(module);
    else
        self->python_refusal = g_strdup(error->message);
    wg_deployment_free(d);
}

/* As "deploy" to such a watch decides. */
static void
judge(WgDeviceFigures *self, const WgInt8Network *network, const WgModel *model)
{
    g_autoptr(WgVerdict) verdict = wg_verdict_new(network, self->kind, FALSE);
    g_autoptr(GStrvBuilder) reasons = g_strv_builder_new();
    g_autoptr(GError) error = NULL;

    self->fits = self->is_python ? !self->python_refusal : verdict->fits;
    if (self->python_refusal)
        g_strv_builder_add(reasons, self->python_refusal);
    for (int i = 0; !self->is_python && verdict->reasons[i]; i++)
        g_strv_builder_add(reasons, verdict->reasons[i]);
    if (model && self->kind->rate_hz > 0 &&
        !wg_model_check_watch(model, self->kind->name, &error)) {
        self->fits = FALSE;
        g_strv_builder_add(reasons, error->message);
    }
    self->reasons = g_strv_builder_end(reasons);
}

static void
estimate_time(WgDeviceFigures *self)
{
    const WgWatchKind *kind = self->kind;
    const gboolean is_known = kind->operations_per_s > 0;

    if (self->is_python) {
        self->estimate_source = g_strdup(
            _("not known until it is deployed: boards differ too much; counted as nothing"));
        return;
    }
    if (!is_known)
        kind = wg_watch_kind_find(COMMON_KIND, NULL);
    self->estimated_ms = (double)self->operations / kind->operations_per_s * 1e3;
    self->estimate_source =
        is_known ? g_strdup_printf(_("estimated: %.1f million multiply-adds a second; it may well "
                                     "take half as long again"),
                                   kind->operations_per_s / 1e6)
                 : g_strdup_printf(_("estimated: %.1f million multiply-adds a second, as on a %s; "
                                     "it may well take half as long again"),
                                   kind->operations_per_s / 1e6, kind->name);
}

WgDeviceFigures *
wg_device_figures_new(const WgInt8Network *network, const WgModel *model, WgProject *project,
                      const WgWatchKind *kind)
{
    WgDeviceFigures *self = g_new0(WgDeviceFigures, 1);
    GBytes *bytes = wg_int8_network_get_bytes(network);
    g_autofree char *measured = NULL;

    self->kind = kind;
    self->model_bytes = g_bytes_get_size(bytes);
    self->is_espruino = kind->nine_ops;
    self->is_python = g_str_equal(kind->id, "micropython");
    self->arena_bytes = wg_arena_bytes(network, FALSE);
    self->arena_limit_bytes = kind->arena_limit_bytes;
    self->stack_bytes = wg_stack_bytes(network);
    self->builtin_stack_bytes = wg_builtin_stack_bytes(network);
    self->operations = wg_operations(network);
    estimate_time(self);
    if (self->is_espruino)
        measure_sizes(self, network, model, project);
    if (self->is_python)
        measure_module(self, network, model);
    judge(self, network, model);
    if (project)
        self->measured = wg_measurement_find(project, wg_crc32_bytes(bytes), kind);
    if (project && !self->measured && self->is_espruino)
        self->measured = wg_measurement_find(project, self->builtin_crc32, kind);
    if (self->measured)
        measured =
            g_strdup_printf(_("measured on %s, %.10s"), self->measured->name, self->measured->date);
    self->assumptions =
        wg_assumptions_new(kind, measured ? self->measured->inference_ms : self->estimated_ms,
                           measured ? measured : self->estimate_source);
    if (project)
        wg_assumptions_load(self->assumptions, project, kind);
    return self;
}

void
wg_device_figures_free(WgDeviceFigures *self)
{
    g_free(self->estimate_source);
    g_free(self->python_refusal);
    g_strfreev(self->reasons);
    g_clear_pointer(&self->measured, wg_measurement_free);
    wg_assumptions_free(self->assumptions);
    g_free(self);
}

/* {"bytes","source",...} */
static JsonObject *
add_figure(JsonObject *parent, const char *name, const char *source)
{
    JsonObject *figure = json_object_new();

    json_object_set_string_member(figure, "source", source);
    json_object_set_object_member(parent, name, figure);
    return figure;
}

static void
add_flash(const WgDeviceFigures *self, JsonObject *object)
{
    JsonObject *flash;

    if (self->is_python) {
        flash = add_figure(object, "flash",
                           self->python_refusal ? self->python_refusal
                                                : _("the module waggle_model.py; names and dates "
                                                    "change it by some bytes"));
        json_object_set_int_member(flash, "bytes", self->app.model_bytes);
        json_object_set_int_member(flash, "model_bytes", self->app.model_bytes);
        return;
    }
    if (!self->is_espruino) {
        flash = add_figure(object, "flash", _("exact; the program around the model comes on top"));
        json_object_set_int_member(flash, "bytes", (gint64)self->model_bytes);
        json_object_set_int_member(flash, "model_bytes", (gint64)self->model_bytes);
        return;
    }
    flash =
        add_figure(object, "flash",
                   _("exact: the files of a first deployment as the watch's Storage keeps them"));
    json_object_set_int_member(flash, "bytes", self->app.model_bytes + self->app.program_bytes);
    json_object_set_int_member(flash, "model_bytes", self->app.model_bytes);
    json_object_set_int_member(flash, "program_bytes", self->app.program_bytes);
    if (self->kind->builtin_arena_limit_bytes > 0)
        json_object_set_int_member(flash, "builtin_bytes",
                                   self->builtin.model_bytes + self->builtin.program_bytes);
}

static void
add_python_memory(const WgDeviceFigures *self, JsonObject *object)
{
    JsonObject *memory = add_figure(
        object, "memory", _("estimated: the module's values and lists once it is imported"));

    json_object_set_int_member(memory, "bytes", (gint64)self->python_memory_bytes);
}

static void
add_memory(const WgDeviceFigures *self, JsonObject *object)
{
    JsonObject *arena = add_figure(object, "arena",
                                   _("exact: the allocator of TensorFlow Lite Micro 2.4.0, step by "
                                     "step in the watch's memory layout"));
    JsonObject *stack = add_figure(object, "stack",
                                   _("estimated: the frames that gcc gives the interpreter for a "
                                     "Cortex-M4, along the deepest chain of calls; the firmware's "
                                     "own recogniser copies the model there as well"));

    json_object_set_int_member(arena, "bytes", (gint64)self->arena_bytes);
    json_object_set_int_member(arena, "limit_bytes", (gint64)self->arena_limit_bytes);
    json_object_set_int_member(stack, "bytes", (gint64)self->stack_bytes);
    if (self->kind->builtin_arena_limit_bytes > 0)
        json_object_set_int_member(stack, "builtin_bytes", (gint64)self->builtin_stack_bytes);
}

static gboolean
is_time_known(const WgDeviceFigures *self)
{
    return self->measured || self->estimated_ms > 0 ||
           self->assumptions->all[WG_ASSUME_INFERENCE_MS].is_given || !self->is_python;
}

static void
add_time(const WgDeviceFigures *self, JsonObject *object)
{
    const WgAssumed *time = &self->assumptions->all[WG_ASSUME_INFERENCE_MS];
    JsonObject *inference = add_figure(object, "inference", time->source);

    wg_json_set_number(inference, "ms", is_time_known(self) ? time->value : NAN);
    wg_json_set_number(inference, "estimated_ms", self->is_python ? NAN : self->estimated_ms);
    json_object_set_boolean_member(inference, "is_measured", self->measured && !time->is_given);
    if (!self->measured)
        return;
    json_object_set_double_member(inference, "measured_ms", self->measured->inference_ms);
    json_object_set_string_member(inference, "measured_on", self->measured->name);
    json_object_set_string_member(inference, "measured_at", self->measured->date);
    json_object_set_int_member(inference, "measured_takes", self->measured->n);
}

static void
add_energy(const WgDeviceFigures *self, JsonObject *object, const WgEnergy *energy)
{
    JsonObject *result = add_figure(object, "energy", _("current x voltage x time of each state"));
    JsonArray *states = json_array_new();

    for (int i = 0; i < WG_N_STATES; i++) {
        JsonObject *state = json_object_new();

        json_object_set_string_member(state, "name", wg_state_names[i]);
        json_object_set_double_member(state, "seconds_a_day", energy->seconds[i]);
        json_object_set_double_member(state, "joules_a_day", energy->joules[i]);
        json_array_add_object_element(states, state);
    }
    wg_json_set_number(result, "inference_mj", is_time_known(self) ? energy->inference_mj : NAN);
    json_object_set_double_member(result, "joules_a_day", energy->day_j);
    json_object_set_double_member(result, "battery_joules", energy->battery_j);
    wg_json_set_number(result, "battery_days", self->fits ? energy->days : NAN);
    json_object_set_array_member(result, "states", states);
}

static JsonArray *
list_assumptions(const WgAssumptions *assumptions)
{
    JsonArray *list = json_array_new();

    for (int i = 0; i < WG_N_ASSUMPTIONS; i++) {
        const WgAssumptionInfo *info = &wg_assumption_infos[i];
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "name", info->name);
        json_object_set_double_member(object, "value", assumptions->all[i].value);
        json_object_set_string_member(object, "unit", info->unit);
        json_object_set_string_member(object, "source", assumptions->all[i].source);
        json_object_set_boolean_member(object, "is_given", assumptions->all[i].is_given);
        json_array_add_object_element(list, object);
    }
    return list;
}

JsonObject *
wg_device_figures_to_json(const WgDeviceFigures *self, GError **error)
{
    WgEnergy energy = {0};
    JsonObject *object, *operations;

    if (!wg_energy_compute(self->assumptions, &energy, error))
        return NULL;
    object = json_object_new();
    json_object_set_string_member(object, "for", self->kind->id);
    json_object_set_string_member(object, "name", self->kind->name);
    json_object_set_int_member(object, "bytes", (gint64)self->model_bytes);
    json_object_set_boolean_member(object, "fits", self->fits);
    wg_json_set_strings(object, "reasons", (const char *const *)self->reasons);
    add_flash(self, object);
    if (self->is_python)
        add_python_memory(self, object);
    else
        add_memory(self, object);
    operations =
        add_figure(object, "operations",
                   _("exact: multiply-adds of convolutions and dense layers, without those "
                     "in the padding"));
    json_object_set_int_member(operations, "n", self->operations);
    add_time(self, object);
    add_energy(self, object, &energy);
    json_object_set_array_member(object, "assumptions", list_assumptions(self->assumptions));
    return object;
}
