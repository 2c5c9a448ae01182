/* The JavaScript of the watch: a Duktape heap that can be interrupted and counts its memory. */
#pragma once

#include <duktape.h>

#include "virtual-watch/machine.h"

G_BEGIN_DECLS

/* process.memory() of a Bangle.js 2: blocks of 14 bytes (jsvar.h; boards/BANGLEJS2.py) */
#define WG_ENGINE_BLOCKS 12000
#define WG_ENGINE_BLOCK_BYTES 14

/* What the watch runs when it starts, and on load() without a name. */
#define WG_ENGINE_START_FILE ".bootcde"

/* What a program asked for that the loop does once it has returned. */
typedef enum { WG_TODO_NONE, WG_TODO_RESET, WG_TODO_LOAD } WgTodo;

struct _WgEngine {
    WgMachine *machine;
    duk_context *ctx;
    gsize live_bytes, base_bytes; /* of the heap, now and after the start */
    gsize told_bytes;             /* live_bytes as process.memory() last gave it */
    gsize native_bytes;           /* kept for objects outside the heap: interpreters */
    gboolean running, interrupted;
    guint32 n_ticks;
    WgTodo todo;
    char *load_name;
    GArray *timers; /* of WgTimer */
    int next_timer_id;
    guint64 noise; /* seed of what unset memory holds */
};

/* Runs .boot0 to .boot3, then `file` where that is in Storage (NULL: after a reset; .bootrst stands
 * in for it and for the start file, as jsfLoadBootCodeFromFlash has it); errors show on the
 * console.
 */
WgEngine *wg_engine_new(WgMachine *machine, const char *file);
void wg_engine_free(WgEngine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgEngine, wg_engine_free)
/* The engine of a heap. */
WgEngine *wg_engine_of(duk_context *ctx);

/* Runs program text (bytes as they came). TRUE: its value is on the stack; FALSE: the error is.
 * `expression`: one expression and no more, as the EVAL packet takes it. */
gboolean wg_engine_eval(WgEngine *self, const char *source, gsize length, const char *file,
                        gboolean expression);
/* duk_pcall with the interruption's bookkeeping; function and arguments are on the stack. */
gboolean wg_engine_call(WgEngine *self, int n_arguments);
/* Pops the error on the stack and shows it as "Uncaught ...". */
void wg_engine_report(WgEngine *self);
/* Runs queued events until there are none. */
void wg_engine_run_events(WgEngine *self);
/* Runs the function of the hidden toolbox `tools`, arguments on the stack; result on the stack. */
gboolean wg_engine_call_tool(WgEngine *self, const char *name, int n_arguments);
/* Queues the event for the listeners of a global object; pops the arguments. */
void wg_engine_emit(WgEngine *self, const char *object, const char *event, int n_arguments);
int wg_engine_count_listeners(WgEngine *self, const char *object, const char *event);
/* NRF's events "connect" and "disconnect". */
void wg_engine_tell_connected(WgEngine *self, gboolean is_connected);
/* Free blocks, as process.memory().free. Collects garbage. */
int wg_engine_get_free_blocks(WgEngine *self);

/* Timers (virtual time). */
double wg_engine_get_next_timer_ms(WgEngine *self); /* G_MAXDOUBLE: none */
void wg_engine_fire_timer(WgEngine *self);          /* the earliest one */

/* Strings: each character of the watch's strings is a byte. */
void wg_engine_push_bytes(duk_context *ctx, gconstpointer data, gsize length);
/* Bytes of a string, array, typed array, buffer or number; NULL for what has none. Owner: caller.
 */
GBytes *wg_engine_dup_bytes(duk_context *ctx, duk_idx_t index);
/* The same as text for a name, cut at a NUL. Owner: caller; never NULL. */
char *wg_engine_dup_name(duk_context *ctx, duk_idx_t index);

/* One file an area adds its functions to the toolbox object on top of the stack. */
void wg_js_storage_add(duk_context *ctx);
void wg_js_system_add(duk_context *ctx);
void wg_js_tensorflow_add(duk_context *ctx);
void wg_js_timers_add(duk_context *ctx);
void wg_js_sensor_add(duk_context *ctx);
void wg_js_virtual_add(duk_context *ctx);

G_END_DECLS
