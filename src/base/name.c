/* What can be the name of a gesture or a person. */
#include "base/name.h"

#include "base/error.h"
#include "base/shown.h"

#include <glib/gi18n.h>

/* So much of a name that is none tells which one it is. */
#define SHOWN_CHARS 24

static gboolean
fail(GError **error, const char *name, const char *why)
{
    g_autofree char *shown = wg_dup_shown(name, SHOWN_CHARS);

    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, "“%s”: %s", shown, why);
    return FALSE;
}

gboolean
wg_name_check(const char *name, GError **error)
{
    g_autofree char *shown = NULL, *too_long = NULL;
    glong n_chars;

    if (!g_utf8_validate(name, -1, NULL))
        return fail(error, name, _("a name is UTF-8 text, and this is none"));
    n_chars = g_utf8_strlen(name, -1);
    if (n_chars == 0)
        return fail(error, name, _("a gesture or a person needs a name"));
    if (n_chars > WG_NAME_CHARS_MAX) {
        too_long = g_strdup_printf(_("a name has at most %d characters, and this has %ld"),
                                   WG_NAME_CHARS_MAX, n_chars);
        return fail(error, name, too_long);
    }
    shown = wg_dup_shown(name, 0);
    if (!g_str_equal(name, shown))
        return fail(error, name,
                    _("a name has no line end, no tab and no other control character: write it "
                      "without"));
    return TRUE;
}
