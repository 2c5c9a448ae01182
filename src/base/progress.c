/* Weighted progress of a job: told from any thread, heard on the job's own main context. */
#include "base/progress.h"

/* Before this much is done the pace says nothing about the rest. */
#define PACE_KNOWN_FROM 0.02

struct _WgProgress {
    GObject parent_instance;
    WgProgress *parent; /* of a part; then only start and end are used */
    double start, end;
    GMainContext *context;
    gint fraction_ppm; /* atomic; millionths */
    gint is_announced; /* atomic; a source is on its way */
    gpointer text;     /* atomic; interned, so that reading it needs no lock */
    gint64 began_us;
};

G_DEFINE_FINAL_TYPE(WgProgress, wg_progress, G_TYPE_OBJECT)

enum { PROP_0, PROP_FRACTION, PROP_TEXT, N_PROPS };
static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static void
wg_progress_finalize(GObject *object)
{
    WgProgress *self = WG_PROGRESS(object);

    g_clear_object(&self->parent);
    g_clear_pointer(&self->context, g_main_context_unref);
    G_OBJECT_CLASS(wg_progress_parent_class)->finalize(object);
}

static void
wg_progress_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    WgProgress *self = WG_PROGRESS(object);

    if (id == PROP_FRACTION)
        g_value_set_double(value, wg_progress_get_fraction(self));
    else
        g_value_take_string(value, wg_progress_dup_text(self));
}

static void
wg_progress_class_init(WgProgressClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);

    object_class->finalize = wg_progress_finalize;
    object_class->get_property = wg_progress_get_property;
    properties[PROP_FRACTION] = g_param_spec_double("fraction", NULL, NULL, 0, 1, 0,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    properties[PROP_TEXT] =
        g_param_spec_string("text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, N_PROPS, properties);
    changed_signal = g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_progress_init(WgProgress *self)
{
    self->began_us = g_get_monotonic_time();
}

WgProgress *
wg_progress_new(void)
{
    WgProgress *self = g_object_new(WG_TYPE_PROGRESS, NULL);

    self->context = g_main_context_ref_thread_default();
    return self;
}

WgProgress *
wg_progress_split(WgProgress *parent, double start, double end)
{
    WgProgress *self;

    if (!parent)
        return NULL;
    self = g_object_new(WG_TYPE_PROGRESS, NULL);
    self->parent = g_object_ref(parent);
    self->start = start;
    self->end = end;
    return self;
}

static gboolean
announce(gpointer user_data)
{
    WgProgress *self = WG_PROGRESS(user_data);

    g_atomic_int_set(&self->is_announced, FALSE);
    g_signal_emit(self, changed_signal, 0);
    return G_SOURCE_REMOVE;
}

void
wg_progress_tell(WgProgress *self, double fraction, const char *text)
{
    const double within = CLAMP(fraction, 0, 1);

    if (!self)
        return;
    if (self->parent) {
        wg_progress_tell(self->parent, self->start + within * (self->end - self->start), text);
        return;
    }
    g_atomic_int_set(&self->fraction_ppm, (gint)(within * 1e6));
    if (text)
        g_atomic_pointer_set(&self->text, (gpointer)g_intern_string(text));
    if (g_atomic_int_compare_and_exchange(&self->is_announced, FALSE, TRUE)) {
        g_autoptr(GSource) source = g_idle_source_new();

        g_source_set_priority(source, G_PRIORITY_DEFAULT);
        g_source_set_callback(source, announce, g_object_ref(self), g_object_unref);
        g_source_attach(source, self->context);
    }
}

double
wg_progress_get_fraction(WgProgress *self)
{
    return g_atomic_int_get(&self->fraction_ppm) / 1e6;
}

double
wg_progress_get_remaining_s(WgProgress *self)
{
    const double fraction = wg_progress_get_fraction(self);
    const double passed_s = (double)(g_get_monotonic_time() - self->began_us) / G_USEC_PER_SEC;

    return fraction < PACE_KNOWN_FROM ? -1 : passed_s * (1 - fraction) / fraction;
}

char *
wg_progress_dup_text(WgProgress *self)
{
    return g_strdup(g_atomic_pointer_get(&self->text));
}
