/* What --help prints. */
#include "cli/command.h"

#include "workbench/session.h"

gboolean
wg_help_is_asked(const char *word)
{
    return g_str_equal(word, "--help") || g_str_equal(word, "-h");
}

void
wg_help_print_all(void)
{
    g_auto(GStrv) forms = wg_session_dup_address_forms();

    g_print("usage: waggle-cli [--json] [--quiet] COMMAND ...\n\n");
    for (int i = 0; wg_job_kinds[i]; i++)
        g_print("  %-16s %s\n", wg_job_kinds[i]->name, wg_job_kinds[i]->summary);
    g_print("\nAddresses of watches (“watches” lists what is near):\n");
    for (int i = 0; forms[i]; i++)
        g_print("  %s\n", forms[i]);
    g_print("The virtual watch performs at 20 times the pace unless speed says otherwise, "
            "for a countdown in real time.\n"
            "`waggle-cli COMMAND --help`, or `waggle-cli help COMMAND`, tells more.\n");
}

static void
print_option(const WgJobOption *option)
{
    g_autofree char *form =
        g_strdup_printf("--%s%s%s", option->name, option->placeholder ? " " : "",
                        option->placeholder ? option->placeholder : "");

    g_print("  %-40s %s", form, option->help);
    if (option->value)
        g_print(" (%s)", option->value);
    g_print("\n");
}

void
wg_help_print(const WgJobKind *kind)
{
    g_autofree char *words = g_strdup(kind->arguments);

    if (g_str_has_prefix(words, "NEW"))
        memmove(words, words + 3, strlen(words) - 2);
    g_print("usage: waggle-cli %s%s%s%s\n\n%s\n", kind->name, *words ? " " : "", words,
            kind->options ? " [OPTIONS]" : "", kind->summary);
    if (kind->details)
        g_print("\n%s\n\n", kind->details);
    for (const WgJobOption *option = kind->options; option && option->name; option++)
        print_option(option);
    if (wg_job_option_find(kind, wg_job_option_trace.name))
        print_option(&wg_job_option_trace);
    if (kind->dup_more) {
        g_autofree char *more = kind->dup_more();

        g_print("\n%s", more);
    }
}
