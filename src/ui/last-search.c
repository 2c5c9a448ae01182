/* Looks for the watch of last time, for a while after the start of the program. */
#include "ui/last-search.h"

/* BlueZ hears a watch that advertises each second within a few. */
#define LOOK_MS 20000

struct _WgLastSearch {
    WgFinder *finder;
    const WgLastWatch *last;
    WgLastSearchDone done;
    gpointer user_data;
    gulong found_id;
    guint end_id;
};

static gboolean
is_near(WgLastSearch *self)
{
    g_autoptr(GPtrArray) found = wg_finder_list(self->finder);

    for (guint i = 0; i < found->len; i++) {
        const WgFoundWatch *watch = g_ptr_array_index(found, i);

        if (!watch->trouble && g_str_equal(watch->address, self->last->address))
            return TRUE;
    }
    return FALSE;
}

static void
on_found(WgFinder *finder, gpointer user_data)
{
    WgLastSearch *self = user_data;

    if (is_near(self))
        self->done(TRUE, self->user_data);
}

static gboolean
on_looked_enough(gpointer user_data)
{
    WgLastSearch *self = user_data;

    self->end_id = 0;
    self->done(FALSE, self->user_data);
    return G_SOURCE_REMOVE;
}

WgLastSearch *
wg_last_search_new(WgFinder *finder, const WgLastWatch *last, WgLastSearchDone done,
                   gpointer user_data)
{
    WgLastSearch *self = g_new0(WgLastSearch, 1);

    self->finder = g_object_ref(finder);
    self->last = last;
    self->done = done;
    self->user_data = user_data;
    self->found_id = g_signal_connect(finder, "changed", G_CALLBACK(on_found), self);
    self->end_id = g_timeout_add(LOOK_MS, on_looked_enough, self);
    wg_finder_start(finder);
    return self;
}

void
wg_last_search_free(WgLastSearch *self)
{
    g_clear_handle_id(&self->end_id, g_source_remove);
    g_clear_signal_handler(&self->found_id, self->finder);
    g_clear_object(&self->finder);
    g_free(self);
}
