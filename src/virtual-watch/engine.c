/* Heap, evaluation, interruption and events of the watch's JavaScript. */
#include "virtual-watch/engine.h"

#include "virtual-watch/console.h"
#include "virtual-watch/source-guard.h"

#include <stdlib.h>
#include <string.h>

#define HEAP_LIMIT_BYTES                                                                           \
    (4u << 20)               /* a runaway program, not the watch's 168 kB, which free tells */
#define ALLOCATION_HEADER 16 /* keeps the size in front of each block, and the alignment */
#define POLL_TICKS 64        /* interruption points between two looks at the clock */
#define POLL_US 10000
#define HEAP_BYTES_PER_WATCH_BYTE 2 /* 64-bit Duktape values against the watch's 14-byte blocks */
#define HEAP_JITTER_BYTES 1024      /* seen: up to 900 between equal states */
#define REASON_TIMEOUT 8            /* BLE_HCI_CONNECTION_TIMEOUT */
#define FIRMWARE_BLOCKS 500         /* in use on a watch that runs nothing */

/* -- memory --------------------------------------------------------------------------------- */

static void *
resize(void *user_data, void *block, duk_size_t size)
{
    WgEngine *self = user_data;
    guint8 *whole = block ? (guint8 *)block - ALLOCATION_HEADER : NULL;
    const gsize old = whole ? *(gsize *)whole : 0;
    if (size == 0) {
        free(whole);
        self->live_bytes -= old;
        return NULL;
    }
    if (self->live_bytes - old + size > HEAP_LIMIT_BYTES)
        return NULL;
    guint8 *grown = realloc(whole, size + ALLOCATION_HEADER);
    if (!grown)
        return NULL;
    *(gsize *)grown = size;
    self->live_bytes += size - old;
    return grown + ALLOCATION_HEADER;
}

static void *
allocate(void *user_data, duk_size_t size)
{
    return resize(user_data, NULL, size);
}

static void
release(void *user_data, void *block)
{
    if (block)
        resize(user_data, block, 0);
}

int
wg_engine_get_free_blocks(WgEngine *self)
{
    duk_gc(self->ctx, 0);
    duk_gc(self->ctx, 0); /* what finalizers of the first round let go */
    /* the heap's own caches come and go; the watch's blocks do not */
    if (labs((long)self->live_bytes - (long)self->told_bytes) >= HEAP_JITTER_BYTES)
        self->told_bytes = self->live_bytes;
    gsize grown = self->told_bytes > self->base_bytes ? self->told_bytes - self->base_bytes : 0;
    grown = grown / HEAP_BYTES_PER_WATCH_BYTE + self->native_bytes;
    const int used = FIRMWARE_BLOCKS + (int)(grown / WG_ENGINE_BLOCK_BYTES);
    return MAX(0, WG_ENGINE_BLOCKS - used);
}

/* -- interruption --------------------------------------------------------------------------- */

static duk_ret_t
tick(duk_context *ctx)
{
    WgEngine *self = wg_engine_of(ctx);
    if (!self->interrupted && ++self->n_ticks % POLL_TICKS == 0) {
        const gint64 now = g_get_monotonic_time();
        if (now - self->machine->last_poll_us >= POLL_US) {
            self->machine->last_poll_us = now;
            self->interrupted = wg_machine_poll(self->machine);
        }
    }
    /* thrown again at every point until the program has ended, so no catch can hold it */
    if (self->interrupted)
        return duk_generic_error(ctx, "Execution Interrupted");
    duk_push_true(ctx);
    return 1;
}

WgEngine *
wg_engine_of(duk_context *ctx)
{
    duk_memory_functions functions;
    duk_get_memory_functions(ctx, &functions);
    return functions.udata;
}

static void
on_fatal(void *user_data, const char *message)
{
    g_printerr("waggle-watch: the watch's JavaScript broke down: %s\n", message);
    abort();
}

/* -- running -------------------------------------------------------------------------------- */

gboolean
wg_engine_call(WgEngine *self, int n_arguments)
{
    const gboolean outermost = !self->running;
    self->running = TRUE;
    const gboolean done = duk_pcall(self->ctx, n_arguments) == DUK_EXEC_SUCCESS;
    if (outermost)
        self->running = FALSE;
    return done && !self->interrupted;
}

