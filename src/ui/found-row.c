/* A row of what is near: a watch, or what keeps a kind of connection from being used. */
#include "ui/found-row.h"

#include "base/shown.h"

#include <glib/gi18n.h>

#define TITLE_CHARS 40
#define TEXT_CHARS 400
#define NO_SIGNAL (-127) /* weaker than any radio tells */

struct _WgFoundRow {
    GtkListBoxRow parent_instance;
    GtkLabel *title, *text, *command;
    GtkWidget *help;
    GtkButton *copy, *button, *identify;
    GtkSpinner *spinner;
    GtkImage *signal, *mark;
    char *key;
    int rank;
    gboolean usable, is_marked;
};

G_DEFINE_FINAL_TYPE(WgFoundRow, wg_found_row, GTK_TYPE_LIST_BOX_ROW)

enum { HELP, IDENTIFY, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct {
    int from_dbm;
    const char *icon, *words;
} Strength;

/* At -60 dBm a Bluetooth radio is in the same room, at -90 it is hardly heard. */
static const Strength *
get_strength(int signal_dbm)
{
    static const Strength strengths[] = {
        {-60, "network-wireless-signal-excellent-symbolic", N_("strong signal")},
        {-72, "network-wireless-signal-good-symbolic", N_("good signal")},
        {-84, "network-wireless-signal-ok-symbolic", N_("weak signal")},
        {NO_SIGNAL, "network-wireless-signal-weak-symbolic", N_("hardly any signal")},
    };
    gsize i = 0;

    while (i < G_N_ELEMENTS(strengths) - 1 && signal_dbm < strengths[i].from_dbm)
        i++;
    return &strengths[i];
}

const char *
wg_found_row_describe_signal(int signal_dbm)
{
    return _(get_strength(signal_dbm)->words);
}

static void
on_copy(GtkButton *button, gpointer user_data)
{
    WgFoundRow *self = WG_FOUND_ROW(user_data);
    GtkClipboard *clipboard = gtk_widget_get_clipboard(GTK_WIDGET(self), GDK_SELECTION_CLIPBOARD);

    gtk_clipboard_set_text(clipboard, gtk_label_get_text(self->command), -1);
    gtk_button_set_label(button, _("Copied"));
}

static void
on_help(GtkButton *button, gpointer user_data)
{
    gtk_widget_set_sensitive(GTK_WIDGET(button), FALSE); /* until what it shows changes */
    g_signal_emit(user_data, signals[HELP], 0);
}

static void
on_identify(GtkButton *button, gpointer user_data)
{
    g_signal_emit(user_data, signals[IDENTIFY], 0);
}

static void
wg_found_row_finalize(GObject *object)
{
    g_free(WG_FOUND_ROW(object)->key);
    G_OBJECT_CLASS(wg_found_row_parent_class)->finalize(object);
}

static void
wg_found_row_class_init(WgFoundRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = wg_found_row_finalize;
    signals[IDENTIFY] = g_signal_new("identify", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
    signals[HELP] = g_signal_new("help", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/found-row.ui");
    gtk_widget_class_bind_template_child(widget_class, WgFoundRow, title);
    gtk_widget_class_bind_template_child(widget_class, WgFoundRow, text);
    gtk_widget_class_bind_template_child(widget_class, WgFoundRow, help);
    gtk_widget_class_bind_template_child(widget_class, WgFoundRow, command);
    gtk_widget_class_bind_template_child(widget_class, WgFoundRow, copy);
    gtk_widget_class_bind_template_child(widget_class, WgFoundRow, button);
    gtk_widget_class_bind_template_child(widget_class, WgFoundRow, identify);
    gtk_widget_class_bind_template_child(widget_class, WgFoundRow, spinner);
    gtk_widget_class_bind_template_child(widget_class, WgFoundRow, signal);
    gtk_widget_class_bind_template_child(widget_class, WgFoundRow, mark);
    gtk_widget_class_bind_template_callback(widget_class, on_copy);
    gtk_widget_class_bind_template_callback(widget_class, on_help);
    gtk_widget_class_bind_template_callback(widget_class, on_identify);
}

static void
wg_found_row_init(WgFoundRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

WgFoundRow *
wg_found_row_new(const char *key)
{
    WgFoundRow *self = g_object_new(WG_TYPE_FOUND_ROW, NULL);

    self->key = g_strdup(key);
    return self;
}

const char *
wg_found_row_get_key(WgFoundRow *self)
{
    return self->key;
}

static void
show_text(GtkLabel *label, const char *text, int max_chars)
{
    g_autofree char *shown = text ? wg_dup_shown(text, max_chars) : NULL;

    gtk_label_set_text(label, shown ? shown : "");
    gtk_widget_set_visible(GTK_WIDGET(label), shown && *shown);
}

void
wg_found_row_show(WgFoundRow *self, const WgFoundFace *face)
{
    const char *words = face->signal_dbm ? wg_found_row_describe_signal(face->signal_dbm) : "";
    g_autofree char *spoken = NULL, *identify = NULL;

    show_text(self->title, face->title, TITLE_CHARS);
    show_text(self->text, face->text, TEXT_CHARS);
    show_text(self->command, face->command, TEXT_CHARS);
    gtk_widget_set_visible(GTK_WIDGET(self->copy), face->command != NULL);
    gtk_widget_set_visible(GTK_WIDGET(self->button), face->button != NULL);
    if (face->button && g_strcmp0(face->button, gtk_button_get_label(self->button)) != 0)
        gtk_button_set_label(self->button, face->button);
    gtk_widget_set_sensitive(GTK_WIDGET(self->button), TRUE);
    gtk_widget_set_visible(self->help, face->command || face->button);
    gtk_widget_set_visible(GTK_WIDGET(self->signal), face->signal_dbm != 0);
    if (face->signal_dbm)
        gtk_image_set_from_icon_name(self->signal, get_strength(face->signal_dbm)->icon,
                                     GTK_ICON_SIZE_BUTTON);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->signal), words);
    gtk_widget_set_visible(GTK_WIDGET(self->mark), face->is_marked);
    gtk_widget_set_visible(GTK_WIDGET(self->spinner), face->is_at_work);
    g_object_set(self->spinner, "active", face->is_at_work, NULL);
    gtk_widget_set_visible(GTK_WIDGET(self->identify), face->can_identify && !face->is_at_work);
    gtk_widget_set_sensitive(GTK_WIDGET(self->identify), face->may_identify);
    gtk_list_box_row_set_activatable(GTK_LIST_BOX_ROW(self), face->usable);
    self->usable = face->usable;
    self->is_marked = face->is_marked;
    self->rank = face->rank;
    spoken = face->title ? g_strdup_printf("%s, %s", gtk_label_get_text(self->title),
                                           gtk_label_get_text(self->text))
                         : g_strdup(gtk_label_get_text(self->text));
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), spoken);
    identify = g_strdup_printf(_("Identify %s"), gtk_label_get_text(self->title));
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self->identify)), identify);
}

int
wg_found_row_get_rank(WgFoundRow *self)
{
    return self->rank;
}

gboolean
wg_found_row_is_usable(WgFoundRow *self)
{
    return self->usable;
}

gboolean
wg_found_row_is_marked(WgFoundRow *self)
{
    return self->is_marked;
}
