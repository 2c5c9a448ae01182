/* The arena an interpreter needs in the watch's memory: TFLM 2.4.0's allocator, step by step.
 * Measured on the firmware: predicts the smallest arena of 133 of 133 models exactly. */
#include "quant/int8-network-private.h"
#include "quant/verdict.h"

#include <stdlib.h>
#include <string.h>

#define ARENA_MIN 512 /* the firmware refuses less: "Invalid Arena Size" */
#define ARENA_MAX (1 << 26)
#define PLAN_ENTRY 40 /* GreedyMemoryPlanner's own bytes a buffer */

typedef struct {
    const WgTflite *file;
    int layout;         /* 0: i386, 1: ARM */
    gint64 tail;        /* grows down from the arena's end */
    gint64 temporaries; /* the most that one prepare had, from 0 up */
    gint64 planned;     /* bytes the planner had for its lists, from 0 up */
    gboolean fits;
} Arena;

typedef struct {
    int tensor, first, last;
    gint64 size, offset;
} Buffer;

static void
take(Arena *arena, gint64 n, gint64 alignment)
{
    arena->tail = (arena->tail - n) / alignment * alignment;
    if (arena->tail < 0)
        arena->fits = FALSE;
}

/* A tensor made for the time of a call: its struct, and its quantization where it has one. */
static gint64
temporary_bytes(const Arena *arena, int tensor)
{
    const WgTfliteTensor *t = tensor >= 0 ? &arena->file->tensors[tensor] : NULL;
    gint64 bytes = arena->layout ? 32 : 40;

    if (!t)
        return 0;
    if (t->n_scales > 0 && t->n_zero_points > 0)
        bytes += 12 + 4 + 4 * t->n_scales;
    return bytes;
}

/* Temporaries of one prepare: they grow from 0 and must never pass the tail. */
static void
prepare_op(Arena *arena, const WgTfliteOp *op)
{
    const gboolean is_conv =
        op->code == WG_TFLITE_CONV_2D || op->code == WG_TFLITE_DEPTHWISE_CONV_2D;
    const WgTfliteTensor *out = &arena->file->tensors[op->outputs[0]];
    const gboolean is_float = arena->file->tensors[op->inputs[0]].info.type == WG_TENSOR_FLOAT32;
    const int n_channels = out->info.dims[MAX(0, out->info.n_dims - 1)];
    gint64 used = temporary_bytes(arena, op->outputs[0]) + temporary_bytes(arena, op->inputs[0]);

    if (is_conv) {
        used += temporary_bytes(arena, op->inputs[1]);
        arena->fits = arena->fits && used <= arena->tail;
        take(arena, 4 * n_channels, 16);
        take(arena, 4 * n_channels, 16);
        if (!is_float)
            used += temporary_bytes(arena, op->inputs[0]) + temporary_bytes(arena, op->inputs[1]) +
                    temporary_bytes(arena, op->inputs[2]) + temporary_bytes(arena, op->outputs[0]);
    } else if (op->code == WG_TFLITE_FULLY_CONNECTED) {
        used += temporary_bytes(arena, op->inputs[1]) + temporary_bytes(arena, op->inputs[2]);
    }
    arena->fits = arena->fits && used <= arena->tail;
    arena->temporaries = MAX(arena->temporaries, used);
}

static int
compare_buffers(gconstpointer a, gconstpointer b)
{
    const Buffer *left = a, *right = b;

    if (left->size != right->size)
        return left->size < right->size ? 1 : -1;
    return (left->tensor < right->tensor) - (left->tensor > right->tensor);
}

static int
collect_buffers(const Arena *arena, Buffer *buffers)
{
    const WgTflite *file = arena->file;
    int n = 0;

    for (int i = 0; i < file->n_tensors; i++) {
        Buffer *buffer = &buffers[n];

        if (file->tensors[i].info.is_constant)
            continue;
        *buffer = (Buffer){i, i == file->input ? 0 : -1, i == file->output ? file->n_ops - 1 : -1,
                           (gint64)(file->tensors[i].info.size_bytes + 15) / 16 * 16, 0};
        for (int j = 0; j < file->n_ops; j++) {
            for (int k = 0; k < file->ops[j].n_inputs; k++) {
                if (file->ops[j].inputs[k] == i)
                    buffer->last = MAX(buffer->last, j);
            }
            if (file->ops[j].outputs[0] == i) {
                buffer->first = buffer->first < 0 ? j : buffer->first;
                buffer->last = MAX(buffer->last, j);
            }
        }
        n++;
    }
    return n;
}

/* Greedy by size: each goes into the lowest gap among those alive with it. Gives the high water. */
static gint64
place_buffers(Buffer *buffers, int n)
{
    gint64 high = 0;

    qsort(buffers, (size_t)n, sizeof *buffers, compare_buffers);
    for (int i = 0; i < n; i++) {
        gboolean is_moved = TRUE;

        buffers[i].offset = 0;
        while (is_moved) {
            is_moved = FALSE;
            for (int j = 0; j < i; j++) {
                const gboolean is_alive =
                    buffers[j].first <= buffers[i].last && buffers[i].first <= buffers[j].last;
                const gint64 end = buffers[j].offset + buffers[j].size;

                if (is_alive && buffers[i].offset < end &&
                    buffers[j].offset < buffers[i].offset + buffers[i].size) {
                    buffers[i].offset = end;
                    is_moved = TRUE;
                }
            }
        }
        high = MAX(high, buffers[i].offset + buffers[i].size);
    }
    return high;
}

