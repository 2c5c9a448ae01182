/* Files of other tools, made from the description of their formats: each field missing and of every
 * wrong type; signatures; files of labels; WAV's many forms. */
#include "base/error.h"
#include "dataset/cbor-json.h"
#include "dataset/import.h"
#include "dataset/json-fields.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define EDGE_IMPULSE                                                                               \
    "{\"protected\":{\"ver\":\"v1\",\"alg\":\"none\",\"iat\":1590000000},\"signature\":"           \
    "\"0000000000000000000000000000000000000000000000000000000000000000\",\"payload\":{"           \
    "\"device_name\":\"ac:87:a3:0a:2d:1b\",\"device_type\":\"DISCO\",\"interval_ms\":80,"          \
    "\"sensors\":[{\"name\":\"accX\",\"units\":\"m/s2\"},{\"name\":\"accY\",\"units\":\"m/s2\"},"  \
    "{\"name\":\"accZ\",\"units\":\"m/s2\"}],\"values\":[[-9.81,0.03,1.21],[-9.83,0.04,1.27],"     \
    "[-9.12,0.03,1.23]]}}"
#define CREATEAI                                                                                   \
    "[{\"id\":\"g1\",\"name\":\"wave\",\"icon\":\"Heart\",\"requiredConfidence\":0.8,"             \
    "\"createdAt\":1700000000000,\"recordings\":[{\"id\":\"r1\",\"createdAt\":1700000000001,"      \
    "\"data\":{\"x\":[0.1,0.2,0.3],\"y\":[0,0,0],\"z\":[1,1,-1]}}]}]"
#define INFO                                                                                       \
    "{\"version\":1,\"files\":[{\"path\":\"left.1.json\",\"category\":\"training\",\"label\":"     \
    "{\"type\":\"label\",\"label\":\"Swipe\"},\"metadata\":{\"person\":\"zoe\"}}]}"
#define STRUCTURED                                                                                 \
    "{\"version\":1,\"type\":\"structured-labels\",\"structuredLabels\":{\"left.1.json\":["        \
    "{\"startIndex\":0,\"endIndex\":0,\"label\":\"idle\"},"                                        \
    "{\"startIndex\":1,\"endIndex\":2,\"label\":\"wave\"}]}}"

typedef struct {
    const char *name;            /* of the file that is read */
    const char *const *optional; /* parts of paths that may be missing, or anything */
    const char *beside;          /* where the faulty content is: a file of labels */
} Case;

