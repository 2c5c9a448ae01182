/* The file of a project pack: a zip with a manifest and the takes, a line each. */
#include "base/error.h"
#include "base/file.h"
#include "dataset/project-file.h"
#include "workbench/json.h"
#include "workbench/pack-line.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

#define FORMAT "waggle-pack"
#define VERSION 1
#define ENDING ".wagglepack"
#define ZIP_START "PK" /* of every zip (its specification, 4.3) */
#define MANIFEST "manifest.json"
#define TAKES "takes.jsonl"
#define MODEL "model.tflite"
#define FILE_BYTES_MAX (128 << 20)
#define MANIFEST_BYTES_MAX (16 << 20)
#define ENTRIES_MAX 16 /* a later version may have a few more */
#define CHUNK_BYTES (64 << 10)

G_DEFINE_AUTOPTR_CLEANUP_FUNC(zip_file_t, zip_fclose)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(zip_t, zip_discard)

static JsonObject *
make_manifest(const WgPack *pack)
{
    JsonObject *manifest = json_object_new();
    JsonArray *digests = json_array_new();
    g_auto(GStrv) persons = wg_pack_dup_persons(pack);

    json_object_set_string_member(manifest, "format", FORMAT);
    json_object_set_int_member(manifest, "version", VERSION);
    json_object_set_string_member(manifest, "project", pack->project);
    json_object_set_string_member(manifest, "made", pack->made);
    json_object_set_string_member(manifest, "persons_are",
                                  wg_pack_persons_get_name(pack->persons_are));
    wg_json_set_strings(manifest, "persons", (const char *const *)persons);
    json_object_set_object_member(manifest, "gestures", wg_pack_count_labels(pack));
    json_object_set_string_member(manifest, "step", pack->step);
    wg_json_set_optional(manifest, "kind", pack->kind);
    if (pack->accuracy >= 0)
        json_object_set_double_member(manifest, "accuracy", pack->accuracy);
    for (guint i = 0; i < pack->takes->len; i++) {
        const WgPackTake *take = g_ptr_array_index(pack->takes, i);

        json_array_add_string_element(digests, wg_recording_get_digest(take->recording));
    }
    json_object_set_array_member(manifest, "takes", digests);
    return manifest;
}

static gboolean
write_takes(const WgPack *pack, GString *text, const char *path, GError **error)
{
    for (guint i = 0; i < pack->takes->len; i++) {
        g_autofree char *line = wg_pack_line_write(g_ptr_array_index(pack->takes, i));

        g_string_append(text, line);
        g_string_append_c(text, '\n');
        if (text->len > WG_PACK_TEXT_MAX) {
            g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                        _("%s would hold more than %d MB of takes: share the project itself"), path,
                        WG_PACK_TEXT_MAX >> 20);
            return FALSE;
        }
    }
    return TRUE;
}

/* The bytes must live until the zip is closed. */
static gboolean
add(zip_t *zip, const char *name, gconstpointer data, gsize length)
{
    zip_source_t *source = zip_source_buffer(zip, data, length, 0);

    if (!source)
        return FALSE;
    if (zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0)
        return TRUE;
    zip_source_free(source);
    return FALSE;
}

gboolean
wg_pack_write(const WgPack *self, const char *path, GBytes *model, GError **error)
{
    g_autoptr(JsonObject) manifest = make_manifest(self);
    g_autofree char *text = wg_json_to_text(manifest);
    g_autoptr(GString) takes = g_string_new(NULL);
    g_autoptr(zip_t) zip = NULL;
    zip_error_t why;
    int code = 0;

    if (!write_takes(self, takes, path, error))
        return FALSE;
    /* libzip writes beside the file and renames */
    zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (zip && add(zip, MANIFEST, text, strlen(text)) && add(zip, TAKES, takes->str, takes->len) &&
        (!model || add(zip, MODEL, g_bytes_get_data(model, NULL), g_bytes_get_size(model))) &&
        zip_close(zip) == 0) {
        zip = NULL;
        return TRUE;
    }
    zip_error_init_with_code(&why, code);
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be written: %s"), path,
                zip ? zip_strerror(zip) : zip_error_strerror(&why));
    zip_error_fini(&why);
    return FALSE;
}

static gboolean
set_damaged(const char *name, GError **error)
{
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                _("%s is no whole pack: copy it again, or have it saved once more"), name);
    return FALSE;
}

/* The content of that entry, at most so many bytes whatever it says of itself; a zero byte follows.
 * WG_ERROR_INPUT. */
