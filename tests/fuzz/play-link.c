/* A link to a device that is played: keeps what is sent to it, and ends the program where something
 * that the device said goes back. */
#include "play-link.h"

#include <stdlib.h>

G_DEFINE_FINAL_TYPE(PlayLink, play_link, WG_TYPE_LINK)

static void
open_async(WgLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
    g_autoptr(GTask) task = g_task_new(link, cancellable, callback, user_data);
    g_task_return_boolean(task, TRUE);
}

static gboolean
open_finish(WgLink *link, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

static void
send_bytes(WgLink *link, GBytes *bytes)
{
    PlayLink *self = PLAY_LINK(link);
    gsize n = 0;
    const char *data = g_bytes_get_data(bytes, &n);
    g_string_append_len(self->sent, data, (gssize)n);
    if (g_strstr_len(data, (gssize)n, PLAY_LINK_MARK))
        abort();
}

static void
close_link(WgLink *link)
{
}

static gsize
get_queued(WgLink *link)
{
    return 0;
}

static void
finalize(GObject *object)
{
    g_string_free(PLAY_LINK(object)->sent, TRUE);
    G_OBJECT_CLASS(play_link_parent_class)->finalize(object);
}

static void
play_link_class_init(PlayLinkClass *class)
{
    WgLinkClass *link_class = WG_LINK_CLASS(class);
    G_OBJECT_CLASS(class)->finalize = finalize;
    link_class->open_async = open_async;
    link_class->open_finish = open_finish;
    link_class->send = send_bytes;
    link_class->close = close_link;
    link_class->get_queued = get_queued;
}

static void
play_link_init(PlayLink *self)
{
    self->sent = g_string_new(NULL);
}
