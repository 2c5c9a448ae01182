/* What is different between two reports of "evaluate" or "cross-validate". */
#include "workbench/report-change.h"

#include "base/find-string.h"
#include "workbench/json.h"

#include <glib/gi18n.h>

typedef struct {
    JsonArray *takes;
    char **labels;
} Side;

static void
side_init(Side *side, JsonObject *report)
{
    side->takes = json_object_get_array_member(report, "takes");
    side->labels = wg_json_dup_strings(report, "labels");
}

/* Those of `now`, behind them those that are missing there. */
static char **
join_labels(char **now, char **before)
{
    GStrvBuilder *builder = g_strv_builder_new();
    char **labels;

    g_strv_builder_addv(builder, (const char **)now);
    for (int i = 0; before[i]; i++) {
        if (!g_strv_contains((const char *const *)now, before[i]))
            g_strv_builder_add(builder, before[i]);
    }
    labels = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return labels;
}

/* Adds the report's matrix `sign` times. */
static void
add_matrix(JsonObject *report, char **own, char **labels, int n, int sign, int *sums)
{
    JsonArray *rows = json_object_get_array_member(report, "confusion");

    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonArray *row = json_array_get_array_element(rows, i);
        const int to = wg_find_string((const char *const *)labels, own[i]);

        for (guint j = 0; j < json_array_get_length(row); j++)
            sums[to * n + wg_find_string((const char *const *)labels, own[j])] +=
                sign * (int)json_array_get_int_element(row, j);
    }
}

static JsonArray *
make_rows(const int *sums, int n)
{
    JsonArray *rows = json_array_new();

    for (int i = 0; i < n; i++) {
        JsonArray *row = json_array_new();

        for (int j = 0; j < n; j++)
            json_array_add_int_element(row, sums[i * n + j]);
        json_array_add_array_element(rows, row);
    }
    return rows;
}

static JsonObject *
make_figures(JsonObject *report)
{
    JsonObject *figures = json_object_new();

    json_object_set_int_member(figures, "n", json_object_get_int_member(report, "n"));
    json_object_set_int_member(figures, "errors", json_object_get_int_member(report, "errors"));
    json_object_set_double_member(figures, "accuracy",
                                  json_object_get_double_member(report, "accuracy"));
    return figures;
}

static gboolean
is_right(JsonObject *take)
{
    return json_object_get_int_member(take, "true") ==
           json_object_get_int_member(take, "predicted");
}

static const char *
get_answer(const Side *side, JsonObject *take)
{
    return side->labels[json_object_get_int_member(take, "predicted")];
}

static void
add_takes(JsonObject *change, const Side *before, const Side *now)
{
    g_autoptr(GHashTable) by_id = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    JsonArray *cured = json_array_new(), *spoiled = json_array_new(), *other = json_array_new();

    for (guint i = 0; i < json_array_get_length(before->takes); i++) {
        JsonObject *take = json_array_get_object_element(before->takes, i);
        const gint64 id = json_object_get_int_member(take, "id");

        g_hash_table_insert(by_id, g_memdup2(&id, sizeof id), take);
    }
    for (guint i = 0; i < json_array_get_length(now->takes); i++) {
        JsonObject *take = json_array_get_object_element(now->takes, i);
        const gint64 id = json_object_get_int_member(take, "id");
        JsonObject *was = g_hash_table_lookup(by_id, &id);

        if (!was)
            continue;
        if (is_right(take) != is_right(was))
            json_array_add_int_element(is_right(take) ? cured : spoiled, id);
        if (!g_str_equal(get_answer(now, take), get_answer(before, was)))
            json_array_add_int_element(other, id);
    }
    json_object_set_array_member(change, "cured", cured);
    json_object_set_array_member(change, "spoiled", spoiled);
    json_object_set_array_member(change, "answered_otherwise", other);
}

static char *
describe(JsonObject *change)
{
    const guint n_cured = json_array_get_length(json_object_get_array_member(change, "cured"));
    const guint n_spoiled = json_array_get_length(json_object_get_array_member(change, "spoiled"));
    g_autofree char *cured =
        g_strdup_printf(ngettext("%u mistake is cured", "%u mistakes are cured", n_cured), n_cured);
    g_autofree char *spoiled =
        g_strdup_printf(ngettext("%u is new", "%u are new", n_spoiled), n_spoiled);

    if (n_cured == 0 && n_spoiled == 0)
        return g_strdup(_("No take is judged otherwise than before."));
    if (n_spoiled == 0)
        return g_strdup_printf(_("%s, none is new."), cured);
    return g_strdup_printf(_("%s, %s."), cured, spoiled);
}

JsonObject *
wg_report_compare(JsonObject *before, JsonObject *now)
{
    JsonObject *change = json_object_new();
    g_auto(GStrv) labels = NULL;
    g_autofree int *sums = NULL;
    g_autofree char *words = NULL;
    Side was, is;
    int n;

    side_init(&was, before);
    side_init(&is, now);
    labels = join_labels(is.labels, was.labels);
    n = (int)g_strv_length(labels);
    sums = g_new0(int, (gsize)n *(gsize)n + 1);
    add_matrix(before, was.labels, labels, n, -1, sums);
    add_matrix(now, is.labels, labels, n, 1, sums);
    wg_json_set_strings(change, "labels", (const char *const *)labels);
    json_object_set_array_member(change, "difference", make_rows(sums, n));
    json_object_set_object_member(change, "before", make_figures(before));
    json_object_set_object_member(change, "now", make_figures(now));
    add_takes(change, &was, &is);
    words = describe(change);
    json_object_set_string_member(change, "words", words);
    g_strfreev(was.labels);
    g_strfreev(is.labels);
    return change;
}
