/* What the files of WgWatch share: its fields, exchanges and operations. */
#pragma once

#include "device/espruino-protocol.h"
#include "device/watch.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define WG_ANSWER_MS 10000   /* for one answer of a watch that is there */
#define WG_COMPACT_MS 120000 /* for Storage's compaction, which rewrites the flash */

typedef enum {
    WG_EXPECT_ACK,      /* of a packet */
    WG_EXPECT_RESPONSE, /* ACK, then a RESPONSE packet */
    WG_EXPECT_LINE,     /* our own line {"wg":"=","n":number,...} */
} WgExpect;

/* `data` (n bytes) is the RESPONSE's, `line` that line's object; NULL for the others. On failure
 * `error` is set: G_IO_ERROR_TIMED_OUT, WG_ERROR_INPUT for a NAK, or WG_ERROR_CONNECTION; the
 * callee copies. */
typedef void (*WgReplyFunc)(WgWatch *self, const char *data, gsize n, JsonNode *line,
                            const GError *error, gpointer user_data);
/* `value`: the expression's, valid during the call; NULL with an error. */
typedef void (*WgValueFunc)(WgWatch *self, JsonNode *value, const GError *error,
                            gpointer user_data);
typedef void (*WgStartFunc)(WgWatch *self, GTask *task);

typedef struct {
    WgReplyFunc func; /* NULL: none is going on */
    gpointer user_data;
    WgExpect expect;
    gboolean is_acknowledged;
    guint number;
    guint deadline_id, deadline_ms;
} WgExchange;

struct _WgWatch {
    GObject parent;
    WgLink *link;
    const WgClock *clock;
    WgEspruinoParser *parser;
    WgWatchState state;
    char *state_text;
    char *name, *kind, *version;
    gboolean has_packets, has_tensorflow;

    GByteArray *out;  /* not yet given to the link */
    gboolean is_held; /* the watch said XOFF */

    WgExchange exchange;
    guint last_number;
    char *last_text; /* "Uncaught ..." since the exchange began */

    GTask *connecting;
    int n_greetings;

    gboolean is_keeping, was_ready;
    int n_tries;            /* since the connection was lost or the link said "back" */
    guint retry_id;         /* of the next try */
    GCancellable *retrying; /* of a try that goes on */
    gint64 lost_us;         /* on the clock; -1: it is not lost */
    char *trouble;          /* why it was lost, or why the last try failed */
    GQueue waiters;         /* of Waiter */
    GQueue operations;      /* of Operation; the head is going on */
    gboolean is_operating;
};

/* watch.c */
void wg_watch_set_state(WgWatch *self, WgWatchState state, const char *text);
/* Fails what goes on and closes the link: the watch is lost because of `error`. */
void wg_watch_lose(WgWatch *self, const GError *error);

/* watch-keep.c */
/* The state has changed: begins or ends the tries to have a lost watch back; before it is told. */
void wg_watch_keep(WgWatch *self);
/* Answers those who wait, as the state allows. */
void wg_watch_answer_waiters(WgWatch *self);
/* Takes the task, which ends with TRUE once the watch is ready, or with why not. */
void wg_watch_add_waiter(WgWatch *self, GTask *task, guint timeout_ms);
void wg_watch_on_back(WgLink *link, gpointer self);
void wg_watch_waiter_free(gpointer waiter);

/* watch.c: bytes out, as the watch and the link can take them. */
void wg_watch_send(WgWatch *self, GBytes *bytes);
void wg_watch_pump(WgWatch *self);

/* watch-exchange.c: one at a time; `func` is called exactly once, unless the watch is disposed. */
void wg_watch_exchange(WgWatch *self, WgExpect expect, GBytes *bytes, guint deadline_ms,
                       WgReplyFunc func, gpointer user_data);
void wg_watch_exchange_take(WgWatch *self, const WgMessage *message);
/* An own line that answers; FALSE where it is none. */
gboolean wg_watch_exchange_take_line(WgWatch *self, JsonNode *line);
void wg_watch_exchange_fail(WgWatch *self, const GError *error);

/* watch-eval.c: evaluates within an operation; any length. */
void wg_watch_query(WgWatch *self, const char *expression, guint deadline_ms, WgValueFunc func,
                    gpointer user_data);
/* The line's expression in text mode, for the greeting; numbers it. */
GBytes *wg_watch_build_query_line(WgWatch *self, const char *expression);
/* After an "Uncaught" in text mode: asks whether the line's answer will come. */
void wg_watch_send_fence(WgWatch *self);

/* watch-operation.c: `start` runs when all before it are done; takes the task. */
void wg_watch_enqueue(WgWatch *self, GTask *task, WgStartFunc start);
/* Ends the operation that goes on: exactly one of both; NULL error: `value` (with its free
 * function) is the result. Takes both. */
void wg_watch_return(WgWatch *self, gpointer value, GDestroyNotify free_value, GError *error);
/* The task that goes on. */
GTask *wg_watch_get_task(WgWatch *self);
/* TRUE: it is cancelled and was ended. */
gboolean wg_watch_return_if_cancelled(WgWatch *self);
void wg_watch_operation_free(gpointer operation);

G_END_DECLS
