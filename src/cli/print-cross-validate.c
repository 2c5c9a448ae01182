/* Prints the groups of "cross-validate", the mistakes, the mean and what it varies by. */
#include "base/shown.h"
#include "cli/printer.h"

#define N_PAIRS_SHOWN 5

/* "when conor is left out", or "seed 1 fold 2" as it is called. */
static void
print_name(JsonObject *result, JsonObject *group)
{
    const gboolean by_person = g_str_equal(json_object_get_string_member(result, "by"), "person");
    const guint n_seeds = json_array_get_length(json_object_get_array_member(result, "seeds"));

    if (by_person)
        g_print("when ");
    wg_print_text(json_object_get_string_member(group, "name"));
    if (by_person)
        g_print(" is left out");
    if (by_person && n_seeds > 1)
        g_print(" (seed %d)", (int)json_object_get_int_member(group, "seed"));
}

static void
print_groups(JsonObject *result)
{
    JsonArray *groups = json_object_get_array_member(result, "groups");

    for (guint i = 0; i < json_array_get_length(groups); i++) {
        JsonObject *group = json_array_get_object_element(groups, i);

        g_print("%6.1f %%  of %d  ", 100 * json_object_get_double_member(group, "accuracy"),
                (int)json_object_get_int_member(group, "n"));
        print_name(result, group);
        g_print("\n");
    }
}

/* Each form beside the float network of the same trainings. */
static void
print_forms(JsonArray *forms)
{
    g_print("form                       right    wrong  to float  spread  other answers\n");
    for (guint i = 0; i < json_array_get_length(forms); i++) {
        JsonObject *form = json_array_get_object_element(forms, i);
        g_autofree char *name = wg_dup_shown(json_object_get_string_member(form, "form"), 0);

        g_print("%-24s %5.2f %% %8d   %+.4f", name,
                100 * json_object_get_double_member(form, "accuracy"),
                (int)json_object_get_int_member(form, "errors"),
                json_object_get_double_member(form, "difference"));
        if (json_object_get_null_member(form, "spread"))
            g_print("       -");
        else
            g_print("  %.4f", json_object_get_double_member(form, "spread"));
        g_print("  %13d\n", (int)json_object_get_int_member(form, "changed"));
    }
}

static void
print(JsonObject *result)
{
    JsonArray *seeds = json_object_get_array_member(result, "seeds");
    JsonObject *worst = json_object_get_object_member(result, "worst");

    print_groups(result);
    wg_print_matrix(result);
    wg_print_pairs(result, N_PAIRS_SHOWN);
    g_print("%s: %.1f %% right, %d of %d wrong (%.1f s)\n",
            json_object_get_string_member(result, "model"),
            100 * json_object_get_double_member(result, "mean"),
            (int)json_object_get_int_member(result, "errors"),
            (int)json_object_get_int_member(result, "n"),
            json_object_get_double_member(result, "seconds"));
    if (json_array_get_length(seeds) > 1)
        g_print("the %u seeds spread by %.1f points (standard deviation)\n",
                json_array_get_length(seeds),
                100 * json_object_get_double_member(result, "spread"));
    else
        g_print("one seed: --seeds 3 tells how much of it is chance\n");
    g_print("the worst: %.1f %% ", 100 * json_object_get_double_member(worst, "accuracy"));
    print_name(result, worst);
    g_print("\n");
    if (json_object_has_member(result, "forms"))
        print_forms(json_object_get_array_member(result, "forms"));
    if (json_object_has_member(result, "note")) {
        wg_print_text(json_object_get_string_member(result, "note"));
        g_print("\n");
    }
}

const WgPrinter wg_printer_cross_validate = {"cross-validate", print, NULL};
