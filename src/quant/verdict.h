/* Whether a watch can run a model, with each reason; and the arena its interpreter needs. */
#pragma once

#include "base/watch-kind.h"
#include "quant/int8-network.h"

G_BEGIN_DECLS

/* What a reason is about. */
typedef enum {
    WG_ABOUT_OPERATIONS,
    WG_ABOUT_ARENA,
    WG_ABOUT_SIZE, /* of the file */
    WG_ABOUT_WINDOW,
} WgVerdictAbout;

typedef struct {
    gboolean fits;
    gsize bytes, arena_bytes, arena_limit_bytes;
    char **reasons; /* NULL-terminated sentences: why not, or what to know; empty when nothing */
    WgVerdictAbout *about; /* of each reason */
} WgVerdict;

/* Smallest arena in the watch's memory layout (facts of TFLM 2.4.0's MicroAllocator and greedy
 * memory planner, ARM layout), in bytes; `layout_i386` gives that of 32-bit x86 instead. */
gsize wg_arena_bytes(const WgInt8Network *network, gboolean layout_i386);
/* Where the input tensor lies in an arena of `size` bytes on the watch (ARM layout), and in `used`
 * (size bytes, caller's, may be NULL) 1 for each byte that making the interpreter writes, else 0:
 * the firmware clears an arena first (jsvNewFlatStringOfLength), so what it does not write is 0.
 * FALSE: the interpreter cannot be made there. */
gboolean wg_arena_find_input(const WgInt8Network *network, gsize size, gsize *offset, guint8 *used);
/* Whether the whole input is 0 in such an arena before a gesture is written to it. */
gboolean wg_arena_has_clean_input(const WgInt8Network *network, gsize size);
/* Multiply-adds of one inference: of convolutions and dense layers, as the kernels do them (taps in
 * the padding are left out by these). */
gint64 wg_operations(const WgInt8Network *network);
/* `builtin`: for the firmware's aiGesture (fixed arena, int8 rules) instead of our app. */
WgVerdict *wg_verdict_new(const WgInt8Network *network, const WgWatchKind *kind, gboolean builtin);
/* What our app asks of a watch: as much as the firmware's own recogniser has where the model needs
 * less, so that a firmware with larger structures runs it as well. */
gsize wg_verdict_get_app_arena(const WgVerdict *verdict);
void wg_verdict_free(WgVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgVerdict, wg_verdict_free)

G_END_DECLS
