/* Three, two, one, large over the live trace. */
#include "ui/countdown.h"

struct _WgCountdown {
    GtkLabel *label;
    void (*done)(gpointer user_data);
    gpointer user_data;
    int n;
    guint second_id; /* 0: it does not run */
};

void
wg_countdown_show(WgCountdown *self, int n)
{
    g_autofree char *text = g_strdup_printf("%d", n);

    gtk_label_set_text(self->label, n > 0 ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(self->label), n > 0);
}

static gboolean
on_second(gpointer user_data)
{
    WgCountdown *self = user_data;

    self->n--;
    wg_countdown_show(self, self->n);
    if (self->n > 0)
        return G_SOURCE_CONTINUE;
    self->second_id = 0;
    self->done(self->user_data);
    return G_SOURCE_REMOVE;
}

WgCountdown *
wg_countdown_new(GtkLabel *label, void (*done)(gpointer user_data), gpointer user_data)
{
    WgCountdown *self = g_new0(WgCountdown, 1);

    self->label = label;
    self->done = done;
    self->user_data = user_data;
    return self;
}

void
wg_countdown_start(WgCountdown *self, int seconds)
{
    wg_countdown_stop(self);
    self->n = seconds;
    self->second_id = g_timeout_add_seconds(1, on_second, self);
    wg_countdown_show(self, self->n);
}

void
wg_countdown_stop(WgCountdown *self)
{
    g_clear_handle_id(&self->second_id, g_source_remove);
    wg_countdown_show(self, 0);
}

void
wg_countdown_free(WgCountdown *self)
{
    g_clear_handle_id(&self->second_id, g_source_remove);
    g_free(self);
}
