/* Files of other tools with each field missing and of every wrong type. */
#include "base/error.h"
#include "dataset/cbor-json.h"
#include "dataset/json-fields.h"
#include "foreign-files.h"
#include "takes.h"

#include <string.h>

typedef struct {
    const char *name;            /* of the file that is read */
    const char *const *optional; /* parts of paths that may be missing, or anything */
    const char *beside;          /* where the faulty content is: a file of labels */
} Case;

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
        import = wg_test_import_files(format->name, EDGE_IMPULSE, strlen(EDGE_IMPULSE),
                                      format->beside, text->str, text->len, &options, &error);
    else if (is_cbor)
        import = wg_test_import_files(format->name, bytes->data, bytes->len, NULL, NULL, 0,
                                      &options, &error);
    else
        import = wg_test_import_text(format->name, text->str, &options, &error);
    said = error                              ? error->message
           : import && import->refused->n > 0 ? g_ptr_array_index(import->refused->lines, 0)
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
            import = wg_test_import_text(format.name, text->str, &(WgImportOptions){0}, &error);
            g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
            if (*name && !strstr(error->message, name))
                g_error("the refusal does not name “%s”: %s", name, error->message);
        }
    }
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

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/edge-impulse/each-field-missing-or-wrong-is-named",
                    test_edge_impulse_fields);
    g_test_add_func("/dataset/edge-impulse/faulty-labels-leave-the-takes", test_label_file_fields);
    g_test_add_func("/dataset/createai/each-field-missing-or-wrong-is-named", test_createai_fields);
    return g_test_run();
}
