/* Reads a file of a watch's Storage, in pieces as base64. */
#include "base/error.h"
#include "device/crc32.h"
#include "device/json-line.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define READ_CHUNK 1020 /* a multiple of 3: only the last piece is padded */

typedef struct {
    char *name, *quoted;
    gsize size;
    guint32 crc;
    GByteArray *content;
} Reading;

static void
reading_free(Reading *r)
{
    g_free(r->name);
    g_free(r->quoted);
    g_byte_array_unref(r->content);
    g_free(r);
}

static void
fail(WgWatch *self, Reading *r, int code, const char *format)
{
    wg_watch_return(self, NULL, NULL, g_error_new(WG_ERROR, code, format, r->name));
}

static void read_chunk(WgWatch *self, Reading *r);

static void
on_chunk(WgWatch *self, JsonNode *value, const GError *error, gpointer user_data)
{
    Reading *r = user_data;
    const char *base64 = wg_json_read_string(value);
    if (error) {
        wg_watch_return(self, NULL, NULL, g_error_copy(error));
        return;
    }
    gsize n = 0;
    g_autofree guint8 *bytes = base64 ? g_base64_decode(base64, &n) : NULL;
    if (n != MIN(r->size - r->content->len, READ_CHUNK)) {
        fail(self, r, WG_ERROR_VERIFY, _("“%s” came from the watch in a wrong length: try again"));
        return;
    }
    g_byte_array_append(r->content, bytes, (guint)n);
    read_chunk(self, r);
}

static void
read_chunk(WgWatch *self, Reading *r)
{
    if (wg_watch_return_if_cancelled(self))
        return;
    if (r->content->len < r->size) {
        g_autofree char *code =
            g_strdup_printf("btoa(require(\"Storage\").read(%s,%u,%zu))", r->quoted,
                            r->content->len, MIN(r->size - r->content->len, READ_CHUNK));
        wg_watch_query(self, code, WG_ANSWER_MS, on_chunk, r);
        return;
    }
    if (wg_crc32(r->content->data, r->content->len) != r->crc) {
        fail(self, r, WG_ERROR_VERIFY,
             _("“%s” did not come from the watch as it is there: try again"));
        return;
    }
    wg_watch_return(self, g_bytes_new(r->content->data, r->content->len),
                    (GDestroyNotify)g_bytes_unref, NULL);
}

static void
on_length(WgWatch *self, JsonNode *value, const GError *error, gpointer user_data)
{
    Reading *r = user_data;
    gint64 size, crc;
    if (error) {
        wg_watch_return(self, NULL, NULL, g_error_copy(error));
    } else if (!wg_json_read_int(wg_json_at(value, 0), &size) ||
               !wg_json_read_int(wg_json_at(value, 1), &crc) || size < 0 || size > G_MAXINT) {
        fail(self, r, WG_ERROR_MISSING, _("“%s” is not stored on the watch"));
    } else {
        r->size = (gsize)size;
        r->crc = (guint32)crc;
        read_chunk(self, r);
    }
}

static void
start_read(WgWatch *self, GTask *task)
{
    Reading *r = g_task_get_task_data(task);
    g_autofree char *code =
        g_strdup_printf("(function(){var c=require(\"Storage\").read(%s);"
                        "return c===undefined?[-1,0]:[c.length,E.CRC32(c)];})()",
                        r->quoted);
    wg_watch_query(self, code, WG_ANSWER_MS, on_length, r);
}

void
wg_watch_read_file_async(WgWatch *self, const char *name, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(self, cancellable, callback, user_data);
    Reading *r = g_new0(Reading, 1);
    r->name = g_strdup(name);
    r->quoted = wg_espruino_quote(name, -1);
    r->content = g_byte_array_new();
    g_task_set_task_data(task, r, (GDestroyNotify)reading_free);
    wg_watch_enqueue(self, task, start_read);
}

GBytes *
wg_watch_read_file_finish(WgWatch *self, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