static WgImport *
import_files(const char *name, const void *content, gsize length, const char *beside,
             const void *more, gsize more_length, const WgImportOptions *options, GError **error)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *other = beside ? g_build_filename(folder, beside, NULL) : NULL;
    const char *const paths[] = {path, NULL};
    WgImport *import;

    g_assert_true(g_file_set_contents_full(path, content, (gssize)length, G_FILE_SET_CONTENTS_NONE,
                                           0600, NULL));
    if (other)
        g_assert_true(g_file_set_contents_full(other, more, (gssize)more_length,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    import = wg_import_read(paths, options, NULL, NULL, NULL, error);
    g_remove(path);
    if (other)
        g_remove(other);
    g_rmdir(folder);
    return import;
}

static WgImport *
import_text(const char *name, const char *text, const WgImportOptions *options, GError **error)
{
    return import_files(name, text, strlen(text), NULL, NULL, 0, options, error);
}

static const WgRecordingSpec *
get_take(WgImport *import, guint i)
{
    g_assert_cmpuint(import->recordings->len, >, i);
    return wg_recording_get(g_ptr_array_index(import->recordings, i));
}

/* Paths of all fields and list entries, "payload/sensors/0/name". */
static void
collect_paths(JsonNode *node, const char *path, GPtrArray *paths)
{
    if (JSON_NODE_HOLDS_OBJECT(node)) {
        g_autoptr(GList) names = json_object_get_members(json_node_get_object(node));

        for (GList *l = names; l; l = l->next) {
            char *below = g_strconcat(path, *path ? "|" : "", l->data, NULL);

            g_ptr_array_add(paths, below);
            collect_paths(json_object_get_member(json_node_get_object(node), l->data), below,
                          paths);
        }
    } else if (JSON_NODE_HOLDS_ARRAY(node)) {
        for (guint i = 0; i < json_array_get_length(json_node_get_array(node)); i++) {
            char *below = g_strdup_printf("%s%s%u", path, *path ? "|" : "", i);

            g_ptr_array_add(paths, below);
            collect_paths(json_array_get_element(json_node_get_array(node), i), below, paths);
        }
    }
}

/* The content with the field at that path taken out (`with` NULL) or replaced. */
static JsonNode *
make_faulty(const char *content, const char *path, const char *with)
{
    JsonNode *root = json_from_string(content, NULL), *at = root;
    g_auto(GStrv) parts = g_strsplit(path, "|", -1);
    const guint n = g_strv_length(parts);

    for (guint i = 0; i + 1 < n; i++)
        at = JSON_NODE_HOLDS_OBJECT(at)
                 ? json_object_get_member(json_node_get_object(at), parts[i])
                 : json_array_get_element(json_node_get_array(at), (guint)atoi(parts[i]));
    if (JSON_NODE_HOLDS_OBJECT(at)) {
        json_object_remove_member(json_node_get_object(at), parts[n - 1]);
        if (with)
            json_object_set_member(json_node_get_object(at), parts[n - 1],
                                   json_from_string(with, NULL));
    } else {
        JsonArray *faulty = json_array_new(), *list = json_node_get_array(at);

        for (guint i = 0; i < json_array_get_length(list); i++) {
            if ((int)i != atoi(parts[n - 1]))
                json_array_add_element(faulty, json_node_copy(json_array_get_element(list, i)));
            else if (with)
                json_array_add_element(faulty, json_from_string(with, NULL));
        }
        json_node_take_array(at, faulty);
    }
    return root;
}

static JsonNode *
find(JsonNode *root, const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "|", -1);

    for (guint i = 0; parts[i]; i++)
        root = JSON_NODE_HOLDS_OBJECT(root)
                   ? json_object_get_member(json_node_get_object(root), parts[i])
                   : json_array_get_element(json_node_get_array(root), (guint)atoi(parts[i]));
    return root;
}

/* The name of the field, of a list's entry that of the list. */
static char *
get_name(const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "|", -1);
    guint i = g_strv_length(parts);

    while (i > 1 && g_ascii_isdigit(*parts[i - 1]))
        i--;
    return g_strdup(g_ascii_isdigit(*parts[i - 1]) ? "" : parts[i - 1]);
}

static gboolean
is_optional(const Case *format, const char *path)
{
    for (int i = 0; format->optional[i]; i++) {
        if (g_str_equal(format->optional[i], path))
            return TRUE;
    }
    return FALSE;
}

/* One answer or the other: the take is there, or the refusal names the field. */
static void
check(const Case *format, JsonNode *faulty, const char *path, gboolean may_be_read,
      gboolean is_cbor)
{
    const WgImportOptions options = {.units_per_g = 1};
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GByteArray) bytes = is_cbor ? wg_cbor_write(faulty) : NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(WgImport) import = NULL;
    g_autofree char *name = get_name(path);
    const char *said = NULL;

    wg_json_append(text, faulty);
    if (format->beside)
        import = import_files(format->name, EDGE_IMPULSE, strlen(EDGE_IMPULSE), format->beside,
                              text->str, text->len, &options, &error);
    else if (is_cbor)
        import =
            import_files(format->name, bytes->data, bytes->len, NULL, NULL, 0, &options, &error);
    else
        import = import_text(format->name, text->str, &options, &error);
    said = error                                ? error->message
           : import && import->refused->len > 0 ? g_ptr_array_index(import->refused, 0)
                                                : NULL;
    if (error)
        g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    if (!said && !may_be_read)
        g_error("%s is read although “%s” is wrong: %s", format->name, path, text->str);
    if (said && may_be_read)
        g_error("%s is refused although “%s” need not be there: %s", format->name, path, said);
    if (said && !strstr(said, name))
        g_error("the refusal does not name “%s”: %s (%s)", name, said, text->str);
    if (import && (may_be_read || format->beside))
        g_assert_cmpuint(import->recordings->len, ==, 1);
}

