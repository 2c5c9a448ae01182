/* require("tensorflow"): interpreters in an arena of the size asked for, over the int8 network. */
#include "virtual-watch/js-error.h"

#include "base/error.h"
#include "base/random.h"
#include "quant/int8-network.h"
#include "quant/verdict.h"

#include <string.h>

#define ARENA_MIN_BYTES 512   /* jswrap_tensorflow_create refuses less */
#define INTERPRETER_BYTES 415 /* tf_get_size's own structures and 15 of alignment */
#define TENSOR_ALIGNMENT 16
#define KEY_INTERPRETER DUK_HIDDEN_SYMBOL("interpreter")
#define KEY_ARENA DUK_HIDDEN_SYMBOL("arena")
#define KEY_MODEL DUK_HIDDEN_SYMBOL("model")

typedef struct {
    WgInt8Network *network;
    gsize input_offset, output_offset; /* in the arena */
    gsize arena_bytes;
    gsize counted_bytes; /* of the watch's memory */
} Interpreter;

static gsize
align_up(gsize n)
{
    return (n + TENSOR_ALIGNMENT - 1) / TENSOR_ALIGNMENT * TENSOR_ALIGNMENT;
}

/* Version field of the flatbuffer's root table, 3 when it cannot be read (then the network's own
 * reader says what is wrong). Flatbuffers: root offset, then its vtable, field 0. */
static guint32
schema_version(const guint8 *data, gsize length)
{
    guint32 root, version;
    gint32 back;
    guint16 field;
    if (length < 8)
        return 3;
    memcpy(&root, data, 4);
    if (root > length - 4)
        return 3;
    memcpy(&back, data + root, 4);
    const gint64 vtable = (gint64)root - (gint32)GUINT32_FROM_LE((guint32)back);
    if (vtable < 0 || vtable + 6 > (gint64)length)
        return 3;
    memcpy(&field, data + vtable + 4, 2);
    if (field == 0 || (gsize)root + field > length - 4)
        return 3;
    memcpy(&version, data + root + field, 4);
    return GUINT32_FROM_LE(version);
}

static WgInt8Network *
read_network(GBytes *model, double arena_size, GError **error)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(model, &length);
    const guint32 version = schema_version(data, length);
    if (version != 3) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    "Model provided is schema version %d not equal to supported version 3.",
                    (gint32)version);
        return NULL;
    }
    g_autoptr(WgInt8Network) network = wg_int8_network_new(model, error);
    if (!network)
        return NULL;
    const gsize needed = wg_arena_bytes(network, FALSE);
    if (arena_size < (double)needed) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_UNSUPPORTED,
            "MicroInterpreter creation failed: the model needs an arena of %zu bytes, not %d",
            needed, (int)arena_size);
        return NULL;
    }
    return g_steal_pointer(&network);
}

/* What was written there before, and is not to be relied on. */
static void
fill_noise(WgEngine *engine, guint8 *data, gsize length)
{
    WgRandom random;
    wg_random_init(&random, engine->noise++, 0);
    for (gsize i = 0; i < length; i++)
        data[i] = (guint8)(wg_random_next(&random) >> 56);
}

/* A new arena is clean (jsvNewFlatStringOfLength) but for what making the interpreter wrote. */
static void
leave_plan(WgEngine *engine, const WgInt8Network *network, guint8 *arena, gsize length)
{
    g_autofree guint8 *used = g_malloc0(length);
    gsize offset = 0;
    if (!wg_arena_find_input(network, length, &offset, used))
        memset(used, 1, length);
    fill_noise(engine, arena, length);
    for (gsize i = 0; i < length; i++)
        arena[i] = used[i] ? arena[i] : 0;
}

static duk_ret_t
finalize(duk_context *ctx)
{
    duk_get_prop_string(ctx, 0, KEY_INTERPRETER);
    Interpreter *self = duk_get_pointer(ctx, -1);
    if (!self)
        return 0;
    duk_del_prop_string(ctx, 0, KEY_INTERPRETER);
    wg_engine_of(ctx)->native_bytes -= self->counted_bytes;
    wg_int8_network_unref(self->network);
    g_free(self);
    return 0;
}

