/* The watch that a person chose last, kept from one start of the program to the next. */
#include "ui/last-watch.h"

#define GROUP "watch"

static char *
dup_path(void)
{
    return g_build_filename(g_get_user_state_dir(), "waggle", "last-watch.ini", NULL);
}

WgLastWatch *
wg_last_watch_load(void)
{
    g_autofree char *path = dup_path();
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *address = NULL;
    WgLastWatch *self;

    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &error) ||
        !(address = g_key_file_get_string(file, GROUP, "address", &error))) {
        g_debug("no watch is remembered: %s", error->message);
        return NULL;
    }
    self = g_new0(WgLastWatch, 1);
    self->address = g_steal_pointer(&address);
    self->name = g_key_file_get_string(file, GROUP, "name", NULL);
    return self;
}

void
wg_last_watch_store(const char *address, const char *name)
{
    g_autofree char *path = dup_path();
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) error = NULL;

    g_key_file_set_string(file, GROUP, "address", address);
    if (name)
        g_key_file_set_string(file, GROUP, "name", name);
    if (g_mkdir_with_parents(folder, 0700) != 0 || !g_key_file_save_to_file(file, path, &error))
        g_message("the watch is not remembered in %s: %s", path,
                  error ? error->message : "no such folder");
}

void
wg_last_watch_free(WgLastWatch *self)
{
    g_free(self->address);
    g_free(self->name);
    g_free(self);
}
