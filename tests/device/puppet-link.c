/* Bytes in two strings: what waits to be taken, and what was. */
#include "puppet-link.h"

#include "base/error.h"

#include <string.h>

struct _PuppetLink {
    WgLink parent;
    gboolean is_away, is_slow;
    GString *waiting, *heard;
};

G_DEFINE_FINAL_TYPE(PuppetLink, puppet_link, WG_TYPE_LINK)

static void
open_async(WgLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
    g_autoptr(GTask) task = g_task_new(link, cancellable, callback, user_data);
    if (PUPPET_LINK(link)->is_away)
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_CONNECTION, "it is away");
    else
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
    PuppetLink *self = PUPPET_LINK(link);
    gsize n = 0;
    const char *data = g_bytes_get_data(bytes, &n);
    g_string_append_len(self->is_slow ? self->waiting : self->heard, data, (gssize)n);
}

static void
close_link(WgLink *link)
{
    g_string_truncate(PUPPET_LINK(link)->waiting, 0);
}

static gsize
get_queued(WgLink *link)
{
    return PUPPET_LINK(link)->waiting->len;
}

static void
finalize(GObject *object)
{
    PuppetLink *self = PUPPET_LINK(object);
    g_string_free(self->waiting, TRUE);
    g_string_free(self->heard, TRUE);
    G_OBJECT_CLASS(puppet_link_parent_class)->finalize(object);
}

static void
puppet_link_class_init(PuppetLinkClass *class)
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
puppet_link_init(PuppetLink *self)
{
    self->waiting = g_string_new(NULL);
    self->heard = g_string_new(NULL);
}

PuppetLink *
puppet_link_new(void)
{
    return g_object_new(PUPPET_TYPE_LINK, "address", "puppet:", NULL);
}

void
puppet_link_set_away(PuppetLink *self, gboolean is_away)
{
    self->is_away = is_away;
}

void
puppet_link_set_slow(PuppetLink *self, gboolean is_slow)
{
    self->is_slow = is_slow;
}

void
puppet_link_take(PuppetLink *self, gsize n)
{
    const gsize n_taken = MIN(n, self->waiting->len);
    g_string_append_len(self->heard, self->waiting->str, (gssize)n_taken);
    g_string_erase(self->waiting, 0, (gssize)n_taken);
    if (n_taken && self->waiting->len == 0)
        wg_link_emit_drained(WG_LINK(self));
}

char *
puppet_link_dup_heard(PuppetLink *self)
{
    char *heard = g_strdup(self->heard->str);
    g_string_truncate(self->heard, 0);
    return heard;
}

void
puppet_link_say(PuppetLink *self, const char *text)
{
    if (wg_link_is_open(WG_LINK(self)))
        wg_link_emit_received(WG_LINK(self), text, strlen(text));
}
