/* The finder: what is near, as each kind of link sees it come and go. */
#include "device/finder.h"

#include "base/error.h"
#include "base/shown.h"
#include "device/link.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME_CHARS 40

typedef struct {
    const WgLinkKind *kind;
    gpointer search; /* what the kind's start gave */
} Search;

struct _WgFinder {
    GObject parent;
    GArray *searches;     /* of Search, while it looks */
    GHashTable *found;    /* address -> WgFoundWatch */
    GHashTable *troubles; /* scheme -> WgTrouble */
    GHashTable *busy;     /* schemes that search over the air */
    guint tell_id;
};

G_DEFINE_FINAL_TYPE(WgFinder, wg_finder, G_TYPE_OBJECT)

static guint changed_signal;

static gboolean
tell(gpointer user_data)
{
    WgFinder *self = user_data;
    self->tell_id = 0;
    g_signal_emit(self, changed_signal, 0);
    return G_SOURCE_REMOVE;
}

/* Once for all that changes in one turn of the main loop. */
static void
changed(WgFinder *self)
{
    if (!self->tell_id)
        self->tell_id = g_idle_add(tell, self);
}

WgTrouble *
wg_trouble_new(const char *text, const char *command, const char *button)
{
    WgTrouble *trouble = g_new0(WgTrouble, 1);
    trouble->text = g_strdup(text);
    trouble->command = g_strdup(command);
    trouble->button = g_strdup(button);
    return trouble;
}

void
wg_trouble_free(WgTrouble *trouble)
{
    if (!trouble)
        return;
    g_free(trouble->text);
    g_free(trouble->command);
    g_free(trouble->button);
    g_free(trouble);
}

void
wg_found_watch_free(WgFoundWatch *found)
{
    g_free(found->address);
    g_free(found->name);
    g_free(found->kind);
    wg_trouble_free(found->trouble);
    g_free(found);
}

static gboolean
is_same_trouble(const WgTrouble *one, const WgTrouble *other)
{
    if (!one || !other)
        return one == other;
    return g_strcmp0(one->text, other->text) == 0 && g_strcmp0(one->command, other->command) == 0 &&
           g_strcmp0(one->button, other->button) == 0;
}

static gboolean
is_same(const WgFoundWatch *one, const WgFoundWatch *other)
{
    return one && g_strcmp0(one->name, other->name) == 0 &&
           g_strcmp0(one->kind, other->kind) == 0 && one->signal_dbm == other->signal_dbm &&
           is_same_trouble(one->trouble, other->trouble);
}

void
wg_finder_put(WgFinder *self, WgFoundWatch *found)
{
    char *name = found->name ? wg_dup_shown(found->name, MAX_NAME_CHARS) : NULL;
    g_free(found->name);
    found->name = name;
    if (is_same(g_hash_table_lookup(self->found, found->address), found)) {
        wg_found_watch_free(found);
        return;
    }
    g_hash_table_replace(self->found, found->address, found);
    changed(self);
}

void
wg_finder_remove(WgFinder *self, const char *address)
{
    if (g_hash_table_remove(self->found, address))
        changed(self);
}

void
wg_finder_set_trouble(WgFinder *self, const char *scheme, WgTrouble *trouble)
{
    if (is_same_trouble(g_hash_table_lookup(self->troubles, scheme), trouble)) {
        wg_trouble_free(trouble);
        return;
    }
    if (trouble)
        g_hash_table_replace(self->troubles, g_strdup(scheme), trouble);
    else
        g_hash_table_remove(self->troubles, scheme);
    changed(self);
}

void
wg_finder_set_searching(WgFinder *self, const char *scheme, gboolean is_searching)
{
    if (is_searching ? g_hash_table_add(self->busy, g_strdup(scheme))
                     : g_hash_table_remove(self->busy, scheme))
        changed(self);
}

gboolean
wg_finder_is_searching(WgFinder *self)
{
    return g_hash_table_size(self->busy) > 0;
}

gboolean
wg_finder_is_running(WgFinder *self)
{
    return self->searches != NULL;
}

void
wg_finder_start(WgFinder *self)
{
    if (self->searches)
        return;
    g_hash_table_remove_all(self->found);
    g_hash_table_remove_all(self->troubles);
    self->searches = g_array_new(FALSE, FALSE, sizeof(Search));
    for (int i = 0; wg_link_kinds[i]; i++) {
        const WgLinkKind *kind = wg_link_kinds[i];
        if (!kind->start_finding)
            continue;
        const Search search = {kind, kind->start_finding(self)};
        g_array_append_val(self->searches, search);
    }
    changed(self);
}

