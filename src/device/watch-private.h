/* What the files of WgWatch share: its fields, exchanges and operations. */
#pragma once

#include "device/espruino-protocol.h"
#include "device/watch-talk.h"
#include "device/watch.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* In an exchange bytes may neither come nor go for so long; flash writes block a watch for 2 s. */
#define WG_SILENCE_MS 2500
#define WG_ANSWER_MS 10000   /* for one answer of a watch that tells of other things meanwhile */
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
    guint deadline_id, deadline_ms, patience_ms;
    gsize n_bytes; /* sent */
    gint64 begun_us;
} WgExchange;

typedef struct _WgPython WgPython;

struct _WgWatch {
    GObject parent;
    WgLink *link;
    const WgClock *clock;
    WgEspruinoParser *parser;
    WgWatchState state;
    char *state_text;
    char *name, *kind, *version;
    gboolean is_virtual; /* as it says itself */
    gboolean has_packets, has_tensorflow;

    GByteArray *out;     /* not yet given to the link */
    gboolean is_held;    /* the watch said XOFF: nothing is sent */
    gboolean is_stopped; /* it said so, and neither XON nor what would have come behind it since */
    gint64 xoff_us;      /* when */
    gboolean is_busy;    /* it has been stopped for a while */
    guint busy_id;       /* until then */

    WgExchange exchange;
    double bytes_per_s; /* of the quickest exchange of this connection; 0: not known */
    guint last_number;
    char *last_text; /* "Uncaught ..." since the exchange began */

    WgWatchTalk talk;
    WgNumberLines *numbers; /* what it prints, as samples */
    GString *heard;         /* the end of what was said in the greeting */
    gboolean has_prompt;    /* MicroPython's was in it */
    WgPython *python;       /* NULL: it is none */
    WgNumberFunc numbers_func;
    gpointer numbers_data;

    GTask *connecting;
    int n_greetings;

    guint pulse_id, silence_ms;
    gint64 pulse_us;
    gsize n_queued; /* at the last pulse */
    gboolean is_asked;
    gboolean is_gentle; /* it was lost in peace: the first greetings interrupt nothing */

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

/* watch-talk.c: with each connection it is not known anew. */
void wg_watch_talk_reset(WgWatch *self);
/* The greeting is over. */
void wg_watch_talk_forget(WgWatch *self);
/* TRUE: the bytes are for nobody else. */
gboolean wg_watch_talk_take(WgWatch *self, const void *bytes, gsize n);
/* No Espruino has answered a greeting. TRUE: it is another board, and the greeting ends, or goes on
 * in its language. */
gboolean wg_watch_talk_is_other(WgWatch *self);
/* What comes from now on is learnt anew. */
void wg_watch_talk_renew_numbers(WgWatch *self);
/* Why it takes no calls, NULL: it does. */
GError *wg_watch_talk_refuse(WgWatch *self);

/* watch-python.c */
void wg_watch_python_greet(WgWatch *self);
void wg_watch_python_take(WgWatch *self, const void *bytes, gsize n);
void wg_watch_python_free(WgWatch *self);

/* watch-connect.c: ends the greeting; NULL: it is ready. Takes the error. */
void wg_watch_end_connecting(WgWatch *self, GError *error);

/* What a silent watch is asked. */
#define WG_PULSE_QUESTION "\x10print('\\x1e{\"wg\":\"here\"}')\n"
/* watch-pulse.c: runs while the watch is ready. It is lost when nothing was heard of it for
 * WG_SILENCE_MS although it was asked, or for its exchange's patience while nothing could be sent
 * either. */
void wg_watch_feel_pulse(WgWatch *self);
/* Bytes came. */
void wg_watch_note_sign(WgWatch *self);
/* TRUE: a line of ours with this name answers the pulse. */
gboolean wg_watch_take_sign(const char *name);
/* TRUE: what it was sent is still on its way out. */
gboolean wg_watch_is_sending(WgWatch *self);

/* watch.c: bytes out, as the watch and the link can take them. */
void wg_watch_send(WgWatch *self, GBytes *bytes);
void wg_watch_pump(WgWatch *self);

/* watch-hold.c: XOFF, XON, and what speaks against an XOFF: that something has just been heard, or
 * only that time went by. */
void wg_watch_hold(WgWatch *self);
void wg_watch_go_on(WgWatch *self);
void wg_watch_doubt_hold(WgWatch *self, gboolean is_heard);

/* watch-exchange.c: one at a time; `func` is called exactly once, unless the watch is disposed. The
 * deadline counts from when all was sent. One of up to WG_ANSWER_MS is given up after a silence of
 * WG_SILENCE_MS; a longer one says that the watch may be silent for all that time. */
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
