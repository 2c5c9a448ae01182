/* What a finder sees, as the rows of a list that is kept up to date. */
#include "ui/found-list.h"

#include "ui/found-row.h"

#include <glib/gi18n.h>
#include <string.h>

#define VIRTUAL "virtual:"
#define RANK_CONNECTED (-2)
#define RANK_LAST (-1)
#define RANK_TROUBLE 10000 /* behind all watches */
#define MAX_SHOWN 100      /* the nearest: nobody looks through more, and anyone can advertise */

struct _WgFoundList {
    GObject parent_instance;
    GtkListBox *list;
    WgFinder *finder;
    char *connected, *last, *last_name;
    GHashTable *rows; /* key -> WgFoundRow, of those that are shown */
    GHashTable *old;  /* while they are brought up to date: those that may have gone */
};

G_DEFINE_FINAL_TYPE(WgFoundList, wg_found_list, G_TYPE_OBJECT)

static guint failed_signal;

static gboolean
is_same_watch(const char *one, const char *other)
{
    if (!one || !other)
        return FALSE;
    /* there is one virtual watch, whatever it performs */
    return g_str_equal(one, other) ||
           (g_str_has_prefix(one, VIRTUAL) && g_str_has_prefix(other, VIRTUAL));
}

static void
on_helped(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgFoundList) self = WG_FOUND_LIST(user_data);
    g_autoptr(GError) error = NULL;

    if (!wg_finder_help_finish(WG_FINDER(source), result, &error))
        g_signal_emit(self, failed_signal, 0, error);
}

static void
on_help(WgFoundRow *row, gpointer user_data)
{
    WgFoundList *self = WG_FOUND_LIST(user_data);
    const char *key = wg_found_row_get_key(row);
    const char *colon = strchr(key, ':');
    g_autofree char *scheme = g_strndup(key, (gsize)(colon - key));
    const gboolean is_kind = wg_found_row_get_rank(row) >= RANK_TROUBLE;

    wg_finder_help_async(self->finder, scheme, is_kind ? NULL : key, NULL, on_helped,
                         g_object_ref(self));
}

static void
show_row(WgFoundList *self, const char *key, const WgFoundFace *face)
{
    WgFoundRow *row = g_hash_table_lookup(self->old, key);

    if (!row) {
        row = wg_found_row_new(key);
        g_signal_connect_object(row, "help", G_CALLBACK(on_help), self, 0);
        gtk_container_add(GTK_CONTAINER(self->list), GTK_WIDGET(row));
    }
    g_hash_table_remove(self->old, key);
    g_hash_table_replace(self->rows, g_strdup(key), row);
    wg_found_row_show(row, face);
}

static void
show_watch(WgFoundList *self, const WgFoundWatch *found, int i)
{
    const gboolean is_connected = is_same_watch(found->address, self->connected);
    const gboolean is_last = is_same_watch(found->address, self->last);
    const WgTrouble *trouble = is_connected ? NULL : found->trouble;
    g_autoptr(GString) text = g_string_new(NULL);

    if (is_connected)
        g_string_append_printf(text, "%s · ", _("connected"));
    else if (is_last)
        g_string_append_printf(text, "%s · ", _("used last"));
    if (found->signal_dbm)
        g_string_append_printf(text, "%s · ", wg_found_row_describe_signal(found->signal_dbm));
    if (trouble)
        g_string_append(text, trouble->text);
    else if (g_str_has_prefix(found->address, VIRTUAL))
        g_string_append(text, _("performs sample gestures"));
    else
        g_string_append(text, found->address);
    const WgFoundFace face = {
        .title = found->name ? found->name : found->address,
        .text = text->str,
        .signal_dbm = found->signal_dbm,
        .command = trouble ? trouble->command : NULL,
        .button = trouble ? trouble->button : NULL,
        .is_marked = is_connected,
        .usable = !trouble,
        .rank = is_connected          ? RANK_CONNECTED
                : is_last && !trouble ? RANK_LAST
                                      : i,
    };
    show_row(self, found->address, &face);
}

