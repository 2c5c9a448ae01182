/* The list of what is near: hostile names are plain text, rows stay, trouble has its button. */
#include "ui/found-list.h"
#include "ui/found-row.h"
#include "ui/last-watch.h"

#include <string.h>

typedef struct {
    GtkWidget *window;
    GtkListBox *box;
    WgFinder *finder;
    WgFoundList *list;
    int n_failed;
    char *asked;
} Fixture;

static void
on_failed(WgFoundList *list, const GError *error, gpointer user_data)
{
    ((Fixture *)user_data)->n_failed++;
}

static void
on_identify(WgFoundList *list, const char *address, gpointer user_data)
{
    Fixture *f = user_data;
    g_free(f->asked);
    f->asked = g_strdup(address);
}

static void
set_up(Fixture *f, gconstpointer data)
{
    f->window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    f->box = GTK_LIST_BOX(gtk_list_box_new());
    f->finder = wg_finder_new();
    f->list = wg_found_list_new(f->box, f->finder);
    g_signal_connect(f->list, "failed", G_CALLBACK(on_failed), f);
    g_signal_connect(f->list, "identify", G_CALLBACK(on_identify), f);
    gtk_widget_set_size_request(GTK_WIDGET(f->box), 400, -1); /* as in the popover */
    gtk_container_add(GTK_CONTAINER(f->window), GTK_WIDGET(f->box));
    gtk_widget_show_all(f->window);
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    g_object_unref(f->list);
    g_object_unref(f->finder);
    gtk_widget_destroy(f->window);
    g_free(f->asked);
}

static void
settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

static void
put(Fixture *f, const char *address, const char *name, int signal_dbm, WgTrouble *trouble)
{
    WgFoundWatch *watch = g_new0(WgFoundWatch, 1);
    watch->address = g_strdup(address);
    watch->name = g_strdup(name);
    watch->signal_dbm = signal_dbm;
    watch->trouble = trouble;
    wg_finder_put(f->finder, watch);
    settle();
}

static void
know(Fixture *f, const char *connected, const char *recent, const char *recent_name)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)wg_last_watch_free);
    const WgFoundKnown known = {.address = connected,
                                .name = "the connected",
                                .state = "connected",
                                .is_ready = TRUE,
                                .recent = list};
    if (recent)
        g_ptr_array_add(list, wg_last_watch_new(recent, recent_name));
    wg_found_list_set_known(f->list, &known);
}

static WgFoundRow *
get_row(Fixture *f, int i)
{
    GtkListBoxRow *row = gtk_list_box_get_row_at_index(f->box, i);
    return row ? WG_FOUND_ROW(row) : NULL;
}

static void
collect(GtkWidget *widget, gpointer user_data)
{
    GString *texts = user_data;
    if (!gtk_widget_get_visible(widget))
        return;
    if (GTK_IS_LABEL(widget)) {
        g_assert_false(gtk_label_get_use_markup(GTK_LABEL(widget)));
        g_string_append_printf(texts, "[%s]", gtk_label_get_text(GTK_LABEL(widget)));
    } else if (GTK_IS_CONTAINER(widget)) {
        gtk_container_forall(GTK_CONTAINER(widget), collect, texts);
    }
}

/* All labels that the row shows. */
static char *
dup_texts(WgFoundRow *row)
{
    GString *texts = g_string_new(NULL);
    gtk_container_forall(GTK_CONTAINER(row), collect, texts);
    return g_string_free(texts, FALSE);
}

static void
find_button(GtkWidget *widget, gpointer user_data)
{
    GtkWidget **found = user_data;
    if (GTK_IS_BUTTON(widget) && gtk_widget_get_visible(widget))
        *found = widget;
    else if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), find_button, found);
}

