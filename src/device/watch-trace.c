/* Writes down what goes over a watch's link. */
#include "device/watch-private.h"

gboolean
wg_watch_trace(WgWatch *self, const char *path, GError **error)
{
    WgWireWriter *writer = wg_wire_writer_new(path, error);

    if (writer)
        wg_link_take_trace(self->link, writer);
    return writer != NULL;
}