static void
try_all(const Case *format, const char *content, gboolean is_cbor)
{
    static const char *const wrong[] = {"null", "true", "7",   "\"text\"",
                                        "[]",   "{}",   "[1]", "-1e300"};
    g_autoptr(JsonNode) root = json_from_string(content, NULL);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

    collect_paths(root, "", paths);
    g_assert_cmpuint(paths->len, >, 8);
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        const gboolean optional = is_optional(format, path);
        const gboolean is_entry = g_ascii_isdigit(path[strlen(path) - 1]) &&
                                  (strrchr(path, '|') ? strrchr(path, '|')[2] == '\0' : TRUE);
        JsonNode *own = find(root, path);
        const gboolean is_text =
            JSON_NODE_HOLDS_VALUE(own) && json_node_get_value_type(own) == G_TYPE_STRING;
        const gboolean is_number = JSON_NODE_HOLDS_VALUE(own) && !is_text;

        if (!is_entry) { /* a list may be shorter */
            g_autoptr(JsonNode) faulty = make_faulty(content, path, NULL);

            check(format, faulty, path, optional, is_cbor);
        }
        for (guint j = 0; j < G_N_ELEMENTS(wrong); j++) {
            g_autoptr(JsonNode) faulty = NULL;
            g_autoptr(JsonNode) other = json_from_string(wrong[j], NULL);
            const gboolean is_same =
                (is_text && wg_field_is(other, WG_FIELD_TEXT)) ||
                (is_number && wg_field_is(other, WG_FIELD_NUMBER) && *wrong[j] != '-') ||
                (JSON_NODE_HOLDS_OBJECT(own) && JSON_NODE_HOLDS_OBJECT(other)) ||
                (JSON_NODE_HOLDS_ARRAY(own) && JSON_NODE_HOLDS_ARRAY(other));

            if (is_same || (optional && *wrong[j] == '-'))
                continue;
            faulty = make_faulty(content, path, wrong[j]);
            check(format, faulty, path, optional && JSON_NODE_HOLDS_NULL(other), is_cbor);
        }
    }
}

/* What nobody reads: any value will do. */
static void
try_ignored(const char *name, const char *content, const char *const *ignored)
{
    static const char *const any[] = {NULL, "null", "7", "\"text\"", "[]", "{}"};
    const Case format = {name, ignored, NULL};

    for (int i = 0; ignored[i]; i++) {
        for (guint j = 0; j < G_N_ELEMENTS(any); j++) {
            g_autoptr(JsonNode) other = make_faulty(content, ignored[i], any[j]);

            check(&format, other, ignored[i], TRUE, FALSE);
        }
    }
}

static void
test_edge_impulse_fields(void)
{
    static const char *const optional[] = {"protected|iat", "signature", "payload|device_name",
                                           NULL};
    const Case json = {"left.1.json", optional, NULL}, cbor = {"left.1.cbor", optional, NULL};

    try_all(&json, EDGE_IMPULSE, FALSE);
    try_all(&cbor, EDGE_IMPULSE, TRUE);
}

/* A copy without the fields that are not looked at, so that the rest can be held to the rule. */
#define CREATEAI_READ                                                                              \
    "[{\"id\":\"g1\",\"name\":\"wave\",\"recordings\":[{\"data\":{\"x\":[0.1,0.2,0.3],"            \
    "\"y\":[0,0,0],\"z\":[1,1,-1]}}]}]"