static void
test_hostile_names_are_plain_text(Fixture *f, gconstpointer data)
{
    static const char *const names[] = {
        "<b>bold</b> &amp; <span size='999999'>",
        "\x1b[31mred\x1b[0m\r\n\t\x07",
        "\xff\xfe\x80",
        "\xe2\x80\xae"
        "back"
        "\xe2\x80\xac",
        "%s%n%s",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        put(f, "ble:00:00:00:00:00:01", names[i], -50, NULL);
        g_autofree char *texts = dup_texts(get_row(f, 0));
        g_assert_true(g_utf8_validate(texts, -1, NULL));
        for (const char *p = texts; *p; p = g_utf8_next_char(p)) {
            g_assert_false(g_unichar_iscntrl(g_utf8_get_char(p)));
            g_assert_cmpuint(g_utf8_get_char(p), !=, 0x202e);
        }
    }
    put(f, "ble:00:00:00:00:00:01", names[0], -50, NULL);
    g_autofree char *texts = dup_texts(get_row(f, 0));
    g_assert_nonnull(strstr(texts, "[<b>bold</b> &amp; <span size="));
}

static void
test_long_names_are_cut(Fixture *f, gconstpointer data)
{
    g_autofree char *name = g_strnfill(100000, 'n');
    put(f, "ble:00:00:00:00:00:01", name, -50, NULL);
    g_autofree char *texts = dup_texts(get_row(f, 0));
    g_assert_cmpuint(strlen(texts), <, 200);
}

static void
test_rows_of_what_stays_stay(Fixture *f, gconstpointer data)
{
    put(f, "ble:00:00:00:00:00:01", "one", -50, NULL);
    WgFoundRow *row = get_row(f, 0);
    put(f, "ble:00:00:00:00:00:02", "two", -40, NULL);
    g_assert_true(get_row(f, 0) != row); /* the stronger one stands first now */
    g_assert_true(get_row(f, 1) == row);
    put(f, "ble:00:00:00:00:00:01", "one", -30, NULL);
    g_assert_true(get_row(f, 0) == row);
    wg_finder_remove(f->finder, "ble:00:00:00:00:00:02");
    settle();
    g_assert_true(get_row(f, 0) == row);
    g_assert_null(get_row(f, 1));
}

static void
test_the_connected_one_and_the_last_stand_first(Fixture *f, gconstpointer data)
{
    put(f, "ble:00:00:00:00:00:01", "near", -20, NULL);
    put(f, "ble:00:00:00:00:00:02", "mine", -90, NULL);
    know(f, "ble:00:00:00:00:00:02", "ble:00:00:00:00:00:03", "my other");
    g_assert_cmpstr(wg_found_row_get_key(get_row(f, 0)), ==, "ble:00:00:00:00:00:02");
    g_assert_cmpstr(wg_found_row_get_key(get_row(f, 1)), ==, "ble:00:00:00:00:00:03");
    g_autofree char *connected = dup_texts(get_row(f, 0));
    g_autofree char *last = dup_texts(get_row(f, 1));
    g_assert_nonnull(strstr(connected, "connected"));
    g_assert_nonnull(strstr(connected, "hardly any signal"));
    g_assert_cmpstr(last, ==,
                    "[my other][used last; not seen yet · ble:00:00:00:00:00:03][Identify]");
    g_assert_true(wg_found_row_is_usable(get_row(f, 1)));
    put(f, "ble:00:00:00:00:00:03", "my other", -60, NULL); /* it is seen now: once only */
    g_assert_nonnull(get_row(f, 2));
    g_assert_null(get_row(f, 3));
}

static void
test_the_connected_one_stands_there_though_it_is_not_found(Fixture *f, gconstpointer data)
{
    put(f, "ble:00:00:00:00:00:01", "near", -20, NULL);
    know(f, "serial:/dev/pts/9", "serial:/dev/pts/9", "the connected");
    g_autofree char *texts = dup_texts(get_row(f, 0));
    g_assert_cmpstr(texts, ==, "[the connected][connected · serial:/dev/pts/9]");
    g_assert_true(wg_found_row_is_marked(get_row(f, 0)));
    g_assert_false(wg_found_row_is_marked(get_row(f, 1)));
    g_assert_null(get_row(f, 2));
}

