/* Evaluates expressions on a watch, through packets or, before 2v25, through the console. */
#include "base/error.h"
#include "device/json-line.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* With what is put around it an expression stays below the watch's buffer of 2048 bytes. */
#define LONGEST_BYTES 1200      /* sent in one exchange as it is */
#define PIECE_BYTES 900         /* of a longer expression */
#define PIECE_QUOTED_BYTES 1100 /* the same as a string literal */
#define EXCERPT_CHARS 200       /* of what a watch says, in an error's message */

typedef struct {
    WgValueFunc func;
    gpointer user_data;
} Query;

static void
tell(WgWatch *self, Query *query, JsonNode *value, const GError *error)
{
    const Query done = *query;
    g_free(query);
    done.func(self, value, error, done.user_data);
}

GBytes *
wg_watch_build_query_line(WgWatch *self, const char *expression)
{
    const guint number = ++self->last_number;
    char *lines = g_strdup_printf(
        "\x10try{print(\"\\x1e\"+JSON.stringify({wg:\"=\",n:%u,v:(%s)}))}catch(e){print(\"\\x1e\"+"
        "JSON.stringify({wg:\"=\",n:%u,e:e.toString()}))}\n",
        number, expression, number);
    return g_bytes_new_take(lines, strlen(lines));
}

/* Answers in place of a line that the watch could not even read. It is sent only when the watch has
 * complained, so that nothing comes in while it is at work. */
void
wg_watch_send_fence(WgWatch *self)
{
    g_autofree char *code =
        g_strdup_printf("print('\\x1e{\"wg\":\"=\",\"n\":%u,\"fence\":1}')", self->exchange.number);
    g_autoptr(GBytes) line = wg_espruino_build_line(code);
    wg_watch_send(self, line);
}

static GBytes *
build_packet(const char *expression)
{
    g_autofree char *code = g_strdup_printf("(function(){try{return JSON.stringify({v:(%s)})}"
                                            "catch(e){return JSON.stringify({e:e.toString()})}})()",
                                            expression);
    return wg_espruino_build_packet(WG_PACKET_EVAL, code, strlen(code));
}

/* What the firmware says where its Storage has no room for a file. */
#define IS_FULL "Unable to find or create file"

/* What went wrong there; NULL where nothing did. */
static GError *
find_fault(WgWatch *self, JsonNode *object)
{
    const char *words = wg_json_read_string(wg_json_get(object, "e"));
    if (!words && wg_json_get(object, "fence"))
        words = self->last_text ? self->last_text : "it is no expression";
    if (!words)
        return NULL;
    g_autofree char *excerpt =
        g_utf8_substring(words, 0, MIN(g_utf8_strlen(words, -1), EXCERPT_CHARS));
    if (strstr(words, IS_FULL))
        return g_error_new(WG_ERROR, WG_ERROR_STORAGE,
                           _("the watch has no room left for a file: remove an app that you do not "
                             "need there, and try again (%s)"),
                           excerpt);
    return g_error_new(WG_ERROR, WG_ERROR_INPUT, _("on the watch: %s"), excerpt);
}

static void
tell_object(WgWatch *self, Query *query, JsonNode *object)
{
    g_autoptr(GError) error = find_fault(self, object);
    JsonNode *value = wg_json_get(object, "v");
    g_autoptr(JsonNode) null = json_node_new(JSON_NODE_NULL); /* undefined may be left out */
    tell(self, query, error ? NULL : value ? value : null, error);
}

static void
on_reply(WgWatch *self, const char *data, gsize n, JsonNode *line, const GError *error,
         gpointer user_data)
{
    Query *query = user_data;
    if (error && g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)) {
        g_autoptr(GError) lost = g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, error->message);
        wg_watch_lose(self, lost);
        tell(self, query, NULL, lost);
        return;
    }
    if (error) {
        tell(self, query, NULL, error);
        return;
    }
    if (line) {
        tell_object(self, query, line);
        return;
    }
    g_autofree char *text = wg_espruino_unquote(data, n);
    g_autoptr(JsonNode) object = text ? wg_json_line_parse(text, strlen(text)) : NULL;
    if (object) {
        tell_object(self, query, object);
        return;
    }
    g_autoptr(GError) strange =
        g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION,
                            _("the watch answered what this program does not understand"));
    tell(self, query, NULL, strange);
}

