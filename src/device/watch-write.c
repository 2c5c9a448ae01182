/* Writes a file into a watch's Storage and reads its CRC-32 back. */
#include "base/error.h"
#include "device/crc32.h"
#include "device/json-line.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#define MAX_NAME_BYTES 28 /* Storage cuts longer names silently (jsflash.h, JsfFileName) */
#define PACKET_CHUNK 1024 /* of a DATA packet: half of the watch's buffer */
#define TEXT_CHUNK 510    /* base64 of it and the call stay below 1 kB; a multiple of 3 */
#define HEADER_BYTES 32   /* of a file in Storage, and what rounds its length up */
#define MAX_ATTEMPTS 2    /* a chunk is never sent twice: the second attempt starts at 0 */

typedef struct {
    char *name, *quoted;
    GBytes *content;
    guint32 crc;
    gsize offset;
    int n_attempts;
    gboolean is_compacted;
    gboolean is_bare; /* asks nothing before or after */
    WgProgress *progress;
    GError *failure; /* of a chunk; the next attempt may do better */
} Writing;

static void begin(WgWatch *self, Writing *w);
static void ask_free(WgWatch *self, Writing *w);

static void
writing_free(Writing *w)
{
    g_free(w->name);
    g_free(w->quoted);
    g_bytes_unref(w->content);
    g_clear_object(&w->progress);
    g_clear_error(&w->failure);
    g_free(w);
}

static guint32 *
copy_crc(guint32 crc)
{
    return g_memdup2(&crc, sizeof crc);
}

/* What is there: length (-1: nothing), CRC-32. */
static gboolean
is_equal(JsonNode *value, const Writing *w)
{
    gint64 length, crc;
    return wg_json_read_int(wg_json_at(value, 0), &length) &&
           wg_json_read_int(wg_json_at(value, 1), &crc) &&
           length == (gint64)g_bytes_get_size(w->content) && (guint32)crc == w->crc;
}

static void
query_content(WgWatch *self, Writing *w, WgValueFunc func)
{
    g_autofree char *code = g_strdup_printf(
        "(function(){var s=require(\"Storage\"),c=s.read(%s);"
        "return c===undefined?[-1,0,s.getFree()]:[c.length,E.CRC32(c),s.getFree()];})()",
        w->quoted);
    wg_watch_query(self, code, WG_ANSWER_MS, func, w);
}

static void
on_verified(WgWatch *self, JsonNode *value, const GError *error, gpointer user_data)
{
    Writing *w = user_data;
    if (error) {
        wg_watch_return(self, NULL, NULL, g_error_copy(error));
    } else if (is_equal(value, w)) {
        wg_watch_return(self, copy_crc(w->crc), g_free, NULL);
    } else if (w->n_attempts < MAX_ATTEMPTS) {
        begin(self, w);
    } else {
        wg_watch_return(self, NULL, NULL,
                        g_error_new(WG_ERROR, WG_ERROR_VERIFY,
                                    _("what the watch stored as “%s” is not what was sent%s%s"),
                                    w->name, w->failure ? ": " : "",
                                    w->failure ? w->failure->message : ""));
    }
}

static void
fail_chunk(WgWatch *self, Writing *w, const GError *error)
{
    if (w->is_bare || g_error_matches(error, WG_ERROR, WG_ERROR_CONNECTION)) {
        wg_watch_return(self, NULL, NULL, g_error_copy(error));
        return;
    }
    g_clear_error(&w->failure);
    w->failure = g_error_copy(error);
    query_content(self, w, on_verified);
}

static void send_chunk(WgWatch *self, Writing *w);

static void
on_packet(WgWatch *self, const char *data, gsize n, JsonNode *line, const GError *error,
          gpointer user_data)
{
    if (error && g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)) {
        g_autoptr(GError) lost = g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, error->message);
        wg_watch_lose(self, lost);
        fail_chunk(self, user_data, lost);
    } else if (error) {
        fail_chunk(self, user_data, error);
    } else {
        send_chunk(self, user_data);
    }
}

static void
on_text(WgWatch *self, JsonNode *value, const GError *error, gpointer user_data)
{
    if (error)
        fail_chunk(self, user_data, error);
    else
        send_chunk(self, user_data);
}

static void
send_chunk(WgWatch *self, Writing *w)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(w->content, &size);
    const gsize n = MIN(size - w->offset, self->has_packets ? PACKET_CHUNK : TEXT_CHUNK);
    const gsize offset = w->offset;
    if (wg_watch_return_if_cancelled(self))
        return;
    w->offset += n;
    wg_progress_tell(w->progress, (double)offset / (double)size, NULL);
    if (n == 0 && w->is_bare) {
        wg_watch_return(self, copy_crc(w->crc), g_free, NULL);
    } else if (n == 0) {
        query_content(self, w, on_verified);
    } else if (self->has_packets) {
        g_autoptr(GBytes) packet = wg_espruino_build_packet(WG_PACKET_DATA, data + offset, n);
        wg_watch_exchange(self, WG_EXPECT_ACK, packet, WG_ANSWER_MS, on_packet, w);
    } else {
        g_autofree char *base64 = g_base64_encode(data + offset, n);
        g_autofree char *code = g_strdup_printf(
            "require(\"Storage\").write(%s,atob(\"%s\"),%zu,%zu)", w->quoted, base64, offset, size);
        wg_watch_query(self, code, WG_ANSWER_MS, on_text, w);
    }
}