static void
test_each_other_watch_can_be_identified(Fixture *f, gconstpointer data)
{
    GtkWidget *button = NULL, *none = NULL;
    put(f, "ble:00:00:00:00:00:01", "near", -20, NULL);
    put(f, "virtual:", "Virtual watch", 0, NULL);
    put(f, "ble:00:00:00:00:00:02", "mine", -30, NULL);
    know(f, "ble:00:00:00:00:00:02", NULL, NULL);
    gtk_container_forall(GTK_CONTAINER(get_row(f, 0)), find_button, &none); /* the connected one */
    gtk_container_forall(GTK_CONTAINER(get_row(f, 2)), find_button, &none); /* the virtual one */
    g_assert_null(none);
    gtk_container_forall(GTK_CONTAINER(get_row(f, 1)), find_button, &button);
    g_assert_nonnull(button);
    gtk_button_clicked(GTK_BUTTON(button));
    g_assert_cmpstr(f->asked, ==, "ble:00:00:00:00:00:01");
    wg_found_list_set_asked(f->list, f->asked);
    g_assert_false(wg_found_row_is_usable(get_row(f, 1)));
    g_assert_false(gtk_widget_get_visible(button));
    wg_found_list_set_asked(f->list, NULL);
    g_assert_true(wg_found_row_is_usable(get_row(f, 1)));
    g_assert_true(gtk_widget_get_visible(button));
}

static void
test_trouble_has_its_remedy(Fixture *f, gconstpointer data)
{
    GtkWidget *button = NULL;
    put(f, "serial:/dev/ttyACM0", "Bangle.js", 0,
        wg_trouble_new("you may not use it", "sudo install rule", NULL));
    wg_finder_set_trouble(f->finder, "serial",
                          wg_trouble_new("Bluetooth is off", NULL, "Switch Bluetooth on"));
    settle();
    g_autofree char *cable = dup_texts(get_row(f, 0));
    g_autofree char *radio = dup_texts(get_row(f, 1));
    g_assert_nonnull(strstr(cable, "[you may not use it][sudo install rule]"));
    g_assert_nonnull(strstr(radio, "[Bluetooth is off]"));
    g_assert_nonnull(strstr(radio, "[Switch Bluetooth on]"));
    g_assert_false(wg_found_row_is_usable(get_row(f, 0)));
    g_assert_false(wg_found_row_is_usable(get_row(f, 1)));
    gtk_container_forall(GTK_CONTAINER(get_row(f, 1)), find_button, &button);
    g_assert_nonnull(button);
    gtk_button_clicked(GTK_BUTTON(button)); /* which fails, as the finder does not look */
    settle();
    g_assert_cmpint(f->n_failed, ==, 1);
    wg_finder_set_trouble(f->finder, "serial", NULL);
    settle();
    g_assert_null(get_row(f, 1));
}

static void
test_a_room_full_of_watches(Fixture *f, gconstpointer data)
{
    for (int i = 0; i < 300; i++) {
        g_autofree char *address = g_strdup_printf("ble:00:00:00:00:%02X:%02X", i / 256, i % 256);
        WgFoundWatch *watch = g_new0(WgFoundWatch, 1);
        watch->address = g_steal_pointer(&address);
        watch->name = g_strdup_printf("Bangle.js %04x", i);
        watch->signal_dbm = -30 - i / 4;
        wg_finder_put(f->finder, watch);
    }
    know(f, "ble:00:00:00:00:01:2B", NULL, NULL); /* the last of them */
    settle();
    g_assert_cmpstr(wg_found_row_get_key(get_row(f, 0)), ==, "ble:00:00:00:00:01:2B");
    g_assert_nonnull(get_row(f, 100));
    g_assert_null(get_row(f, 101));
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*func)(Fixture *f, gconstpointer data);
    } tests[] = {
        {"hostile-names-are-plain-text", test_hostile_names_are_plain_text},
        {"long-names-are-cut", test_long_names_are_cut},
        {"rows-of-what-stays-stay", test_rows_of_what_stays_stay},
        {"connected-and-last-stand-first", test_the_connected_one_and_the_last_stand_first},
        {"the-connected-one-stands-there-though-not-found",
         test_the_connected_one_stands_there_though_it_is_not_found},
        {"each-other-watch-can-be-identified", test_each_other_watch_can_be_identified},
        {"trouble-has-its-remedy", test_trouble_has_its_remedy},
        {"a-room-full-of-watches", test_a_room_full_of_watches},
    };
    gtk_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/ui/found-list/%s", tests[i].name);
        g_test_add(path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }
    return g_test_run();
}