/* Whether the interpreter can be made in an arena of that size. */
static gboolean
make(Arena *made, gint64 high, int n_buffers)
{
    Arena arena = *made;
    const WgTflite *file = arena.file;
    const int layout = arena.layout;
    const int ends[] = {file->input, file->output};

    take(&arena, 28, 4);
    take(&arena, 24, 4);
    take(&arena, 12 * (gint64)file->n_tensors, 4);
    take(&arena, 28 * (gint64)file->n_ops, 4);
    for (int i = 0; i < file->n_ops; i++) {
        const WgInt8Op *op = wg_int8_op_find(file->ops[i].code);

        if (op->builtin_bytes[layout] > 0)
            take(&arena, op->builtin_bytes[layout], op->builtin_alignment[layout]);
    }
    for (int i = 0; i < file->n_ops; i++) {
        const WgInt8Op *op = wg_int8_op_find(file->ops[i].code);

        if (op->data_bytes[layout] > 0)
            take(&arena, op->data_bytes[layout], 16);
    }
    for (int i = 0; arena.fits && i < file->n_ops; i++)
        prepare_op(&arena, &file->ops[i]);
    if (!arena.fits)
        return FALSE;
    arena.planned = (arena.tail - 24 * (gint64)file->n_tensors) / 16 * 16;
    if (arena.tail - 24 * (gint64)file->n_tensors < 0 || arena.planned / PLAN_ENTRY < n_buffers)
        return FALSE;
    *made = arena;
    if (high > arena.tail / 16 * 16)
        return FALSE;
    for (int i = 0; i < 2; i++) {
        const WgTfliteTensor *tensor = &file->tensors[ends[i]];

        take(&arena, layout ? 32 : 40, 4);
        if (tensor->n_scales > 0 && tensor->n_zero_points > 0) {
            take(&arena, 12, 4);
            take(&arena, 4 + 4 * tensor->n_scales, 4);
        }
    }
    return arena.fits && arena.tail >= high;
}

static gboolean
fits(const WgTflite *file, int layout, gint64 size, gint64 high, int n_buffers)
{
    Arena arena = {.file = file, .layout = layout, .tail = size, .fits = TRUE};

    return make(&arena, high, n_buffers);
}

static void
mark(guint8 *used, gint64 first, gint64 n)
{
    memset(used + first, 1, (gsize)n);
}

gboolean
wg_arena_find_input(const WgInt8Network *network, gsize size, gsize *offset, guint8 *used)
{
    /* GreedyMemoryPlanner's lists, one behind the other, each as long as the most buffers that
     * could be: requirements, sizes, ids, the list by offset, offsets; bytes an entry */
    static const gint64 lists[] = {16, 4, 4, 12, 4};
    const WgTflite *file = wg_int8_network_get_file(network);
    g_autofree Buffer *buffers = g_new0(Buffer, file->n_tensors);
    Arena arena = {.file = file, .layout = 1, .tail = (gint64)size, .fits = TRUE};
    const int n = collect_buffers(&arena, buffers);
    const gint64 high = place_buffers(buffers, n);
    gint64 first = 0;

    if (!make(&arena, high, n))
        return FALSE;
    for (int i = 0; i < n; i++) {
        if (buffers[i].tensor == file->input)
            *offset = (gsize)buffers[i].offset;
    }
    if (!used)
        return TRUE;
    memset(used, 0, size);
    mark(used, 0, arena.temporaries);
    mark(used, arena.planned, (gint64)size - arena.planned);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        mark(used, first, lists[i] * n);
        first += lists[i] * (arena.planned / PLAN_ENTRY);
    }
    return TRUE;
}

gboolean
wg_arena_has_clean_input(const WgInt8Network *network, gsize size)
{
    g_autofree guint8 *used = g_malloc(size);
    gsize offset = 0;

    if (!wg_arena_find_input(network, size, &offset, used))
        return FALSE;
    for (gsize i = 0; i < wg_int8_network_get_input(network)->size_bytes; i++) {
        if (used[offset + i])
            return FALSE;
    }
    return TRUE;
}

gsize
wg_arena_bytes(const WgInt8Network *network, gboolean layout_i386)
{
    const WgTflite *file = wg_int8_network_get_file(network);
    g_autofree Buffer *buffers = g_new0(Buffer, file->n_tensors);
    Arena arena = {.file = file, .layout = !layout_i386, .fits = TRUE};
    const int n = collect_buffers(&arena, buffers);
    const gint64 high = place_buffers(buffers, n);
    gint64 low = ARENA_MIN - 1, up = ARENA_MAX;

    /* whether it fits is monotonic in the size */
    while (up - low > 1) {
        const gint64 middle = (low + up) / 2;

        if (fits(file, !layout_i386, middle, high, n))
            up = middle;
        else
            low = middle;
    }
    return (gsize)up;
}
