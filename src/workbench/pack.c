/* A project pack (.wagglepack): what one person hands in, takes and how far they came, to be pooled
 * with others'. */
#include "workbench/pack.h"

#include "base/error.h"
#include "base/now.h"
#include "workbench/json.h"
#include "workbench/measurement.h"
#include "workbench/pack-line.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_LETTERS 26

static const char *const persons_names[] = {"keep", "replace", "letters", "drop"};

void
wg_pack_free(WgPack *self)
{
    g_free(self->project);
    g_free(self->made);
    g_free(self->step);
    g_free(self->kind);
    g_ptr_array_unref(self->takes);
    g_free(self);
}

const char *
wg_pack_persons_get_name(WgPackPersons persons)
{
    return persons_names[persons];
}

gboolean
wg_pack_persons_find(const char *word, WgPackPersons *persons, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(persons_names); i++) {
        if (g_str_equal(word, persons_names[i])) {
            *persons = (WgPackPersons)i;
            return TRUE;
        }
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                "--persons is keep, replace, letters or drop, not “%s”", word);
    return FALSE;
}

/* Where a file lay on another computer says nothing here: its folder and name do. */
static char *
dup_short_path(const char *path)
{
    g_auto(GStrv) parts = path ? g_strsplit(path, "/", -1) : NULL;
    const guint n = parts ? g_strv_length(parts) : 0;

    if (n == 0)
        return NULL;
    return n == 1 ? g_strdup(parts[0]) : g_build_path("/", parts[n - 2], parts[n - 1], NULL);
}

/* The same with another person and file; the digest stays, as it is of the samples. */
static WgRecording *
dup_with_source(WgRecording *recording, const char *person, const char *file)
{
    WgRecordingSpec spec = *wg_recording_get(recording);

    spec.person = person;
    spec.file = file;
    spec.line = file ? spec.line : 0;
    return wg_recording_new(&spec);
}

static gboolean
add_take(WgPack *pack, WgProject *project, WgRecording *recording, GError **error)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);
    g_autoptr(WgRecording) whole = spec->n_whole > 0
                                       ? wg_project_load_whole(project, spec->id, error)
                                       : wg_recording_ref(recording);
    g_autoptr(WgRecording) named = NULL;
    g_autofree char *file = dup_short_path(spec->file);

    if (!whole)
        return FALSE;
    named = dup_with_source(whole, spec->person, file);
    g_ptr_array_add(pack->takes,
                    wg_pack_take_new(named, spec->trim_first, spec->n_whole ? spec->n_samples : 0));
    return TRUE;
}

/* What the training said of the takes it kept aside; negative where there is no such. */
static double
read_accuracy(const WgModelRecord *record)
{
    g_autoptr(JsonObject) meta = record ? wg_json_parse_object(record->meta, "meta", NULL) : NULL;
    JsonNode *node = meta ? wg_json_find(meta, "train.validation_accuracy") : NULL;

    return node && JSON_NODE_HOLDS_VALUE(node) ? json_node_get_double(node) : -1;
}

/* A model that is damaged tells no accuracy: the takes are whole all the same. */
static void
find_step(WgPack *pack, WgProject *project)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(WgModelRecord) record = wg_project_load_model(project, "float", &why);

    if (why)
        g_debug("packed without what its model tells: %s", why->message);
    pack->kind = wg_measurement_dup_last_kind(project);
    pack->accuracy = read_accuracy(record);
    pack->step = g_strdup(pack->kind         ? "deployed"
                          : record || why    ? "trained"
                          : pack->takes->len ? "recorded"
                                             : "empty");
}

WgPack *
wg_pack_new_from_project(WgProject *project, GError **error)
{
    g_autoptr(WgPack) pack = g_new0(WgPack, 1);
    g_autoptr(GPtrArray) recordings = NULL;

    pack->takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_pack_take_free);
    pack->made = wg_format_now();
    pack->project = g_filename_display_basename(wg_project_get_path(project));
    if (g_str_has_suffix(pack->project, ".waggle"))
        pack->project[strlen(pack->project) - strlen(".waggle")] = '\0';
    recordings = wg_project_load_recordings(project, error);
    for (guint i = 0; recordings && i < recordings->len; i++) {
        if (!add_take(pack, project, g_ptr_array_index(recordings, i), error))
            return NULL;
    }
    if (!recordings)
        return NULL;
    find_step(pack, project);
    return g_steal_pointer(&pack);
}

static const char *
get_person(const WgPack *pack, guint i)
{
    const WgPackTake *take = g_ptr_array_index(pack->takes, i);

    return wg_recording_get_facts(take->recording)->person;
}

static int
compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **
wg_pack_dup_persons(const WgPack *self)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < self->takes->len; i++) {
        const char *person = get_person(self, i);

        if (person && g_hash_table_add(seen, (gpointer)person))
            g_ptr_array_add(names, g_strdup(person));
    }
    g_ptr_array_sort(names, compare);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

JsonObject *
wg_pack_count_labels(const WgPack *self)
{
    JsonObject *counts = json_object_new();

    for (guint i = 0; i < self->takes->len; i++) {
        const WgPackTake *take = g_ptr_array_index(self->takes, i);
        const WgRecordingSpec *spec = wg_recording_get_facts(take->recording);

        if (!spec->disabled)
            wg_json_count_labels(counts, counts, spec);
    }
    return counts;
}

/* What the n-th of the sorted names becomes: NULL where names are dropped. */
static char *
dup_replaced(WgPackPersons persons, int n)
{
    if (persons == WG_PERSONS_DROPPED)
        return NULL;
    return persons == WG_PERSONS_LETTERS && n < N_LETTERS ? g_strdup_printf("%c", 'A' + n)
                                                          : g_strdup_printf("person %d", n + 1);
}

void
wg_pack_set_persons(WgPack *self, WgPackPersons persons)
{
    g_auto(GStrv) names = wg_pack_dup_persons(self);

    self->persons_are = persons;
    for (guint i = 0; persons != WG_PERSONS_KEPT && i < self->takes->len; i++) {
        WgPackTake *take = g_ptr_array_index(self->takes, i);
        const char *person = get_person(self, i);
        g_autofree char *name = NULL;
        g_autoptr(WgRecording) before = take->recording;

        for (int k = 0; person && names[k]; k++) {
            if (g_str_equal(names[k], person))
                name = dup_replaced(persons, k);
        }
        take->recording = dup_with_source(before, name, NULL);
    }
}

char *
wg_pack_dup_pooled_person(const WgPack *self, guint take, const char *path)
{
    g_autofree char *base = g_filename_display_basename(path);
    const char *person = get_person(self, take);
    char *dot = strrchr(base, '.');

    if (dot && dot > base)
        *dot = '\0';
    if (!person)
        return g_steal_pointer(&base);
    return self->persons_are == WG_PERSONS_KEPT ? g_strdup(person)
                                                : g_strdup_printf("%s: %s", base, person);
}
