/* What an import would read, and how it took it: for a look before anything is added. */
#include "workbench/import-look.h"

#include "base/file.h"
#include "dataset/import.h"

#include <string.h>

typedef struct {
    GHashTable *groups;  /* what is alike to JsonObject, which the array holds */
    GHashTable *formats; /* folder and ending of a file to the name of its format */
    const char *format;  /* as told, NULL: judged */
    JsonArray *list;
} Looking;

static const char *
judge_file(const char *path)
{
    g_autofree char *content = NULL;
    const WgFileFormat *format;
    gsize length = 0;

    content = wg_file_read(path, &length, NULL);
    if (!content)
        return "";
    format = wg_file_format_judge(path, content, length);
    return format ? format->name : "";
}

/* Files of one ending in one folder are of one format. */
static const char *
get_format(Looking *looking, const char *path)
{
    const char *dot = strrchr(path, '.');
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *key = g_strconcat(folder, "\n", dot ? dot : "", NULL);
    const char *format = looking->format;

    if (!format)
        format = g_hash_table_lookup(looking->formats, key);
    if (!format) {
        format = judge_file(path);
        g_hash_table_insert(looking->formats, g_steal_pointer(&key), (gpointer)format);
    }
    return format;
}

static void
add_one(JsonObject *group, const char *name)
{
    json_object_set_int_member(group, name, json_object_get_int_member(group, name) + 1);
}

static void
add(Looking *looking, const WgRecordingSpec *spec, gboolean is_new_file)
{
    const char *path = spec->file ? spec->file : "";
    const char *format = get_format(looking, path);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *key =
        g_strdup_printf("%s\n%s\n%.9g\n%.9g\n%d", folder, format, spec->original_units_per_g,
                        spec->rate_hz, spec->n_channels);
    JsonObject *group = g_hash_table_lookup(looking->groups, key);

    if (!group) {
        group = json_object_new();
        json_object_set_string_member(group, "place", path);
        json_object_set_string_member(group, "format", format);
        json_object_set_int_member(group, "files", 0);
        json_object_set_int_member(group, "takes", 0);
        json_object_set_double_member(group, "units_per_g", spec->original_units_per_g);
        json_object_set_double_member(group, "rate_hz", spec->rate_hz);
        json_object_set_int_member(group, "channels", spec->n_channels);
        json_array_add_object_element(looking->list, group);
        g_hash_table_insert(looking->groups, g_steal_pointer(&key), group);
        add_one(group, "files");
    } else if (is_new_file) {
        json_object_set_string_member(group, "place", folder);
        add_one(group, "files");
    }
    add_one(group, "takes");
}

JsonArray *
wg_import_look_describe(GPtrArray *recordings, const char *format)
{
    g_autoptr(GHashTable) groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) formats = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Looking looking = {groups, formats, format, json_array_new()};
    const char *before = NULL;

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get_facts(g_ptr_array_index(recordings, i));

        add(&looking, spec, g_strcmp0(spec->file, before) != 0);
        before = spec->file;
    }
    return looking.list;
}
