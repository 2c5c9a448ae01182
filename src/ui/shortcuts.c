/* The keys of the program: one table, from which they are set and the window that lists them is
 * tested. */
#include "ui/shortcuts.h"

const WgShortcut *
wg_shortcuts_get(void)
{
    static const WgShortcut shortcuts[] = {
        {"app.quit", {"<Primary>q", NULL}},
        {"app.new-window", {"<Primary><Shift>n", NULL}},
        {"win.close", {"<Primary>w", NULL}},
        {"win.new", {"<Primary>n", NULL}},
        {"win.open", {"<Primary>o", NULL}},
        {"win.projects", {"<Alt>Home", NULL}},
        {"win.back", {"<Alt>Left", NULL}},
        {"win.import-files", {"<Primary>i", NULL}},
        {"win.import-folder", {"<Primary><Shift>i", NULL}},
        {"win.choose-model", {"<Primary><Shift>o", NULL}},
        {"win.undo", {"<Primary>z", NULL}},
        {"win.redo", {"<Primary><Shift>z", "<Primary>y", NULL}},
        {"win.next-thing", {"<Primary>Return", NULL}},
        {"win.record", {"<Primary>r", NULL}},
        {"win.watch", {"<Primary>k", NULL}},
        {"win.menu", {"F10", NULL}},
        {"win.preferences", {"<Primary>comma", NULL}},
        {"win.help", {"F1", NULL}},
        {"win.show-help-overlay", {"<Primary>question", "<Primary>F1", NULL}},
        {"win.page('record')", {"<Alt>1", NULL}},
        {"win.page('review')", {"<Alt>2", NULL}},
        {"win.page('train')", {"<Alt>3", NULL}},
        {"win.page('evaluate')", {"<Alt>4", NULL}},
        {"win.page('deploy')", {"<Alt>5", NULL}},
        {"win.page('try')", {"<Alt>6", NULL}},
        {NULL, {NULL}},
    };

    return shortcuts;
}

void
wg_shortcuts_set(GtkApplication *application)
{
    for (const WgShortcut *shortcut = wg_shortcuts_get(); shortcut->action; shortcut++)
        gtk_application_set_accels_for_action(application, shortcut->action, shortcut->accels);
}
