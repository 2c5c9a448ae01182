/* What an edit changed, field by field, while it is made and undone. */
#include "dataset/ids.h"
#include "dataset/project-edit-log.h"

#include "base/error.h"
#include "dataset/project-fields.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

/* The changes of an edit as stored: field, from, to, ids; of a fact its name after the prefix, and
 * no ids. */
#define CHANGE_TYPE "(aymaymayax)"
#define CHANGES_TYPE "a" CHANGE_TYPE
#define FACT_PREFIX "fact:"

typedef struct {
    char *field, *from, *to;
    GArray *ids; /* gint64; empty: a fact */
} Change;

struct _WgEditLog {
    sqlite3 *db;
    WgFields *fields;
    GPtrArray *changes; /* of Change */
    GHashTable *by_key; /* -> Change */
};

static void
change_free(gpointer data)
{
    Change *change = data;

    g_free(change->field);
    g_free(change->from);
    g_free(change->to);
    g_array_unref(change->ids);
    g_free(change);
}

WgEditLog *
wg_edit_log_new(sqlite3 *db)
{
    WgEditLog *log = g_new0(WgEditLog, 1);

    log->db = db;
    log->fields = wg_fields_new(db);
    log->changes = g_ptr_array_new_with_free_func(change_free);
    log->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return log;
}

void
wg_edit_log_free(WgEditLog *log)
{
    wg_fields_free(log->fields);
    g_ptr_array_unref(log->changes);
    g_hash_table_unref(log->by_key);
    g_free(log);
}

sqlite3 *
wg_edit_log_get_db(WgEditLog *log)
{
    return log->db;
}

gboolean
wg_edit_log_is_empty(WgEditLog *log)
{
    return log->changes->len == 0;
}

gboolean
wg_edit_log_get(WgEditLog *log, const char *field, gint64 id, char **value, gboolean *is_there,
                GError **error)
{
    return wg_fields_get(log->fields, field, id, value, is_there, error);
}

static gboolean
is_group(const Change *change, const char *field, const char *from, const char *to)
{
    return g_str_equal(change->field, field) && g_strcmp0(change->from, from) == 0 &&
           g_strcmp0(change->to, to) == 0;
}

/* Takes that change alike are one group: a relabelling of many is stored in few words. */
static Change *
find_group(WgEditLog *log, const char *field, const char *from, const char *to)
{
    Change *last = log->changes->len > 0 ? log->changes->pdata[log->changes->len - 1] : NULL;
    g_autofree char *key = NULL;
    Change *change;

    if (last && is_group(last, field, from, to))
        return last;
    /* \1 and \2: a missing text is none of those that begin with them */
    key = g_strdup_printf("%s\1%c%s\1%c%s", field, from ? '\1' : '\2', from ? from : "",
                          to ? '\1' : '\2', to ? to : "");
    change = g_hash_table_lookup(log->by_key, key);
    if (change && is_group(change, field, from, to))
        return change;
    change = g_new0(Change, 1);
    change->field = g_strdup(field);
    change->from = g_strdup(from);
    change->to = g_strdup(to);
    change->ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_ptr_array_add(log->changes, change);
    g_hash_table_insert(log->by_key, g_steal_pointer(&key), change);
    return change;
}

void
wg_edit_log_note(WgEditLog *log, const char *field, gint64 id, const char *from, const char *to)
{
    Change *change = find_group(log, field, from, to);

    g_array_append_val(change->ids, id);
}

gboolean
wg_edit_log_set(WgEditLog *log, const char *field, gint64 id, const char *value, GError **error)
{
    g_autofree char *from = NULL;
    gboolean is_there;

    if (!wg_fields_get(log->fields, field, id, &from, &is_there, error))
        return FALSE;
    if (!is_there) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("there is no recording %" PRId64), id);
        return FALSE;
    }
    if (g_strcmp0(from, value) == 0)
        return TRUE;
    wg_edit_log_note(log, field, id, from, value);
    return wg_fields_put(log->fields, field, id, value, error);
}

gboolean
wg_edit_log_set_fact(WgEditLog *log, const char *name, const char *value, GError **error)
{
    g_autofree char *field = g_strconcat(FACT_PREFIX, name, NULL), *from = NULL;

    if (!wg_fact_get(log->db, name, &from, error))
        return FALSE;
    if (g_strcmp0(from, value) == 0)
        return TRUE;
    find_group(log, field, from, value);
    return wg_fact_put(log->db, name, value, error);
}

static GVariant *
new_text(const char *text)
{
    return g_variant_new_maybe(G_VARIANT_TYPE("ay"), text ? g_variant_new_bytestring(text) : NULL);
}

