/* One form of a network - as it was trained, as int8, pruned, distilled - and what it answers. */
#pragma once

#include "quant/quantize.h"
#include "train/preset.h"
#include "dataset/split.h"

G_BEGIN_DECLS

typedef enum {
    WG_FORM_TRAINED,        /* as it was trained */
    WG_FORM_AWARE,          /* that trained on as int8 */
    WG_FORM_INT4,           /* that with weights in -7 .. 7, which no watch runs */
    WG_FORM_INT4_AWARE,     /* that trained on as such */
    WG_FORM_PRUNED,         /* the one pruned before it, else as trained, with more weights at 0 */
    WG_FORM_FILTERS_PRUNED, /* as trained, without the smallest filters */
    WG_FORM_TEACHER,        /* a larger network */
    WG_FORM_DISTILLED,      /* the preset's network, trained with the teacher's answers */
} WgFormKind;

typedef struct {
    WgFormKind kind;
    double sparsity; /* share of the weights that are 0, or of the filters that are gone */
} WgFormSpec;

typedef struct {
    const WgPreset *preset, *teacher; /* teacher: NULL where no form asks for one */
    WgTrainOptions options;           /* of the preset's training; seed and threads do not count */
    float temperature, share;         /* of the teacher's answers */
} WgFormOptions;

/* What a form answered to the takes it was asked; all owned. */
typedef struct {
    WgFormSpec spec;
    WgNetwork *network;       /* of float parameters */
    int *as_float, *as_int8;  /* n answers; NULL where there is no such form */
    gsize bytes, arena_bytes; /* of the .tflite; 0 without one */
    gsize compressed_bytes;   /* of the .tflite in a zip */
    int n_parameters;         /* of the folded network */
    int n_weights, n_nonzero; /* of them weights, and those not 0 */
} WgForm;

typedef void (*WgFormTickFunc)(gpointer user_data); /* after each epoch of any training */

/* Makes forms from one network and split, in the order asked for; `asked` are indices into the
 * split's dataset. `trained`: NULL where it is to be trained first. */
typedef struct _WgFormMaker WgFormMaker;
WgFormMaker *wg_form_maker_new(const WgFormOptions *options, WgSplit *split, GArray *asked,
                               const WgNetwork *trained, guint64 seed, int n_threads,
                               WgFormTickFunc tick_func, gpointer user_data);
void wg_form_maker_free(WgFormMaker *self);
/* int8 forms are calibrated on the takes that train. Errors: those of training and quantizing,
 * G_IO_ERROR_CANCELLED. */
gboolean wg_form_make(WgFormMaker *self, const WgFormSpec *spec, WgForm *form,
                      GCancellable *cancellable, GError **error);
const WgWindows *wg_form_maker_get_asked(WgFormMaker *self);
void wg_form_clear(WgForm *form);
/* Epochs that making it takes, the teacher's with the first that needs one. */
int wg_form_count_epochs(const WgFormOptions *options, const WgFormSpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgFormMaker, wg_form_maker_free)

G_END_DECLS
