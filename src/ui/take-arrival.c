/* Which takes of a grid have only just come: they fade in, so that one sees where they went. */
#include "ui/take-arrival.h"

#define FADE_US 160000

struct WgTakeArrival {
    GtkWidget *widget;
    GHashTable *known; /* gint64 *: the takes of now */
    GHashTable *fresh; /* gint64 *: those of them that fade in */
    guint tick_id;
    gint64 start_us, now_us; /* of the frames; 0: none came yet */
};

static GHashTable *
new_ids(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
stop(WgTakeArrival *self)
{
    if (self->tick_id)
        gtk_widget_remove_tick_callback(self->widget, self->tick_id);
    self->tick_id = 0;
    g_hash_table_remove_all(self->fresh);
}

static gboolean
on_tick(GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
    WgTakeArrival *self = user_data;

    self->now_us = gdk_frame_clock_get_frame_time(clock);
    if (self->start_us == 0)
        self->start_us = self->now_us;
    gtk_widget_queue_draw(widget);
    if (self->now_us - self->start_us < FADE_US)
        return G_SOURCE_CONTINUE;
    self->tick_id = 0;
    g_hash_table_remove_all(self->fresh);
    return G_SOURCE_REMOVE;
}

static gboolean
may_move(GtkWidget *widget)
{
    gboolean is_wanted = FALSE;

    g_object_get(gtk_widget_get_settings(widget), "gtk-enable-animations", &is_wanted, NULL);
    return is_wanted && gtk_widget_get_mapped(widget);
}

WgTakeArrival *
wg_take_arrival_new(GtkWidget *widget)
{
    WgTakeArrival *self = g_new0(WgTakeArrival, 1);

    self->widget = widget;
    self->known = new_ids();
    self->fresh = new_ids();
    return self;
}

void
wg_take_arrival_free(WgTakeArrival *self)
{
    if (!self)
        return;
    stop(self);
    g_hash_table_unref(self->known);
    g_hash_table_unref(self->fresh);
    g_free(self);
}

void
wg_take_arrival_update(WgTakeArrival *self, WgTakeChoice *choice)
{
    g_autoptr(GHashTable) before = g_steal_pointer(&self->known);
    g_autoptr(GHashTable) fresh = new_ids();
    const guint n = wg_take_choice_get_n(choice);

    self->known = new_ids();
    for (guint i = 0; i < n; i++) {
        const gint64 *id = &wg_recording_get_facts(wg_take_choice_get_take(choice, i))->id;

        g_hash_table_add(self->known, g_memdup2(id, sizeof *id));
        if (!g_hash_table_contains(before, id))
            g_hash_table_add(fresh, g_memdup2(id, sizeof *id));
    }
    if (g_hash_table_size(fresh) == 0)
        return;
    stop(self);
    if (g_hash_table_size(fresh) == n || !may_move(self->widget))
        return;
    g_hash_table_unref(self->fresh);
    self->fresh = g_steal_pointer(&fresh);
    self->start_us = self->now_us = 0;
    self->tick_id = gtk_widget_add_tick_callback(self->widget, on_tick, self, NULL);
}

double
wg_take_arrival_get_opacity(WgTakeArrival *self, gint64 id)
{
    if (!g_hash_table_contains(self->fresh, &id))
        return 1;
    return CLAMP((double)(self->now_us - self->start_us) / FADE_US, 0, 1);
}
