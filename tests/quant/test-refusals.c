/* What the watch refuses, crashes on or garbles is refused with its reason, or named in the
 * verdict. */
#include "base/error.h"
#include "faults.h"
#include "quant/verdict.h"

#include <string.h>

static GBytes *
make_file(const WgFault *fault, gboolean is_spoilt)
{
    WgSmallModel model;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GByteArray) file = g_byte_array_new();
    gsize size;
    gconstpointer data;

    wg_small_model_init(&model, fault->op);
    if (is_spoilt && fault->change)
        fault->change(&model);
    bytes = wg_small_model_write(&model);
    data = g_bytes_get_data(bytes, &size);
    g_byte_array_append(file, data, (guint)size);
    if (is_spoilt && fault->patch)
        fault->patch(file);
    return g_byte_array_free_to_bytes(g_steal_pointer(&file));
}

/* The verdict's reasons as lines; a window's length aside, which these models do not have. */
static char *
judge(const WgInt8Network *network)
{
    const WgWatchKind *kind = wg_watch_kind_find("bangle2", NULL);
    g_autoptr(WgVerdict) verdict = wg_verdict_new(network, kind, FALSE);
    g_autoptr(GString) lines = g_string_new(NULL);

    g_assert_false(verdict->fits);
    for (int i = 0; verdict->reasons[i]; i++) {
        if (!g_str_has_prefix(verdict->reasons[i], "the input has"))
            g_string_append_printf(lines, "%s\n", verdict->reasons[i]);
    }
    return g_strdup(lines->str);
}

static void
check_words(const char *text, const WgFault *fault)
{
    g_test_message("%s", text);
    for (int i = 0; i < 3 && fault->why[i]; i++) {
        if (!strstr(text, fault->why[i]))
            g_error("“%s” does not say “%s”", text, fault->why[i]);
    }
}

static void
test_fault(gconstpointer data)
{
    const WgFault *fault = data;
    g_autoptr(GBytes) sound = make_file(fault, FALSE);
    g_autoptr(GBytes) spoilt = make_file(fault, TRUE);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgInt8Network) before = wg_int8_network_new(sound, &error);
    g_autoptr(WgInt8Network) after = NULL;
    g_autofree char *reasons = NULL;

    g_assert_no_error(error);
    reasons = judge(before);
    g_assert_cmpstr(reasons, ==, "");
    after = wg_int8_network_new(spoilt, &error);
    if (fault->code == 0) {
        g_autofree char *why = NULL;

        g_assert_no_error(error);
        why = judge(after);
        check_words(why, fault);
        return;
    }
    g_assert_null(after);
    g_assert_error(error, WG_ERROR, fault->code);
    g_assert_null(strchr(error->message, '\n'));
    check_words(error->message, fault);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (int i = 0; wg_faults[i].name; i++) {
        g_autofree char *path = g_strdup_printf(wg_faults[i].code ? "/quant/tflite/refuses/%s"
                                                                  : "/quant/verdict/names/%s",
                                                wg_faults[i].name);

        g_test_add_data_func(path, &wg_faults[i], test_fault);
    }
    return g_test_run();
}