static gboolean
compile(WgEngine *self, const char *source, gsize length, const char *file)
{
    gsize guarded_length;
    g_autofree char *guarded = wg_source_guard(source, length, &guarded_length);
    duk_push_string(self->ctx, file);
    return duk_pcompile_lstring_filename(self->ctx, DUK_COMPILE_EVAL, guarded, guarded_length) == 0;
}

/* Compiles text as one expression; an object or a nameless function is no program. */
static gboolean
compile_expression(WgEngine *self, const char *source, gsize length, const char *file)
{
    while (length && (source[length - 1] == ';' || g_ascii_isspace(source[length - 1])))
        length--;
    g_autoptr(GString) wrapped = g_string_new("(");
    g_string_append_len(wrapped, source, (gssize)length);
    g_string_append(wrapped, "\n)");
    return compile(self, wrapped->str, wrapped->len, file);
}

gboolean
wg_engine_eval(WgEngine *self, const char *source, gsize length, const char *file,
               gboolean expression)
{
    const gboolean compiled = expression ? compile_expression(self, source, length, file)
                                         : compile(self, source, length, file);
    return compiled && wg_engine_call(self, 0);
}

gboolean
wg_engine_call_tool(WgEngine *self, const char *name, int n_arguments)
{
    duk_context *ctx = self->ctx;
    duk_push_heap_stash(ctx);
    duk_get_prop_string(ctx, -1, "tools");
    duk_get_prop_string(ctx, -1, name);
    duk_insert(ctx, -3 - n_arguments);
    duk_pop_2(ctx);
    return wg_engine_call(self, n_arguments);
}

void
wg_engine_report(WgEngine *self)
{
    duk_context *ctx = self->ctx;
    if (self->interrupted) {
        self->interrupted = FALSE;
        duk_pop(ctx);
        wg_console_print(self->machine->console, "Execution Interrupted\n", -1);
        return;
    }
    /* the tool gives "TypeError: text" and the lines of the stack */
    if (wg_engine_call_tool(self, "describeError", 1)) {
        g_autoptr(GBytes) text = wg_engine_dup_bytes(ctx, -1);
        gsize length = 0;
        const char *bytes = text ? g_bytes_get_data(text, &length) : "Error";
        wg_console_print(self->machine->console, "Uncaught ", -1);
        wg_console_print(self->machine->console, bytes, (gssize)length);
    } else {
        wg_console_print(self->machine->console, "Uncaught Error\n", -1);
    }
    self->interrupted = FALSE;
    duk_pop(ctx);
}

void
wg_engine_run_events(WgEngine *self)
{
    duk_context *ctx = self->ctx;
    while (self->todo == WG_TODO_NONE) {
        if (!wg_engine_call_tool(self, "takeEvent", 0)) {
            wg_engine_report(self);
            continue;
        }
        const gboolean more = duk_get_boolean(ctx, -1);
        duk_pop(ctx);
        if (!more)
            return;
        if (!wg_engine_call_tool(self, "runEvent", 0))
            wg_engine_report(self);
        else
            duk_pop(ctx);
    }
}

void
wg_engine_emit(WgEngine *self, const char *object, const char *event, int n_arguments)
{
    duk_context *ctx = self->ctx;
    duk_push_string(ctx, object);
    duk_insert(ctx, -1 - n_arguments);
    duk_push_string(ctx, event);
    duk_insert(ctx, -1 - n_arguments);
    if (!wg_engine_call_tool(self, "queueEvent", n_arguments + 2))
        g_debug("an event was lost: %s", duk_safe_to_string(ctx, -1));
    duk_pop(ctx);
}

void
wg_engine_tell_connected(WgEngine *self, gboolean is_connected)
{
    if (!self)
        return;
    if (is_connected)
        duk_push_string(self->ctx, "c0:ff:ee:00:00:01 public");
    else
        duk_push_int(self->ctx, REASON_TIMEOUT);
    wg_engine_emit(self, "NRF", is_connected ? "connect" : "disconnect", 1);
}

int
wg_engine_count_listeners(WgEngine *self, const char *object, const char *event)
{
    duk_push_string(self->ctx, object);
    duk_push_string(self->ctx, event);
    const gboolean done = wg_engine_call_tool(self, "countListeners", 2);
    const int n = done ? duk_get_int(self->ctx, -1) : 0;
    duk_pop(self->ctx);
    return n;
}

/* -- start ---------------------------------------------------------------------------------- */

