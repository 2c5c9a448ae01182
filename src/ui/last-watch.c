/* The watch that a person chose last, kept from one start of the program to the next. */
#include "ui/last-watch.h"

#include <string.h>

#define GROUP "watch"
#define TERMINAL "serial:"
#define N_RECENT 6

static char *
dup_path(void)
{
    return g_build_filename(g_get_user_state_dir(), "waggle", "last-watch.ini", NULL);
}

WgLastWatch *
wg_last_watch_new(const char *address, const char *name)
{
    WgLastWatch *self = g_new0(WgLastWatch, 1);

    self->address = g_strdup(address);
    self->name = g_strdup(name);
    return self;
}

WgLastWatch *
wg_last_watch_load(void)
{
    g_autofree char *path = dup_path();
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *address = NULL;
    g_autofree char *name = NULL;

    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &error) ||
        !(address = g_key_file_get_string(file, GROUP, "address", &error))) {
        g_debug("no watch is remembered: %s", error->message);
        return NULL;
    }
    name = g_key_file_get_string(file, GROUP, "name", NULL);
    return wg_last_watch_new(address, name);
}

gboolean
wg_last_watch_is_there(const WgLastWatch *self)
{
    g_auto(GStrv) path = NULL;

    if (g_str_has_prefix(self->address, WG_ADDRESS_VIRTUAL))
        return TRUE;
    if (!g_str_has_prefix(self->address, TERMINAL))
        return FALSE;
    path = g_strsplit(self->address + strlen(TERMINAL), "?", 2);
    return path[0] && g_file_test(path[0], G_FILE_TEST_EXISTS);
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
wg_last_watch_note(GPtrArray *recent, const char *address, const char *name)
{
    for (guint i = 0; i < recent->len; i++) {
        const WgLastWatch *watch = g_ptr_array_index(recent, i);

        if (!g_str_equal(watch->address, address))
            continue;
        g_ptr_array_remove_index(recent, i);
        break;
    }
    g_ptr_array_insert(recent, 0, wg_last_watch_new(address, name));
    if (recent->len > N_RECENT)
        g_ptr_array_set_size(recent, N_RECENT);
}

void
wg_last_watch_free(WgLastWatch *self)
{
    g_free(self->address);
    g_free(self->name);
    g_free(self);
}