static void
test_createai_fields(void)
{
    static const char *const none[] = {NULL};
    static const char *const ignored[] = {"0|icon",
                                          "0|requiredConfidence",
                                          "0|createdAt",
                                          "0|recordings|0|id",
                                          "0|recordings|0|createdAt",
                                          NULL};
    g_autoptr(JsonNode) root = json_from_string(CREATEAI_READ, NULL);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    static const char *const wrong[] = {"null", "true", "7", "\"text\"", "[]", "{}", "-1e300"};
    const Case format = {"set.json", none, NULL};

    try_ignored("set.json", CREATEAI, ignored);
    collect_paths(root, "", paths);
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        g_autofree char *name = get_name(path);

        for (guint j = 0; j < G_N_ELEMENTS(wrong); j++) {
            JsonNode *own = find(root, path);
            g_autoptr(JsonNode) other = json_from_string(wrong[j], NULL);
            g_autoptr(JsonNode) faulty = make_faulty(CREATEAI_READ, path, wrong[j]);
            g_autoptr(GString) text = g_string_new(NULL);
            g_autoptr(GError) error = NULL;
            g_autoptr(WgImport) import = NULL;
            const gboolean is_value = JSON_NODE_HOLDS_VALUE(own) && JSON_NODE_HOLDS_VALUE(other);

            /* a name is a text, an id a text or a number, a sample a number */
            if ((is_value && json_node_get_value_type(own) == json_node_get_value_type(other) &&
                 *wrong[j] != '-') ||
                (JSON_NODE_HOLDS_ARRAY(own) && JSON_NODE_HOLDS_ARRAY(other) &&
                 g_str_equal(name, "recordings")) ||
                (g_str_equal(name, "id") && wg_field_is(other, WG_FIELD_NUMBER)) ||
                (wg_field_is(own, WG_FIELD_NUMBER) && wg_field_is(other, WG_FIELD_NUMBER) &&
                 *wrong[j] != '-'))
                continue;
            wg_json_append(text, faulty);
            import = import_text(format.name, text->str, &(WgImportOptions){0}, &error);
            g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
            if (*name && !strstr(error->message, name))
                g_error("the refusal does not name “%s”: %s", name, error->message);
        }
    }
}

static void
test_createai_generations(void)
{
    g_autoptr(GString) old = g_string_new("[{\"ID\":1,\"name\":\"wave\",\"recordings\":[{\"ID\":2,"
                                          "\"data\":{\"x\":[");
    static const char *const axes[] = {"],\"y\":[", "],\"z\":[", "]}}]}]"};
    const WgImportOptions none = {0}, told = {.rate_hz = 25};
    g_autoptr(WgImport) today = import_text("a.json", CREATEAI, &none, NULL);
    g_autoptr(WgImport) before = NULL, rated = NULL;

    for (int axis = 0; axis < 3; axis++) {
        for (int i = 0; i < 80; i++)
            g_string_append(old, i > 0 ? ",0.5" : "0.5");
        g_string_append(old, axes[axis]);
    }
    before = import_text("a.json", old->str, &none, NULL);
    rated = import_text("a.json", old->str, &told, NULL);
    g_assert_cmpfloat_with_epsilon(get_take(today, 0)->rate_hz, 50, 1e-9);
    g_assert_cmpstr(get_take(today, 0)->label, ==, "wave");
    g_assert_cmpfloat_with_epsilon(get_take(today, 0)->samples[8], -1, 1e-9);
    g_assert_nonnull(strstr(g_ptr_array_index(today->messages, 0), "50 Hz"));
    g_assert_cmpfloat_with_epsilon(get_take(before, 0)->rate_hz, 40, 1e-9);
    g_assert_nonnull(strstr(g_ptr_array_index(before->messages, 0), "40 Hz"));
    g_assert_cmpfloat_with_epsilon(get_take(rated, 0)->rate_hz, 25, 1e-9);
}

static void
test_edge_impulse_units(void)
{
    const WgImportOptions none = {0};
    g_autoptr(WgImport) import = import_text("left.1.json", EDGE_IMPULSE, &none, NULL);
    const WgRecordingSpec *take = get_take(import, 0);

    g_assert_cmpstr(take->label, ==, "left");
    g_assert_cmpstr(take->device, ==, "ac:87:a3:0a:2d:1b");
    g_assert_cmpfloat_with_epsilon(take->rate_hz, 12.5, 1e-9);
    g_assert_cmpfloat_with_epsilon(take->original_units_per_g, 9.80665, 1e-9);
    g_assert_cmpfloat_with_epsilon(take->samples[0], -9.81 / 9.80665, 1e-6);
}

/* An HMAC by its definition (RFC 2104), for one block of key: not what the program uses. */
static char *
compute_hmac(const char *key, const char *text, gsize length)
{
    guint8 pads[2][64], inner[32];
    gsize n = sizeof inner;
    g_autoptr(GChecksum) first = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(GChecksum) second = g_checksum_new(G_CHECKSUM_SHA256);

    for (guint i = 0; i < 64; i++) {
        const guint8 byte = i < strlen(key) ? (guint8)key[i] : 0;

        pads[0][i] = byte ^ 0x36;
        pads[1][i] = byte ^ 0x5c;
    }
    g_checksum_update(first, pads[0], 64);
    g_checksum_update(first, (const guchar *)text, (gssize)length);
    g_checksum_get_digest(first, inner, &n);
    g_checksum_update(second, pads[1], 64);
    g_checksum_update(second, inner, 32);
    return g_strdup(g_checksum_get_string(second));
}

