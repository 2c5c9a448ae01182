/* Which takes a project had, and as what: to tell later what was changed since. */
#include "workbench/takes-state.h"

#include "workbench/json.h"
#include "workbench/model.h"

#include <glib/gi18n.h>
#include <stdlib.h>

typedef struct {
    GString *text;
    gint64 first, last;
} Ranges;

static void
ranges_free(Ranges *ranges)
{
    g_string_free(ranges->text, TRUE);
    g_free(ranges);
}

static void
end_range(Ranges *ranges)
{
    g_string_append_printf(ranges->text, "%s%" G_GINT64_FORMAT, ranges->text->len ? "," : "",
                           ranges->first);
    if (ranges->last > ranges->first)
        g_string_append_printf(ranges->text, "-%" G_GINT64_FORMAT, ranges->last);
}

static void
add_id(GHashTable *labels, const char *label, gint64 id)
{
    Ranges *ranges = g_hash_table_lookup(labels, label);

    if (ranges && id == ranges->last + 1) {
        ranges->last = id;
        return;
    }
    if (ranges) {
        end_range(ranges);
    } else {
        ranges = g_new0(Ranges, 1);
        ranges->text = g_string_new(NULL);
        g_hash_table_insert(labels, (gpointer)label, ranges);
    }
    ranges->first = ranges->last = id;
}

JsonObject *
wg_takes_state_new(GPtrArray *recordings)
{
    g_autoptr(GHashTable) labels =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)ranges_free);
    g_autofree char *digest = wg_model_dup_takes_digest(recordings);
    JsonObject *state = json_object_new(), *by_label = json_object_new();
    GHashTableIter iter;
    gpointer label, ranges;

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get_facts(g_ptr_array_index(recordings, i));

        if (!spec->disabled)
            add_id(labels, spec->label, spec->id);
    }
    g_hash_table_iter_init(&iter, labels);
    while (g_hash_table_iter_next(&iter, &label, &ranges)) {
        end_range(ranges);
        json_object_set_string_member(by_label, label, ((Ranges *)ranges)->text->str);
    }
    json_object_set_string_member(state, "digest", digest);
    json_object_set_object_member(state, "labels", by_label);
    return state;
}

/* gint64 * -> label, which lives as long as the state */
static GHashTable *
read_labels(JsonObject *by_label)
{
    GHashTable *labels = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GList) names = json_object_get_members(by_label);

    for (GList *link = names; link; link = link->next) {
        const char *text = wg_json_get_text(by_label, link->data, "");
        g_auto(GStrv) ranges = g_strsplit(text, ",", -1);

        for (int i = 0; ranges[i] && *ranges[i]; i++) {
            char *end = NULL;
            const gint64 first = g_ascii_strtoll(ranges[i], &end, 10);
            const gint64 last = *end == '-' ? g_ascii_strtoll(end + 1, NULL, 10) : first;

            for (gint64 id = first; id <= last; id++)
                g_hash_table_insert(labels, g_memdup2(&id, sizeof id), link->data);
        }
    }
    return labels;
}

gboolean
wg_takes_state_compare(JsonObject *before, GPtrArray *recordings, WgTakesChange *change)
{
    g_autofree char *digest = NULL;
    g_autoptr(GHashTable) labels = NULL;
    int n_there = 0;

    *change = (WgTakesChange){0};
    if (!before || !json_object_has_member(before, "labels"))
        return FALSE;
    digest = wg_model_dup_takes_digest(recordings);
    if (g_strcmp0(digest, wg_json_get_text(before, "digest", "")) == 0)
        return FALSE;
    labels = read_labels(wg_json_get_object(before, "labels"));
    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get_facts(g_ptr_array_index(recordings, i));
        const char *label = spec->disabled ? NULL : g_hash_table_lookup(labels, &spec->id);

        n_there += label != NULL;
        change->n_added += !label && !spec->disabled;
        change->n_relabelled += label && !g_str_equal(label, spec->label);
    }
    change->n_removed = (int)g_hash_table_size(labels) - n_there;
    change->is_other = change->n_added + change->n_removed + change->n_relabelled == 0;
    return TRUE;
}

/* Ids of those that were there under another name, or, where `is_added`, were not there. */
static GHashTable *
list_changed(JsonObject *before, GPtrArray *recordings, gboolean is_added)
{
    GHashTable *ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GHashTable) labels = NULL;

    if (!before || !json_object_has_member(before, "labels"))
        return ids;
    labels = read_labels(wg_json_get_object(before, "labels"));
    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get_facts(g_ptr_array_index(recordings, i));
        const char *label = g_hash_table_lookup(labels, &spec->id);

        if (label ? !is_added && !g_str_equal(label, spec->label) : is_added)
            g_hash_table_add(ids, g_memdup2(&spec->id, sizeof spec->id));
    }
    return ids;
}

GHashTable *
wg_takes_state_list_relabelled(JsonObject *before, GPtrArray *recordings)
{
    return list_changed(before, recordings, FALSE);
}

GHashTable *
wg_takes_state_list_added(JsonObject *before, GPtrArray *recordings)
{
    return list_changed(before, recordings, TRUE);
}

char *
wg_takes_change_describe(const WgTakesChange *change)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_auto(GStrv) parts = NULL;
    g_autofree char *relabelled =
        g_strdup_printf(ngettext("%d take was relabelled", "%d takes were relabelled",
                                 (gulong)change->n_relabelled),
                        change->n_relabelled);
    g_autofree char *added = g_strdup_printf(
        ngettext("%d take was added", "%d takes were added", (gulong)change->n_added),
        change->n_added);
    g_autofree char *removed = g_strdup_printf(
        ngettext("%d take was taken out", "%d takes were taken out", (gulong)change->n_removed),
        change->n_removed);

    if (change->n_relabelled > 0)
        g_strv_builder_add(builder, relabelled);
    if (change->n_added > 0)
        g_strv_builder_add(builder, added);
    if (change->n_removed > 0)
        g_strv_builder_add(builder, removed);
    if (change->is_other)
        g_strv_builder_add(builder, _("takes were cut anew"));
    parts = g_strv_builder_end(builder);
    return parts[0] ? g_strjoinv(C_("between parts of a sentence", ", "), parts) : NULL;
}