/* The way of a long expression: into a string on the watch piece by piece, then eval. */
typedef struct {
    WgValueFunc func;
    gpointer user_data;
    guint deadline_ms;
    char *expression;
    gsize offset; /* of it that has been sent */
} Staged;

static void
end_staged(WgWatch *self, Staged *staged, JsonNode *value, const GError *error)
{
    const Staged done = *staged;
    g_free(staged->expression);
    g_free(staged);
    done.func(self, value, error, done.user_data);
}

static void
on_evaluated(WgWatch *self, JsonNode *value, const GError *error, gpointer user_data)
{
    end_staged(self, user_data, value, error);
}

static void
on_piece(WgWatch *self, JsonNode *value, const GError *error, gpointer user_data)
{
    Staged *staged = user_data;
    const char *rest = staged->expression + staged->offset;
    if (error) {
        end_staged(self, staged, NULL, error);
        return;
    }
    if (!*rest) {
        wg_watch_query(self,
                       "(function(){var c=global.WaggleText;delete global.WaggleText;"
                       "return eval(c);})()",
                       staged->deadline_ms, on_evaluated, staged);
        return;
    }
    gsize n = MIN(strlen(rest), PIECE_BYTES);
    g_autofree char *quoted = wg_espruino_quote(rest, (gssize)n);
    while (strlen(quoted) > PIECE_QUOTED_BYTES) {
        n /= 2;
        g_free(quoted);
        quoted = wg_espruino_quote(rest, (gssize)n);
    }
    g_autofree char *code =
        g_strdup_printf("(global.WaggleText%s=%s,0)", staged->offset ? "+" : "", quoted);
    staged->offset += n;
    wg_watch_query(self, code, WG_ANSWER_MS, on_piece, staged);
}

void
wg_watch_query(WgWatch *self, const char *expression, guint deadline_ms, WgValueFunc func,
               gpointer user_data)
{
    if (strlen(expression) > LONGEST_BYTES) {
        Staged *staged = g_new0(Staged, 1);
        *staged = (Staged){func, user_data, deadline_ms, g_strdup(expression), 0};
        on_piece(self, NULL, NULL, staged);
        return;
    }
    Query *query = g_new0(Query, 1);
    *query = (Query){func, user_data};
    g_autoptr(GBytes) bytes =
        self->has_packets ? build_packet(expression) : wg_watch_build_query_line(self, expression);
    wg_watch_exchange(self, self->has_packets ? WG_EXPECT_RESPONSE : WG_EXPECT_LINE, bytes,
                      deadline_ms, on_reply, query);
}

static void
on_value(WgWatch *self, JsonNode *value, const GError *error, gpointer user_data)
{
    if (error)
        wg_watch_return(self, NULL, NULL, g_error_copy(error));
    else
        wg_watch_return(self, json_to_string(value, FALSE), g_free, NULL);
}

typedef struct {
    char *expression;
    guint patience_ms;
} Evaluation;

static void
evaluation_free(gpointer evaluation)
{
    g_free(((Evaluation *)evaluation)->expression);
    g_free(evaluation);
}

static void
start_eval(WgWatch *self, GTask *task)
{
    const Evaluation *evaluation = g_task_get_task_data(task);
    wg_watch_query(self, evaluation->expression, MAX(evaluation->patience_ms, WG_ANSWER_MS),
                   on_value, NULL);
}

void
wg_watch_eval_async(WgWatch *self, const char *expression, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
    wg_watch_eval_patiently_async(self, expression, 0, cancellable, callback, user_data);
}

void
wg_watch_eval_patiently_async(WgWatch *self, const char *expression, guint patience_ms,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
    GTask *task = g_task_new(self, cancellable, callback, user_data);
    Evaluation *evaluation = g_new0(Evaluation, 1);
    evaluation->expression = g_strdup(expression);
    evaluation->patience_ms = patience_ms;
    g_task_set_task_data(task, evaluation, evaluation_free);
    wg_watch_enqueue(self, task, start_eval);
}

char *
wg_watch_eval_finish(WgWatch *self, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