static GBytes *
serialize(GPtrArray *changes)
{
    g_autoptr(GVariant) all = NULL;
    GVariantBuilder builder;

    g_variant_builder_init(&builder, G_VARIANT_TYPE(CHANGES_TYPE));
    for (guint i = 0; i < changes->len; i++) {
        const Change *change = g_ptr_array_index(changes, i);
        GVariant *members[] = {g_variant_new_bytestring(change->field), new_text(change->from),
                               new_text(change->to),
                               g_variant_new_fixed_array(G_VARIANT_TYPE_INT64, change->ids->data,
                                                         change->ids->len, sizeof(gint64))};

        g_variant_builder_add_value(&builder, g_variant_new_tuple(members, G_N_ELEMENTS(members)));
    }
    all = g_variant_ref_sink(g_variant_builder_end(&builder));
    return g_variant_get_data_as_bytes(all);
}

static char *
dup_maybe(GVariant *change, gsize index)
{
    g_autoptr(GVariant) maybe = g_variant_get_child_value(change, index);
    g_autoptr(GVariant) text = g_variant_get_maybe(maybe);

    return text ? g_variant_dup_bytestring(text, NULL) : NULL;
}

static Change *
read_change(GVariant *all, gsize index)
{
    g_autoptr(GVariant) tuple = g_variant_get_child_value(all, index);
    g_autoptr(GVariant) field = g_variant_get_child_value(tuple, 0);
    g_autoptr(GVariant) ids = g_variant_get_child_value(tuple, 3);
    Change *change = g_new0(Change, 1);
    gsize n = 0;
    gconstpointer values = g_variant_get_fixed_array(ids, &n, sizeof(gint64));

    change->field = g_variant_dup_bytestring(field, NULL);
    change->from = dup_maybe(tuple, 1);
    change->to = dup_maybe(tuple, 2);
    change->ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_array_append_vals(change->ids, values, (guint)n);
    return change;
}

/* Recordings that were changed, each counted once. */
static int
count_changed(WgEditLog *log)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    for (guint i = 0; i < log->changes->len; i++) {
        const Change *change = g_ptr_array_index(log->changes, i);

        g_array_append_vals(ids, change->ids->data, change->ids->len);
    }
    wg_ids_sort(ids);
    return (int)ids->len;
}

gboolean
wg_edit_log_store(WgEditLog *log, const char *kind, const char *detail, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(sqlite3_stmt) insert = wg_database_prepare(
        log->db, "INSERT INTO edits (kind, n, detail, changes) VALUES (?1, ?2, ?3, ?4)", error);

    if (!insert)
        return FALSE;
    bytes = serialize(log->changes);
    wg_database_bind_text(insert, 1, kind);
    sqlite3_bind_int(insert, 2, count_changed(log));
    wg_database_bind_text(insert, 3, detail);
    sqlite3_bind_blob64(insert, 4, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
                        SQLITE_STATIC);
    return wg_database_step(log->db, insert, error);
}

/* One change, forward or back. The ids of which the value is another one by now leave it; of a fact
 * `is_other` gets that. */
static gboolean
apply_change(WgEditLog *log, Change *change, gboolean forward, gboolean *is_other, GError **error)
{
    const char *expected = forward ? change->from : change->to;
    const char *wanted = forward ? change->to : change->from;
    guint n_kept = 0;

    if (g_str_has_prefix(change->field, FACT_PREFIX)) {
        const char *name = change->field + strlen(FACT_PREFIX);
        g_autofree char *value = NULL;

        if (!wg_fact_get(log->db, name, &value, error))
            return FALSE;
        *is_other = g_strcmp0(value, expected) != 0;
        return *is_other || wg_fact_put(log->db, name, wanted, error);
    }
    for (guint i = 0; i < change->ids->len; i++) {
        const gint64 id = g_array_index(change->ids, gint64, i);
        g_autofree char *value = NULL;
        gboolean is_there;

        if (!wg_fields_get(log->fields, change->field, id, &value, &is_there, error))
            return FALSE;
        if (!is_there || g_strcmp0(value, expected) != 0)
            continue;
        if (!wg_fields_put(log->fields, change->field, id, wanted, error))
            return FALSE;
        g_array_index(change->ids, gint64, n_kept++) = id;
    }
    *is_other = n_kept < change->ids->len;
    g_array_set_size(change->ids, n_kept);
    return TRUE;
}

gboolean
wg_edit_log_apply(WgEditLog *log, GBytes *changes, gboolean forward, GBytes **rest, GError **error)
{
    g_autoptr(GVariant) all =
        g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(CHANGES_TYPE), changes, FALSE));
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(change_free);
    const gsize n = g_variant_n_children(all);
    gboolean is_less = FALSE;

    *rest = NULL;
    for (gsize i = 0; i < n; i++) {
        Change *change = read_change(all, i);
        gboolean is_other = FALSE;

        g_ptr_array_add(kept, change);
        if (!apply_change(log, change, forward, &is_other, error))
            return FALSE;
        is_less |= is_other;
        if (is_other && change->ids->len == 0)
            g_ptr_array_remove_index(kept, kept->len - 1);
    }
    if (is_less)
        *rest = serialize(kept);
    return TRUE;
}