/* tfCreate(arenaSize, model) -> the interpreter's object, or throws */
static duk_ret_t
create(duk_context *ctx)
{
    WgEngine *engine = wg_engine_of(ctx);
    const double arena_size = duk_to_number(ctx, 0);
    if (!(arena_size >= ARENA_MIN_BYTES))
        return duk_generic_error(ctx, "Invalid Arena Size");
    if (!duk_is_string(ctx, 1) && !duk_is_buffer_data(ctx, 1))
        return duk_type_error(ctx, "Model is not a Flat String/ArrayBuffer");
    const double free_bytes =
        (double)wg_engine_get_free_blocks(engine) * (double)WG_ENGINE_BLOCK_BYTES;
    if (arena_size + INTERPRETER_BYTES > free_bytes)
        return duk_generic_error(ctx, "Unable to allocate enough RAM for TensorFlow");
    g_autoptr(GBytes) model = wg_engine_dup_bytes(ctx, 1);
    GError *error = NULL;
    WgInt8Network *network = read_network(model, arena_size, &error);
    g_clear_pointer(&model, g_bytes_unref);
    if (!network)
        return wg_js_throw(ctx, DUK_ERR_ERROR, error);
    Interpreter *self = g_new0(Interpreter, 1);
    self->network = network;
    self->arena_bytes = (gsize)arena_size;
    const gsize input_bytes = wg_int8_network_get_input(network)->size_bytes;
    const gsize output_bytes = wg_int8_network_get_output(network)->size_bytes;
    if (!wg_arena_find_input(network, self->arena_bytes, &self->input_offset, NULL))
        self->input_offset = 0;
    self->output_offset = align_up(self->input_offset + input_bytes);
    if (self->output_offset + output_bytes > self->arena_bytes) /* the planner lets them overlap */
        self->output_offset =
            (self->arena_bytes - output_bytes) / TENSOR_ALIGNMENT * TENSOR_ALIGNMENT;
    self->counted_bytes = self->arena_bytes + INTERPRETER_BYTES;
    engine->native_bytes += self->counted_bytes;
    /* from here on the object owns it: an exception below (no memory) runs the finalizer */
    duk_push_object(ctx);
    duk_push_pointer(ctx, self);
    duk_put_prop_string(ctx, -2, KEY_INTERPRETER);
    duk_push_c_function(ctx, finalize, 1);
    duk_set_finalizer(ctx, -2);
    leave_plan(engine, network, duk_push_fixed_buffer(ctx, self->arena_bytes), self->arena_bytes);
    duk_put_prop_string(ctx, -2, KEY_ARENA);
    duk_dup(ctx, 1);
    duk_put_prop_string(ctx, -2, KEY_MODEL);
    return 1;
}

/* The interpreter of argument 0; throws when it is none. */
static Interpreter *
get(duk_context *ctx)
{
    Interpreter *self = NULL;
    if (duk_is_object(ctx, 0)) {
        duk_get_prop_string(ctx, 0, KEY_INTERPRETER);
        self = duk_get_pointer(ctx, -1);
        duk_pop(ctx);
    }
    if (!self)
        (void)duk_generic_error(ctx, "TFMicroInterpreter structure corrupted");
    return self;
}

/* tfTensor(interpreter, isInput) -> a view into its arena */
static duk_ret_t
tensor(duk_context *ctx)
{
    Interpreter *self = get(ctx);
    const gboolean is_input = duk_to_boolean(ctx, 1);
    const WgTensorInfo *info = is_input ? wg_int8_network_get_input(self->network)
                                        : wg_int8_network_get_output(self->network);
    duk_uint_t type = 0;
    switch (info->type) {
    case WG_TENSOR_FLOAT32:
        type = DUK_BUFOBJ_FLOAT32ARRAY;
        break;
    case WG_TENSOR_INT8:
        type = DUK_BUFOBJ_INT8ARRAY;
        break;
    case WG_TENSOR_INT32:
        type = DUK_BUFOBJ_INT32ARRAY;
        break;
    case WG_TENSOR_OTHER:
    default:
        return duk_type_error(ctx, "Unsupported Tensor format TfLiteType:%d", (int)info->type);
    }
    duk_get_prop_string(ctx, 0, KEY_ARENA);
    duk_push_buffer_object(ctx, -1, is_input ? self->input_offset : self->output_offset,
                           info->size_bytes, type);
    return 1;
}

/* tfInvoke(interpreter) */
static duk_ret_t
invoke(duk_context *ctx)
{
    Interpreter *self = get(ctx);
    duk_get_prop_string(ctx, 0, KEY_ARENA);
    guint8 *arena = duk_get_buffer_data(ctx, -1, NULL);
    const WgTensorInfo *input = wg_int8_network_get_input(self->network);
    const WgTensorInfo *output = wg_int8_network_get_output(self->network);
    const gsize scratch_bytes = wg_int8_network_get_scratch_bytes(self->network);
    g_autofree guint8 *in = g_memdup2(arena + self->input_offset, input->size_bytes);
    g_autofree guint8 *out = g_malloc(output->size_bytes);
    g_autofree guint8 *scratch = g_malloc0(scratch_bytes + TENSOR_ALIGNMENT);
    guint8 *aligned = scratch + TENSOR_ALIGNMENT - (gsize)scratch % TENSOR_ALIGNMENT;
    wg_int8_network_run(self->network, in, out, aligned);
    /* the planner reuses the input's memory for what the layers compute */
    fill_noise(wg_engine_of(ctx), arena + self->input_offset, input->size_bytes);
    memcpy(arena + self->output_offset, out, output->size_bytes);
    return 0;
}

void
wg_js_tensorflow_add(duk_context *ctx)
{
    static const duk_function_list_entry functions[] = {
        {"tfCreate", create, 2},
        {"tfTensor", tensor, 2},
        {"tfInvoke", invoke, 1},
        {NULL, NULL, 0},
    };
    duk_put_function_list(ctx, -1, functions);
}