void
wg_finder_stop(WgFinder *self)
{
    g_autoptr(GArray) searches = g_steal_pointer(&self->searches);
    for (guint i = 0; searches && i < searches->len; i++) {
        const Search *search = &g_array_index(searches, Search, i);
        if (search->kind->stop_finding)
            search->kind->stop_finding(search->search);
    }
    g_hash_table_remove_all(self->busy);
    if (searches)
        changed(self);
}

static int
get_rank(const WgFoundWatch *found)
{
    for (int i = 0; wg_link_kinds[i]; i++) {
        const gsize n = strlen(wg_link_kinds[i]->scheme);
        if (strncmp(found->address, wg_link_kinds[i]->scheme, n) == 0 && found->address[n] == ':')
            return i;
    }
    return G_MAXINT;
}

/* A missing signal (0) is a cable: stronger than all that is heard. */
static int
compare(gconstpointer a, gconstpointer b)
{
    const WgFoundWatch *one = *(const WgFoundWatch *const *)a;
    const WgFoundWatch *other = *(const WgFoundWatch *const *)b;
    if (!one->trouble != !other->trouble)
        return one->trouble ? 1 : -1;
    if (get_rank(one) != get_rank(other))
        return get_rank(one) < get_rank(other) ? -1 : 1;
    if (one->signal_dbm != other->signal_dbm)
        return one->signal_dbm > other->signal_dbm ? -1 : 1;
    const int by_name = g_strcmp0(one->name, other->name);
    return by_name ? by_name : strcmp(one->address, other->address);
}

GPtrArray *
wg_finder_list(WgFinder *self)
{
    GPtrArray *list = g_ptr_array_new();
    GHashTableIter iter;
    gpointer found;
    g_hash_table_iter_init(&iter, self->found);
    while (g_hash_table_iter_next(&iter, NULL, &found))
        g_ptr_array_add(list, found);
    g_ptr_array_sort(list, compare);
    return list;
}

const WgTrouble *
wg_finder_get_trouble(WgFinder *self, const char *scheme)
{
    return g_hash_table_lookup(self->troubles, scheme);
}

GPtrArray *
wg_finder_list_troubles(WgFinder *self)
{
    GPtrArray *schemes = g_ptr_array_new();
    for (int i = 0; wg_link_kinds[i]; i++)
        if (wg_finder_get_trouble(self, wg_link_kinds[i]->scheme))
            g_ptr_array_add(schemes, (gpointer)wg_link_kinds[i]->scheme);
    return schemes;
}

void
wg_finder_help_async(WgFinder *self, const char *scheme, const char *address,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
    for (guint i = 0; self->searches && i < self->searches->len; i++) {
        const Search *search = &g_array_index(self->searches, Search, i);
        if (g_str_equal(search->kind->scheme, scheme) && search->kind->help) {
            search->kind->help(search->search, address, g_steal_pointer(&task));
            return;
        }
    }
    g_task_return_new_error(task, WG_ERROR, WG_ERROR_UNSUPPORTED,
                            _("there is no help for %s: here"), scheme);
}

gboolean
wg_finder_help_finish(WgFinder *self, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

static void
dispose(GObject *object)
{
    WgFinder *self = WG_FINDER(object);
    wg_finder_stop(self);
    g_clear_handle_id(&self->tell_id, g_source_remove);
    G_OBJECT_CLASS(wg_finder_parent_class)->dispose(object);
}

static void
finalize(GObject *object)
{
    WgFinder *self = WG_FINDER(object);
    g_hash_table_unref(self->found);
    g_hash_table_unref(self->troubles);
    g_hash_table_unref(self->busy);
    G_OBJECT_CLASS(wg_finder_parent_class)->finalize(object);
}

static void
wg_finder_class_init(WgFinderClass *class)
{
    G_OBJECT_CLASS(class)->dispose = dispose;
    G_OBJECT_CLASS(class)->finalize = finalize;
    changed_signal = g_signal_new("changed", G_TYPE_FROM_CLASS(class), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_finder_init(WgFinder *self)
{
    self->found =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)wg_found_watch_free);
    self->troubles =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wg_trouble_free);
    self->busy = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

WgFinder *
wg_finder_new(void)
{
    return g_object_new(WG_TYPE_FINDER, NULL);
}
