/* The room: what attendees handed in, and how each compares with the others. */
#include "workbench/room.h"

#include "base/file.h"
#include "workbench/json.h"
#include "workbench/next-step.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEEPEST 2 /* folders within the folder */

static int
compare(gconstpointer a, gconstpointer b)
{
    return g_utf8_collate(*(const char *const *)a, *(const char *const *)b);
}

static gboolean
is_handed_in(const char *name)
{
    return g_str_has_suffix(name, WG_PACK_ENDING) || g_str_has_suffix(name, ".waggle");
}

/* A folder within that cannot be read is passed over. */
static void
find_below(GDir *dir, const char *folder, int depth, GPtrArray *paths, GCancellable *cancellable)
{
    const char *name;

    while ((name = g_dir_read_name(dir)) && paths->len < WG_ROOM_FILES_MAX &&
           !g_cancellable_is_cancelled(cancellable)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autoptr(GDir) below = NULL;

        if (name[0] == '.')
            continue;
        if (is_handed_in(name) && g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
            g_ptr_array_add(paths, g_steal_pointer(&path));
            continue;
        }
        below = depth < DEEPEST && g_file_test(path, G_FILE_TEST_IS_DIR) &&
                        !g_file_test(path, G_FILE_TEST_IS_SYMLINK)
                    ? g_dir_open(path, 0, NULL)
                    : NULL;
        if (below)
            find_below(below, path, depth + 1, paths, cancellable);
    }
}

GPtrArray *
wg_room_find(const char *folder, GCancellable *cancellable, GError **error)
{
    g_autoptr(GDir) dir = wg_file_open_folder(folder, error);
    GPtrArray *paths;

    if (!dir)
        return NULL;
    paths = g_ptr_array_new_with_free_func(g_free);
    find_below(dir, folder, 0, paths, cancellable);
    g_ptr_array_sort(paths, compare);
    return paths;
}

static int
count_takes(const WgPack *pack)
{
    int n = 0;

    for (guint i = 0; i < pack->takes->len; i++) {
        const WgPackTake *take = g_ptr_array_index(pack->takes, i);

        n += !wg_recording_get_facts(take->recording)->disabled;
    }
    return n;
}

JsonObject *
wg_room_describe(const char *path, const WgPack *pack, const GError *why)
{
    JsonObject *row = json_object_new();
    g_autofree char *name = g_filename_display_basename(path);
    g_autofree char *shown = g_filename_display_name(path);
    g_autofree char *full = g_canonicalize_filename(path, NULL);
    g_autofree char *uri = g_filename_to_uri(full, NULL, NULL);
    g_auto(GStrv) persons = pack ? wg_pack_dup_persons(pack) : NULL;

    json_object_set_string_member(row, "file", name);
    json_object_set_string_member(row, "path", shown);
    json_object_set_string_member(row, "uri", uri);
    json_object_set_string_member(row, "form",
                                  g_str_has_suffix(name, WG_PACK_ENDING) ? "pack" : "project");
    json_object_set_string_member(row, "state", pack ? "good" : "damaged");
    json_object_set_string_member(row, "words", pack ? "" : why->message);
    if (!pack)
        return row;
    json_object_set_string_member(row, "project", pack->project);
    wg_json_set_strings(row, "persons", (const char *const *)persons);
    json_object_set_object_member(row, "labels", wg_pack_count_labels(pack));
    json_object_set_int_member(row, "takes", count_takes(pack));
    json_object_set_string_member(row, "made", pack->made);
    json_object_set_string_member(row, "step", pack->step);
    wg_json_set_optional(row, "kind", pack->kind);
    if (pack->accuracy >= 0)
        json_object_set_double_member(row, "accuracy", pack->accuracy);
    else
        json_object_set_null_member(row, "accuracy");
    return row;
}

static void
set_state(JsonObject *row, const char *state, char *words)
{
    json_object_set_string_member(row, "state", state);
    json_object_set_string_member(row, "words", words);
    g_free(words);
}

static gboolean
is_good(JsonObject *row)
{
    return g_str_equal(json_object_get_string_member(row, "state"), "good");
}

static gboolean
holds_all(GHashTable *digests, GHashTable *others)
{
    GHashTableIter iter;
    gpointer digest;

    g_hash_table_iter_init(&iter, digests);
    while (g_hash_table_iter_next(&iter, &digest, NULL)) {
        if (!g_hash_table_contains(others, digest))
            return FALSE;
    }
    return TRUE;
}

