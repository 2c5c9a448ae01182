/* Prints what "search" found: the networks that none is better than in every way. */
#include "cli/printer.h"

/* "1 s 25 Hz x,y,z": only where rows differ in it. */
static void
print_windows(JsonObject *row)
{
    const double rate_hz = json_object_get_double_member(row, "rate_hz");
    g_autofree char *text = g_strdup_printf(
        "%.3g s %g Hz %s", (double)json_object_get_int_member(row, "window") / rate_hz, rate_hz,
        json_object_get_string_member(row, "channels"));

    g_print("%-31s ", text);
}

/* How it did in a long recording, where one was asked. */
static void
print_stream(JsonObject *stream)
{
    static const char *const mistakes[] = {"misses", "wrong", "doubles", "false_alarms"};
    const int n_hits = (int)json_object_get_int_member(stream, "hits");
    int n = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(mistakes); i++)
        n += (int)json_object_get_int_member(stream, mistakes[i]);
    g_print("%4d of %-4d %8d  ", n_hits, n_hits + (int)json_object_get_int_member(stream, "misses"),
            n);
}

static gboolean
sees_other_windows(JsonObject *row, JsonObject *than)
{
    return json_object_get_double_member(row, "rate_hz") !=
               json_object_get_double_member(than, "rate_hz") ||
           json_object_get_int_member(row, "window") !=
               json_object_get_int_member(than, "window") ||
           !g_str_equal(json_object_get_string_member(row, "channels"),
                        json_object_get_string_member(than, "channels"));
}

static void
print_row(JsonObject *row, gboolean has_windows)
{
    g_print("%-11s %5.1f %% %5d of %-4d %5.1f %7d %6d %8d %6d %5d  ",
            json_object_get_string_member(row, "name"),
            100 * json_object_get_double_member(row, "accuracy"),
            (int)json_object_get_int_member(row, "errors"),
            (int)json_object_get_int_member(row, "n"),
            100 * json_object_get_double_member(row, "spread"),
            (int)json_object_get_int_member(row, "bytes"),
            (int)json_object_get_int_member(row, "arena_bytes"),
            (int)json_object_get_int_member(row, "operations"),
            (int)json_object_get_int_member(row, "parameters"),
            (int)json_object_get_int_member(row, "epochs"));
    if (!json_object_get_null_member(row, "stream"))
        print_stream(json_object_get_object_member(row, "stream"));
    if (has_windows)
        print_windows(row);
    wg_print_text(json_object_get_string_member(row, "layers"));
    g_print("\n");
}

/* The most accurate of what does not run there. */
static void
print_other(JsonArray *table)
{
    for (guint i = 0; i < json_array_get_length(table); i++) {
        JsonObject *row = json_array_get_object_element(table, i);

        if (json_object_get_boolean_member(row, "runs_on_watch"))
            continue;
        g_print("%-11s %5.1f %% %5d of %-4d %5.1f  does not run on this watch: ",
                json_object_get_string_member(row, "name"),
                100 * json_object_get_double_member(row, "accuracy"),
                (int)json_object_get_int_member(row, "errors"),
                (int)json_object_get_int_member(row, "n"),
                100 * json_object_get_double_member(row, "spread"));
        wg_print_text(json_object_get_string_member(row, "layers"));
        g_print("\n");
        return;
    }
}

static void
print_kept(JsonObject *result)
{
    JsonObject *best = json_object_get_object_member(result, "best");

    wg_print_text(json_object_get_string_member(best, "name"));
    g_print(" is kept as the preset %s: ", json_object_get_string_member(result, "kept"));
    wg_print_text(json_object_get_string_member(best, "layers"));
    g_print("\n");
}

static void
print_table(JsonObject *result)
{
    JsonArray *table = json_object_get_array_member(result, "table");
    const int last =
        (int)json_object_get_int_member(json_object_get_object_member(result, "best"), "round");
    int n_networks = 0, n_last = 0;
    gboolean has_windows = FALSE;

    for (guint i = 1; i < json_array_get_length(table); i++)
        has_windows = has_windows || sees_other_windows(json_array_get_object_element(table, i),
                                                        json_array_get_object_element(table, 0));
    g_print("%-11s %7s %13s %5s %7s %6s %8s %6s %5s  ", "name", "right", "wrong", "+-", "bytes",
            "arena", "multipl.", "param.", "ep.");
    if (!json_object_get_null_member(json_object_get_object_member(result, "best"), "stream"))
        g_print("%12s %8s  ", "noticed", "mistakes");
    if (has_windows)
        g_print("%-31s ", "windows");
    g_print("layers\n");
    for (guint i = 0; i < json_array_get_length(table); i++) {
        JsonObject *row = json_array_get_object_element(table, i);

        n_networks += json_object_get_boolean_member(row, "runs_on_watch");
        n_last += json_object_get_boolean_member(row, "runs_on_watch") &&
                  json_object_get_int_member(row, "round") == last;
        if (json_object_get_boolean_member(row, "is_pareto"))
            print_row(row, has_windows);
    }
    print_other(table);
    g_print(
        "networks tried: %d on %d takes, %d of them in round %d of %d; refused as they do not fit "
        "%s: %d\n",
        n_networks, (int)json_object_get_int_member(result, "takes"), n_last, last,
        (int)json_object_get_int_member(result, "rounds"),
        json_object_get_string_member(result, "for"),
        (int)json_object_get_int_member(result, "n_refused"));
    wg_print_text(json_object_get_string_member(result, "advice"));
    g_print(" (%.1f s)\n", json_object_get_double_member(result, "seconds"));
}

static void
print(JsonObject *result)
{
    if (json_object_has_member(result, "table"))
        print_table(result);
    if (json_object_has_member(result, "kept"))
        print_kept(result);
}

const WgPrinter wg_printer_search = {"search", print, NULL};
