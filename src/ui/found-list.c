/* What a finder sees, as the rows of a list that is kept up to date. */
#include "ui/found-list.h"

#include "ui/found-row.h"
#include "ui/last-watch.h"

#include <glib/gi18n.h>
#include <string.h>

#define VIRTUAL "virtual:"
#define RANK_CONNECTED (-2)
#define RANK_LAST (-1)
#define RANK_RECENT 1000   /* behind all that are near */
#define RANK_TROUBLE 10000 /* and behind all watches */
#define MAX_SHOWN 100      /* the nearest: nobody looks through more, and anyone can advertise */

struct _WgFoundList {
    GObject parent_instance;
    GtkListBox *list;
    WgFinder *finder;
    char *connected, *name, *state, *asked;
    gboolean is_ready;
    GPtrArray *recent; /* of WgLastWatch */
    GHashTable *rows;  /* key -> WgFoundRow, of those that are shown */
    GHashTable *old;   /* while they are brought up to date: those that may have gone */
};

G_DEFINE_FINAL_TYPE(WgFoundList, wg_found_list, G_TYPE_OBJECT)

enum { FAILED, IDENTIFY, N_SIGNALS };
static guint signals[N_SIGNALS];

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
        g_signal_emit(self, signals[FAILED], 0, error);
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
on_identify(WgFoundRow *row, gpointer user_data)
{
    g_autofree char *address = g_strdup(wg_found_row_get_key(row));

    g_signal_emit(user_data, signals[IDENTIFY], 0, address);
}

static void
show_row(WgFoundList *self, const char *key, const WgFoundFace *face)
{
    WgFoundRow *row = g_hash_table_lookup(self->old, key);

    if (!row) {
        row = wg_found_row_new(key);
        g_signal_connect_object(row, "help", G_CALLBACK(on_help), self, 0);
        g_signal_connect_object(row, "identify", G_CALLBACK(on_identify), self, 0);
        gtk_container_add(GTK_CONTAINER(self->list), GTK_WIDGET(row));
    }
    g_hash_table_remove(self->old, key);
    g_hash_table_replace(self->rows, g_strdup(key), row);
    wg_found_row_show(row, face);
}

static gboolean
is_last(WgFoundList *self, const char *address)
{
    const WgLastWatch *last = self->recent->len ? g_ptr_array_index(self->recent, 0) : NULL;

    return last && is_same_watch(address, last->address);
}

/* The virtual one lies on nobody's table. */
static void
offer_identify(WgFoundList *self, const char *address, WgFoundFace *face)
{
    face->can_identify = face->usable && !face->is_marked && !g_str_has_prefix(address, VIRTUAL);
    face->may_identify = !self->asked;
    if (g_strcmp0(address, self->asked) != 0)
        return;
    face->text = _("is asked to buzz…");
    face->usable = FALSE;
    face->is_at_work = TRUE;
}

static void
show_watch(WgFoundList *self, const WgFoundWatch *found, int i)
{
    const gboolean is_chosen = is_same_watch(found->address, self->connected);
    const WgTrouble *trouble = is_chosen ? NULL : found->trouble;
    g_autoptr(GString) text = g_string_new(NULL);

    if (is_chosen)
        g_string_append_printf(text, "%s · ", self->state);
    else if (is_last(self, found->address))
        g_string_append_printf(text, "%s · ", _("used last"));
    if (found->signal_dbm)
        g_string_append_printf(text, "%s · ", wg_found_row_describe_signal(found->signal_dbm));
    if (trouble)
        g_string_append(text, trouble->text);
    else if (g_str_has_prefix(found->address, VIRTUAL))
        g_string_append(text, _("performs sample gestures"));
    else
        g_string_append(text, found->address);
    WgFoundFace face = {
        .title = found->name ? found->name : found->address,
        .text = text->str,
        .signal_dbm = found->signal_dbm,
        .command = trouble ? trouble->command : NULL,
        .button = trouble ? trouble->button : NULL,
        .is_marked = is_chosen && self->is_ready,
        .usable = !trouble,
        .rank = is_chosen                                   ? RANK_CONNECTED
                : is_last(self, found->address) && !trouble ? RANK_LAST
                                                            : i,
    };
    offer_identify(self, found->address, &face);
    show_row(self, found->address, &face);
}

/* The one that is chosen, where no search finds it: a terminal, or over the air while it is used.
 */
static void
show_chosen(WgFoundList *self)
{
    g_autofree char *text = g_strdup_printf("%s · %s", self->state, self->connected);
    const WgFoundFace face = {
        .title = self->name ? self->name : self->connected,
        .text = text,
        .is_marked = self->is_ready,
        .usable = TRUE,
        .rank = RANK_CONNECTED,
    };

    show_row(self, self->connected, &face);
}

/* A watch that does not say that it is near: it may be all the same. */
static void
show_recent(WgFoundList *self, const WgLastWatch *recent, int i)
{
    g_autofree char *text = g_strdup_printf(
        "%s · %s", i == 0 ? _("used last; not seen yet") : _("used before; not seen"),
        recent->address);
    WgFoundFace face = {
        .title = recent->name ? recent->name : recent->address,
        .text = text,
        .usable = TRUE,
        .rank = i == 0 ? RANK_LAST : RANK_RECENT + i,
    };

    offer_identify(self, recent->address, &face);
    show_row(self, recent->address, &face);
}

/* Has a row of this round. */
static gboolean
is_shown(WgFoundList *self, const char *address)
{
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, self->rows);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        if (is_same_watch(key, address))
            return TRUE;
    }
    return FALSE;
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
    GHashTableIter iter;
    gpointer row;

    self->old = self->rows;
    self->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < found->len; i++) {
        const WgFoundWatch *watch = g_ptr_array_index(found, i);

        if (i >= MAX_SHOWN && !is_same_watch(watch->address, self->connected) &&
            !is_last(self, watch->address))
            continue;
        show_watch(self, watch, (int)i);
    }
    if (self->connected && !is_shown(self, self->connected))
        show_chosen(self);
    for (guint i = 0; i < self->recent->len; i++) {
        const WgLastWatch *recent = g_ptr_array_index(self->recent, i);

        if (!is_shown(self, recent->address))
            show_recent(self, recent, (int)i);
    }
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
    g_free(self->name);
    g_free(self->state);
    g_free(self->asked);
    g_ptr_array_unref(self->recent);
    G_OBJECT_CLASS(wg_found_list_parent_class)->finalize(object);
}

static void
wg_found_list_class_init(WgFoundListClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_found_list_finalize;
    signals[IDENTIFY] = g_signal_new("identify", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
    signals[FAILED] = g_signal_new("failed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
wg_found_list_init(WgFoundList *self)
{
    self->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->recent = g_ptr_array_new_with_free_func((GDestroyNotify)wg_last_watch_free);
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

static void
set_text(char **to, const char *text)
{
    g_autofree char *old = *to; /* the text may be this one */

    *to = g_strdup(text);
}

void
wg_found_list_set_known(WgFoundList *self, const WgFoundKnown *known)
{
    set_text(&self->connected, known->address);
    set_text(&self->name, known->name);
    set_text(&self->state, known->state);
    self->is_ready = known->is_ready;
    g_ptr_array_set_size(self->recent, 0);
    for (guint i = 0; known->recent && i < known->recent->len; i++) {
        const WgLastWatch *recent = g_ptr_array_index(known->recent, i);

        g_ptr_array_add(self->recent, wg_last_watch_new(recent->address, recent->name));
    }
    update(self);
}

void
wg_found_list_set_asked(WgFoundList *self, const char *address)
{
    set_text(&self->asked, address);
    update(self);
}
