/* Tests that the window which lists the keys lists those there are: each once, and no other. */
#include "ui/shortcuts.h"

typedef struct {
    GHashTable *actions; /* action -> how often it is listed */
    guint n_accelerators;
} Listed;

static void
collect(GtkWidget *widget, gpointer user_data)
{
    Listed *listed = user_data;
    g_autofree char *action = NULL;
    g_autofree char *accelerator = NULL;
    g_autofree char *title = NULL;

    if (!GTK_IS_SHORTCUTS_SHORTCUT(widget)) {
        if (GTK_IS_CONTAINER(widget))
            gtk_container_forall(GTK_CONTAINER(widget), collect, listed);
        return;
    }
    g_object_get(widget, "action-name", &action, "accelerator", &accelerator, "title", &title,
                 NULL);
    g_assert_cmpstr(title, !=, "");
    if (!gtk_widget_get_ancestor(widget, GTK_TYPE_SHORTCUTS_GROUP))
        return; /* a copy, for the window's search */
    if (action) {
        const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(listed->actions, action)) + 1;

        g_hash_table_insert(listed->actions, g_strdup(action), GUINT_TO_POINTER(n));
    } else {
        guint key;
        GdkModifierType modifiers;

        gtk_accelerator_parse(accelerator, &key, &modifiers);
        g_assert_cmpuint(key, !=, 0);
        listed->n_accelerators++;
    }
}

static void
listed_clear(Listed *listed)
{
    g_hash_table_unref(listed->actions);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Listed, listed_clear)

static GtkWidget *
load(Listed *listed)
{
    g_autoptr(GtkBuilder) builder =
        gtk_builder_new_from_resource("/org/waggle/Waggle/gtk/help-overlay.ui");
    GtkWidget *window = GTK_WIDGET(g_object_ref(gtk_builder_get_object(builder, "help_overlay")));

    listed->actions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    collect(window, listed);
    return window;
}

static void
drop(GtkWidget *window)
{
    gtk_widget_destroy(window);
    g_object_unref(window);
}

static void
test_every_key_is_listed_once(void)
{
    g_auto(Listed) listed = {0};
    GtkWidget *window = load(&listed);
    guint n = 0;

    for (const WgShortcut *shortcut = wg_shortcuts_get(); shortcut->action; shortcut++) {
        g_test_message("%s", shortcut->action);
        g_assert_cmpuint(GPOINTER_TO_UINT(g_hash_table_lookup(listed.actions, shortcut->action)),
                         ==, 1);
        n++;
    }
    g_assert_cmpuint(g_hash_table_size(listed.actions), ==, n);
    g_assert_cmpuint(listed.n_accelerators, ==, 2); /* the take grid's own: delete, choose all */
    drop(window);
}

static void
test_no_key_means_two_things(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (const WgShortcut *shortcut = wg_shortcuts_get(); shortcut->action; shortcut++) {
        g_assert_nonnull(shortcut->accels[0]);
        for (int i = 0; shortcut->accels[i]; i++) {
            guint key;
            GdkModifierType modifiers;

            gtk_accelerator_parse(shortcut->accels[i], &key, &modifiers);
            g_test_message("%s", shortcut->accels[i]);
            g_assert_cmpuint(key, !=, 0);
            g_assert_true(g_hash_table_add(seen, gtk_accelerator_name(key, modifiers)));
        }
    }
}

/* What the window shows is what the program has set, not a copy of it. */
static void
test_the_keys_are_those_of_the_program(void)
{
    g_autoptr(GtkApplication) application = gtk_application_new(NULL, G_APPLICATION_NON_UNIQUE);

    g_assert_true(g_application_register(G_APPLICATION(application), NULL, NULL));
    wg_shortcuts_set(application);
    for (const WgShortcut *shortcut = wg_shortcuts_get(); shortcut->action; shortcut++) {
        g_auto(GStrv) accels = gtk_application_get_accels_for_action(application, shortcut->action);
        guint n = 0;

        while (shortcut->accels[n])
            n++;
        g_assert_cmpuint(g_strv_length(accels), ==, n);
    }
}

int
main(int argc, char **argv)
{
    gtk_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/shortcuts/every-key-is-listed-once", test_every_key_is_listed_once);
    g_test_add_func("/ui/shortcuts/no-key-means-two-things", test_no_key_means_two_things);
    g_test_add_func("/ui/shortcuts/the-keys-are-those-of-the-program",
                    test_the_keys_are_those_of_the_program);
    return g_test_run();
}
