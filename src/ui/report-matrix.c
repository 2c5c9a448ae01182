/* The confusion matrix of a report, or of two of them, in its chart. */
#include "ui/report-matrix.h"

static guint
count_labels(JsonObject *report)
{
    return json_array_get_length(json_object_get_array_member(report, "labels"));
}

/* The first n of rows and columns; transfer full. */
static int *
dup_cells(JsonObject *object, const char *member, guint n)
{
    JsonArray *rows = json_object_get_array_member(object, member);
    int *cells = g_new0(int, (gsize)n *n + 1);

    for (guint i = 0; i < n; i++) {
        JsonArray *row = json_array_get_array_element(rows, i);

        for (guint j = 0; j < n; j++)
            cells[i * n + j] = (int)json_array_get_int_element(row, j);
    }
    return cells;
}

void
wg_report_matrix_show(WgMatrix *matrix, JsonObject *report, JsonObject *before)
{
    JsonArray *names = json_object_get_array_member(report, "labels");
    const guint n = count_labels(report);
    g_autofree const char **labels = g_new0(const char *, n + 1);
    g_autofree int *counts = dup_cells(report, "confusion", n);
    g_autofree int *others = before ? dup_cells(before, "confusion", n) : NULL;

    for (guint i = 0; i < n; i++)
        labels[i] = json_array_get_string_element(names, i);
    wg_matrix_set_difference(matrix, labels, counts, others);
}

void
wg_report_matrix_mark(WgMatrix *matrix, JsonObject *report, JsonObject *change)
{
    const guint n = count_labels(report);
    g_autofree int *marks = NULL;

    if (count_labels(change) < n)
        return;
    marks = dup_cells(change, "difference", n);
    wg_matrix_mark(matrix, marks);
}