/* A copy, or an earlier state, of another: the larger stays, of equals the first. */
static void
mark_same(JsonArray *rows, GPtrArray *digests)
{
    for (guint i = 0; i < digests->len; i++) {
        GHashTable *own = g_ptr_array_index(digests, i);
        JsonObject *row = json_array_get_object_element(rows, i);

        for (guint k = 0; own && g_hash_table_size(own) > 0 && k < digests->len && is_good(row);
             k++) {
            GHashTable *other = g_ptr_array_index(digests, k);
            JsonObject *beside = json_array_get_object_element(rows, k);
            const guint n = other ? g_hash_table_size(other) : 0;

            if (k == i || n < g_hash_table_size(own) || (n == g_hash_table_size(own) && k > i) ||
                !holds_all(own, other))
                continue;
            json_object_set_string_member(row, "same_as",
                                          json_object_get_string_member(beside, "file"));
            set_state(row, "same",
                      g_strdup_printf(_("All its takes are in %s too: they count once."),
                                      json_object_get_string_member(beside, "file")));
        }
    }
}

/* How many of the rows have each gesture; of those that count. */
static GHashTable *
count_owners(JsonArray *rows, int *n_rows)
{
    GHashTable *owners = g_hash_table_new(g_str_hash, g_str_equal);

    *n_rows = 0;
    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonObject *row = json_array_get_object_element(rows, i);
        g_autoptr(GList) labels = NULL;

        if (!is_good(row) || json_object_get_int_member(row, "takes") == 0)
            continue;
        ++*n_rows;
        labels = json_object_get_members(wg_json_get_object(row, "labels"));
        for (GList *l = labels; l; l = l->next) {
            const int n = GPOINTER_TO_INT(g_hash_table_lookup(owners, l->data));

            g_hash_table_insert(owners, l->data, GINT_TO_POINTER(n + 1));
        }
    }
    return owners;
}

/* The sentence on gestures that most of the room has and this one lacks, or that it alone has.
 * NULL: neither. */
static char *
describe_difference(JsonObject *labels, GHashTable *owners, int n_rows)
{
    g_autoptr(GPtrArray) lacks = g_ptr_array_new(), alone = g_ptr_array_new();
    GHashTableIter iter;
    gpointer label, n;

    g_hash_table_iter_init(&iter, owners);
    while (g_hash_table_iter_next(&iter, &label, &n)) {
        const gboolean has = json_object_has_member(labels, label);

        if (!has && 2 * GPOINTER_TO_INT(n) > n_rows)
            g_ptr_array_add(lacks, label);
        else if (has && GPOINTER_TO_INT(n) == 1)
            g_ptr_array_add(alone, label);
    }
    g_ptr_array_sort(lacks, compare);
    g_ptr_array_sort(alone, compare);
    if (lacks->len > 0 && alone->len > 0)
        return g_strdup_printf(_("“%s” is missing here, and nobody else has “%s”."),
                               (char *)lacks->pdata[0], (char *)alone->pdata[0]);
    if (lacks->len > 0)
        return g_strdup_printf(_("“%s” is missing, which most others have."),
                               (char *)lacks->pdata[0]);
    if (alone->len > 0)
        return g_strdup_printf(_("Nobody else has “%s”."), (char *)alone->pdata[0]);
    return NULL;
}

/* NULL: each gesture has enough takes. */
static char *
describe_want(JsonObject *row)
{
    JsonObject *labels = wg_json_get_object(row, "labels");
    g_autoptr(GList) names = json_object_get_members(labels);
    const char *least = NULL;
    int n_least = WG_STEP_TAKES;

    if (json_object_get_int_member(row, "takes") == 0)
        return g_strdup(_("There are no takes in it yet."));
    for (GList *l = names; l; l = l->next) {
        const int n = (int)json_object_get_int_member(labels, l->data);

        if (n < n_least) {
            least = l->data;
            n_least = n;
        }
    }
    return least ? g_strdup_printf(ngettext("“%s” needs %d more take.", "“%s” needs %d more takes.",
                                            (gulong)(WG_STEP_TAKES - n_least)),
                                   least, WG_STEP_TAKES - n_least)
                 : NULL;
}

void
wg_room_judge(JsonArray *rows, GPtrArray *digests)
{
    g_autoptr(GHashTable) owners = NULL;
    int n_rows;

    mark_same(rows, digests);
    owners = count_owners(rows, &n_rows);
    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonObject *row = json_array_get_object_element(rows, i);
        char *words = is_good(row) ? describe_want(row) : NULL;

        if (words) {
            set_state(row, "few", words);
            continue;
        }
        words = is_good(row) && n_rows > 1
                    ? describe_difference(wg_json_get_object(row, "labels"), owners, n_rows)
                    : NULL;
        if (words)
            set_state(row, "differs", words);
    }
}
