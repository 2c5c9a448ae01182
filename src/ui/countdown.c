/* Three, two, one, large over the live trace. */
#include "ui/countdown.h"

#define FROM 3

struct _WgCountdown {
    WgTrace *trace;
    void (*done)(gpointer user_data);
    gpointer user_data;
    int n;
    guint second_id; /* 0: it does not run */
};

static void
show(WgCountdown *self)
{
    g_autofree char *text = g_strdup_printf("%d", self->n);

    wg_trace_set_banner(self->trace, text);
}

static gboolean
on_second(gpointer user_data)
{
    WgCountdown *self = user_data;

    self->n--;
    if (self->n > 0) {
        show(self);
        return G_SOURCE_CONTINUE;
    }
    self->second_id = 0;
    wg_trace_set_banner(self->trace, NULL);
    self->done(self->user_data);
    return G_SOURCE_REMOVE;
}

WgCountdown *
wg_countdown_new(WgTrace *trace, void (*done)(gpointer user_data), gpointer user_data)
{
    WgCountdown *self = g_new0(WgCountdown, 1);

    self->trace = trace;
    self->done = done;
    self->user_data = user_data;
    return self;
}

void
wg_countdown_start(WgCountdown *self)
{
    wg_countdown_stop(self);
    self->n = FROM;
    self->second_id = g_timeout_add_seconds(1, on_second, self);
    show(self);
}

void
wg_countdown_stop(WgCountdown *self)
{
    if (!self->second_id)
        return;
    g_clear_handle_id(&self->second_id, g_source_remove);
    wg_trace_set_banner(self->trace, NULL);
}

void
wg_countdown_free(WgCountdown *self)
{
    g_clear_handle_id(&self->second_id, g_source_remove);
    g_free(self);
}