static void
test_signature(void)
{
    const WgImportOptions none = {0}, right = {.key = "Jefe"}, wrong = {.key = "jefe"};
    /* RFC 4231, test case 2 */
    g_autofree char *vector = compute_hmac("Jefe", "what do ya want for nothing?", 28);
    g_autoptr(GString) text = g_string_new(EDGE_IMPULSE);
    g_autofree char *signature = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(WgImport) unchecked = NULL, checked = NULL, refused = NULL, changed = NULL,
                        unsigned_import = import_text("a.json", text->str, &right, NULL);
    char *at;

    g_assert_cmpstr(vector, ==, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    g_assert_nonnull(strstr(g_ptr_array_index(unsigned_import->messages, 0), "not signed"));
    g_string_replace(text, "none", "HS256", 1);
    signature = compute_hmac("Jefe", text->str, text->len);
    at = strstr(text->str, "0000000000000000000000000000000000000000000000000000000000000000");
    memcpy(at, signature, 64);
    unchecked = import_text("a.json", text->str, &none, &error);
    g_assert_no_error(error);
    g_assert_nonnull(strstr(g_ptr_array_index(unchecked->messages, 0), "not checked"));
    checked = import_text("a.json", text->str, &right, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(checked->recordings->len, ==, 1);
    refused = import_text("a.json", text->str, &wrong, &error);
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, "signature"));
    g_clear_error(&error);
    g_string_replace(text, "-9.81", "-9.82", 1);
    changed = import_text("a.json", text->str, &right, &error);
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_null(refused);
    g_assert_null(changed);
}

static void
test_label_files(void)
{
    const WgImportOptions none = {0}, told = {.label = "mine", .person = "me"};
    const gsize length = strlen(EDGE_IMPULSE);
    g_autoptr(WgImport) named = import_files("left.1.json", EDGE_IMPULSE, length, "info.labels",
                                             INFO, strlen(INFO), &none, NULL);
    g_autoptr(WgImport) mine = import_files("left.1.json", EDGE_IMPULSE, length, "info.labels",
                                            INFO, strlen(INFO), &told, NULL);
    g_autoptr(WgImport) other = import_files("right.1.json", EDGE_IMPULSE, length, "info.labels",
                                             INFO, strlen(INFO), &none, NULL);
    g_autoptr(WgImport) spans =
        import_files("left.1.json", EDGE_IMPULSE, length, "structured_labels.labels", STRUCTURED,
                     strlen(STRUCTURED), &none, NULL);
    g_autoptr(GString) beyond = g_string_new(STRUCTURED);
    g_autoptr(WgImport) refused = NULL;

    g_assert_cmpstr(get_take(named, 0)->label, ==, "Swipe");
    g_assert_cmpstr(get_take(named, 0)->person, ==, "zoe");
    g_assert_cmpstr(get_take(mine, 0)->label, ==, "mine");
    g_assert_cmpstr(get_take(mine, 0)->person, ==, "me");
    g_assert_cmpstr(get_take(other, 0)->label, ==, "right");
    g_assert_cmpint(get_take(spans, 0)->n_spans, ==, 2);
    g_assert_cmpint(get_take(spans, 0)->spans[1].first, ==, 1);
    g_assert_cmpint(get_take(spans, 0)->spans[1].n_samples, ==, 2);
    g_assert_cmpstr(get_take(spans, 0)->spans[1].label, ==, "wave");
    g_string_replace(beyond, "\"endIndex\":2", "\"endIndex\":3", 1);
    refused = import_files("left.1.json", EDGE_IMPULSE, length, "structured_labels.labels",
                           beyond->str, beyond->len, &none, NULL);
    g_assert_cmpuint(refused->refused->len, ==, 1);
    g_assert_cmpint(get_take(refused, 0)->n_spans, ==, 0);
}

