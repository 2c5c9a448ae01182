/* What the printers of all commands share. */
#include "cli/printer.h"

#include "base/shown.h"

char *
wg_print_share(double share)
{
    return g_strdup_printf("%.1f %%", 100 * share);
}

void
wg_print_text(const char *text)
{
    g_autofree char *shown = wg_dup_shown(text, 0);

    g_print("%s", shown);
}

void
wg_write_text(GString *to, const char *text)
{
    g_autofree char *shown = wg_dup_shown(text, 0);

    g_string_append(to, shown);
}

void
wg_print_count(gint64 n, const char *one, const char *many)
{
    g_print("%" G_GINT64_FORMAT " %s", n, n == 1 ? one : many);
}

void
wg_print_place(JsonObject *object)
{
    const char *file = json_object_get_string_member_with_default(object, "file", NULL);
    const gint64 line = json_object_get_int_member(object, "line");

    if (!file)
        return;
    wg_print_text(file);
    if (line > 0)
        g_print(":%" G_GINT64_FORMAT, line);
    g_print(": ");
}

void
wg_print_lines(JsonObject *object, const char *name, const char *prefix)
{
    JsonArray *lines = json_object_get_array_member(object, name);

    for (guint i = 0; i < json_array_get_length(lines); i++) {
        g_print("%s", prefix);
        wg_print_text(json_array_get_string_element(lines, i));
        g_print("\n");
    }
}

/* A label in a column of ten characters, cut where it is longer. */
static void
print_column(const char *label, gboolean is_left)
{
    g_autofree char *valid = g_utf8_make_valid(label, -1);
    g_autofree char *cut = g_utf8_substring(valid, 0, MIN(g_utf8_strlen(valid, -1), 10));
    const int padding = 10 - (int)g_utf8_strlen(cut, -1);

    if (is_left)
        wg_print_text(cut);
    g_print("%*s", padding, "");
    if (!is_left)
        wg_print_text(cut);
}

void
wg_print_matrix(JsonObject *report)
{
    JsonArray *labels = json_object_get_array_member(report, "labels");
    JsonArray *confusion = json_object_get_array_member(report, "confusion");
    /* as the watch answers by its thresholds, where there are some */
    JsonObject *rejected = json_object_has_member(report, "rejected")
                               ? json_object_get_object_member(report, "rejected")
                               : NULL;

    if (rejected)
        confusion = json_object_get_array_member(rejected, "confusion");
    g_print("true \\ said ");
    for (guint j = 0; j < json_array_get_length(labels); j++) {
        g_print(" ");
        print_column(json_array_get_string_element(labels, j), FALSE);
    }
    if (rejected) {
        g_print(" ");
        print_column("(none)", FALSE);
    }
    g_print("\n");
    for (guint i = 0; i < json_array_get_length(labels); i++) {
        JsonArray *row = json_array_get_array_element(confusion, i);

        print_column(json_array_get_string_element(labels, i), TRUE);
        g_print("  ");
        for (guint j = 0; j < json_array_get_length(row); j++)
            g_print(" %10d", (int)json_array_get_int_element(row, j));
        g_print("\n");
    }
}

void
wg_print_pairs(JsonObject *report, guint n_most)
{
    JsonArray *pairs = json_object_get_array_member(report, "pairs");

    for (guint i = 0; i < MIN(n_most, json_array_get_length(pairs)); i++) {
        JsonObject *pair = json_array_get_object_element(pairs, i);

        wg_print_text(json_object_get_string_member(pair, "words"));
        g_print("\n");
    }
}