/* Storage itself takes away what was there under this name when the first byte comes. */
static void
start_sending(WgWatch *self, Writing *w)
{
    if (self->has_packets) {
        g_autoptr(GBytes) packet =
            wg_espruino_build_file_send(w->name, g_bytes_get_size(w->content));
        wg_watch_exchange(self, WG_EXPECT_ACK, packet, WG_ANSWER_MS, on_packet, w);
    } else {
        send_chunk(self, w);
    }
}

static void
on_erased(WgWatch *self, JsonNode *value, const GError *error, gpointer user_data)
{
    if (error)
        fail_chunk(self, user_data, error);
    else
        start_sending(self, user_data);
}

/* Starts at 0, on a name that is free. */
static void
begin(WgWatch *self, Writing *w)
{
    g_autofree char *code = g_strdup_printf("(require(\"Storage\").erase(%s),0)", w->quoted);
    w->n_attempts++;
    w->offset = 0;
    wg_watch_query(self, code, WG_ANSWER_MS, on_erased, w);
}

static void
on_compacted(WgWatch *self, JsonNode *value, const GError *error, gpointer user_data)
{
    if (error)
        wg_watch_return(self, NULL, NULL, g_error_copy(error));
    else
        ask_free(self, user_data);
}

static void
on_content(WgWatch *self, JsonNode *value, const GError *error, gpointer user_data)
{
    Writing *w = user_data;
    const gint64 needed = (gint64)g_bytes_get_size(w->content) + HEADER_BYTES;
    gint64 n_free = 0;
    if (error) {
        wg_watch_return(self, NULL, NULL, g_error_copy(error));
    } else if (is_equal(value, w)) {
        wg_watch_return(self, copy_crc(w->crc), g_free, NULL);
    } else if (!wg_json_read_int(wg_json_at(value, 2), &n_free) || n_free >= needed) {
        begin(self, w); /* one that does not say how much is free may still take it */
    } else if (!w->is_compacted) {
        w->is_compacted = TRUE;
        wg_watch_query(self, "(require(\"Storage\").compact(),0)", WG_COMPACT_MS, on_compacted, w);
    } else {
        wg_watch_return(
            self, NULL, NULL,
            g_error_new(WG_ERROR, WG_ERROR_STORAGE,
                        _("“%s” needs %" PRId64 " bytes of the watch's storage, %" PRId64
                          " are free: remove an app from the watch"),
                        w->name, needed, n_free));
    }
}

static void
ask_free(WgWatch *self, Writing *w)
{
    if (!wg_watch_return_if_cancelled(self))
        query_content(self, w, on_content);
}

static void
start_write(WgWatch *self, GTask *task)
{
    Writing *w = g_task_get_task_data(task);
    if (w->is_bare)
        start_sending(self, w);
    else
        ask_free(self, w);
}

static void
enqueue(WgWatch *self, const char *name, GBytes *content, gboolean is_bare, WgProgress *progress,
        GTask *task)
{
    const gsize n = strlen(name);
    if (n == 0 || n > MAX_NAME_BYTES || g_bytes_get_size(content) == 0) {
        g_task_return_new_error(
            task, WG_ERROR, WG_ERROR_INPUT,
            _("the watch cannot store “%s”: a name has 1 to %d bytes, not %zu, and "
              "no file is empty"),
            name, MAX_NAME_BYTES, n);
        g_object_unref(task);
        return;
    }
    Writing *w = g_new0(Writing, 1);
    w->name = g_strdup(name);
    w->quoted = wg_espruino_quote(name, -1);
    w->content = g_bytes_ref(content);
    w->crc = wg_crc32_bytes(content);
    w->is_bare = is_bare;
    w->progress = progress ? g_object_ref(progress) : NULL;
    g_task_set_task_data(task, w, (GDestroyNotify)writing_free);
    wg_watch_enqueue(self, task, start_write);
}

void
wg_watch_write_file_async(WgWatch *self, const char *name, GBytes *content,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
    GTask *task = g_task_new(self, cancellable, callback, user_data);
    enqueue(self, name, content, FALSE, NULL, task);
}

void
wg_watch_send_file_async(WgWatch *self, const char *name, GBytes *content, WgProgress *progress,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
    GTask *task = g_task_new(self, cancellable, callback, user_data);
    enqueue(self, name, content, TRUE, progress, task);
}

gboolean
wg_watch_write_file_finish(WgWatch *self, GAsyncResult *result, guint32 *crc32, GError **error)
{
    g_autofree guint32 *crc = g_task_propagate_pointer(G_TASK(result), error);
    if (crc && crc32)
        *crc32 = *crc;
    return crc != NULL;
}

gboolean
wg_watch_send_file_finish(WgWatch *self, GAsyncResult *result, GError **error)
{
    return wg_watch_write_file_finish(self, result, NULL, error);
}
