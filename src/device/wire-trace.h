/* What went over a link, with its times: written while it happens, read to be played again. The
 * form is docs/trace-format.md's. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    WG_WIRE_OPEN,
    WG_WIRE_SAID,  /* by this side */
    WG_WIRE_HEARD, /* from the watch */
    WG_WIRE_SHUT,  /* by the other end or a failure, whose words `bytes` are */
} WgWireKind;

typedef struct {
    double time_ms; /* since the trace began */
    WgWireKind kind;
    GBytes *bytes; /* never NULL */
} WgWireEvent;

/* GPtrArray of WgWireEvent, in order of time. `name` is what a message calls the file. Any bytes
 * are safe. WG_ERROR_INPUT names the line that is none. Owner: caller. */
GPtrArray *wg_wire_trace_parse(const char *name, const char *text, gsize length, GError **error);
GPtrArray *wg_wire_trace_load(const char *path, GError **error);

typedef struct _WgWireWriter WgWireWriter;

/* Replaces the file. WG_ERROR_STORAGE where it cannot be written. */
WgWireWriter *wg_wire_writer_new(const char *path, GError **error);
/* Is in the file when it returns. */
void wg_wire_writer_add(WgWireWriter *self, WgWireKind kind, gconstpointer data, gsize n);
void wg_wire_writer_free(WgWireWriter *self);
/* The bytes in the form that stands between the quotes; cut after `most` bytes. Caller frees. */
char *wg_wire_escape(gconstpointer data, gsize n, gsize most);

G_END_DECLS
