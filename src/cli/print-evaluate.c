/* Prints the confusion matrix and the report of "evaluate". */
#include "cli/printer.h"

#define N_PAIRS_SHOWN 5

static void
print_row(const char *name, JsonObject *metrics)
{
    g_print("%9.1f %9.1f %9.1f %9d  ", 100 * json_object_get_double_member(metrics, "precision"),
            100 * json_object_get_double_member(metrics, "recall"),
            100 * json_object_get_double_member(metrics, "f1"),
            (int)json_object_get_int_member(metrics, "support"));
    wg_print_text(name);
    g_print("\n");
}

static int
get(JsonObject *object, const char *name)
{
    return (int)json_object_get_int_member(object, name);
}

static void
print_rejected(JsonObject *rejected)
{
    JsonArray *unseen = json_object_get_array_member(rejected, "unseen");

    g_print("(none): left unanswered at the stored thresholds, %s; the rest of this report is "
            "without them\n",
            g_str_equal(json_object_get_string_member(rejected, "mode"), "app")
                ? "by the app"
                : "by the firmware's own recogniser");
    g_print("%d of %d gestures unanswered, %d taken for another", get(rejected, "unanswered"),
            get(rejected, "gestures"), get(rejected, "wrong"));
    if (get(rejected, "others") > 0) {
        g_print("; %d of %d ignored of ", get(rejected, "ignored"), get(rejected, "others"));
        wg_print_text(json_object_get_string_member(rejected, "other"));
    }
    for (guint i = 0; i < json_array_get_length(unseen); i++) {
        JsonObject *label = json_array_get_object_element(unseen, i);

        g_print("; %d of %d ignored of ", get(label, "ignored"), get(label, "n"));
        wg_print_text(json_object_get_string_member(label, "label"));
        g_print(", never shown to the model");
    }
    g_print("\n");
}

static void
print(JsonObject *result)
{
    JsonArray *labels = json_object_get_array_member(result, "per_label");
    const char *test = json_object_get_string_member_with_default(result, "test_note", NULL);

    wg_print_matrix(result);
    g_print("\nprecision    recall        F1   support\n");
    for (guint i = 0; i < json_array_get_length(labels); i++) {
        JsonObject *label = json_array_get_object_element(labels, i);

        print_row(json_object_get_string_member(label, "label"), label);
    }
    print_row("(macro mean)", json_object_get_object_member(result, "macro"));
    print_row("(weighted mean)", json_object_get_object_member(result, "weighted"));
    g_print("\n");
    wg_print_pairs(result, N_PAIRS_SHOWN);
    g_print("%s on %s: %.1f %%, %d of %d wrong\n", json_object_get_string_member(result, "model"),
            json_object_get_string_member(result, "on"),
            100 * json_object_get_double_member(result, "accuracy"),
            (int)json_object_get_int_member(result, "errors"),
            (int)json_object_get_int_member(result, "n"));
    if (json_object_has_member(result, "rejected"))
        print_rejected(json_object_get_object_member(result, "rejected"));
    if (!json_object_get_null_member(result, "explanation")) {
        JsonObject *explanation = json_object_get_object_member(result, "explanation");

        wg_print_text(json_object_get_string_member(explanation, "words"));
        g_print("\n");
    }
    if (json_object_has_member(result, "guest")) {
        wg_print_text(
            json_object_get_string_member(json_object_get_object_member(result, "guest"), "words"));
        g_print("\n");
    }
    if (test) {
        wg_print_text(test);
        g_print("\n");
    }
}

const WgPrinter wg_printer_evaluate = {"evaluate", print, NULL};
