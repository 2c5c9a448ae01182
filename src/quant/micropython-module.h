/* A module for MicroPython as text, with its example and README: what all of its forms share.
 * Inside quant/ only. */
#pragma once

#include "quant/exporter.h"

G_BEGIN_DECLS

/* Parts of the module, data/export/micropython/NAME.py, in the order of the table that is made of
 * them. */
typedef enum {
    WG_PYTHON_HEAD,
    WG_PYTHON_PUT,
    WG_PYTHON_SCALE,
    WG_PYTHON_DATA,
    WG_PYTHON_LANES,
    WG_PYTHON_DEPTHWISE,
    WG_PYTHON_MAX_POOL,
    WG_PYTHON_AVERAGE_POOL,
    WG_PYTHON_SOFTMAX,
    WG_PYTHON_QUANTIZE,
    WG_PYTHON_INFER,
    WG_PYTHON_FEATURES,
    WG_PYTHON_TREES,
    WG_PYTHON_RECOGNISE,
    WG_PYTHON_DETECTOR,
    WG_PYTHON_SLIDING,
    WG_PYTHON_DEBOUNCE,
    WG_PYTHON_MAIN,
    WG_PYTHON_README,
    WG_PYTHON_SENSORS, /* data/boards/record.py, of which the example takes how sensors are read */
    WG_N_PYTHON,
} WgPythonPart;

extern const char *const wg_python_parts[]; /* WG_N_PYTHON */

/* Words and parts of one form. */
typedef struct {
    const char *what, *title;   /* "the network", as a sentence begins */
    const char *promise;        /* a sentence */
    const char *holds, *infers; /* for the README: what the file holds, what infer() gives */
    const char *advice;         /* lines of the README on uploading it */
    const char *probability;    /* of outputs[best], as Python */
    guint parts;                /* bits of WgPythonPart, besides those that all have */
    const GByteArray *data;     /* what _take() gives */
    const char *definitions;    /* lines behind the functions; NULL: none */
    gsize memory_bytes;         /* that it takes once imported, about */
} WgPythonModule;

/* The module's text with the facts of the source in it; the form fills what is its own. Only
 * `what`, `promise`, `probability`, `parts`, `data` and `definitions` count. */
GString *wg_python_module_text(const WgExportSource *source, const WgPythonModule *module);
void wg_python_fill(GString *text, const char *place, const char *value);
void wg_python_fill_number(GString *text, const char *place, double value);
/* Takes the text. WG_ERROR_UNSUPPORTED with both numbers where it is larger than a board takes. */
GBytes *wg_python_module_finish(GString *text, GError **error);
/* It, the example and the README. */
void wg_python_module_add(const WgExportSource *source, const WgPythonModule *module,
                          GBytes *content, GPtrArray *files);

G_END_DECLS
