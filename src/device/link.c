/* The base class of all links, and the way from an address to one of them. */
#include "device/link.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
    char *address;
    gboolean is_open;
    WgWireWriter *trace; /* NULL: nothing is written down */
} WgLinkPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE(WgLink, wg_link, G_TYPE_OBJECT)

enum { PROP_ADDRESS = 1 };
enum { RECEIVED, CLOSED, DRAINED, BACK, N_SIGNALS };
static guint signals[N_SIGNALS];

static WgLinkPrivate *
get_private(WgLink *self)
{
    return wg_link_get_instance_private(self);
}

static void
note(WgLink *self, WgWireKind kind, gconstpointer data, gsize n)
{
    if (get_private(self)->trace)
        wg_wire_writer_add(get_private(self)->trace, kind, data, n);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    g_value_set_string(value, get_private(WG_LINK(object))->address);
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    get_private(WG_LINK(object))->address = g_value_dup_string(value);
}

static void
finalize(GObject *object)
{
    g_free(get_private(WG_LINK(object))->address);
    g_clear_pointer(&get_private(WG_LINK(object))->trace, wg_wire_writer_free);
    G_OBJECT_CLASS(wg_link_parent_class)->finalize(object);
}

static void
wg_link_class_init(WgLinkClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);
    const GType type = G_TYPE_FROM_CLASS(class);
    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->finalize = finalize;
    g_object_class_install_property(
        object_class, PROP_ADDRESS,
        g_param_spec_string("address", NULL, NULL, NULL,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
    signals[RECEIVED] = g_signal_new("received", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_BYTES);
    signals[CLOSED] = g_signal_new("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
    signals[DRAINED] =
        g_signal_new("drained", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    signals[BACK] =
        g_signal_new("back", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_link_init(WgLink *self)
{
}

static gboolean
has_scheme(const char *address, const char *scheme)
{
    const gsize n = strlen(scheme);
    return strncmp(address, scheme, n) == 0 && address[n] == ':';
}

/* The kind whose scheme stands before the ':'. */
static const WgLinkKind *
find_kind(const char *address, GError **error)
{
    g_autoptr(GString) forms = g_string_new(NULL);
    for (int i = 0; wg_link_kinds[i]; i++) {
        const WgLinkKind *kind = wg_link_kinds[i];
        if (has_scheme(address, kind->scheme))
            return kind;
        g_string_append_printf(forms, "%s%s", i ? ", " : "", kind->form);
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("“%s” is no address of a watch: give one of %s"),
                address, forms->str);
    return NULL;
}

WgLink *
wg_link_new(const char *address, GError **error)
{
    const WgLinkKind *kind = find_kind(address, error);
    return kind ? kind->create(address, strchr(address, ':') + 1, error) : NULL;
}

void
wg_link_take_trace(WgLink *self, WgWireWriter *writer)
{
    g_clear_pointer(&get_private(self)->trace, wg_wire_writer_free);
    get_private(self)->trace = writer;
}

const char *
wg_link_get_address(WgLink *self)
{
    return get_private(self)->address;
}

void
wg_link_open_async(WgLink *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                   gpointer user_data)
{
    WG_LINK_GET_CLASS(self)->open_async(self, cancellable, callback, user_data);
}

gboolean
wg_link_open_finish(WgLink *self, GAsyncResult *result, GError **error)
{
    const gboolean done = WG_LINK_GET_CLASS(self)->open_finish(self, result, error);
    if (done)
        get_private(self)->is_open = TRUE;
    if (done)
        note(self, WG_WIRE_OPEN, NULL, 0);
    return done;
}

void
wg_link_send(WgLink *self, GBytes *bytes)
{
    if (!get_private(self)->is_open)
        return;
    note(self, WG_WIRE_SAID, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    WG_LINK_GET_CLASS(self)->send(self, bytes);
}

gsize
wg_link_get_queued(WgLink *self)
{
    return get_private(self)->is_open ? WG_LINK_GET_CLASS(self)->get_queued(self) : 0;
}

gboolean
wg_link_is_open(WgLink *self)
{
    return get_private(self)->is_open;
}

void
wg_link_close(WgLink *self)
{
    if (!get_private(self)->is_open)
        return;
    WG_LINK_GET_CLASS(self)->close(self);
    wg_link_emit_closed(self, NULL);
}

void
wg_link_emit_received(WgLink *self, gconstpointer data, gsize n)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, n);
    note(self, WG_WIRE_HEARD, data, n);
    g_signal_emit(self, signals[RECEIVED], 0, bytes);
}

void
wg_link_emit_drained(WgLink *self)
{
    g_signal_emit(self, signals[DRAINED], 0);
}

void
wg_link_emit_back(WgLink *self)
{
    if (!get_private(self)->is_open)
        g_signal_emit(self, signals[BACK], 0);
}

void
wg_link_emit_closed(WgLink *self, const GError *error)
{
    if (!get_private(self)->is_open)
        return;
    get_private(self)->is_open = FALSE;
    if (error) /* this side's own end is none of the watch's */
        note(self, WG_WIRE_SHUT, error->message, strlen(error->message));
    g_signal_emit(self, signals[CLOSED], 0, error);
}
