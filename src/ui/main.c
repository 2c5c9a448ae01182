/* waggle: the workbench in a window. */
#include "ui/application.h"
#include "ui/stall-meter.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main(int argc, char **argv)
{
    const char *catalogues = g_getenv("WAGGLE_LOCALE_DIR"); /* where it was built, not installed */
    g_autoptr(WgApplication) application = NULL;

    setlocale(LC_ALL, "");
    bindtextdomain(GETTEXT_PACKAGE, catalogues ? catalogues : LOCALEDIR);
    bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    textdomain(GETTEXT_PACKAGE);
    g_set_application_name(_("Waggle"));
    wg_stall_meter_start();
    application = wg_application_new();
    return g_application_run(G_APPLICATION(application), argc, argv);
}