static GByteArray *
read_entry(zip_t *zip, const char *entry, gsize most, const char *name, GCancellable *cancellable,
           GError **error)
{
    g_autoptr(zip_file_t) file = zip_fopen(zip, entry, 0);
    g_autoptr(GByteArray) content = g_byte_array_new();
    g_autofree guint8 *chunk = g_malloc(CHUNK_BYTES);
    zip_int64_t n = 0;

    while (file && (n = zip_fread(file, chunk, CHUNK_BYTES)) > 0) {
        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return NULL;
        if (content->len + (gsize)n > most) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("%s unpacks to more than %d MB, which no pack does: it is not read"),
                        name, (int)(most >> 20));
            return NULL;
        }
        g_byte_array_append(content, chunk, (guint)n);
    }
    if (!file || n < 0) {
        set_damaged(name, error);
        return NULL;
    }
    g_byte_array_append(content, (const guint8 *)"", 1);
    return g_steal_pointer(&content);
}

static gboolean
read_manifest(WgPack *pack, JsonObject *manifest, const char *name, GError **error)
{
    static const char *const steps[] = {"empty", "recorded", "trained", "deployed", NULL};
    const char *format = wg_pack_get_text(manifest, "format");
    const char *project = wg_pack_get_text(manifest, "project");
    const char *made = wg_pack_get_text(manifest, "made");
    const char *step = wg_pack_get_text(manifest, "step");
    const char *persons_are = wg_pack_get_text(manifest, "persons_are");
    const double version = wg_pack_get_number(manifest, "version", 0);

    if (g_strcmp0(format, FORMAT) != 0 || version < 1)
        return set_damaged(name, error);
    if (version > VERSION) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s is of a newer Waggle (form %g, this one reads %d): install that one here "
                      "too"),
                    name, version, VERSION);
        return FALSE;
    }
    if (!step || !g_strv_contains(steps, step) || !persons_are ||
        !wg_pack_persons_find(persons_are, &pack->persons_are, NULL))
        return set_damaged(name, error);
    pack->project = g_strdup(project ? project : "");
    pack->made = g_strdup(made ? made : "");
    pack->step = g_strdup(step);
    pack->kind = g_strdup(wg_pack_get_text(manifest, "kind"));
    pack->accuracy = wg_pack_get_number(manifest, "accuracy", -1);
    if (!(pack->accuracy >= 0 && pack->accuracy <= 1))
        pack->accuracy = -1;
    return TRUE;
}

/* Each line a take, in the order of the manifest's digests. */
static gboolean
read_takes(WgPack *pack, GByteArray *text, JsonArray *digests, const char *name,
           GCancellable *cancellable, GError **error)
{
    const char *at = (const char *)text->data, *end = at + text->len - 1;

    for (; at < end; at++) {
        const char *line_end = memchr(at, '\n', (gsize)(end - at));
        const guint number = pack->takes->len + 1;
        WgPackTake *take;
        JsonNode *digest;

        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        line_end = line_end ? line_end : end;
        take = wg_pack_line_read(at, (gsize)(line_end - at), (int)number, name, error);
        if (!take)
            return FALSE;
        g_ptr_array_add(pack->takes, take);
        digest = number <= json_array_get_length(digests)
                     ? json_array_get_element(digests, number - 1)
                     : NULL;
        if (!digest || !JSON_NODE_HOLDS_VALUE(digest) ||
            g_strcmp0(json_node_get_string(digest), wg_recording_get_digest(take->recording)) != 0)
            return set_damaged(name, error);
        at = line_end;
    }
    return pack->takes->len == json_array_get_length(digests) || set_damaged(name, error);
}

static zip_t *
open_zip(GBytes *bytes, const char *name, GError **error)
{
    zip_source_t *source =
        zip_source_buffer_create(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), 0, NULL);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL) : NULL;

    if (source && !zip)
        zip_source_free(source);
    if (zip && zip_get_num_entries(zip, 0) <= ENTRIES_MAX)
        return zip;
    g_clear_pointer(&zip, zip_discard);
    set_damaged(name, error);
    return NULL;
}

