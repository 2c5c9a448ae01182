/* What of the recordings a file format has no place for, in words. */
#pragma once

#include "dataset/import.h"

G_BEGIN_DECLS

/* Adds a sentence for each kind of loss that these takes have in that format. */
void wg_export_losses_describe(const WgFileFormat *format, GPtrArray *recordings,
                               GPtrArray *messages);

G_END_DECLS
