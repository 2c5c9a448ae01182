/* Any bytes as a trace of what went over a link. */
#include "fuzz.h"

#include "device/wire-trace.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) events =
        wg_wire_trace_parse("fuzz", size ? (const char *)data : "", size, &error);

    for (guint i = 0; events && i < events->len; i++) {
        const WgWireEvent *event = g_ptr_array_index(events, i);
        gsize n = 0;
        const void *bytes = g_bytes_get_data(event->bytes, &n);

        g_free(wg_wire_escape(bytes, n, n));
    }
    return 0;
}
