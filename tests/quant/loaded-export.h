/* What the exporter "c" wrote, compiled and loaded into the test. */
#pragma once

#include "quant/exporter.h"

extern const WgExporter wg_exporter_c;

typedef struct {
    void *library;
    void (*run)(const void *window, void *outputs);
    int (*decide)(const void *outputs);
    const char *const *names;
    /* NULL where the model sees other windows; `state` is larger than what they keep there */
    void (*window_init)(void *state);
    int (*window_feed)(void *state, const float *sample, gint8 *window);
    void (*debounce_init)(void *state);
    int (*debounce_feed)(void *state, guint32 time_ms, int gesture);
} LoadedExport;

/* Fails the test where it does not compile without a warning. */
LoadedExport *loaded_export_new(const GPtrArray *files);
void loaded_export_free(LoadedExport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LoadedExport, loaded_export_free)

/* "gesture 0", ...; owner: caller. */
char **loaded_export_make_labels(int n);
/* Of the watch's windows, threshold 0.5, no debounce. */
void loaded_export_init_source(WgExportSource *source, const WgInt8Network *network, char **labels);
