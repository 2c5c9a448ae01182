/* Messages as sentences: what is written with a capital, and what as it is. */
#include "base/sentences.h"

static void
check(const char *message, const char *sentence)
{
    g_autofree char *made = wg_dup_sentence(message);

    g_assert_cmpstr(made, ==, sentence);
}

static void
test_begins_and_ends(void)
{
    check("the file is empty", "The file is empty.");
    check("what now?", "What now?");
    check("übung fehlt", "Übung fehlt.");
    check("", "");
}

static void
test_leaves_files(void)
{
    check("x.waggle is cut short", "x.waggle is cut short.");
    check("swipes.wagglepack: it is empty", "swipes.wagglepack: it is empty.");
    check("data/x: no takes", "data/x: no takes.");
    check("the file x.waggle is cut short", "The file x.waggle is cut short.");
    check("half. a word", "Half. a word.");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/sentences/begin-with-a-capital-and-end", test_begins_and_ends);
    g_test_add_func("/base/sentences/leave-the-names-of-files", test_leaves_files);
    return g_test_run();
}