static void
test_label_file_fields(void)
{
    static const char *const metadata[] = {"files|0|category", "files|0|metadata", NULL};
    static const char *const of_spans[] = {"structuredLabels|left.1.json", NULL};
    const Case info = {"left.1.json", metadata, "info.labels"};
    const Case spans = {"left.1.json", of_spans, "structured_labels.labels"};
    g_autoptr(GString) plain = g_string_new(INFO);

    /* what others keep there is theirs: any text, or anything else, is no refusal */
    g_string_replace(plain, "{\"person\":\"zoe\"}", "{}", 1);
    try_all(&info, plain->str, FALSE);
    try_all(&spans, STRUCTURED, FALSE);
}

static void
test_absurd_content(void)
{
    const WgImportOptions none = {0};
    g_autoptr(GString) deep = g_string_new("{\"payload\":");
    static const char *const texts[] = {
        "[{\"name\":\"a\",\"recordings\":[],\"recordings\":[],\"data\":0}]",
        "{\"payload\":1,\"payload\":2,\"sensors\":3}",
        "{\"payload\":{\"interval_ms\":NaN},\"sensors\":1}",
        "{\"payload\":99999999999999999999,\"sensors\":1}",
        "{\"payload\":1e999,\"sensors\":1}",
        "{\"payload\":\"sensors\"",
    };

    for (int i = 0; i < 100000; i++)
        g_string_append_c(deep, '[');
    g_string_append(deep, "\"sensors\"");
    for (guint i = 0; i <= G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(import_text("a.json", i == 0 ? deep->str : texts[i - 1], &none, &error));
        g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    }
}

static void
test_absurd_cbor(void)
{
    /* each begins as a file of this format would: a map with two of its words */
    static const struct {
        const char *bytes;
        gsize length;
    } cases[] = {
        {"\xbf\x67payload\x9b\x7f\xff\xff\xff\xff\xff\xff\xff\x67sensors", 26}, /* 2^63 entries */
        {"\xbf\x67payload\x7b\xff\xff\xff\xff\xff\xff\xff\xff\x67sensors", 26}, /* so long a text */
        {"\xbb\xff\xff\xff\xff\xff\xff\xff\xff\x67payload\x01\x67sensors\x01", 27},
        {"\xa2\x67payload\x01\x67payload\x67sensors", 26},  /* twice */
        {"\xa2\x67payload\xf9\x7e\x00\x67sensors\x01", 21}, /* NaN where an object is due */
        {"\xa2\x67payload\x9f\x9f\x9f\x9f\x9f\x9f\x9f\x67sensors", 24},
        {"\xa2\x67payload\x41\x00\x67sensors\x01", 20}, /* bytes */
        {"\xa2\x67payload\xc1\x01\x67sensors\x01", 20}, /* a tag */
        {"\xa2\x01\x67payload\x67sensors\x01", 19},     /* a number for a key */
        {"\xbf\x67payload\xff\x67sensors", 18},
        {"\xa2\x67payload\x7f\x01\xff\x67sensors\x01", 21}, /* a number within a text */
    };
    const WgImportOptions none = {0};

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(
            import_files("a.cbor", cases[i].bytes, cases[i].length, NULL, NULL, 0, &none, &error));
        g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/edge-impulse/each-field-missing-or-wrong-is-named",
                    test_edge_impulse_fields);
    g_test_add_func("/dataset/edge-impulse/units-and-rate-are-the-file-s", test_edge_impulse_units);
    g_test_add_func("/dataset/edge-impulse/signatures-are-checked", test_signature);
    g_test_add_func("/dataset/edge-impulse/labels-come-from-beside", test_label_files);
    g_test_add_func("/dataset/edge-impulse/faulty-labels-leave-the-takes", test_label_file_fields);
    g_test_add_func("/dataset/createai/each-field-missing-or-wrong-is-named", test_createai_fields);
    g_test_add_func("/dataset/createai/both-generations-have-their-rate",
                    test_createai_generations);
    g_test_add_func("/dataset/json-fields/absurd-content-is-refused", test_absurd_content);
    g_test_add_func("/dataset/cbor-json/absurd-content-is-refused", test_absurd_cbor);
    return g_test_run();
}
