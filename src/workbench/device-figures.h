/* What a model takes of a watch: flash, arena, stack, time, energy; each number with its source. */
#pragma once

#include <json-glib/json-glib.h>

#include "device/deploy-size.h"
#include "quant/int8-network.h"
#include "workbench/energy.h"
#include "workbench/measurement.h"
#include "workbench/model.h"

G_BEGIN_DECLS

typedef struct {
    const WgWatchKind *kind;
    gsize model_bytes;
    gboolean is_espruino; /* our app goes there; else there is only the model */
    /* MicroPython: the model is a module of Python, `app.model_bytes` long, and there is no arena
     */
    gboolean is_python;
    gsize python_memory_bytes; /* what it takes once it is imported, about */
    char *python_refusal;      /* why it has no form there; NULL: it has */
    WgDeploySize app, builtin;
    gsize arena_bytes, arena_limit_bytes;
    gsize builtin_arena_bytes; /* of the model for the firmware's own recogniser */
    gint64 builtin_operations;
    gsize stack_bytes, builtin_stack_bytes;
    guint32 builtin_crc32; /* of the model for the firmware's own recogniser */
    gint64 operations;
    double estimated_ms; /* 0: nobody knows */
    char *estimate_source;
    gboolean fits;           /* whether that kind can run it at all */
    char **reasons;          /* NULL-terminated sentences: why not, or what to know */
    WgMeasurement *measured; /* on such a watch; NULL: not yet */
    WgAssumptions *assumptions;
} WgDeviceFigures;

/* `model`: the project's, whose network it is; both may be NULL: then names are made up, as long as
 * most are. Owner: caller. Any thread. */
WgDeviceFigures *wg_device_figures_new(const WgInt8Network *network, const WgModel *model,
                                       WgProject *project, const WgWatchKind *kind);
void wg_device_figures_free(WgDeviceFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgDeviceFigures, wg_device_figures_free)

/* As the job "figures" gives it; NULL with the error of wg_energy_compute(). Owner: caller. */
JsonObject *wg_device_figures_to_json(const WgDeviceFigures *self, GError **error);

G_END_DECLS