WgPack *
wg_pack_read_bytes(GBytes *bytes, const char *name, GCancellable *cancellable, GError **error)
{
    g_autoptr(zip_t) zip = open_zip(bytes, name, error);
    g_autoptr(GByteArray) text =
        zip ? read_entry(zip, MANIFEST, MANIFEST_BYTES_MAX, name, cancellable, error) : NULL;
    g_autoptr(GByteArray) lines = NULL;
    g_autoptr(JsonObject) manifest = NULL;
    g_autoptr(WgPack) pack = g_new0(WgPack, 1);
    JsonNode *digests;

    pack->takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_pack_take_free);
    if (!text)
        return NULL;
    manifest = wg_pack_parse((const char *)text->data, text->len - 1);
    digests = manifest ? json_object_get_member(manifest, "takes") : NULL;
    if (!digests || !JSON_NODE_HOLDS_ARRAY(digests)) {
        set_damaged(name, error);
        return NULL;
    }
    if (!read_manifest(pack, manifest, name, error))
        return NULL;
    lines = read_entry(zip, TAKES, WG_PACK_TEXT_MAX, name, cancellable, error);
    if (!lines || !read_takes(pack, lines, json_node_get_array(digests), name, cancellable, error))
        return NULL;
    return g_steal_pointer(&pack);
}

/* Neither by its name nor by its first bytes; a damaged pack is one. */
static gboolean
is_no_pack(const char *name, const char *content, gsize length)
{
    return !g_str_has_suffix(name, ENDING) &&
           (length < strlen(ZIP_START) || memcmp(content, ZIP_START, strlen(ZIP_START)) != 0);
}

static gboolean
set_no_pack(const char *name, GError **error)
{
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                _("%s is neither a pack nor a project: “import” adds recordings of other files"),
                name);
    return FALSE;
}

/* A file, and no larger than a pack gets. */
static WgPack *
read_pack(const char *path, const char *name, GCancellable *cancellable, GError **error)
{
    g_autofree char *content = NULL;
    g_autoptr(GBytes) bytes = NULL;
    gsize length = 0;
    GStatBuf facts;

    if (g_stat(path, &facts) == 0 && !S_ISREG(facts.st_mode)) {
        set_no_pack(name, error);
        return NULL;
    }
    if (g_stat(path, &facts) == 0 && facts.st_size > FILE_BYTES_MAX) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s has %d MB, and a pack has at most %d: it is not read"), name,
                    (int)(facts.st_size >> 20), FILE_BYTES_MAX >> 20);
        return NULL;
    }
    content = wg_file_read(path, &length, error);
    if (!content || (is_no_pack(name, content, length) && !set_no_pack(name, error)))
        return NULL;
    bytes = g_bytes_new_take(g_steal_pointer(&content), length);
    return wg_pack_read_bytes(bytes, name, cancellable, error);
}

/* As much of a project as a copy needs, of what may still be open elsewhere. */
static gboolean
copy_project(const char *path, const char *to, GCancellable *cancellable, GError **error)
{
    g_autofree char *from_name = g_strconcat(path, "-wal", NULL);
    g_autofree char *to_name = g_strconcat(to, "-wal", NULL);
    g_autoptr(GFile) from = g_file_new_for_path(from_name), copy = g_file_new_for_path(to_name);
    g_autoptr(GError) why = NULL;

    if (!wg_project_copy_file(path, to, cancellable, error))
        return FALSE;
    if (g_file_copy(from, copy, G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable, NULL, NULL, &why) ||
        g_error_matches(why, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return TRUE;
    if (g_error_matches(why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error(error, g_steal_pointer(&why));
    else
        wg_file_fail_to_read(from_name, error);
    return FALSE;
}

static WgPack *
read_project(const char *path, const char *name, GCancellable *cancellable, GError **error)
{
    g_autoptr(GError) no_folder = NULL;
    g_autofree char *folder = g_dir_make_tmp("waggle-pack-XXXXXX", &no_folder);
    g_autofree char *copy = folder ? g_build_filename(folder, "copy.waggle", NULL) : NULL;
    WgPack *pack = NULL;

    if (!folder) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    _("%s is read from a copy, and none can be made in %s: %s"), name,
                    g_get_tmp_dir(), no_folder->message);
        return NULL;
    }
    if (copy_project(path, copy, cancellable, error)) {
        g_autoptr(GError) why = NULL;
        g_autoptr(WgProject) project = wg_project_open(copy, &why);

        pack = project ? wg_pack_new_from_project(project, &why) : NULL;
        if (pack) {
            g_autofree char *title = g_strndup(name, strlen(name) - strlen(".waggle"));

            g_free(pack->project);
            pack->project = g_steal_pointer(&title);
        } else {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("%s is no project that can be read: copy it again"), name);
        }
        if (project)
            wg_project_close(project);
    }
    wg_file_remove_folder(folder);
    return pack;
}

WgPack *
wg_pack_read(const char *path, GCancellable *cancellable, GError **error)
{
    g_autofree char *name = g_filename_display_basename(path);

    return g_str_has_suffix(name, ".waggle") ? read_project(path, name, cancellable, error)
                                             : read_pack(path, name, cancellable, error);
}
