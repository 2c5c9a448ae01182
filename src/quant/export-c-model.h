/* The network as C: waggle_model.h and waggle_model.c. Inside quant/ only. */
#pragma once

#include "quant/export-template.h"

G_BEGIN_DECLS

/* What a README says of it. */
typedef struct {
    gsize memory_bytes; /* static work memory */
    gsize table_bytes;  /* constant: weights, biases, multipliers, without code */
    gint64 n_multiplications;
} WgExportCModel;

/* Adds both files below `folder` ("" or "src/"). WG_ERROR_UNSUPPORTED names the operation that has
 * no form in C. Fills `template` with what other files of the export say of the model: its shape,
 * names, sizes. */
gboolean wg_export_c_model(const WgExportSource *source, WgTemplate *template, const char *folder,
                           GPtrArray *files, WgExportCModel *model, GError **error);

G_END_DECLS
