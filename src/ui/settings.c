/* What is kept for the person at this computer, by GSettings; without it all works as at first. */
#include "ui/settings.h"

#define SCHEMA "org.waggle.Waggle"

/* BUILD/src/ui/waggle has its schema in BUILD/data. */
static GSettingsSchema *
find_beside(void)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(self ? self : ".");
    g_autofree char *data = g_build_filename(folder, "..", "..", "data", NULL);
    GSettingsSchemaSource *source =
        g_settings_schema_source_new_from_directory(data, NULL, TRUE, NULL);
    GSettingsSchema *schema;

    if (!source)
        return NULL;
    schema = g_settings_schema_source_lookup(source, SCHEMA, FALSE);
    g_settings_schema_source_unref(source);
    return schema;
}

GSettings *
wg_settings_new(void)
{
    GSettingsSchemaSource *installed = g_settings_schema_source_get_default();
    g_autoptr(GSettingsSchema) schema = find_beside();

    if (!schema && installed)
        schema = g_settings_schema_source_lookup(installed, SCHEMA, TRUE);
    if (!schema) {
        g_message("nothing is kept from one start to the next: the schema " SCHEMA
                  " is not installed");
        return NULL;
    }
    return g_settings_new_full(schema, NULL, NULL);
}

/* GLib ends a program that asks for a key that its schema lacks. */
static gboolean
has(GSettings *self, const char *key)
{
    g_autoptr(GSettingsSchema) schema = NULL;

    if (!self)
        return FALSE;
    g_object_get(self, "settings-schema", &schema, NULL);
    return g_settings_schema_has_key(schema, key);
}

gboolean
wg_settings_get_boolean(GSettings *self, const char *key, gboolean fallback)
{
    return has(self, key) ? g_settings_get_boolean(self, key) : fallback;
}

int
wg_settings_get_int(GSettings *self, const char *key, int fallback)
{
    return has(self, key) ? g_settings_get_int(self, key) : fallback;
}

char *
wg_settings_dup_string(GSettings *self, const char *key, const char *fallback)
{
    return has(self, key) ? g_settings_get_string(self, key) : g_strdup(fallback);
}

GVariant *
wg_settings_dup_value(GSettings *self, const char *key)
{
    return has(self, key) ? g_settings_get_value(self, key) : NULL;
}

void
wg_settings_set(GSettings *self, const char *key, GVariant *value)
{
    g_autoptr(GVariant) taken = g_variant_ref_sink(value);

    if (has(self, key) && !g_settings_set_value(self, key, taken))
        g_debug("%s is not kept: the setting is locked or out of range", key);
}

void
wg_settings_bind(GSettings *self, const char *key, gpointer object, const char *property)
{
    if (has(self, key))
        g_settings_bind(self, key, object, property, G_SETTINGS_BIND_DEFAULT);
    else
        g_object_set(object, "sensitive", FALSE, NULL);
}
