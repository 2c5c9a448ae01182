/* What info.labels and structured_labels.labels beside Edge Impulse's files say of them. */
#pragma once

#include "dataset/data-writer.h"

G_BEGIN_DECLS

#define WG_EDGE_IMPULSE_INFO "info.labels"
#define WG_EDGE_IMPULSE_SPANS "structured_labels.labels"
#define WG_EDGE_IMPULSE_LABELS_VERSION 1
/* Where a span has no gesture: the other tool wants a label for every sample. */
#define WG_EDGE_IMPULSE_UNLABELED "unlabeled"
/* What Waggle keeps under "metadata", texts as all there. */
#define WG_EDGE_IMPULSE_PERSON "person"
#define WG_EDGE_IMPULSE_WRIST "wrist"
#define WG_EDGE_IMPULSE_DEVICE "device"
#define WG_EDGE_IMPULSE_UNIT "unit"
#define WG_EDGE_IMPULSE_ORIGINAL_UNITS "original_units_per_g"

/* NULL-terminated, as WgFileFormat has it. */
extern const char *const wg_edge_impulse_companions[];

/* Gives the takes that were read from `path`, from index `first` on, their label, person, wrist,
 * unit and spans as the two files in its folder, or in the one above, say; what `options` tell
 * stays. A file of labels that is none, or a span that leaves its recording, is refused, and the
 * takes stay as they are. */
void wg_edge_impulse_labels_apply(const char *path, const WgImportOptions *options,
                                  WgFileContent *found, guint first);

/* The two files of an export. */
typedef struct _WgEdgeImpulseLabels WgEdgeImpulseLabels;
WgEdgeImpulseLabels *wg_edge_impulse_labels_new(void);
/* `factor` as of WgExportValues; `unit` where the file itself does not tell it, else NULL. */
void wg_edge_impulse_labels_add(WgEdgeImpulseLabels *self, const char *path,
                                const WgRecordingSpec *spec, const char *unit, double factor);
gboolean wg_edge_impulse_labels_write(WgEdgeImpulseLabels *self, WgDataWriter *out, GError **error);
void wg_edge_impulse_labels_free(WgEdgeImpulseLabels *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgEdgeImpulseLabels, wg_edge_impulse_labels_free)

G_END_DECLS
