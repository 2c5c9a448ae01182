/* The int8 network as lines of Python. Inside quant/ only. */
#pragma once

#include "quant/int8-network-private.h"
#include "quant/micropython-module.h"

G_BEGIN_DECLS

typedef struct {
    guint parts;      /* bits of WgPythonPart that the layers need */
    GByteArray *data; /* weights and multipliers in the order in which the definitions take them */
    GString *definitions, *calls;
    int last; /* the buffer that holds the outputs */
    int out_zero_point;
    double out_scale;   /* where the network ends in floats, of the int8 before; else 0 */
    gsize memory_bytes; /* of weights and buffers on a board of 32 bits, about */
} WgPythonLayers;

/* WG_ERROR_UNSUPPORTED names what has no form in it. Any thread. */
WgPythonLayers *wg_python_layers_new(const WgInt8Network *network, GError **error);
void wg_python_layers_free(WgPythonLayers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgPythonLayers, wg_python_layers_free)

/* Where a layer has its input: padded with zeros where the layer is a convolution. */
typedef struct {
    int pitch, at, size; /* values from row to row, of the first value, of all */
} WgPythonLayout;

typedef struct {
    WgPythonLayers *layers;
    const WgInt8Step *step;
    WgPythonLayout in, out;
    int number;
} WgPythonWriting;

/* One function an operation: the layer's definition, its call, its weights; the error is
 * WG_ERROR_UNSUPPORTED. A dense layer is a convolution of one position a row of inputs. */
gboolean wg_python_write_conv(WgPythonWriting *w, GError **error);
gboolean wg_python_write_dense(WgPythonWriting *w, GError **error);
gboolean wg_python_write_depthwise(WgPythonWriting *w, GError **error);
void wg_python_put_number(GByteArray *data, guint32 value, int n_bytes);
/* Bounds of the output, counted from its zero point, and the shape's closing bracket. */
void wg_python_append_bounds(GString *text, const WgInt8Step *step, int least, int most);

G_END_DECLS