static void
run_prelude(WgEngine *self, const char *name)
{
    g_autofree char *path = g_strconcat("/org/waggle/watch/", name, NULL);
    g_autoptr(GBytes) text = g_resources_lookup_data(path, 0, NULL);
    gsize length = 0;
    const char *source = text ? g_bytes_get_data(text, &length) : "";
    /* each is a function of (tools, global) */
    duk_push_string(self->ctx, name);
    if (duk_pcompile_lstring_filename(self->ctx, DUK_COMPILE_FUNCTION, source, length) != 0)
        g_error("%s: %s", name, duk_safe_to_string(self->ctx, -1));
    duk_push_heap_stash(self->ctx);
    duk_get_prop_string(self->ctx, -1, "tools");
    duk_remove(self->ctx, -2);
    duk_push_global_object(self->ctx);
    if (duk_pcall(self->ctx, 2) != 0)
        g_error("%s: %s", name, duk_safe_to_string(self->ctx, -1));
    duk_pop(self->ctx);
}

static duk_ret_t
tool_eval(duk_context *ctx)
{
    /* the program's own eval and Function: guarded like everything else */
    WgEngine *self = wg_engine_of(ctx);
    if (!duk_is_string(ctx, 0))
        return 1;
    g_autoptr(GBytes) text = wg_engine_dup_bytes(ctx, 0);
    gsize length;
    const char *source = g_bytes_get_data(text, &length);
    gboolean done = compile(self, source, length, "eval");
    if (done)
        done = wg_engine_call(self, 0);
    if (!done)
        g_clear_pointer(&text, g_bytes_unref);
    return done ? 1 : duk_throw(ctx);
}

static gboolean
run_file(WgEngine *self, const char *file)
{
    g_autoptr(GBytes) program = wg_flash_read(self->machine->flash, file);
    if (!program)
        return FALSE;
    gsize length;
    const char *source = g_bytes_get_data(program, &length);
    if (!wg_engine_eval(self, source, length, file, FALSE))
        wg_engine_report(self);
    else
        duk_pop(self->ctx);
    return TRUE;
}

static void
run_start(WgEngine *self, const char *file)
{
    static const char *const first[] = {".boot0", ".boot1", ".boot2", ".boot3"};
    const gboolean is_start = !file || g_str_equal(file, WG_ENGINE_START_FILE);
    for (gsize i = 0; i < G_N_ELEMENTS(first); i++)
        run_file(self, first[i]);
    const gboolean is_started = run_file(self, ".bootrst") && is_start;
    if (file && !is_started)
        run_file(self, file);
}

WgEngine *
wg_engine_new(WgMachine *machine, const char *file)
{
    static const char *const preludes[] = {
        "tools.js", "arrays.js", "format.js",   "events.js",  "system.js",  "espruino.js",
        "told.js",  "bangle.js", "graphics.js", "devices.js", "buttons.js", "virtual.js"};
    WgEngine *self = g_new0(WgEngine, 1);
    self->machine = machine;
    self->noise = 0x9e3779b97f4a7c15u;
    self->ctx = duk_create_heap(allocate, resize, release, self, on_fatal);
    if (!self->ctx)
        g_error("no memory for the watch's JavaScript");
    duk_context *ctx = self->ctx;
    duk_push_global_object(ctx);
    duk_push_c_function(ctx, tick, 0);
    duk_push_string(ctx, WG_GUARD_FUNCTION);
    duk_swap_top(ctx, -2);
    duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_CLEAR_WEC);
    duk_pop(ctx);
    duk_push_heap_stash(ctx);
    duk_push_object(ctx);
    duk_push_c_function(ctx, tool_eval, 1);
    duk_put_prop_string(ctx, -2, "eval");
    wg_js_storage_add(ctx);
    wg_js_system_add(ctx);
    wg_js_tensorflow_add(ctx);
    wg_js_timers_add(ctx);
    wg_js_sensor_add(ctx);
    wg_js_virtual_add(ctx);
    duk_put_prop_string(ctx, -2, "tools");
    duk_pop(ctx);
    for (gsize i = 0; i < G_N_ELEMENTS(preludes); i++)
        run_prelude(self, preludes[i]);
    duk_gc(ctx, 0);
    duk_gc(ctx, 0);
    self->base_bytes = self->told_bytes = self->live_bytes;

    machine->engine = self; /* the programs may print, and read */
    run_start(self, file);
    return self;
}

void
wg_engine_free(WgEngine *self)
{
    duk_destroy_heap(self->ctx);
    g_clear_pointer(&self->timers, g_array_unref);
    g_free(self->load_name);
    g_free(self);
}