/* The watch of last time, where it does not say that it is near: it may be all the same. */
static void
show_last(WgFoundList *self)
{
    const WgFoundFace face = {
        .title = self->last_name ? self->last_name : self->last,
        .text = _("used last; not seen yet"),
        .usable = TRUE,
        .rank = RANK_LAST,
    };

    show_row(self, self->last, &face);
}

static void
show_trouble(WgFoundList *self, const char *scheme, int i)
{
    const WgTrouble *trouble = wg_finder_get_trouble(self->finder, scheme);
    g_autofree char *key = g_strdup_printf("%s:trouble", scheme);
    const WgFoundFace face = {
        .text = trouble->text,
        .command = trouble->command,
        .button = trouble->button,
        .rank = RANK_TROUBLE + i,
    };

    show_row(self, key, &face);
}

static void
update(WgFoundList *self)
{
    g_autoptr(GPtrArray) found = wg_finder_list(self->finder);
    g_autoptr(GPtrArray) schemes = wg_finder_list_troubles(self->finder);
    gboolean has_last = is_same_watch(self->last, self->connected);
    GHashTableIter iter;
    gpointer row;

    self->old = self->rows;
    self->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < found->len; i++) {
        const WgFoundWatch *watch = g_ptr_array_index(found, i);

        if (i >= MAX_SHOWN && !is_same_watch(watch->address, self->connected) &&
            !is_same_watch(watch->address, self->last))
            continue;
        has_last = has_last || is_same_watch(watch->address, self->last);
        show_watch(self, watch, (int)i);
    }
    if (self->last && !has_last)
        show_last(self);
    for (guint i = 0; i < schemes->len; i++)
        show_trouble(self, g_ptr_array_index(schemes, i), (int)i);
    g_hash_table_iter_init(&iter, self->old);
    while (g_hash_table_iter_next(&iter, NULL, &row))
        gtk_widget_destroy(row);
    g_clear_pointer(&self->old, g_hash_table_unref);
    gtk_list_box_invalidate_sort(self->list);
}

static void
on_changed(WgFinder *finder, gpointer user_data)
{
    update(user_data);
}

static int
compare(GtkListBoxRow *one, GtkListBoxRow *other, gpointer user_data)
{
    return wg_found_row_get_rank(WG_FOUND_ROW(one)) - wg_found_row_get_rank(WG_FOUND_ROW(other));
}

static void
wg_found_list_finalize(GObject *object)
{
    WgFoundList *self = WG_FOUND_LIST(object);

    gtk_list_box_set_sort_func(self->list, NULL, NULL, NULL);
    g_object_unref(self->list);
    g_object_unref(self->finder);
    g_hash_table_unref(self->rows);
    g_free(self->connected);
    g_free(self->last);
    g_free(self->last_name);
    G_OBJECT_CLASS(wg_found_list_parent_class)->finalize(object);
}

static void
wg_found_list_class_init(WgFoundListClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_found_list_finalize;
    failed_signal = g_signal_new("failed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
wg_found_list_init(WgFoundList *self)
{
    self->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

WgFoundList *
wg_found_list_new(GtkListBox *list, WgFinder *finder)
{
    WgFoundList *self = g_object_new(WG_TYPE_FOUND_LIST, NULL);

    self->list = g_object_ref(list);
    self->finder = g_object_ref(finder);
    gtk_list_box_set_sort_func(list, compare, NULL, NULL);
    g_signal_connect_object(finder, "changed", G_CALLBACK(on_changed), self, 0);
    return self;
}

void
wg_found_list_set_known(WgFoundList *self, const char *connected, const char *last,
                        const char *last_name)
{
    g_autofree char *old_connected = g_steal_pointer(&self->connected);
    g_autofree char *old_last = g_steal_pointer(&self->last);
    g_autofree char *old_name = g_steal_pointer(&self->last_name);

    self->connected = g_strdup(connected);
    self->last = g_strdup(last);
    self->last_name = g_strdup(last_name);
    update(self);
}
